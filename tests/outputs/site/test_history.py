"""Two policies side by side, and each clause through all versions."""

from collections.abc import Sequence

import pytest

from build_tools.outputs.site.history import ClauseVersion, Row, Stretch, history, side_by_side
from build_tools.policy.model import Condition, Kind, Node, Origin, Policy, Run, plain
from build_tools.text.differing import DELETED, INSERTED, SAME

AT_HOME, OFF = ((Condition("phones", frozenset({answer})),) for answer in ("at-home", "off"))


def clause(
    text: str,
    identity: str = "a",
    number: str = "(1)",
    origin: Origin = Origin.TEMPLATE,
    reason: str | None = None,
    when: tuple[Condition, ...] = (),
) -> Node:
    provision = None if origin is Origin.INSERTED else identity
    words = (Run(text),) if origin is not Origin.OMITTED else ()
    return Node(
        Kind.CLAUSE,
        identity,
        words,
        origin,
        provision,
        number,
        f"1{number}",
        reason=reason,
        when=when,
        was=(Run(text),),
    )


def policy(*clauses: Node, **others: Sequence[Node]) -> Policy:
    """Return a policy with a section 1 of some clauses, and further sections by their ids."""
    tops = [
        Node(
            Kind.SECTION,
            identity,
            (Run(identity.title()),),
            Origin.TEMPLATE,
            identity,
            str(n),
            str(n),
            children=tuple(inside),
        )
        for n, (identity, inside) in enumerate({"aims": clauses, **others}.items(), 1)
    ]
    return Policy("x", "2030-01", "Policy", tuple(tops))


def only(stretches: Sequence[Stretch]) -> list[Row]:
    """Return the rows of the one section, without that of its heading."""
    (stretch,) = stretches
    heading, *rows = stretch.rows
    assert heading.kind is Kind.SECTION
    assert not heading.is_changed
    return rows


# --- side by side ---------------------------------------------------------------------------------


def test_equal_words_are_unmarked_and_each_difference_is_one() -> None:
    same, reworded = only(
        side_by_side(
            policy(clause("Stay."), clause("Go now.", "b", "(2)")), policy(clause("Stay."), clause("Go.", "b", "(2)"))
        )
    )
    assert (same.is_changed, same.words) == (False, ())
    assert reworded.is_changed
    assert {part.kind: part.text.strip() for part in reworded.words}[DELETED] == "now"


@pytest.mark.parametrize(
    ("old", "new", "is_there"),
    [
        ([], [clause("New.")], (False, True)),
        ([clause("Old.")], [], (True, False)),
        # what is omitted leaves a gap, as on the printed page
        ([clause("Old.")], [clause("Old.", origin=Origin.OMITTED, reason="So.")], (True, False)),
    ],
)
def test_what_one_of_them_does_not_print_is_told_whole(
    old: list[Node], new: list[Node], is_there: tuple[bool, bool]
) -> None:
    (row,) = only(side_by_side(policy(*old), policy(*new)))
    assert (row.old is not None, row.new is not None) == is_there
    assert row.is_changed
    assert row.words == ()


def test_what_neither_prints_has_no_row() -> None:
    omitted = policy(clause("Old.", origin=Origin.OMITTED, reason="So."))
    assert only(side_by_side(omitted, omitted)) == []


def test_another_number_or_place_is_a_change_without_words() -> None:
    first, second = clause("A."), clause("B.", "b", "(2)")
    (renumbered,) = only(side_by_side(policy(first), policy(clause("A.", number="(2)"))))
    assert (renumbered.is_changed, renumbered.is_moved, renumbered.words) == (True, False, ())
    rows = only(side_by_side(policy(first, second), policy(second, first)))
    assert sum(row.is_moved for row in rows) == 1
    assert not any(row.words for row in rows)


def test_only_the_words_that_an_alternative_changes_are_marked() -> None:
    old, new = clause("Phones stay off.", "off", when=OFF), clause("Phones stay at home.", "home", when=AT_HOME)
    (row,) = only(side_by_side(policy(old), policy(new)))
    assert [(part.kind, part.text) for part in row.words] == [
        (SAME, "Phones stay "),
        (DELETED, "off"),
        (INSERTED, "at home"),
        (SAME, "."),
    ]


def test_a_link_that_leads_elsewhere_is_told_with_its_addresses() -> None:
    old, new = (
        Node(Kind.CLAUSE, "a", (Run("Read", href=f"https://{host}.example"),), Origin.TEMPLATE, "a", "(1)", "1(1)")
        for host in ("one", "two")
    )
    (row,) = only(side_by_side(policy(old), policy(new)))
    assert "one.example" in "".join(part.text for part in row.words if part.kind != SAME)


