"""Telephone numbers and email addresses as people write them, and the links that reach them."""

import re

TELEPHONE = r"^[+(]?[0-9][0-9 ()+-]*( ?(ext|extension|x)[.:]? ?[0-9]{1,6})?$"
"""What every telephone number matches, as a regular expression that editors know too."""
EMAIL = r"^[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"'\\]+\.[^\s@<>()\[\],;:\"'\\.]+$"
"""The same for email addresses."""

_EXTENSION = re.compile(r"(?i) ?(?:ext|extension|x)[.:]? ?([0-9]{1,6})$")
_TRUNK = re.compile(r"^\+44\s*\(0\)")
"""How many write a number for callers at home and abroad: +44 (0)1632 960123."""
_BRITISH = re.compile(r"\+44[1-9][0-9]{8,9}")  # after 0 or +44: nine digits or ten, by Ofcom's numbering plan
_FREE = re.compile(r"0(?:800[0-9]{4,7}|500[0-9]{6}|845[0-9]{4})")
_FOREIGN = re.compile(r"\+(?!44)[1-9][0-9]{6,14}")  # ITU-T E.164
_SHORT = re.compile(r"1[0-9]{2}|116[0-9]{3}|999|[68][0-9]{4}")
"""Services such as 101 and 116 123, and numbers of five digits for text messages."""
_LONGEST_EMAIL, _LONGEST_NAME = 254, 64  # RFC 5321
_MAILBOX = re.compile(r"[^.]+(?:\.[^.]+)*")
_DOMAIN = re.compile(r"(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[\w-]{2,63}(?<!-)")


def is_telephone(value: object) -> bool:
    """Return whether a text is a telephone number that can be called from Britain, perhaps with an extension."""
    text = str(value)
    if not re.fullmatch(TELEPHONE.strip("^$"), text, re.IGNORECASE):
        return False
    digits, _ = _dialled(text)
    return any(pattern.fullmatch(digits) for pattern in (_BRITISH, _FREE, _FOREIGN, _SHORT))


def telephone_link(text: str) -> str:
    """Return the link that calls a telephone number (RFC 3966)."""
    digits, extension = _dialled(text)
    return f"tel:{digits}{f';ext={extension}' if extension else ''}"


def is_email(value: object) -> bool:
    """Return whether a text is an email address: a name, an @ sign, and a domain with a full stop in it."""
    text = str(value)
    name, _, domain = text.rpartition("@")
    is_short_enough = len(text) <= _LONGEST_EMAIL and len(name) <= _LONGEST_NAME
    is_whole = re.fullmatch(EMAIL.strip("^$"), text) and _MAILBOX.fullmatch(name) and _DOMAIN.fullmatch(domain)
    return bool(is_short_enough and is_whole)


def email_link(text: str) -> str:
    """Return the link that writes to an email address (RFC 6068)."""
    return f"mailto:{re.sub('[%?&#]', lambda sign: f'%{ord(sign[0]):02X}', text)}"


def is_at_example(address: str) -> bool:
    """Return whether an address is at one of the sites that are kept for examples (RFC 2606)."""
    host = re.split(r"[/?#]", re.sub(r"^https?://", "", address), maxsplit=1)[0].rpartition("@")[2]
    return re.fullmatch(r"(?:[\w-]+\.)*example\.(?:org|com|net)\.?(?::\d+)?", host.lower()) is not None


def _dialled(text: str) -> tuple[str, str]:
    """Return the digits of a number as a telephone abroad dials them, and its extension; empty if it has none."""
    extension = _EXTENSION.search(text)
    digits = re.sub(r"[ ()-]", "", _TRUNK.sub("+44", _EXTENSION.sub("", text)))
    digits = re.sub(r"^00", "+", digits)
    is_national = re.fullmatch(r"0[1-9][0-9]{8,9}", digits) and not _FREE.fullmatch(digits)
    return f"+44{digits[1:]}" if is_national else digits, extension[1] if extension else ""
