"""A school's handouts: no line without its clause, whatever is answered, replaced or left out."""

import dataclasses
from collections.abc import Iterator

import pytest
from cases import CASES, named_example, resolved_example
from hypothesis import given
from hypothesis import strategies as st

from build_tools.policy.model import Action, Amendment, Node, Policy, plain
from build_tools.policy.tree import printed_handouts, without_copies
from build_tools.resolving.handouts import amendments_by_place
from build_tools.resolving.resolve import resolve, resolve_template
from build_tools.schema.answers import complete
from build_tools.template.edition import read_edition

CASE = next(case for case in CASES if case.name == "handouts")
EDITION = read_edition(CASE / "policy_src" / "2020-01", CASE)


def _policy(name: str) -> Policy:
    return resolved_example(CASE.name, name).policy


def _lines(policy: Policy) -> dict[str, Node]:
    return {node.id: node for handout in printed_handouts(policy) for node in handout.walk()}


def _unsupported(policy: Policy) -> Iterator[str]:
    has = {node.id for node in policy.walk() if not node.is_left_out}
    for handout in policy.handouts:
        yield from (node.id for node in handout.walk() if not has.issuperset(node.says))


@given(
    boots=st.sampled_from(["boots", "shoes", "nothing"]),
    gates=st.lists(st.just("a gate"), max_size=2),
    omitted=st.sets(st.sampled_from(["lead", "fence", "who-opens", "accidents", "pictures"])),
)
def test_no_line_is_without_its_clause(boots: str, gates: list[str], omitted: set[str]) -> None:
    _, school = named_example(CASE.name, "wren")
    answers = {"school": school.values["school"], "people": school.values["people"], "boots": boots}
    answers |= {"document": school.values["document"]} | ({"gates": gates} if gates else {})
    values = complete(EDITION.schema, answers, EDITION.authority)
    amendments = tuple(Amendment(Action.OMIT, target, "We wish.") for target in sorted(omitted))
    policy = resolve(EDITION, dataclasses.replace(school, values=values, amendments=amendments))
    assert list(_unsupported(policy)) == []
    lines = _lines(policy)
    assert ("rules-boots" in lines) is (boots == "boots")
    assert ("rules-who-opens" in lines) is (bool(gates) and "who-opens" not in omitted)
    assert ("gate-log" in lines) is bool(gates)
    assert ("gate-log-accidents" in lines) is (bool(gates) and "accidents" not in omitted)


def test_a_copy_has_the_words_and_number_of_its_clause() -> None:
    line = _lines(_policy("hill"))["summary-fence"]
    assert (plain(line.text), line.citation) == ("Pupils stay where staff can see them.", "1(4)")
    assert [plain(child.text) for child in _lines(_policy("wren"))["summary-gates"].children] == [
        "the front gate",
        "the gate to the field",
    ]


def test_a_replaced_copy_was_the_clause() -> None:
    line = _lines(_policy("hill"))["summary-lead"]
    assert plain(line.was or ()) == "Mr B Quill looks after the site."
    assert line.citation == ""


def test_a_line_that_is_left_out_is_kept_but_not_printed() -> None:
    policy = _policy("hill")
    assert "gate-log-weather" not in _lines(policy)
    kept = {node.id: node for handout in policy.handouts for node in handout.walk()}
    assert kept["gate-log-weather"].reason == "It is always windy here."


def test_a_part_without_lines_is_not_printed() -> None:
    assert "summary-outside" in _lines(_policy("wren"))
    assert "summary-outside" not in _lines(_policy("playgroup"))


def test_the_template_shows_every_line() -> None:
    shown = {node.id for handout in resolve_template(EDITION).handouts for node in handout.walk()}
    assert shown >= {part.id for handout in EDITION.handouts for part in handout.walk()}


def test_the_words_next_to_boxes_are_compared() -> None:
    log = next(handout for handout in _policy("wren").handouts if handout.id == "gate-log")
    assert plain(without_copies(log).children[-1].text) == "Weather (Dry, Wet)"


@pytest.mark.parametrize(("target", "is_of_handout"), [("fence", False), ("rules-inside", True), ("rules", True)])
def test_amendments_are_told_apart(target: str, *, is_of_handout: bool) -> None:
    amendment = Amendment(Action.OMIT, target, "We wish.")
    of_sections, of_handouts = amendments_by_place([amendment], EDITION.handouts)
    assert (of_sections, of_handouts) == (((), (amendment,)) if is_of_handout else ((amendment,), ()))
