"""What must be decided for a new edition, each question once, with the schools that must answer it."""

import dataclasses
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping

from build_tools.policy.model import Action
from build_tools.schema.fields import Choice
from build_tools.text.problems import Problem
from build_tools.upgrading.amendments import AmendmentReview
from build_tools.upgrading.fields import FieldReview, Matter
from build_tools.upgrading.listing import WORDS_OF_MATTER, decision
from build_tools.upgrading.plan import Rehearsal


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One question that one school, or one federation, must answer, or one mistake in its file."""

    who: str
    """The name of the school or federation in whose file it is decided."""
    message: str
    """What the report of that school says."""
    general: str
    """The same without what only this school answered or wrote."""
    path: str
    """The question's path; empty if it is about an amendment, or a mistake."""
    choices: tuple[Choice, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A question, or a mistake, and everyone whom it concerns."""

    message: str
    choices: tuple[Choice, ...]
    names: tuple[str, ...]
    """The names of schools and federations, in the order of the alphabet."""


def questions(rows: Iterable[Rehearsal]) -> tuple[Group, ...]:
    """Return what must be decided, the question of most schools first."""
    return _grouped(asked for row in rows for asked in asked_of(row))


def own_mistakes(rows: Iterable[Rehearsal]) -> tuple[Group, ...]:
    """Return the mistakes that files have today, that of most schools first."""
    return _grouped(_mistake(display_name(row), problem) for row in rows for problem in row.problems)


def asked_of(row: Rehearsal) -> Iterator[Asked]:
    """Yield what must be decided for one school or federation, and the mistakes that its decisions do not explain."""
    if row.trial is None:
        return
    plan = row.trial.plan
    for review in plan.open:
        who = f"{review.by} (federation)" if review.by else display_name(row)
        message = decision(review)
        if isinstance(review, FieldReview):
            yield Asked(who, message, _general_field(review), review.field.path, review.choices)
        else:
            yield Asked(who, message, _general_amendment(review), "")
    # mistakes in the file of its federation are decided there
    is_shared = any(review.by for review in plan.open)
    own = f"/{row.school}/{row.trial.file}"
    known = {name for review in plan.open for name in _names_in(review)}
    for problem in row.trial.problems:
        if is_shared and not problem.place.file.endswith(own):
            continue
        if not any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", problem.message) for name in known):
            yield _mistake(display_name(row), problem)


def display_name(row: Rehearsal) -> str:
    """Return what a row is called in a list of schools."""
    return f"{row.name} (federation)" if row.is_federation else row.name


def _mistake(who: str, problem: Problem) -> Asked:
    return Asked(who, problem.message, problem.message, "")


def _names_in(review: FieldReview | AmendmentReview) -> tuple[str, ...]:
    """Return what a mistake names that is explained by a decision."""
    return (review.field.path,) if isinstance(review, FieldReview) else (review.id, review.amendment.target)


def _general_field(review: FieldReview) -> str:
    """Return what must be decided about an answer, for schools that gave different answers."""
    told = f"{review.field.path} ({review.field.title}): {WORDS_OF_MATTER[review.matter]}."
    return f"{told} Move the answer to where it is useful, or delete it." if review.matter is Matter.GONE else told


def _general_amendment(review: AmendmentReview) -> str:
    """Return what must be decided about an amendment; each school gives its own name to a clause that it inserts."""
    if review.amendment.action is Action.INSERT:
        return f"A clause of their own: {review.message}"
    return decision(review)


def _grouped(found: Iterable[Asked]) -> tuple[Group, ...]:
    """Return groups of what is the same but for each school's own answer."""
    groups: dict[Hashable, list[Asked]] = {}
    for asked in found:
        groups.setdefault((asked.general, asked.choices), []).append(asked)
    made = [_group(members) for members in groups.values()]
    return tuple(sorted(made, key=lambda group: (-len(group.names), group.message)))


def _group(members: list[Asked]) -> Group:
    messages: Mapping[str, None] = dict.fromkeys(asked.message for asked in members)
    message = members[0].message if len(messages) == 1 else members[0].general
    return Group(message, members[0].choices, tuple(sorted({asked.who for asked in members})))
