"""What changed between two policies: a table of old, new and what is told of it."""

import dataclasses
from collections.abc import Mapping

import msgspec
import pytest
from cases import read_editions, read_named_school, resolved_example
from folders import ROOT, TESTS

from build_tools.comparing.compare import BETWEEN_POLICIES, Change, ChangeKind, compare
from build_tools.comparing.departures import compare_with_template
from build_tools.policy.model import Condition, Freedom, Kind, Node, Origin, Phrase, Policy, Run, plain
from build_tools.policy.storage import policy_data, policy_from_data
from build_tools.project import Project
from build_tools.resolving.resolve import resolve, resolve_template
from build_tools.template.edition import Edition

SCHOOLS = ("the-north-school", "trottiscliffe")


def clause(words: str, identity: str = "a", number: str = "(1)", **details: object) -> Node:
    """Return a clause; words in ⟨⟩ are the value of a field."""
    runs = tuple(
        Run(part, field="the.field" if index % 2 else None)
        for index, part in enumerate(words.replace("⟩", "⟨").split("⟨"))
        if part
    )
    node = Node(Kind.CLAUSE, identity, runs, Origin.TEMPLATE, identity, number, f"1{number}")
    return msgspec.structs.replace(node, **details)


def amended(words: str, origin: Origin, reason: str = "So.", **details: object) -> Node:
    provision = None if origin is Origin.INSERTED else "a"
    node = clause(words, origin=origin, reason=reason, provision=provision)
    return msgspec.structs.replace(node, **details)


def omitted(template: str = "Stay.", reason: str = "So.") -> Node:
    return amended("", Origin.OMITTED, reason, was=(Run(template),))


def answer(value: str) -> tuple[Condition, ...]:
    return (Condition("option", frozenset({value})),)


def policy(*clauses: Node, edition: str = "2030-01") -> Policy:
    top = Node(Kind.SECTION, "top", (Run("Top"),), Origin.TEMPLATE, "top", "1", "1", children=clauses)
    return Policy("x", edition, "Title", (top,))


def told(change: Change) -> str:
    """Return a change in one line: kind, id, words (before => now), reasons, and in brackets what follows from it."""
    sides = " => ".join("-" if text is None else plain(text) for text in (change.old, change.new))
    reasons = "".join(f" {name} {said}" for name, said in (("was", change.old_reason), ("why", change.reason)) if said)
    inside = "".join(f" [{told(inner)}]" for inner in change.inside)
    return f"{change.kind} {change.id}: {sides}{reasons}{inside}"


