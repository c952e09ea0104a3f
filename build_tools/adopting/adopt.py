"""Find the answers and clauses of an edition in a document, and the school's own passages."""

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_tools.adopting.accounting import Account, account
from build_tools.adopting.additions import OwnFinding, find_own
from build_tools.adopting.answer import Answer, Certainty, Evidence, certainty_of
from build_tools.adopting.choices import find_choices
from build_tools.adopting.clauses import Clause, Wording
from build_tools.adopting.control import find_control
from build_tools.adopting.differences import telling_differences
from build_tools.adopting.document import Document
from build_tools.adopting.labels import pairs_of
from build_tools.adopting.names import find_names
from build_tools.adopting.people import find_people
from build_tools.adopting.subject import Subject
from build_tools.adopting.usage import find_usage
from build_tools.adopting.values import find_values
from build_tools.adopting.vocabulary import Vocabulary
from build_tools.adopting.watching import Watch, unwatched
from build_tools.schema.answers import complete, get, wrong_answers
from build_tools.schema.fields import Field
from build_tools.template.conditions import holds
from build_tools.template.edition import Edition
from build_tools.text.differing import Part, diff_words


class ClauseState(enum.StrEnum):
    """The state of a clause of the edition in a document."""

    PRESENT = "present"
    CHANGED = "changed"
    MISSING = "missing"
    NOT_CHOSEN = "not-chosen"
    """The answers that were found leave it out, or it depends on an answer that was not found."""


@dataclasses.dataclass(frozen=True, slots=True)
class ClauseFinding:
    """A clause of the edition, and the document's version of it."""

    clause: Clause
    state: ClauseState
    probability: float
    """The probability that the passages are this clause; for a missing clause, that nothing in the document is."""
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    """The words of the document."""
    differences: tuple[str, ...] = ()
    """The differences in more than wording."""
    words: tuple[Part, ...] = ()
    """The template's and the document's words merged."""

    @property
    def certainty(self) -> Certainty:
        """How certain it is."""
        return certainty_of(self.probability)


@dataclasses.dataclass(frozen=True, slots=True)
class Adoption:
    """What was found in a document."""

    document: Document
    edition: Edition
    answers: tuple[Answer, ...]
    """In the order of the schema; each is possible in a `school.yml`."""
    recorded: tuple[Answer, ...]
    """Answers that belong in the record of a ratified version, and not in a `school.yml`."""
    unanswered: tuple[Field, ...]
    clauses: tuple[ClauseFinding, ...]
    own: tuple[OwnFinding, ...]

    def in_state(self, state: ClauseState) -> tuple[ClauseFinding, ...]:
        """Return the clauses in a state."""
        return tuple(finding for finding in self.clauses if finding.state is state)

    def answers_of(self, *certainties: Certainty) -> tuple[Answer, ...]:
        """Return the answers with one of these certainties."""
        return tuple(answer for answer in self.answers if answer.certainty in certainties)


def adopt_document(document: Document, edition: Edition, subject: Subject, watch: Watch = unwatched) -> Adoption:
    """Return the answers and clauses of an edition in a document; `subject` has its words about its subject."""
    accounted = account(document, edition, Vocabulary(subject.synonyms), watch)
    found = _answers(accounted, edition, subject)
    leaves = [field for field in edition.schema.fields if not field.kind.traits.is_block]
    answers = tuple(found[field.path] for field in leaves if field.path in found and not field.is_recorded)
    values = complete(edition.schema, as_data(answers), edition.authority)
    return Adoption(
        document,
        edition,
        answers,
        tuple(found[field.path] for field in leaves if field.path in found and field.is_recorded),
        tuple(field for field in leaves if field.path not in found and not field.is_recorded),
        tuple(_finding(clause, accounted, values) for clause in accounted.clauses),
        tuple(find_own(accounted, edition)),
    )


def as_data(answers: Iterable[Answer], least: float = 0.0) -> dict[str, Any]:
    """Return the answers with at least a certain probability, as nested blocks."""
    data: dict[str, Any] = {}
    for answer in answers:
        if answer.probability >= least:
            *blocks, name = answer.path.split(".")
            inside = data
            for block in blocks:
                inside = inside.setdefault(block, {})
            inside[name] = answer.value
    return data


def _answers(accounted: Account, edition: Edition, subject: Subject) -> Mapping[str, Answer]:
    """Return the most likely answer to each field of the edition that has any, by path."""
    document, every = accounted.document, accounted.passages
    pairs = pairs_of(document)
    called = list(find_names(document, every, subject))
    names = [str(answer.value) for answer in called if answer.path != "school.motto"]
    paths = [field.path for field in edition.schema.fields]
    found: dict[str, Answer] = {}
    for answer in [
        *find_people(pairs, every, paths, subject),
        *find_control(document, pairs, subject),
        *called,
        *find_usage(every, names),
        *find_values(accounted, edition.schema, names, subject),
        *find_choices(accounted, edition),
    ]:
        field = edition.schema.lookup(answer.path)
        is_better = answer.path not in found or found[answer.path].probability < answer.probability
        if field and is_better and not list(wrong_answers(edition.schema, as_data([answer]), is_whole=False)):
            found[answer.path] = answer
    return found


def _finding(clause: Clause, accounted: Account, values: Mapping[str, Any]) -> ClauseFinding:
    places = accounted.of_clause(clause.index)
    is_chosen = all(holds(condition, get(values, condition.field)) for condition in clause.when)
    if not places:
        state = ClauseState.MISSING if is_chosen else ClauseState.NOT_CHOSEN
        return ClauseFinding(clause, state, _nowhere(clause, accounted))
    passages = [accounted.passages[found.passage] for found in places]
    text = accounted.text_of(clause.index)
    words = min((diff_words(wording.shown, text) for wording in _wordings(clause, values)), key=_differing)
    wording = "".join(part.text for part in words if part.kind != "inserted")
    around = " ".join((*passages[0].headings, passages[0].lead_in, *clause.headings, clause.lead_in))
    is_compared = not clause.is_entry and not clause.slots and not clause.is_lead_in
    differences = tuple(telling_differences(wording, text, around, accounted.vocabulary)) if is_compared else ()
    state = ClauseState.CHANGED if differences else ClauseState.PRESENT
    return ClauseFinding(
        clause,
        state if is_chosen else ClauseState.NOT_CHOSEN,
        max(found.probability for found in places),
        tuple(dict.fromkeys(Evidence.of(passage) for passage in passages)),
        text,
        differences,
        words,
    )


def _wordings(clause: Clause, values: Mapping[str, Any]) -> Sequence[Wording]:
    """Return the wordings of a clause that fit some answers, or all wordings if none fits."""
    fitting = [
        wording
        for wording in clause.wordings
        if all(
            condition.answers is None or holds(condition, get(values, condition.field)) for condition in wording.answers
        )
    ]
    return fitting or clause.wordings


def _differing(parts: tuple[Part, ...]) -> int:
    return sum(len(part.text) for part in parts if part.kind != "same")


def _nowhere(clause: Clause, accounted: Account) -> float:
    """Return the probability that a clause is missing; lower if passages near it were not recognised."""
    neighbours = [found.passage for step in (-1, 1) for found in accounted.of_clause(clause.index + step)]
    doubts = [accounted.own[at + step] for at in neighbours for step in (-1, 1) if at + step in accounted.own]
    return 0.6 if doubts else 0.85
