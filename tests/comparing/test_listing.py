"""Policies and comparisons as text."""

import dataclasses
from collections.abc import Mapping

import msgspec
import pytest
from cases import resolved_example

from build_tools.comparing.compare import Change, ChangeKind, Comparison
from build_tools.comparing.difference import Difference, Side, differ
from build_tools.comparing.listing import (
    changed_words,
    difference_data,
    marked_words,
    numbers,
    render_difference,
    render_policy,
)
from build_tools.policy.model import Kind, Policy, Run
from build_tools.policy.storage import policy_data
from build_tools.resolving.facts import Fact
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition
from build_tools.text.differing import Part


def test_text_has_number_id_origin_and_words_of_each_part(phone_policy: Policy) -> None:
    assert render_policy(phone_policy) == (
        "1       phones      template  Phones\n"
        "1.1     learners    template  Learners\n"
        "        rules       template  Rules\n"
        '1.1(2)  phones-off  replaced  Phones are "off" at Ş & Co.  (because: The governors asked.)\n'
        "1.2     visitors    omitted   Not used at X  (because: None come.)\n"
    )


def test_text_names_the_federation_that_amended_a_part(phone_policy: Policy) -> None:
    part = msgspec.structs.replace(phone_policy.sections[0], by="The Coast Federation")
    policy = dataclasses.replace(phone_policy, sections=(part,))
    assert render_policy(policy).splitlines()[0].startswith("1       phones      template by The Coast Federation  ")


FULL = Change(
    ChangeKind.AMENDMENT_CHANGED,
    Kind.CLAUSE,
    "phones-off",
    "1.1(2)",
    "Phones",
    old=(Run("Phones are "), Run("off")),
    new=(Run("Phones stay off"),),
    words=(Part("same", "Phones "), Part("deleted", "are "), Part("inserted", "stay ")),
    reason="The governors asked.",
    by="The Coast Federation",
    old_reason="None come.",
    old_id="phones-out",
    old_number="1.1(1)",
    field="phones.learners",
    clauses=("1.1(2)", "1.2"),
)
BARE = Change(ChangeKind.ADDED, Kind.SECTION, "visitors", "1.2", "Phones")


def test_data_has_all_that_is_known_of_a_change(editions: Mapping[str, Edition], phone_policy: Policy) -> None:
    edition = editions["2018-09"]
    counts = {ChangeKind.AMENDMENT_CHANGED: 1, ChangeKind.ADDED: 1, ChangeKind.REMOVED: 0}
    comparison = Comparison("x@2018-05", "x", 7, counts, (FULL, BARE))
    old, new = (
        Side(phone_policy, edition, "x", (Fact("people.head", "Head", (name,)),)) for name in ("Ms Old", "Mr New")
    )
    assert difference_data(Difference(old, new, comparison)) == {
        "old": "x@2018-05",
        "new": "x",
        "clauses": 7,
        "counts": {"amendment-changed": 1, "added": 1, "removed": 0},
        "changes": [
            {
                "kind": "amendment-changed",
                "node": "clause",
                "id": "phones-off",
                "number": "1.1(2)",
                "section": "Phones",
                "old_number": "1.1(1)",
                "old": "Phones are off",
                "new": "Phones stay off",
                "words": [
                    {"kind": "same", "text": "Phones "},
                    {"kind": "deleted", "text": "are "},
                    {"kind": "inserted", "text": "stay "},
                ],
                "reason": "The governors asked.",
                "by": "The Coast Federation",
                "old_reason": "None come.",
                "old_id": "phones-out",
                "field": "phones.learners",
                "clauses": ["1.1(2)", "1.2"],
            },
            {"kind": "added", "node": "section", "id": "visitors", "number": "1.2", "section": "Phones"},
        ],
        "facts": [{"path": "people.head", "label": "Head", "old": ("Ms Old",), "new": ("Mr New",)}],
    }


def test_a_number_follows_its_old_one_only_if_that_was_different() -> None:
    assert (numbers("1.1", "1.2"), numbers(None, "1.2")) == ("1.1 -> 1.2", "1.2")


@pytest.mark.parametrize(
    ("kind", "old", "new", "shown"),
    [
        (ChangeKind.MOVED, "as before", "as now", "as now"),
        (ChangeKind.MOVED, "as before", None, "as before"),
        (ChangeKind.MOVED, None, None, ""),
        (ChangeKind.CHOICE, "as before", "as now", "[-as before-] {+as now+}"),
        (ChangeKind.ADDED, None, "as now", "{+as now+}"),
        (ChangeKind.REMOVED, "as before", None, "[-as before-]"),
    ],
)
def test_words_of_a_change_are_two_texts_or_the_one_kept(
    kind: ChangeKind, old: str | None, new: str | None, shown: str
) -> None:
    texts = [None if text is None else (Run(text),) for text in (old, new)]
    change = Change(kind, Kind.CLAUSE, "a", "1", "A", old=texts[0], new=texts[1])
    assert marked_words(changed_words(change)) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            (Part("same", "within "), Part("deleted", "48 "), Part("inserted", "24 "), Part("same", "hours")),
            "within [-48-] {+24+} hours",
        ),
        ((Part("inserted", "all"),), "{+all+}"),
        ((Part("deleted", "a, b "), Part("same", "c")), "[-a, b-] c"),
    ],
)
def test_changed_words_are_told_apart_without_colour(words: tuple[Part, ...], shown: str) -> None:
    assert marked_words(words) == shown


def test_text_and_data_say_how_free_a_school_is_to_amend() -> None:
    hill = resolved_example("freedom", "hill")
    template = Side(resolve_template(hill.edition), hill.edition, "template", is_template=True)
    difference = differ(template, Side(hill.policy, hill.edition, "hill"))
    lines = render_difference(difference).splitlines()
    at = lines.index("  1.1(2)  replaced  (alarm)")
    assert lines[at + 2 : at + 4] == ["      Freedom: fixed by law", "      Because: We do so already."]
    freedoms = {change["id"]: change.get("freedom") for change in difference_data(difference)["changes"]}
    assert (freedoms["alarm"], freedoms["plan"], freedoms["hoses"]) == ("fixed", "agreed", None)
    assert policy_data(hill.policy, "Hill")["sections"][0]["children"][0]["freedom"] == "free"
