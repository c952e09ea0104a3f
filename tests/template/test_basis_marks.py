"""How free a school is: a part takes it from what is around it, and the default is free."""

from cases import CASES, read_editions, resolved_example

from build_tools.policy.model import Freedom, Kind


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