REPLACED, INSERTED = Origin.REPLACED, Origin.INSERTED
_CASES = {
    "nothing": ([clause("Stay.")], [clause("Stay.")], []),
    "added": ([], [clause("Stay.")], ["added a: - => Stay."]),
    "removed": ([clause("Stay.")], [], ["removed a: Stay. => -"]),
    "reworded": ([clause("Stay.")], [clause("Leave.")], ["reworded a: Stay. => Leave."]),
    "a link that leads elsewhere": (
        [clause("", text=(Run("Here", href="https://a.org"),))],
        [clause("", text=(Run("Here", href="https://b.org"),))],
        ["reworded a: Here => Here"],
    ),
    "a citation that became words": (
        [clause("", text=(Run("See "), Run("1(2)", target="b")))],
        [clause("", text=(Run("See "), Run("below")))],
        ["reworded a: See 1(2) => See below"],
    ),
    "a citation of what is renumbered": (
        [clause("", text=(Run("See "), Run("1(2)", target="b")))],
        [clause("", text=(Run("See "), Run("1(3)", target="b")))],
        [],
    ),
    "a value": ([clause("Ask ⟨Ms A⟩.")], [clause("Ask ⟨Mr B⟩.")], ["value a: Ms A => Mr B"]),
    "a value and words": (
        [clause("Ask ⟨Ms A⟩.")],
        [clause("Tell ⟨Mr B⟩.")],
        ["reworded a: Ask Ms A. => Tell Mr B."],
    ),
    "a number only": ([clause("Stay.")], [clause("Stay.", number="(2)")], ["renumbered a: - => Stay."]),
    "words and number": (
        [clause("Stay.")],
        [clause("Leave.", number="(2)")],
        ["reworded a: Stay. => Leave.", "renumbered a: - => Leave."],
    ),
    "moved": (
        [clause("A."), clause("B.", "b", "(2)"), clause("C.", "c", "(3)")],
        [clause("B.", "b", "(1)"), clause("C.", "c", "(2)"), clause("A.", "a", "(3)")],
        ["renumbered b: - => B.", "renumbered c: - => C.", "moved a: - => A."],
    ),
    "another alternative of an option": (
        [clause("At home.", "home", when=answer("home"))],
        [clause("Off.", "off", when=answer("off"))],
        ["choice off: At home. => Off."],
    ),
    "what one answer adds is no alternative": (
        [clause("At home.", "home", when=answer("home"))],
        [clause("Web.", "web", when=(Condition("platforms"),))],
        ["removed home: At home. => -", "added web: - => Web."],
    ),
    "replaced": (
        [clause("Stay.")],
        [amended("Leave.", REPLACED, was=(Run("Stay."),))],
        ["amended a: Stay. => Leave. why So."],
    ),
    "no longer replaced": (
        [amended("Leave.", REPLACED)],
        [clause("Stay.")],
        ["amendment-withdrawn a: Leave. => Stay. was So."],
    ),
    "replaced otherwise": (
        [amended("Leave.", REPLACED, "One.")],
        [amended("Run.", REPLACED, "Two.")],
        ["amendment-changed a: Leave. => Run. was One. why Two."],
    ),
    "replaced otherwise, for the same reason": (
        [amended("Leave.", REPLACED, "So.")],
        [amended("Run.", REPLACED, "So.")],
        ["amendment-changed a: Leave. => Run. why So."],
    ),
    "replaced for another reason": (
        [amended("Leave.", REPLACED, "One.")],
        [amended("Leave.", REPLACED, "Two.")],
        ["reason a: Leave. => Leave. was One. why Two."],
    ),
    "another reason and another value": (
        [amended("Ask ⟨Ms A⟩.", REPLACED, "One.")],
        [amended("Ask ⟨Mr B⟩.", REPLACED, "Two.")],
        ["value a: Ms A => Mr B", "reason a: Ask Ms A. => Ask Mr B. was One. why Two."],
    ),
    "replaced in the template's own words": (
        [clause("Stay.")],
        [amended("Stay.", REPLACED)],
        ["amended a: Stay. => Stay. why So."],
    ),
    "inserted": ([], [amended("New.", INSERTED)], ["amended a: - => New. why So."]),
    "no longer inserted": ([amended("New.", INSERTED)], [], ["amendment-withdrawn a: New. => - was So."]),
    "what an insertion holds is told as such, once with its reason": (
        [],
        [amended("New.", INSERTED, children=(clause("Item.", "b", "(a)", origin=INSERTED, reason="So."),))],
        ["amended a: - => New. why So. [added b: - => Item.]"],
    ),
    "what a withdrawn insertion held goes with it": (
        [amended("New.", INSERTED, children=(clause("Item.", "b", "(a)", origin=INSERTED, reason="So."),))],
        [],
        ["amendment-withdrawn a: New. => - was So. [removed b: Item. => -]"],
    ),
    "the points of an alternative come and go with it": (
        [clause("At home:", "home", when=answer("home"), children=(clause("Always.", "always", "(a)"),))],
        [clause("Off:", "off", when=answer("off"), children=(clause("In bags.", "bags", "(a)"),))],
        ["choice off: At home: => Off: [removed always: Always. => -] [added bags: - => In bags.]"],
    ),
    "a removed lead-in takes what is below with it": (
        [clause("We:", children=(clause("Stay.", "b", "(a)", children=(clause("Put.", "c", "(i)"),)),))],
        [],
        ["removed a: We: => - [removed b: Stay. => -] [removed c: Put. => -]"],
    ),
    "what was amended below an omission is an amendment of its own": (
        [clause("We:", children=(amended("Stay.", REPLACED, "One.", id="b", provision="b"),))],
        [omitted("We:")],
        ["amended a: We: => - why So.", "amendment-withdrawn b: Stay. => - was One."],
    ),
    "omitted": ([clause("Stay.")], [omitted()], ["amended a: Stay. => - why So."]),
    "no longer omitted": ([omitted()], [clause("Stay.")], ["amendment-withdrawn a: - => Stay. was So."]),
    "omitted for another reason": (
        [omitted(reason="One.")],
        [omitted(reason="Two.")],
        ["reason a: Stay. => - was One. why Two."],
    ),
    "omitted, then replaced": (
        [omitted(reason="One.")],
        [amended("Leave.", REPLACED, "Two.")],
        ["amendment-changed a: - => Leave. was One. why Two."],
    ),
    "replaced, then omitted": (
        [amended("Leave.", REPLACED, "One.")],
        [omitted(reason="Two.")],
        ["amendment-changed a: Leave. => - was One. why Two."],
    ),
    "what is below an omission goes with it": (
        [clause("We:", children=(clause("Stay.", "b", "(a)"),))],
        [omitted("We:")],
        ["amended a: We: => - why So. [removed b: Stay. => -]"],
    ),
    "omitted as soon as the template has it": ([], [omitted()], ["amended a: Stay. => - why So."]),
}


