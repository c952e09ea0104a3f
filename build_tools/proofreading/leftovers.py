"""Leftovers in a text: blanks that nobody filled in, choices left open, words that a template says about itself.

All of these were found in policies that schools have published. Each rule is narrow: what could be intended is
accepted, or is only a warning.
"""

import dataclasses
import re
from collections.abc import Collection, Iterator

from build_tools.proofreading.typing_errors import without_quotations
from build_tools.text.blanks import FORMS, PLACE
from build_tools.text.problems import Finding, Severity

_BLANK = "is a blank that was not filled in. Fill it in, or delete it."
_INSTRUCTION = "is an instruction to authors. Follow it, then delete it."
_LOST = 'is an error message of a word processor. Refer to a clause by its id: {{ ref("id") }}, or delete this.'
_CHOOSE = "leaves a choice open. Choose one."
_PRONOUN = "leaves a choice open. Write they, them or their."
_YOURS = 'speaks to the school, but this is its own policy. Write "our".'
_TEMPLATE = 'is how a template describes itself. Write "this policy".'
_APPENDIX = "refers to something that is not in this policy. Refer to a clause, name the document, or delete this."

# Each set has words for one kind of school or person: no policy needs two of one set with a slash between them.
_OPEN_CHOICES = (
    ("school", "academy", "college", "nursery", "pre-school", "preschool", "setting", "federation"),
    ("pupil", "student", "learner", "child"),
    ("pupils", "students", "learners", "children"),
    ("governors", "trustees", "directors"),
)
_DOUBTFUL_CHOICES = (
    ("headteacher", r"head\s+teacher", "principal", "manager", r"head\s+of\s+school"),
    ("is", "are"),
    ("has", "have"),
    ("was", "were"),
    ("a", "an"),
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+")
# "Appendix 2 of the code" is another document's
_APPENDED = re.compile(
    r"\b(?i:see|in|to|as|per|from)\s+(?:the\s+)?((?i:appendix|appendices|annexe?)\b(?:\s+(?:[A-Z]|\d{1,2})\b)?+)"
    r"(?!\s+(?:to|of|in)\b)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    message: str
    severity: Severity = Severity.MISTAKE


def _strokes(*sets: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds words of one set with slashes between them; names, which have capitals, are not found."""
    found = []
    for words in sets:
        one = "|".join(sorted(words, key=len, reverse=True))
        found.append(rf"(?i:{one})(?:\s?/\s?(?:{one}))+")
    return re.compile(rf"(?<![\w/])(?:{'|'.join(found)})(?![\w/])")


_RULES = (
    _Rule(FORMS, _BLANK),
    _Rule(
        re.compile(r"(?i:[\[(*]\s*(?:please\s+)?delete\s+(?:as|where|if|whichever)\b[^\])]*[\])]?)"),
        _INSTRUCTION,
    ),
    _Rule(
        re.compile(
            r"Error!\s*(?:Bookmark|Reference|Hyperlink|No\s+text|Unknown|Not\s+a\s+valid)[^.]*|\b_(?:Ref|Toc)\d+"
        ),
        _LOST,
    ),
    _Rule(_strokes(*_OPEN_CHOICES), _CHOOSE),
    _Rule(_strokes(*_DOUBTFUL_CHOICES), _CHOOSE, Severity.WARNING),
    _Rule(re.compile(r"\b[a-z]+\(e?s\)"), _CHOOSE, Severity.WARNING),
    _Rule(
        re.compile(
            r"(?i:\b(?:s/he|he/she|she/he|him/her|her/him|his/hers?|hers?/his|himself/herself|herself/himself)\b)"
        ),
        _PRONOUN,
        Severity.WARNING,
    ),
)

_OF_ITSELF = (
    _Rule(re.compile(rf"(?i:\byour\s+{PLACE}\b)(?!\s+(?:nurse|bag|uniform|bus))"), _YOURS, Severity.WARNING),
    _Rule(re.compile(r"(?i:\bthis\s+(?:policy\s+)?template\b)"), _TEMPLATE),
    _Rule(re.compile(r"(?i:\b(?:template|model)\s+polic(?:y|ies)\b)"), _TEMPLATE, Severity.WARNING),
)


def find_residue(text: str, headings: Collection[str] = ()) -> Iterator[Finding]:
    """Yield the leftovers in a text; `headings` are those of its policy, to which it may refer."""
    # an address may contain what looks like a blank
    looked_at = _ADDRESS.sub(lambda match: "0" * len(match[0]), text)
    for rule in _RULES:
        for match in rule.pattern.finditer(looked_at):
            yield Finding(*match.span(), f'"{match[0]}" {rule.message}', rule.severity)
    for match in _APPENDED.finditer(looked_at):
        said = match[1].lower()
        if not any(said in heading.lower() for heading in headings):
            yield Finding(*match.span(1), f'"{match[1]}" {_APPENDIX}')


def find_self_description(text: str) -> Iterator[Finding]:
    """Yield what a template says about itself or to its readers, except in quotation marks."""
    own = without_quotations(text)
    for rule in _OF_ITSELF:
        for match in rule.pattern.finditer(own):
            yield Finding(*match.span(), f'"{match[0]}" {rule.message}', rule.severity)
