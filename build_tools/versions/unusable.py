"""The exception of signatures and time stamps that prove nothing."""


class Unusable(Exception):  # noqa: N818 - its text is the message
    """Why a key, certificate, signature or time stamp cannot be used, in words for the reader."""
