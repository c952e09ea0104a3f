"""Find where the words of a school and those of a clause differ in more than wording.

Two wordings of one rule share few words, so different words do not mean a different rule. These do: a number, a "not",
a person who acts in only one of them, or much that only one of them says.
"""

import re
from collections.abc import Iterator

from build_tools.adopting.vocabulary import Vocabulary

_NOT = re.compile(
    r"\b(?:not(?! (?:be )?limited to)|no|never|nobody|none|nor|neither|cannot|can['’]t|won['’]t|without|avoid|"
    r"prevent\w*|prohibit\w*|forbid\w*|forbidden|banned)\b|\bnon-",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|unless|until|before|prior|except)\b", re.IGNORECASE)
"""With these words a rule can be expressed with or without a "not"."""
_MAY = re.compile(r"\b(?:may(?! (?:also )?include| \*{0,2}not)|might|should|encourag\w*|advis\w*)\b", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|will|shall|required?|have to|has to|always|expects?|expected|permitted|forbidden)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w./])\d{1,3}(?![\w./]|\s?20\d\d)")
_ACTORS = {
    "=head": "the head",
    "=dsl": "the designated safeguarding lead",
    "=governor": "governors",
    "=leader": "the leadership team",
    "=police": "the police",
    "=lado": "the local authority's designated officer",
    "=social-care": "social care",
    "=parent": "parents and carers",
    "=visitor": "visitors",
}
_MUCH = 2.2
_FEW_WORDS = 8


def telling_differences(clause: str, passage: str, around: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield in plain words what differs between a clause and the words of a school for it.

    `around` is the text above both, which neither needs to repeat.
    """
    ours, theirs, known = (set(vocabulary.concepts(text)) for text in (clause, passage, around))
    numbers, own_numbers = set(_NUMBER.findall(clause)), set(_NUMBER.findall(passage))
    if numbers != own_numbers:
        yield f"The numbers differ: {_listed(numbers)} in the template, {_listed(own_numbers)} in your words."
    can_turn = _ONLY.search(clause) is not None or _ONLY.search(passage) is not None
    if bool(_NOT.search(clause)) != bool(_NOT.search(passage)) and not can_turn:
        yield f"Only {'the template has' if _NOT.search(clause) else 'your words have'} a “not” or a similar word."
    if _is_soft(clause) and _is_hard(passage):
        yield "The template allows or advises what your words require."
    if _is_hard(clause) and _is_soft(passage):
        yield "Your words allow or advise what the template requires."
    missing = [name for actor, name in _ACTORS.items() if actor in ours and actor not in theirs | known]
    added = [name for actor, name in _ACTORS.items() if actor in theirs and actor not in ours | known]
    if missing:
        yield f"Only the template names {' and '.join(missing)}."
    if added:
        yield f"Only your words name {' and '.join(added)}."
    short, long = sorted((len(clause.split()), len(passage.split())))
    if long > _MUCH * short and long - short > _FEW_WORDS:
        yield f"{'The template says' if len(clause.split()) > len(passage.split()) else 'Your words say'} much more."


def _is_soft(text: str) -> bool:
    return _MAY.search(text) is not None and _MUST.search(text) is None


def _is_hard(text: str) -> bool:
    return _MUST.search(text) is not None and _MAY.search(text) is None


def _listed(numbers: set[str]) -> str:
    return ", ".join(sorted(numbers, key=int)) or "none"