@pytest.mark.parametrize(("old", "new", "expected"), _CASES.values(), ids=_CASES)
def test_tells_kinds_of_changes_apart(old: list[Node], new: list[Node], expected: list[str]) -> None:
    comparison = compare(policy(*old), policy(*new))
    assert [told(change) for change in comparison.changes] == expected
    assert sum(comparison.counts.values()) == len(expected)
    assert list(comparison.counts) == [kind.value for kind in BETWEEN_POLICIES]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (clause("Stay."), clause("Leave."), "template-reworded"),
        (clause("Ask ⟨A⟩."), clause("Ask ⟨B⟩."), "value"),
        (amended("Stay.", REPLACED), amended("Leave.", REPLACED), "amendment-changed"),
        (clause("Stay."), amended("Leave.", REPLACED), "amended"),
        (amended("Stay.", INSERTED), amended("Leave.", INSERTED), "amendment-changed"),
    ],
)
def test_words_of_an_edition_and_of_a_school_are_told_apart(old: Node, new: Node, kind: str) -> None:
    comparison = compare(policy(old, edition="2029-01"), policy(new, edition="2030-01"))
    assert [change.kind for change in comparison.changes] == [kind]


def test_a_changed_value_is_one_change_with_all_its_clauses() -> None:
    old, new = ([clause(f"Ask ⟨{who}⟩.", name, f"({n})") for n, name in enumerate("abc", 1)] for who in ("A", "B"))
    (change,) = compare(policy(*old), policy(*new)).changes
    assert (change.kind, change.field, change.clauses) == ("value", "the.field", ("1(1)", "1(2)", "1(3)"))


def test_between_editions_each_clause_counts_by_itself() -> None:
    old = policy(clause("We:", children=(clause("Stay.", "b", "(a)"),)), edition="2029-01")
    assert [told(change) for change in compare(old, policy(edition="2030-01")).changes] == [
        "removed a: We: => -",
        "removed b: Stay. => -",
    ]
    new = policy(amended("New.", INSERTED, children=(clause("Item.", "b", "(a)", origin=INSERTED, reason="So."),)))
    assert [told(change) for change in compare(policy(edition="2029-01"), new).changes] == [
        "amended a: - => New. why So. [added b: - => Item.]"
    ]


def test_only_words_that_differ_in_alternatives_are_marked() -> None:
    old = clause("Keep in touch by alumni networks, or by our own email.", "alumni", when=answer("alumni"))
    new = clause("Keep in touch by our own email.", "ours", when=answer("ours"))
    (change,) = compare(policy(old), policy(new)).changes
    assert [part.text for part in change.words if part.kind != "same"] == ["by alumni networks, or "]


def test_a_choice_names_the_old_alternative_and_both_answers() -> None:
    old = policy(clause("At home.", "home", when=answer("home")), clause("Left in cars.", "cars", when=answer("home")))
    new = policy(clause("Off.", "off", when=answer("off")))
    choice, removed = compare(old, new).changes
    assert (choice.kind, choice.old_id, choice.id) == ("choice", "home", "off")
    assert (choice.old_when, choice.when) == (answer("home"), answer("off"))
    assert (removed.kind, removed.id) == ("removed", "cars")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "bc", ["removed: a => -"]),
        ("abc", "xabc", ["added: - => x"]),
        ("abc", "axc", ["value: b => x"]),
        ("abc", "axyc", ["value: b => x", "added: - => y"]),
        ("abb", "ab", ["removed: b => -"]),
    ],
)
def test_entries_of_a_list_are_told_by_their_words(old: str, new: str, expected: list[str]) -> None:
    def listed(names: str) -> Policy:
        return policy(*(clause(f"⟨{n}⟩", f"p-{i}", f"({i})", provision="p") for i, n in enumerate(names, 1)))

    changes = [change for change in compare(listed(old), listed(new)).changes if change.kind != "renumbered"]
    assert sorted(f"{change.kind}: {told(change).partition(': ')[2]}" for change in changes) == sorted(expected)


