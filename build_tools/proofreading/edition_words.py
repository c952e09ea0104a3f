"""The words of a clause as its author typed them, without what is not read: fields, and the addresses of links."""

import re

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# a link: its words in square brackets, and an address, which may have brackets in pairs
_LINK = re.compile(r"\[([^\[\]]*)\](\((?:[^()]|\([^()]*\))*\))")


def words_of(source: str) -> str:
    """Return the words of a clause, with noughts for everything else, so that each word stays where it is."""
    return _LINK.sub(_only_words, _JINJA.sub(_blotted, source))


def _blotted(match: re.Match[str]) -> str:
    return "0" * len(match[0])


def _only_words(link: re.Match[str]) -> str:
    """Return the words of a link where they are, without its brackets and address."""
    return f"0{link[1]}0{'0' * len(link[2])}"
