"""What an edition calls by the name of something else in the edition before it.

Schools' answers and amendments are carried over by these names, so a name must keep its meaning.
"""

import difflib
import re
from collections.abc import Iterator

from build_tools.policy.model import Kind
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.edition import Edition
from build_tools.template.markup import JINJA
from build_tools.text.problems import Problem, Severity

_NEGATIONS = frozenset(("no", "not", "never", "nobody", "none", "nothing", "without", "except", "unless", "cannot"))
_LITTLE = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "if",
    "in", "is", "it", "its", "may", "of", "on", "or", "our", "that", "the", "their", "they", "this", "to", "we",
    "which", "who", "will", "with", "you", "your",
))  # fmt: skip
_KEPT = "Schools' answers are carried over by name: if the meaning changed, give the"
_ALIKE = 0.5
"""Titles that share fewer of their words are about something else."""
_STEM = 5
"""The number of letters by which words of one family are alike."""


def turned_around(older: Edition, edition: Edition) -> Iterator[Problem]:
    """Yield a warning for each question, answer and provision whose name meant something else in the older edition."""
    for field in edition.schema.fields:
        was = older.schema.lookup(field.path)
        if was and was.kind is field.kind and field.kind.traits.is_option:
            message = _question(was, field, older.name)
            if message:
                yield Problem(edition.schema.place(field.path, "title"), f"{field.path}: {message}", Severity.WARNING)
            for answer, turned in _answers(was, field, older.name):
                place = edition.schema.place_of_answer(field.path, answer)
                yield Problem(place, f"{field.path}: {turned}", Severity.WARNING)
    for provision in edition.walk():
        before = older.by_id.get(provision.id)
        # a heading or a lead-in is known by what is under it
        is_leaf = provision.kind is Kind.CLAUSE and not provision.children
        if before and is_leaf and _is_other(provision.id, before.source, provision.source):
            message = (
                f'{provision.id}: in {older.name} this id was for "{_short(before.source)}". If this is another '
                "provision, give it a new id: schools' amendments and links go by it."
            )
            yield Problem(provision.place, message, Severity.WARNING)


def _question(was: Field, now: Field, older: str) -> str | None:
    """Return that a question may ask for something else than it did; None if it does not."""
    if _is_turned(was.title, now.title, is_yes_or_no=now.kind is FieldKind.FLAG):
        return f'in {older} the question was "{was.title}". {_KEPT} question a new name.'
    return None


def _answers(was: Field, now: Field, older: str) -> Iterator[tuple[str, str]]:
    """Yield the answers that may mean something else than they did, each with a message."""
    titles = {choice.value: choice.title for choice in was.choices}
    for choice in now.choices:
        before = titles.get(choice.value)
        if before is None or _plain(before) == _plain(choice.title):
            continue
        others = [title for value, title in titles.items() if value != choice.value]
        nearest = max((_alike(choice.title, title) for title in others), default=0.0)
        if _is_turned(before, choice.title, is_yes_or_no=False) or nearest > max(_ALIKE, _alike(choice.title, before)):
            yield choice.value, f'in {older} the answer {choice.value} was "{before}". {_KEPT} answer a new name.'


def _is_turned(before: str, after: str, *, is_yes_or_no: bool) -> bool:
    """Return whether a title may ask for the opposite of what it asked for, or for something else."""
    was, now = _words(before), _words(after)
    if was == now:
        return False
    if (was ^ now) & _NEGATIONS:
        return True
    # the answer to a yes-or-no question turns with a single word
    return bool(was - now and now - was) if is_yes_or_no else _stems(before).isdisjoint(_stems(after))


def _is_other(identity: str, before: str, after: str) -> bool:
    """Return whether two clauses with one id share no word, and the new one has none of the id's words either."""
    was, now = (_stems(JINJA.sub(" ", text)) for text in (before, after))
    return bool(was and now) and now.isdisjoint(was | _stems(identity))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s")[:_STEM] for word in _words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", re.sub(r"n['’]t\b", " not", text.lower()))) - _LITTLE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _alike(one: str, other: str) -> float:
    """Return how alike two titles are, from 0 to 1, by their words in order."""
    return difflib.SequenceMatcher(None, _plain(one).split(), _plain(other).split(), autojunk=False).ratio()


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")  # noqa: PLR2004 - enough to recognise it
