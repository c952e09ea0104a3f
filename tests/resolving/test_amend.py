"""Amending: what is replaced, inserted and left out, and what meets nothing."""

import dataclasses
from typing import Any

import pytest

from build_tools.policy.model import Action, Amendment, Kind, Origin, Provision, Unnumbered
from build_tools.resolving.amend import amend
from build_tools.text.problems import Place


def draft(
    identity: str, *children: Unnumbered, kind: Kind = Kind.CLAUSE, origin: Origin = Origin.TEMPLATE
) -> Unnumbered:
    return Unnumbered(kind, identity, "Old words.", origin, children=children)


def clause(identity: str, *children: Provision) -> Provision:
    return Provision(Kind.CLAUSE, identity, "Own words.", children=children)


def replace(target: str) -> Amendment:
    return Amendment(Action.REPLACE, target, f"why {target}", source="New words.", place=Place("school.yml", 9))


def omit(target: str) -> Amendment:
    return Amendment(Action.OMIT, target, f"why {target}", place=Place("school.yml", 9))


def insert(provision: Provision, after: str) -> Amendment:
    return Amendment(Action.INSERT, after, f"why {provision.id}", (provision,), place=Place("school.yml", 9))


def shown(drafts: tuple[Unnumbered, ...]) -> list[Any]:
    return [[draft.id, draft.origin.value, *shown(draft.children)] for draft in drafts]


TREE = (draft("a", draft("a1"), draft("a2")), draft("b"))


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        pytest.param([], [["a", "template", ["a1", "template"], ["a2", "template"]], ["b", "template"]], id="nothing"),
        pytest.param(
            [replace("a")],
            [["a", "replaced", ["a1", "template"], ["a2", "template"]], ["b", "template"]],
            id="what hangs under a replaced clause stays",
        ),
        pytest.param(
            [omit("a")], [["a", "omitted"], ["b", "template"]], id="what hangs under an omitted clause goes with it"
        ),
        pytest.param(
            [insert(clause("x", clause("x1")), "a1")],
            [
                ["a", "template", ["a1", "template"], ["x", "inserted", ["x1", "inserted"]], ["a2", "template"]],
                ["b", "template"],
            ],
            id="an insertion stands behind what it follows, beside it",
        ),
        pytest.param(
            [insert(clause("x"), "b"), insert(clause("y"), "b"), insert(clause("z"), "x")],
            [
                ["a", "template", ["a1", "template"], ["a2", "template"]],
                ["b", "template"],
                ["x", "inserted"],
                ["z", "inserted"],
                ["y", "inserted"],
            ],
            id="insertions stand in the order of the file, and behind one another",
        ),
        pytest.param(
            [omit("b"), insert(clause("x"), "b"), replace("a2")],
            [["a", "template", ["a1", "template"], ["a2", "replaced"]], ["b", "omitted"], ["x", "inserted"]],
            id="something stands in the place of what is left out",
        ),
    ],
)
def test_amend(amendments: list[Amendment], expected: list[Any]) -> None:
    drafts, problems = amend(TREE, amendments)
    assert (shown(drafts), problems) == (expected, [])


def test_what_is_amended_has_its_new_words_and_its_reason() -> None:
    drafts, _problems = amend(TREE, [replace("a"), omit("a1"), insert(clause("x", clause("x1")), "b")])
    every = {draft.id: (draft.source, draft.reason) for top in drafts for draft in top.walk()}
    assert every == {
        "a": ("New words.", "why a"),
        "a1": ("Old words.", "why a1"),
        "a2": ("Old words.", None),
        "b": ("Old words.", None),
        "x": ("Own words.", "why x"),
        "x1": ("Own words.", "why x"),
    }


@pytest.mark.parametrize(
    ("amendments", "lost"),
    [
        ([omit("zzz")], ["omit zzz"]),
        ([omit("a"), replace("a1")], ["replace a1"]),
        ([insert(clause("x"), "zzz"), insert(clause("y"), "x")], ["after x", "after zzz"]),
        ([replace("unused")], ["replace unused"]),
        ([omit("unused")], ["omit unused"]),
        ([insert(clause("x"), "unused")], []),
    ],
)
def test_an_amendment_that_meets_nothing_is_told(amendments: list[Amendment], lost: list[str]) -> None:
    unused = draft("unused", kind=Kind.SECTION, origin=Origin.NOT_CHOSEN)
    _drafts, problems = amend((*TREE, unused), amendments)
    assert sorted(problem.message.partition(":")[0] for problem in problems) == lost
    assert all(problem.place == Place("school.yml", 9) for problem in problems)


@pytest.mark.parametrize("amendment", [replace("a1"), omit("a1"), insert(clause("x"), "a1")])
def test_an_amended_part_has_the_reason_and_its_author(amendment: Amendment) -> None:
    by_federation = dataclasses.replace(amendment, by="The Coast Federation")
    (top, _), problems = amend(TREE, [by_federation])
    assert problems == []
    changed = [part for part in top.children if part.origin is not Origin.TEMPLATE]
    assert [(part.reason, part.by) for part in changed] == [(amendment.because, "The Coast Federation")]