def test_sections_are_in_order_and_count_their_changes() -> None:
    old = policy(clause("A."), gone=[clause("G.", "g")], last=[clause("L.", "l")])
    new = policy(clause("B."), last=[clause("L.", "l")])
    found = side_by_side(old, new)
    assert [stretch.id for stretch in found] == ["aims", "gone", "last"]
    # the last section is section 2 now
    assert [(stretch.title, stretch.changed) for stretch in found] == [("1 Aims", 1), ("2 Gone", 2), ("2 Last", 1)]


# --- through all versions -------------------------------------------------------------------------


def said(state: ClauseVersion) -> str:
    words = "not there" if state.node is None else plain(state.node.text)
    return f"{state.on} {words}{' *' if state.is_changed else ''}{f' ({state.reason})' if state.reason else ''}"


REPLACED = clause("B.", origin=Origin.REPLACED, reason="So.")
THREADS = {
    "reworded once": ([clause("A.")], [clause("B.")], [clause("B.")], ["1 A.", "2 B. *", "3 B."]),
    "taken out": ([clause("A.")], [], [], ["1 A.", "2 not there *", "3 not there"]),
    "comes back": ([clause("A.")], [], [clause("A.")], ["1 A.", "2 not there *", "3 A. *"]),
    "new": ([], [clause("A.")], [clause("A.")], ["1 not there", "2 A. *", "3 A."]),
    "amended, then for another reason": (
        [clause("A.")],
        [REPLACED],
        [clause("B.", origin=Origin.REPLACED, reason="Since.")],
        ["1 A.", "2 B. * (So.)", "3 B. * (Since.)"],
    ),
    "omitted": (
        [clause("A.")],
        [clause("A.", origin=Origin.OMITTED, reason="So.")],
        [clause("A.")],
        ["1 A.", "2 not there * (So.)", "3 A. *"],
    ),
    "an alternative goes on where the other ended": (
        [clause("Off.", "off", when=OFF)],
        [clause("At home.", "home", when=AT_HOME)],
        [clause("At home.", "home", when=AT_HOME)],
        ["1 Off.", "2 At home. *", "3 At home."],
    ),
}


@pytest.mark.parametrize(("first", "second", "third", "expected"), THREADS.values(), ids=THREADS)
def test_a_clause_is_followed_through_all_versions(
    first: list[Node], second: list[Node], third: list[Node], expected: list[str]
) -> None:
    versions = [(str(n), policy(*clauses)) for n, clauses in enumerate((first, second, third), 1)]
    (chapter,) = history(versions)
    (thread,) = chapter.threads
    assert [said(state) for state in thread.states] == expected
    assert chapter.unchanged == 0


def test_a_version_with_nothing_new_about_a_clause_is_not_told() -> None:
    versions = [
        (str(n), policy(clause(text))) for n, text in enumerate(("We go.", "We go.", "We go now.", "We go now."), 1)
    ]
    ((thread,),) = [chapter.threads for chapter in history(versions)]
    # the change shows the words of the first
    assert [state.on for state in thread.told] == ["3"]


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (([], [clause("A.")], [clause("A.")]), ["1", "2"]),
        (([clause("A.")], [], [clause("A.")]), ["1", "2", "3"]),
        (([clause("A.", number="(2)")], [clause("B.")], [clause("B.")]), ["1", "2"]),
        (([REPLACED], [REPLACED], [clause("B.", origin=Origin.REPLACED, reason="Since.")]), ["1", "3"]),
    ],
)
def test_the_first_version_is_told_unless_the_next_has_it(states: Sequence[list[Node]], told: list[str]) -> None:
    ((thread,),) = [chapter.threads for chapter in history([(str(n), policy(*s)) for n, s in enumerate(states, 1)])]
    assert [state.on for state in thread.told] == told


def test_what_never_changed_is_counted_and_not_told() -> None:
    same = policy(clause("A."), clause("B.", "b", "(2)"))
    (chapter,) = history([("1", same), ("2", same)])
    assert (chapter.title, chapter.threads, chapter.unchanged) == ("1 Aims", (), 2)


def test_threads_keep_their_last_number_and_lost_sections_end() -> None:
    old = policy(gone=[clause("G.", "g")], last=[clause("L.", "l")])
    new = policy(last=[clause("M.", "l", "(4)")])
    last, gone = history([("1", old), ("2", new)])
    assert (last.id, gone.id) == ("last", "gone")
    assert [thread.citation for thread in last.threads] == ["1(4)"]


def test_no_version_has_no_history() -> None:
    assert history([]) == ()
