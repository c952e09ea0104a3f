"""What a clause rests on and how free a school is to change it, read from an edition.

The messages about mistakes are in `bad_editions/rests-on-*.txt`.
"""

import pytest
from cases import CASES, read_editions, resolved_example

from build_tools.policy.model import Basis, Condition, Freedom, Kind
from build_tools.template.basis_marks import claims_law
from build_tools.template.edition import Edition


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_editions(next(case for case in CASES if case.name == "law"))["2030-01"]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("keeper", (Basis("keeping-act"),)),
        ("keeper-duties", (Basis("keeping-act", "part two"), Basis("farm-rules"))),
        ("feeds", (Basis("keeping-act", "part two"), Basis("farm-rules"))),
        ("key", (Basis("good-practice"),)),
        ("outside", (Basis("visits-guide"),)),
    ],
)
def test_a_part_rests_on_what_is_around_it(edition: Edition, identity: str, expected: tuple[Basis, ...]) -> None:
    assert edition.by_id[identity].rests_on == expected


@pytest.mark.parametrize(
    ("identity", "expected"),
    [("animals", Freedom.AGREED), ("keeper", Freedom.FIXED), ("vet", Freedom.AGREED), ("key", Freedom.FREE)],
)
def test_a_part_is_as_free_as_what_is_around_it(edition: Edition, identity: str, expected: Freedom) -> None:
    assert edition.by_id[identity].freedom is expected


def test_law_may_apply_to_some_schools_only(edition: Edition) -> None:
    assert edition.applies == {"farm-rules": (Condition("farm", frozenset({"yes"})),)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("You must hand it in.", True),
        ("Phones MUST be off.", True),
        ("It must{% if exams %} never{% endif %} be seen.", True),
        ("By law, we report it.", True),
        ("We have a legal duty to report it.", True),
        ("The law requires a record.", True),
        ("Children’s phones must stay in “the box”.", True),
        ("A sign says “you must wash your hands”.", False),
        ('A sign says "by law" and ‘you must’.', False),
        ('See {{ ref("must-do") }} and [the page](https://www.example.org/must).', False),
        ("Officers of a by law enforcement body, and a must-have.", False),
        ("Mustard and custom are allowed.", False),
        ("The law may change.", False),
    ],
)
def test_only_own_words_say_what_the_law_demands(words: str, *, expected: bool) -> None:
    assert claims_law(words) is expected


def test_a_clause_takes_its_freedom_from_what_is_around_it() -> None:
    edition = resolved_example("freedom", "wren").edition
    found = {p.id: p.freedom for p in edition.walk() if p.kind is Kind.CLAUSE and p.freedom is not Freedom.FREE}
    fixed = ("head-will", "drill", "night-drill", "alarm", "bell", "light", "taps")
    assert found == {"plan": Freedom.AGREED, **dict.fromkeys(fixed, Freedom.FIXED)}


def test_an_edition_without_the_mark_says_nothing() -> None:
    case = next(case for case in CASES if case.name == "promises")
    assert {p.freedom for edition in read_editions(case).values() for p in edition.walk()} == {None}


def test_law_that_does_not_apply_fixes_nothing() -> None:
    policies = {name: resolved_example("freedom", name).policy for name in ("hill", "dale")}
    freedoms = {
        name: next(node.freedom for node in policy.walk() if node.id == "taps") for name, policy in policies.items()
    }
    assert freedoms == {"hill": Freedom.FIXED, "dale": Freedom.FREE}
