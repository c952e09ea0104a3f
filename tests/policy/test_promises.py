"""What a policy promises, in the order in which people look for it."""

import pytest
from cases import resolved_example

from build_tools.policy.model import Interval, Policy, Promise, Run
from build_tools.policy.promises import by_due, promises_of


def policy_of(name: str) -> Policy:
    return resolved_example("promises", name).policy


def test_promises_are_grouped_by_when_they_are_due() -> None:
    found = by_due(promises_of(policy_of("wren")))
    assert [(due.title, [one.node.id for one in due.promises]) for due in found] == [
        ("Done now", ["plan"]),
        ("Every week", ["gates"]),
        ("Every month", ["alarm-test"]),
        ("Every half-term", ["drill"]),
        ("Every term", ["drill-report"]),
        ("Every year", ["read"]),
        ("Every two years", ["reviewed"]),
        ("By a date", ["alarm", "extinguishers"]),
    ]


def test_dates_are_in_their_order_a_month_at_its_end() -> None:
    one = promises_of(policy_of("wren"))[0]
    node = one.node
    dates = ("2030-10", "2030-09-30", "2030-09", "2030-10-01")
    dated = [type(one)(node, Promise((), by=date), one.section) for date in dates]
    (due,) = by_due(dated)
    assert [one.promise.by for one in due.promises] == ["2030-09-30", "2030-09", "2030-10-01", "2030-10"]


@pytest.mark.parametrize(
    ("school", "identity", "words"),
    [
        ("wren", "drill", "The headteacher will: hold a fire drill."),
        ("wren", "gates", "Every gate is checked: the front gate; the gate to the field"),
        ("hill", "water-1-1", "We look after the taps: They are flushed."),
        ("hill", "drill", "The principal will: hold a fire drill, once without a warning."),
    ],
)
def test_a_promise_has_the_words_around_it(school: str, identity: str, words: str) -> None:
    (found,) = [one for one in promises_of(policy_of(school)) if one.node.id == identity]
    assert found.words == words


def test_a_reworded_promise_stays_and_an_omitted_one_goes() -> None:
    found = {one.node.id: one.node.is_own for one in promises_of(policy_of("hill"))}
    assert "extinguishers" not in found
    assert {name for name, is_own in found.items() if is_own} == {"drill", "boiler", "water-1-1"}


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (Promise((Run("staff"),)), "staff, now"),
        (Promise((Run("staff"),), Interval.TWO_YEARS), "staff, every two years"),
        (Promise((Run("the "), Run("head", field="head")), by="2030-09"), "the head, by September 2030"),
        (Promise((Run("staff"),), by="[When it is ready]"), "staff, by [When it is ready]"),
    ],
)
def test_a_promise_in_words(promise: Promise, words: str) -> None:
    assert promise.words == words
