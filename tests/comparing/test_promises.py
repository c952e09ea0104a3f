"""Promises in a comparison: what counts as a change of one, and that older policies have none."""

import msgspec
import pytest

from build_tools.comparing.compare import ChangeKind, compare
from build_tools.comparing.listing import comparison_data
from build_tools.policy.model import Interval, Kind, Node, Origin, Policy, Promise, Run, Text

STAFF: Text = (Run("staff"),)
LEAD: Text = (Run("Miss A", field="people.lead"), Run(" ("), Run("Head", field="people.lead"), Run(")"))
OTHER: Text = (Run("Miss C", field="people.lead"), Run(" ("), Run("Boss", field="people.lead"), Run(")"))
LEADS: Text = (*LEAD, Run(" and "), Run("Mr B", field="people.lead"))
TERMLY = Promise(STAFF, Interval.TERM)


def policy(*promises: Promise | None, edition: str = "2030-01", words: str = "We count.") -> Policy:
    clauses = tuple(
        Node(Kind.CLAUSE, f"c{at}", (Run(words),), Origin.TEMPLATE, f"c{at}", f"({at})", f"1({at})", promise=promise)
        for at, promise in enumerate(promises, 1)
    )
    top = Node(Kind.SECTION, "top", (Run("Top"),), Origin.TEMPLATE, "top", "1", "1", children=clauses)
    return Policy("x", edition, "Title", (top,))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (TERMLY, TERMLY, None),
        (TERMLY, Promise(STAFF, Interval.YEAR), ("staff, every term", "staff, every year")),
        (TERMLY, Promise(STAFF), ("staff, every term", "staff, now")),
        (TERMLY, Promise((Run("governors"),), Interval.TERM), ("staff, every term", "governors, every term")),
        (
            Promise(STAFF, by="2030-09"),
            Promise(STAFF, by="2031-05"),
            ("staff, by September 2030", "staff, by May 2031"),
        ),
        (TERMLY, None, ("staff, every term", "none")),
        (None, TERMLY, ("none", "staff, every term")),
        (Promise(LEAD), Promise(LEADS), None),
        (Promise(LEAD), Promise(OTHER), None),
        (Promise(LEAD), Promise(STAFF), ("Miss A (Head), now", "staff, now")),
    ],
)
def test_what_counts_as_a_change(old: Promise | None, new: Promise | None, told: tuple[str, str] | None) -> None:
    found = compare(policy(TERMLY, old), policy(TERMLY, new))
    if told is None:
        assert found.changes == ()
        return
    (change,) = found.changes
    assert (change.kind, change.id, change.number) == (ChangeKind.PROMISE, "c2", "1(2)")
    assert (change.old_promise, change.promise) == told
    (data,) = comparison_data(found)["changes"]
    assert (data["kind"], data["old_promise"], data["promise"]) == ("promise", *told)


@pytest.mark.parametrize("sides", [(None, TERMLY), (TERMLY, None)])
def test_a_policy_that_marks_nothing_changes_no_promise(sides: tuple[Promise | None, Promise | None]) -> None:
    old, new = sides
    assert compare(policy(old), policy(new)).changes == ()


def test_a_reworded_promise_is_one_change() -> None:
    new = policy(Promise(STAFF, Interval.YEAR), edition="2031-01", words="We count again.")
    (change,) = compare(policy(TERMLY), new).changes
    assert (change.kind, change.promise) == (ChangeKind.TEMPLATE_REWORDED, "staff, every year")


def test_a_value_in_a_clause_is_reported_as_well() -> None:
    def printed(words: str, promise: Promise) -> Policy:
        found = policy(promise)
        clause = msgspec.structs.replace(found.sections[0].children[0], text=(Run(words, field="people.lead"),))
        top = msgspec.structs.replace(found.sections[0], children=(clause,))
        return Policy("x", "2030-01", "Title", (top,))

    found = compare(printed("Miss A", TERMLY), printed("Miss B", Promise(STAFF)))
    assert [change.kind for change in found.changes] == [ChangeKind.VALUE, ChangeKind.PROMISE]