def test_changes_and_removals_are_in_reading_order() -> None:
    old = policy(clause("A."), clause("B.", "b"), clause("C.", "c"))
    new = policy(clause("A, now."), clause("C, now.", "c"))
    assert [change.id for change in compare(old, new).changes] == ["a", "b", "c"]


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_policy_read_back_from_a_version_has_no_changes(name: str, editions: Mapping[str, Edition]) -> None:
    school = read_named_school(Project(ROOT), name, editions)
    drawn = resolve(editions[school.edition], school)
    stored = policy_from_data(policy_data(drawn, name))
    for old, new in ((stored, drawn), (drawn, stored)):
        comparison = compare(old, new)
        assert comparison.clauses > 300
        assert comparison.changes == ()


@pytest.mark.parametrize("name", SCHOOLS)
def test_to_say_which_words_are_in_another_language_is_no_change(name: str, editions: Mapping[str, Edition]) -> None:
    school = read_named_school(Project(ROOT), name, editions)
    silent = resolve(editions[school.edition], school)
    telling = dataclasses.replace(silent, phrases=(Phrase(school.values["school"]["name"], "cy"),))
    for old, new in ((silent, telling), (telling, silent)):
        comparison = compare(old, new)
        assert comparison.changes == ()
        assert comparison.phrases == telling.phrases


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_counts_against_the_template_add_up(name: str, editions: Mapping[str, Edition]) -> None:
    school = read_named_school(Project(ROOT), name, editions)
    edition = editions[school.edition]
    comparison = compare_with_template(edition, resolve(edition, school))
    kinds = {"insert": ChangeKind.INSERTED, "replace": ChangeKind.REPLACED, "omit": ChangeKind.OMITTED}
    for action, kind in kinds.items():
        assert comparison.counts[kind] == sum(amendment.action == action for amendment in school.amendments)
    parts = [part for change in comparison.changes for part in change.walk()]
    told = sum(part.node_kind is Kind.CLAUSE and part.kind is not ChangeKind.INSERTED for part in parts)
    assert told + comparison.counts[ChangeKind.TEMPLATE] == comparison.clauses
    assert comparison.clauses == sum(provision.kind is Kind.CLAUSE for provision in edition.walk())


def test_the_number_of_a_section_that_stays_left_out_is_told_too() -> None:
    omission = Node(Kind.SECTION, "top", (Run("Not used"),), Origin.OMITTED, "top", reason="So.", was=(Run("Top"),))
    old, new = (
        Policy("x", edition, "Title", (msgspec.structs.replace(omission, number=number, citation=number),))
        for edition, number in (("2029-01", "2"), ("2030-01", "3"))
    )
    (change,) = compare(old, new).changes
    assert (change.kind, change.old_number, change.number) == ("renumbered", "2", "3")


def test_another_date_of_coming_into_force_is_a_change_of_words() -> None:
    old, new = (resolve_template(edition) for edition in read_editions(TESTS / "policies" / "freedom").values())
    found = {
        change.id: "".join(part.text for part in change.words if part.kind != "same")
        for change in compare(old, new).changes
        if change.kind is ChangeKind.TEMPLATE_REWORDED
    }
    assert found == {
        "alarm": "From 1 April 2027: ",
        "night-drill": "SeptemberOctober",
        "tied": "From 1 April 2027: ",
        "two": "From 1 April 2027: ",
    }


def test_an_amendment_says_how_free_the_school_is() -> None:
    wren, hill = (resolved_example("freedom", school).policy for school in ("wren", "hill"))
    found = {change.id: (change.kind.value, change.freedom) for change in compare(wren, hill).changes}
    assert found["plan"] == ("amended", Freedom.AGREED)
    assert found["alarm"] == ("amended", Freedom.FIXED)
    assert found["taps"] == ("amended", Freedom.FIXED)
    assert found["hoses"] == ("amended", None)
    assert found["water"] == ("amended", None)
