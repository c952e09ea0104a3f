"""A school's amendments in a new edition: three wordings of each clause are compared, by its id."""

import dataclasses
import enum
from collections.abc import Iterator, Mapping

import msgspec

from build_tools.policy.model import Action, Amendment, Freedom, Kind, Node, Policy, Run, Text, degrees
from build_tools.template.edition import Edition


class Standing(enum.StrEnum):
    """The result for an amendment."""

    HOLDS = "holds"
    TOUCHED = "touched"
    NEEDLESS = "needless"
    GONE = "gone"
    UNFIT = "unfit"


class AmendmentState(enum.StrEnum):
    """How the new edition changed a clause that the school omits."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    NEW = "new"
    WITHDRAWN = "withdrawn"


@dataclasses.dataclass(frozen=True, slots=True)
class Omitted:
    """A part of the edition that the school omits."""

    kind: Kind
    id: str
    number: str
    """Its number in the new edition; in the old one if it is withdrawn."""
    state: AmendmentState
    old: Text | None
    new: Text | None


@dataclasses.dataclass(frozen=True, slots=True)
class AmendmentReview:
    """One amendment of the school."""

    amendment: Amendment
    standing: Standing
    message: str
    is_open: bool
    """Whether a person must decide."""
    number: str
    """The number of what it replaces, omits or inserts: in the new edition, or in the old one if it is gone."""
    old_number: str | None = None
    """Where the number changed."""
    old: Text | None = None
    """The wording of the old edition, with the school's values."""
    new: Text | None = None
    """The wording of the new edition, with the school's values."""
    yours: Text | None = None
    """The wording of the school."""
    omitted: tuple[Omitted, ...] = ()
    """The parts that an omission removes."""
    freedom: Freedom | None = None
    """How free the school is, by the new edition, to change the clauses that it replaces or omits."""

    @property
    def by(self) -> str | None:
        """The name of the federation whose file has the amendment; None if it is the school's."""
        return self.amendment.by

    @property
    def id(self) -> str:
        """The id of what is replaced, left out or inserted."""
        amendment = self.amendment
        return amendment.inserted[0].id if amendment.inserted else amendment.target


@dataclasses.dataclass(frozen=True, slots=True)
class Wordings:
    """The policies that amendments are compared with."""

    old: Edition
    new: Edition
    base: Mapping[str, Node]
    """The old edition for this school, without its amendments, by id."""
    theirs: Mapping[str, Node]
    """The new edition for this school, without its amendments."""
    yours: Mapping[str, Node]
    """The school's current policy."""
    carried: Mapping[str, Node]
    """The school's policy with the new edition, as far as it is certain."""
    unfit: Mapping[int, str]
    """Why amendments cannot be kept in the new edition, by their index."""
    absences: Mapping[str, str]
    """Why the school does not have some parts of the new edition, by id."""


def review_amendments(amendments: tuple[Amendment, ...], wordings: Wordings) -> Iterator[AmendmentReview]:
    """Yield the result for each amendment, in order."""
    for index, amendment in enumerate(amendments):
        judge = {Action.REPLACE: _replacement, Action.OMIT: _omission, Action.INSERT: _insertion}[amendment.action]
        review = judge(amendment, wordings, wordings.unfit.get(index))
        if amendment.by:
            # an amendment that is not in the school's own file cannot be deleted from it
            review = dataclasses.replace(review, is_open=review.is_open or review.standing is Standing.NEEDLESS)
        before = wordings.yours.get(review.id)
        is_taken = bool(amendment.inserted) and review.id in wordings.new.amendable
        after = None if is_taken else wordings.carried.get(review.id) or wordings.theirs.get(review.id)
        label = None if amendment.inserted else wordings.new.labels.get(review.id)
        old_number = before.citation if before else ""
        number = after.citation if after else label.citation if label else old_number
        moved = bool(old_number) and old_number != number
        yield dataclasses.replace(
            review,
            number=number,
            old_number=old_number if moved else None,
            freedom=_freedom(amendment, wordings.theirs),
        )


def same_words(one: Text, other: Text) -> bool:
    """Return whether two texts have the same words; citations are compared by target, since numbers may change."""
    return _read(one) == _read(other)


def _read(text: Text) -> list[tuple[str, Run]]:
    merged: list[tuple[str, Run]] = []
    for run in text:
        marks = msgspec.structs.replace(run, text="", field=None)
        words = "" if run.target else run.text
        if merged and merged[-1][1] == marks and not run.target:
            merged[-1] = (merged[-1][0] + words, marks)
        else:
            merged.append((words, marks))
    return merged


def _review(amendment: Amendment, standing: Standing, message: str, *, is_open: bool) -> AmendmentReview:
    return AmendmentReview(amendment, standing, message, is_open, number="")


