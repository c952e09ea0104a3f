"""Terms: a school has one word for its learners, and other schools' words for them are leftovers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.proofreading.typing_errors import without_quotations
from build_tools.schema.answers import get
from build_tools.schema.fields import Field
from build_tools.text.problems import Finding, Severity

_AT_LARGE = "children"
"""Allowed in every policy, for children in general."""

# set phrases of the law and of everyday language, whatever the school's word for learners
_SET_PHRASES = re.compile(
    r"(?i)\bpupil (?:premium|referral)|\bstudent (?:teacher|loan|nurse|finance)|\b(?:adult|lifelong|distance) learner"
)

_CAPITAL_NEXT = re.compile(r"\s+[A-Z]")


def other_terms_in(
    text: str, field: Field, values: Mapping[str, Any], *, is_filled_in: bool = True
) -> Iterator[Finding]:
    """Yield words for learners that are not the school's own, except in names, quotations and set phrases.

    `field` is the choice that has the school's word. `is_filled_in` says whether the text may contain the words of the
    schema, as only clauses may.
    """
    own = get(values, field.path)
    singular = {choice.value: choice.singular or choice.value for choice in field.choices}
    said = str(own["plural"] if isinstance(own, Mapping) else own)
    one = str(own["singular"]) if isinstance(own, Mapping) else singular.get(said, said)
    forms = dict(field.words)
    instead = (f"{{{{ {forms['one']} }}}}", f"{{{{ {forms['many']} }}}}") if is_filled_in else (one, said)
    words: dict[str, str] = {}
    for choice in field.choices:
        if choice.value not in (own, _AT_LARGE):
            words[choice.value] = instead[1]
            words[singular[choice.value]] = instead[0]
    looked_at = _SET_PHRASES.sub(lambda match: "0" * len(match[0]), without_quotations(text))
    for match in re.finditer(r"\b[A-Za-z]+\b", looked_at):
        word = match[0].lower()
        if word in words and not _is_name(text, match):
            message = (
                f'"{match[0]}" is used here, but this school says "{said}". Write {words[word]}: it prints your '
                "word for them."
            )
            yield Finding(*match.span(), message, Severity.WARNING)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Return whether a word is part of a name: it has a capital, and does not begin the sentence."""
    is_first = not match.start() or re.fullmatch(r"[.:?!]\s", text[match.start() - 2 : match.start()])
    goes_on = _CAPITAL_NEXT.match(text, match.end())
    return match[0][0].isupper() and not (is_first and not goes_on)
