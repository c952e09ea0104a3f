"""What comes into force later says so until its day, and then reads like every other clause."""

import dataclasses
import datetime as dt

import msgspec
import pytest
from cases import resolved_example

from build_tools.policy.commencement import in_words, on_day
from build_tools.policy.model import Policy, plain
from build_tools.policy.promises import promises_of

EVE, DAY = dt.date(2027, 3, 31), dt.date(2027, 4, 1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return resolved_example("freedom", "wren").policy


def words(policy: Policy, identity: str) -> str:
    return next(plain(node.text) for node in policy.walk() if node.id == identity)


@pytest.mark.parametrize(
    ("identity", "day", "expected"),
    [
        ("alarm", EVE, "From 1 April 2027: We test the alarm."),
        ("alarm", DAY, "We test the alarm."),
        ("alarm", None, "From 1 April 2027: We test the alarm."),
        ("bell", EVE, "The bell is loud."),
        ("light", EVE, "From January 2028: The light flashes."),
        ("light", DAY, "From January 2028: The light flashes."),
        ("light", dt.date(2028, 1, 1), "The light flashes."),
        ("night-drill", dt.date(2027, 8, 31), "From September 2027: hold one at night."),
        ("night-drill", dt.date(2027, 9, 1), "hold one at night."),
        ("ladders", EVE, "Ladders"),
        ("tied", EVE, "From 1 April 2027: Ladders are tied."),
        ("two", EVE, "From 1 April 2027: Nobody carries two."),
        ("safe", EVE, "Everyone on our site is safe."),
    ],
)
def test_a_clause_says_when_it_begins_until_it_does(
    policy: Policy, identity: str, day: dt.date | None, expected: str
) -> None:
    assert words(in_words(policy, day), identity) == expected
    assert words(on_day(policy, day), identity) == expected


def test_no_day_changes_a_number(policy: Policy) -> None:
    numbers = [[node.citation for node in on_day(policy, day).walk()] for day in (None, EVE, DAY)]
    assert numbers == [[node.citation for node in policy.walk()]] * 3


def test_words_are_added_once(policy: Policy) -> None:
    assert in_words(on_day(policy, EVE)) == on_day(policy, EVE)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (EVE, ["plan", "drill"]),
        (DAY, ["plan", "drill", "alarm", "tied"]),
        (dt.date(2027, 9, 1), ["plan", "drill", "night-drill", "alarm", "tied"]),
    ],
)
def test_what_begins_later_promises_nothing_yet(policy: Policy, day: dt.date, expected: list[str]) -> None:
    assert [one.node.id for one in promises_of(on_day(policy, day))] == expected


def lines(policy: Policy) -> list[str]:
    return [plain(node.text) for handout in policy.handouts for node in handout.walk()]


def test_handouts_leave_out_what_is_not_in_force_yet(policy: Policy) -> None:
    early = ["For the caretaker", "Everyone on our site is safe.", "The headteacher will:", "hold a fire drill."]
    assert lines(on_day(policy, EVE)) == [*early, "thank everyone."]
    later = ["I test the alarm.", "Ladders", "Ladders are tied.", "The knot is a bowline."]
    assert lines(on_day(policy, DAY)) == [*early, "thank everyone.", *later]


def test_a_handout_without_lines_is_left_out(policy: Policy) -> None:
    (handout,) = policy.handouts
    ladders = msgspec.structs.replace(handout, children=handout.children[-1:])
    only = dataclasses.replace(policy, handouts=(ladders,))
    assert not on_day(only, EVE).handouts
    assert on_day(only, DAY).handouts == (ladders,)


def test_the_own_words_of_a_school_are_of_today() -> None:
    hill = in_words(resolved_example("freedom", "hill").policy)
    assert words(hill, "alarm") == "We test the alarm every Friday."
    assert words(hill, "bell") == "From 1 April 2027: The bell is loud."
    assert words(hill, "hoses") == "Hoses are rolled up."
