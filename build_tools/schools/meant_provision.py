"""Which clause or section people mean who type something else than its id: a number, a heading, an old id."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from build_tools.policy.model import Kind, Provision
from build_tools.schema.answers import get
from build_tools.template.conditions import holds
from build_tools.template.edition import Edition
from build_tools.text.problems import all_of

_NUMBER = re.compile(
    r"(?:sections?|clauses?|paragraphs?|paras?\.?|part|no\.?|number|§|s\.)?\s*"
    r"(?P<number>\d+(?:[.\s(]*\d+[)\s]*|[.\s(]*[a-z]{1,4}\)|\.[a-z]{1,4}\b)*)\s*[.:)]?(?:[-–—:\s]+(?P<words>\D.*))?",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 400
"""The longest words that are looked for among those of an edition: a clause has one or two sentences."""
_SAME_WORDS = 0.8
"""How much of the words of two clauses must be the same for one to be the other under another id."""


class MeantProvisions:
    """The clauses and sections of an edition, by everything that people may type for their ids."""

    def __init__(self, edition: Edition, answers: Mapping[str, Any] | None, others: Iterable[Edition]) -> None:
        """Prepare to explain; `answers` are the school's, None if they are unknown, and `others` all editions."""
        self._edition = edition
        self._answers = answers
        self._others = [
            other for other in others if other.policy_kind == edition.policy_kind and other.name != edition.name
        ]

    def explain(self, typed: str, write: Callable[[str], str]) -> str | None:
        """Return what somebody typed instead of an id and what to write, None if that is unknown.

        `write` gives what to type for an id.
        """
        said = (
            self._by_number(typed, write)
            or self._by_spelling(typed, write)
            or self._by_words(typed, write)
            or self._by_edition(typed, write)
        )
        return said and f"{said}."

    def _by_number(self, typed: str, write: Callable[[str], str]) -> str | None:
        found = _NUMBER.fullmatch(typed.strip())
        if found is None:
            return None
        number = "".join(found["number"].split())
        ids = self._numbered(number)
        if not ids:
            return f"edition {self._edition.name} has no section or clause {number}. Amend by id, not by number"
        if len(ids) == 1:
            number = self._edition.labels[ids[0]].citation
            return f"{number} is the number; the id is {ids[0]}. Write: {write(ids[0])}"
        said = f"{number} is the number of several alternatives: {all_of(ids)}"
        selected = [identity for identity in ids if self._is_selected(identity)]
        if len(selected) == 1:
            return f"{said}. Your answers select {selected[0]}. Write: {write(selected[0])}"
        some = selected or ids
        ask = "Write the id of the one that you mean"
        return f"{said}. {ask}, such as {write(some[0])}"

    def _numbered(self, number: str) -> Sequence[str]:
        """Return the ids of the sections and clauses with a number, however its parts are separated."""
        labels = {identity: label for identity, label in self._edition.labels.items() if label.number}
        exact = [identity for identity, label in labels.items() if label.citation == number.rstrip(".")]
        return exact or [
            identity for identity, label in labels.items() if _parts(label.citation) == _parts(number.lower())
        ]

    def _is_selected(self, identity: str) -> bool:
        if self._answers is None:
            return False
        conditions = self._edition.conditions.get(identity, ())
        return all(holds(condition, get(self._answers, condition.field)) for condition in conditions)

    def _by_spelling(self, typed: str, write: Callable[[str], str]) -> str | None:
        meant = re.sub(r"[\W_]+", "-", typed.lower()).strip("-")
        if meant == typed or meant not in self._edition.by_id:
            return None
        return f"an id has lower-case words with hyphens. Write: {write(meant)}"

    def _by_words(self, typed: str, write: Callable[[str], str]) -> str | None:
        words = _plain(typed)
        found = [provision for provision in self._edition.walk() if _has_words(provision, words)]
        if not found:
            return None
        is_clause = found[0].kind is Kind.CLAUSE
        what = "these are the words of a clause" if is_clause else f"this is the title of a {found[0].kind}"
        ids = [provision.id for provision in found]
        if len(ids) == 1:
            return f"{what}; its id is {ids[0]}. Write: {write(ids[0])}"
        return f"{what}, and several have it: {all_of(ids)}. Write the id of the one that you mean: {write(ids[0])}"

    def _by_edition(self, typed: str, write: Callable[[str], str]) -> str | None:
        older = next((other for other in reversed(self._others) if typed in other.by_id), None)
        if older is None:
            return None
        said = f"edition {older.name} has it"
        if renamed := self._same_words(older, older.by_id[typed]):
            return f"{said}; in {self._edition.name} its id is {renamed}. Write: {write(renamed)}"
        instead = "Choose another id from the page of the template, or delete this"
        return f"{said}, but {self._edition.name} does not. {instead}"

    def _same_words(self, older: Edition, provision: Provision) -> str | None:
        """Return the id of a provision that only this edition has, with nearly the same words as another's."""
        matcher = SequenceMatcher(b=provision.source, autojunk=False)
        best, most = None, _SAME_WORDS
        for other in self._edition.walk():
            if other.id in older.by_id or other.kind is not provision.kind:
                continue
            matcher.set_seq1(other.source)
            if matcher.real_quick_ratio() > most and (ratio := matcher.ratio()) > most:
                best, most = other.id, ratio
        return best


def _parts(number: str) -> list[str]:
    return re.findall(r"\d+|[a-z]+", number)


def _plain(text: str) -> str:
    """Return the letters and digits of a text, its words separated by one space."""
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "").replace("'", "")))


def _has_words(provision: Provision, words: str) -> bool:
    """Return whether words are those of a provision, whatever a school puts into its fields."""
    fixed = [_plain(part) for part in re.split(r"\{\{.*?\}\}|\{%.*?%\}", provision.source)]
    if not any(fixed) or len(words) > _MOST_CHARACTERS:
        return False
    pattern = r"(?:\S+ ){0,6}".join(re.escape(f"{part} ") if part else "" for part in fixed)
    return re.fullmatch(pattern, f"{words} ") is not None
