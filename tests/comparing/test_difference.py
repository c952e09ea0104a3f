"""The key facts that changed between two policies."""

import pytest

from build_tools.comparing.difference import FactChange, changed_facts
from build_tools.resolving.facts import Fact

HEAD, LEAD = Fact("people.head", "Head", ("Ms Old",)), Fact("people.dsl", "Lead", ("Mr A", "Ms B"))
NEW_HEAD = Fact("people.head", "Headteacher", ("Mr New",))
RECORDED = Fact("document.ratified", "Ratified", ("May 2018",), is_recorded=True)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ([HEAD, LEAD], [LEAD, HEAD], []),
        ([HEAD], [NEW_HEAD], [("people.head", "Headteacher", ("Ms Old",), ("Mr New",))]),
        ([HEAD], [HEAD, LEAD], [("people.dsl", "Lead", (), ("Mr A", "Ms B"))]),
        ([HEAD, LEAD], [HEAD], [("people.dsl", "Lead", ("Mr A", "Ms B"), ())]),
        ([HEAD], [HEAD, RECORDED], []),
        ([HEAD, RECORDED], [HEAD], []),
        ([], [HEAD, LEAD], []),
        ([HEAD, LEAD], [], []),
        (
            [LEAD, HEAD],
            [NEW_HEAD],
            [("people.head", "Headteacher", ("Ms Old",), ("Mr New",)), ("people.dsl", "Lead", ("Mr A", "Ms B"), ())],
        ),
    ],
)
def test_facts_that_differ_are_listed_in_the_order_of_the_new(
    old: list[Fact], new: list[Fact], changed: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert changed_facts(old, new) == tuple(FactChange(*change) for change in changed)


def test_a_fact_of_two_records_is_compared() -> None:
    later = Fact("document.ratified", "Ratified", ("May 2019",), is_recorded=True)
    assert changed_facts([RECORDED], [later]) == (
        FactChange("document.ratified", "Ratified", ("May 2018",), ("May 2019",)),
    )