def _replacement(amendment: Amendment, wordings: Wordings, unfit: str | None) -> AmendmentReview:
    target = amendment.target
    yours, base, theirs = (
        node.text if node else None
        for node in (wordings.yours.get(target), wordings.base.get(target), wordings.theirs.get(target))
    )
    if theirs is None:
        message = _absence(target, wordings)
        review = _review(amendment, Standing.GONE, f"{message} Move your words, or delete the amendment.", is_open=True)
    elif unfit:
        review = _review(amendment, Standing.UNFIT, unfit, is_open=True)
    elif yours is not None and same_words(yours, theirs):
        message = "The new edition says what you say. The amendment can be deleted."
        review = _review(amendment, Standing.NEEDLESS, message, is_open=False)
    elif base is not None and same_words(base, theirs):
        review = _review(amendment, Standing.HOLDS, "The new edition did not change these words.", is_open=False)
    else:
        message = "The new edition changed the words that you replaced. Keep yours, take theirs, or write new ones."
        review = _review(amendment, Standing.TOUCHED, message, is_open=True)
    return dataclasses.replace(review, old=base, new=theirs, yours=yours)


def _omission(amendment: Amendment, wordings: Wordings, unfit: str | None) -> AmendmentReview:
    omitted = tuple(_omitted(amendment.target, wordings))
    is_gone = amendment.target not in wordings.new.amendable
    changed = [part for part in omitted if part.state is not AmendmentState.UNCHANGED]
    if is_gone:
        message = "The new edition does not have this clause or section. The amendment can be deleted."
        review = _review(amendment, Standing.NEEDLESS, message, is_open=False)
    elif amendment.target not in wordings.theirs or wordings.theirs[amendment.target].is_left_out:
        message = f"{_absence(amendment.target, wordings)} Delete the amendment, or change the answer."
        review = _review(amendment, Standing.NEEDLESS, message, is_open=True)
    elif unfit:
        review = _review(amendment, Standing.UNFIT, unfit, is_open=True)
    elif changed:
        states = [
            f"{sum(p.state is s for p in changed)} {s}" for s in AmendmentState if any(p.state is s for p in changed)
        ]
        message = (
            f"The new edition changed what you leave out ({', '.join(states)}). Do you still want to leave it out?"
        )
        review = _review(amendment, Standing.TOUCHED, message, is_open=True)
    else:
        review = _review(amendment, Standing.HOLDS, "The new edition did not change what you leave out.", is_open=False)
    return dataclasses.replace(review, omitted=omitted)


def _insertion(amendment: Amendment, wordings: Wordings, unfit: str | None) -> AmendmentReview:
    first = amendment.inserted[0]
    text = wordings.yours[first.id].text
    twin = next((node for node in _arrivals(wordings) if same_words(node.text, text)), None)
    if twin:
        message = f"The new edition says the same in {twin.citation} ({twin.id}). Delete the amendment."
        review = dataclasses.replace(_review(amendment, Standing.NEEDLESS, message, is_open=True), new=twin.text)
    elif amendment.target not in wordings.carried:
        message = f"{_absence(amendment.target, wordings)} Say where your words should go now."
        review = _review(amendment, Standing.GONE, message, is_open=True)
    elif unfit:
        review = _review(amendment, Standing.UNFIT, unfit, is_open=True)
    else:
        review = _review(amendment, Standing.HOLDS, "The clause that it follows is still there.", is_open=False)
    return dataclasses.replace(review, yours=text)


def _arrivals(wordings: Wordings) -> Iterator[Node]:
    """Yield the parts that the school has in the new edition and did not have in the old one."""
    for identity, node in wordings.theirs.items():
        if identity not in wordings.base:
            yield node


def _freedom(amendment: Amendment, theirs: Mapping[str, Node]) -> Freedom | None:
    """Return how free a school is to amend the clauses that it replaces or omits; None if it inserts one."""
    if amendment.action is Action.INSERT or amendment.target not in theirs:
        return None
    target = theirs[amendment.target]
    parts = target.walk() if amendment.action is Action.OMIT else (target,)
    return next(iter(degrees(part.freedom for part in parts if part.kind is Kind.CLAUSE)), None)


def _absence(identity: str, wordings: Wordings) -> str:
    is_lacking = identity in wordings.new.amendable
    said = f"By its answers, the school does not have {identity}." if is_lacking else f"{identity} no longer exists."
    return wordings.absences.get(identity, said)


def _omitted(target: str, wordings: Wordings) -> Iterator[Omitted]:
    """Yield all parts that an omission removes in either edition, those of the new edition first."""
    before = {node.id: node for node in _under(target, wordings.base)}
    after = {node.id: node for node in _under(target, wordings.theirs)}
    for identity, node in after.items():
        old = before.get(identity)
        state = (
            AmendmentState.NEW
            if old is None
            else AmendmentState.UNCHANGED
            if same_words(old.text, node.text)
            else AmendmentState.REWORDED
        )
        yield Omitted(node.kind, identity, node.citation, state, old.text if old else None, node.text)
    for identity, node in before.items():
        if identity not in after:
            yield Omitted(node.kind, identity, node.citation, AmendmentState.WITHDRAWN, node.text, None)


def _under(target: str, nodes: Mapping[str, Node]) -> Iterator[Node]:
    if target in nodes:
        yield from nodes[target].walk()


def by_id(policy: Policy) -> Mapping[str, Node]:
    """Return the parts of a policy by id."""
    return {node.id: node for node in policy.walk_all()}
