"""The phrases of promises: how English says that something is done, is kept up or will be repeated.

They are the same whatever a policy is about.
"""

import re

_PERIOD = r"(?:school )?(?:day|week|fortnight|month|half[- ]term|term|year|(?:two|three|four|five|six) \w+s)"
_DONE = "audited|checked|displayed|kept|logged|maintained|monitored|recorded|reviewed|tested|trained|updated"
_PHRASE = re.compile(
    # "if we have" promises nothing
    r"\b(?:if|or|that|unless|until|when|whenever|where|which) we \w+|"
    rf"\b(?P<phrase>we (?:have|keep|hold|maintain|provide|run)|(?:every|each|once a|twice a) {_PERIOD}|at least once|"
    "annual(?:ly)?|daily|weekly|fortnightly|monthly|(?:half-)?termly|yearly|regular(?:ly)?|periodically|"
    r"we (?:will )?(?:\w+ly )?(?:audit|check|log|monitor|record|review|test|train|update)|"
    rf"(?:is|are|will be) (?:\w+ly )?(?:{_DONE})|by the end of)\b",
    re.IGNORECASE,
)


def find_phrase(words: str) -> str | None:
    """Return the first phrase of a promise in some words; None if they have none."""
    return next((match["phrase"] for match in _PHRASE.finditer(words) if match["phrase"]), None)
