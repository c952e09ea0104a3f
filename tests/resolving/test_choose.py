"""Choosing: what a school's answers call for, and what repeats."""

from typing import Any

import pytest

from build_tools.policy.model import Condition, Kind, Origin, Provision, Unnumbered
from build_tools.resolving.choose import choose, take_all
from build_tools.schema.file import parse_schema

SCHEMA = parse_schema(
    """\
type: object
properties:
  rule: {title: The rule, oneOf: [{const: a, title: A}, {const: b, title: B}]}
  exams: {type: boolean, title: Are there examinations?}
  apps: {type: array, title: Apps, items: {type: string}}
""",
    "school.schema.yml",
)


def provision(
    identity: str, *children: Provision, kind: Kind = Kind.CLAUSE, when: str = "", each: str = ""
) -> Provision:
    field, _, answers = when.partition("=")
    conditions = (Condition(field, frozenset(answers.split("|")) if answers else None),) if when else ()
    return Provision(kind, identity, "Words.", conditions, each or None, children=children)


def shown(drafts: tuple[Unnumbered, ...]) -> list[Any]:
    return [[draft.id, draft.origin.value, *shown(draft.children)] for draft in drafts]


@pytest.mark.parametrize(
    ("provisions", "values", "expected"),
    [
        pytest.param(
            [provision("x"), provision("a", when="rule=a"), provision("b", when="rule=b")],
            {"rule": "b"},
            [["x", "template"], ["b", "chosen"]],
            id="a clause of another answer is left out",
        ),
        pytest.param(
            [provision("a", provision("under"), when="rule=a"), provision("b", provision("below"), when="rule=b")],
            {"rule": "a"},
            [["a", "chosen", ["under", "template"]]],
            id="what hangs under a clause follows it",
        ),
        pytest.param(
            [provision("a", when="rule=a|b"), provision("given", when="apps"), provision("no", when="exams=no")],
            {"rule": "b", "apps": ["x"]},
            [["a", "chosen"], ["given", "chosen"], ["no", "chosen"]],
            id="several answers, a field that is given, a question that is not answered",
        ),
        pytest.param(
            [provision("lead", provision("app", each="apps"))],
            {"apps": ["x", "y"]},
            [["lead", "template", ["app-1", "template"], ["app-2", "template"]]],
            id="a clause for each entry",
        ),
        pytest.param(
            [provision("lead", provision("app", each="apps"))],
            {},
            [["lead", "template"]],
            id="no clause for no entries",
        ),
        pytest.param(
            [provision("s", provision("c"), kind=Kind.SECTION, when="exams=yes"), provision("t", kind=Kind.SECTION)],
            {"exams": False},
            [["s", "not-chosen"], ["t", "template"]],
            id="a section keeps its heading",
        ),
        pytest.param(
            [provision("g", provision("c"), kind=Kind.GROUP, when="exams=yes"), provision("h", kind=Kind.GROUP)],
            {"exams": False},
            [],
            id="a group without clauses has no heading",
        ),
        pytest.param(
            [provision("g", provision("a", when="rule=a"), provision("b", when="rule=b"), kind=Kind.GROUP)],
            {"rule": "b"},
            [["g", "template", ["b", "chosen"]]],
            id="a group with some of its clauses",
        ),
    ],
)
def test_choose(provisions: list[Provision], values: dict[str, Any], expected: list[Any]) -> None:
    assert shown(choose(provisions, values)) == expected


def test_an_entry_knows_which_it_is() -> None:
    (lead,) = choose([provision("lead", provision("app", each="apps"))], {"apps": ["x", "y"]})
    assert [draft.entry for draft in lead.children] == [("apps", 0), ("apps", 1)]


def test_a_section_that_is_left_out_by_an_answer_has_no_reason() -> None:
    (draft,) = choose([provision("s", kind=Kind.SECTION, when="exams=yes")], {"exams": False})
    assert (draft.origin, draft.reason) == (Origin.NOT_CHOSEN, None)


def test_the_template_takes_all_side_by_side() -> None:
    lead = provision("lead", provision("app", each="apps"), when="apps")
    drafts = take_all([provision("a", when="rule=a"), provision("b", when="rule=b"), lead])
    assert shown(drafts) == [["a", "template"], ["b", "template"], ["lead", "template", ["app", "template"]]]
    assert drafts[2].children[0].entry == ("apps", 0)
