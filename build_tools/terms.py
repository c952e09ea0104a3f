"""Terms: a school has one word for those whom it teaches, and the words for others' are residue."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.problems import Finding, Severity
from build_tools.schema import Schema
from build_tools.slips import is_quoted

_AT_LARGE = "children"
"""May stand in any policy, for children at large."""

# what law and everybody call so, whatever a school calls those whom it teaches
_SET_PHRASES = re.compile(
    r"(?i)\bpupil (?:premium|referral)|\bstudent (?:teacher|loan|nurse|finance)|\b(?:adult|lifelong|distance) learner"
)


def other_terms_in(text: str, schema: Schema, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield other words for learners than the school's own; names, quotations and set phrases may have them."""
    field, own = schema.lookup("learners"), values.get("learners")
    words: dict[str, str] = {}
    for choice in field.choices if field else ():
        if choice.value not in (own, _AT_LARGE):
            words[choice.value] = "learners"
            words[choice.singular or choice.value] = "learner"
    said = own["plural"] if isinstance(own, Mapping) else own
    for match in re.finditer(r"[A-Za-z]+", text):
        word = match[0].lower()
        if word in words and not _is_name(text, match) and not is_quoted(text, match.start()):
            message = f'"{match[0]}" stands here, and this school says "{said}". Write {{{{ {words[word]} }}}}.'
            yield Finding(*match.span(), message, Severity.WARNING)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Return whether a word is part of a name or of a set phrase; where a sentence begins, a capital makes no name."""
    if any(phrase.start() <= match.start() < phrase.end() for phrase in _SET_PHRASES.finditer(text)):
        return True
    is_first = re.search(r"(?:^|[.:?!]\s)$", text[: match.start()])
    followed_by_capital = re.match(r"\s+[A-Z]", text[match.end() :])
    return match[0][0].isupper() and not (is_first and not followed_by_capital)
