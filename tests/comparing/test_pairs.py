"""The parts of two policies set against one another: by id, then by word."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.comparing.compare import Change, ChangeKind, Comparison, compare
from build_tools.comparing.pairs import diff_texts, headings_of
from build_tools.policy.model import Kind, Node, Origin, Policy, Run, plain
from build_tools.text.differing import Part, diff_words


def clause(identity: str, text: str = "Words.", *children: Node, number: str = "(1)") -> Node:
    return Node(Kind.CLAUSE, identity, marked(text), Origin.TEMPLATE, identity, number, f"1{number}", children=children)


def marked(text: str) -> tuple[Run, ...]:
    """Return text in which <a=b> is the value b of field a, and <b> cites b, whose number is its length."""
    runs: list[Run] = []
    for index, part in enumerate(text.replace(">", "<").split("<")):
        field, _, value = part.rpartition("=")
        run = Run(part) if index % 2 == 0 else Run(value, field=field) if field else Run(str(len(part)), target=part)
        runs += [run] if run.text else []
    return tuple(runs)


def policy(name: str, *nodes: Node) -> Policy:
    return Policy(
        name,
        "2018-09",
        "Policy",
        (Node(Kind.SECTION, "s", (Run("Title"),), Origin.TEMPLATE, "s", "1", "1", children=nodes),),
    )


def changes(old: list[Node], new: list[Node]) -> list[tuple[str, str]]:
    comparison = compare(policy("old", *old), policy("new", *new))
    return [(change.kind.value, change.id) for change in comparison.changes]


A, B, C = clause("a", "One."), clause("b", "Two."), clause("c", "Three.")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([A, B], [A, B], [], id="nothing changed"),
        pytest.param([A], [A, B], [("added", "b")], id="added"),
        pytest.param([A, B], [B], [("removed", "a")], id="removed"),
        pytest.param([A], [clause("a", "One more.")], [("reworded", "a")], id="reworded"),
        pytest.param([A, B, C], [B, C, A], [("moved", "a")], id="moved among its neighbours"),
        pytest.param(
            [clause("x", "X.", A), B], [clause("x", "X."), B, A], [("moved", "a")], id="moved out of its lead-in"
        ),
        pytest.param([clause("x", "X.", A, B)], [A, B], [("removed", "x")], id="a lead-in that went moves nothing"),
        pytest.param([A, B], [A, clause("x", "X.", B)], [("added", "x")], id="nor one that came"),
        pytest.param(
            [clause("x", "X.", A, B)],
            [B, A],
            [("removed", "x"), ("moved", "b")],
            id="but what is in another order is moved",
        ),
        pytest.param([A], [clause("a", "One.", number="(2)")], [("renumbered", "a")], id="renumbered"),
        pytest.param(
            [A],
            [clause("a", "Other.", number="(2)")],
            [("reworded", "a"), ("renumbered", "a")],
            id="words and number apart",
        ),
        pytest.param([clause("a", "See <xx>.")], [clause("a", "See <xx>.")], [], id="a citation"),
        pytest.param(
            [clause("a", "See <xx>.")],
            [clause("a", "See <xxx>.")],
            [("reworded", "a")],
            id="a citation of something else",
        ),
        pytest.param([clause("a", "By <dsl=A>.")], [clause("a", "By <dsl=B>.")], [("value", "a")], id="a value"),
        pytest.param(
            [clause("a", "By <dsl=A>."), clause("b", "To <dsl=A>.")],
            [clause("a", "By <dsl=B>."), clause("b", "To <dsl=B>.")],
            [("value", "a")],
            id="a value in two clauses is told once",
        ),
        pytest.param(
            [clause("a", "By <dsl=A>.")],
            [clause("a", "Or <dsl=B>.")],
            [("reworded", "a")],
            id="a value and other words",
        ),
        pytest.param(
            [clause("a", "By <dsl=A>.")], [clause("a", "By <head=A>.")], [], id="the same words from another field"
        ),
        pytest.param(
            [clause("a", "By <dsl=A>, <dsl=B>.")],
            [clause("a", "By <dsl=A>.")],
            [("reworded", "a")],
            id="a shorter list",
        ),
        pytest.param(
            [A, msgspec.structs.replace(B, origin=Origin.OMITTED, text=())],
            [A, B],
            [("amendment-withdrawn", "b")],
            id="what was left out",
        ),
    ],
)
def test_compare(old: list[Node], new: list[Node], expected: list[tuple[str, str]]) -> None:
    assert changes(old, new) == expected


def only(comparison: Comparison) -> Change:
    (change,) = comparison.changes
    return change


def test_a_change_of_words_is_told_word_by_word() -> None:
    old, new = clause("a", "Within 48 hours."), clause("a", "Within 24 hours.")
    change = only(compare(policy("old", old), policy("new", new)))
    assert [(part.kind, part.text) for part in change.words] == [
        ("same", "Within "),
        ("deleted", "48"),
        ("inserted", "24"),
        ("same", " hours."),
    ]
    assert (change.number, change.section, change.old, change.new) == ("1(1)", "1 Title", old.text, new.text)


def test_a_value_is_told_once_with_the_clauses_that_hold_it() -> None:
    numbers = [("a", "(1)"), ("b", "(2)"), ("c", "(5)")]
    old, new = (
        policy(name, *(clause(i, f"By <dsl={value}>.", number=number) for i, number in numbers))
        for name, value in (("old", "Miss A"), ("new", "Mr B"))
    )
    change = only(compare(old, new))
    assert (change.field, change.old, change.new) == ("dsl", (Run("Miss A"),), (Run("Mr B"),))
    assert change.clauses == ("1(1)", "1(2)", "1(5)")


def test_a_new_number_is_told_with_the_old_one() -> None:
    change = only(compare(policy("old", A), policy("new", clause("a", "One.", number="(2)"))))
    assert (change.old_number, change.number) == ("1(1)", "1(2)")


def test_counts_tell_how_many_of_each_kind() -> None:
    comparison = compare(policy("old", A, B), policy("new", clause("b", "New.", number="(2)"), C))
    assert (comparison.old, comparison.new, comparison.clauses) == ("old", "new", 3)
    told = {kind: count for kind, count in comparison.counts.items() if count}
    assert told == {"added": 1, "removed": 1, "reworded": 1, "renumbered": 1}


def test_headings_are_those_of_the_nearest_section() -> None:
    inner = Node(Kind.SECTION, "t", (Run("Inner"),), Origin.TEMPLATE, "t", "1.2", "1.2", children=(B,))
    group = Node(Kind.GROUP, "g", (Run("Group"),), Origin.TEMPLATE, "g", "", "1", children=(A,))
    assert headings_of(policy("p", group, inner)) == {
        "s": "1 Title",
        "g": "1 Title",
        "a": "1 Title",
        "t": "1.2 Inner",
        "b": "1.2 Inner",
    }


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("Same words.", "Same words.", "Same words."),
        ("", "New words.", "[+New words.+]"),
        ("Old words.", "", "[-Old words.-]"),
        ("It is asked.", "It is asked in writing.", "It is asked[+ in writing+]."),
        ("It is asked in writing.", "It is asked.", "It is asked[- in writing-]."),
        ("the DSL, not the head", "the DSL not the head", "the DSL[-,-] not the head"),
        ("Don't e-mail 3.10 to x@y.z", "Don't e-mail 3.11 to x@y.z", "Don't e-mail [-3.10-][+3.11+] to x@y.z"),
        ("the school’s phone", "the schools’ phone", "the [-school’s-][+schools’+] phone"),
        ("a  b", "a b", "a [- -]b"),
    ],
)
def test_diff_words(old: str, new: str, shown: str) -> None:
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    assert "".join(marks[part.kind].format(part.text) for part in diff_words(old, new)) == shown


WORDS = st.lists(st.sampled_from(["a", "b", "the", "school's", "e-mail", ",", ".", "(", "’", "3.10", "é"])).map(
    " ".join
)


@given(WORDS | st.text(max_size=30), WORDS | st.text(max_size=30))
def test_no_character_is_lost_or_made_up(old: str, new: str) -> None:
    parts = diff_words(old, new)
    assert "".join(part.text for part in parts if part.kind != "inserted") == old
    assert "".join(part.text for part in parts if part.kind != "deleted") == new


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from("abcdef"), WORDS), unique_by=lambda pair: pair[0]), st.data())
def test_back_and_forth_tell_the_same(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.tuples(st.sampled_from("abcdef"), WORDS), unique_by=lambda pair: pair[0]))
    old, new = (policy(n, *(clause(i, t) for i, t in found)) for n, found in (("old", pairs), ("new", others)))
    there, back = compare(old, new), compare(new, old)
    swapped = (ChangeKind.ADDED, ChangeKind.REMOVED)
    opposite = dict(zip(swapped, reversed(swapped), strict=True))
    assert {kind: count for kind, count in there.counts.items() if kind != "moved"} == {
        kind: back.counts[opposite.get(kind, kind)] for kind in back.counts if kind != "moved"
    }
    assert not compare(old, old).changes
    texts = {node.id: plain(node.text) for node in new.walk()}
    assert {c.id for c in there.changes if c.kind.value in ("added", "reworded")} == {
        node.id for node in new.walk() if texts[node.id] != {n.id: plain(n.text) for n in old.walk()}.get(node.id)
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (Run("a b"), Run("a c"), [("same", "a "), ("deleted", "b"), ("inserted", "c")]),
        (Run("a", href="x"), Run("b", href="y"), [("deleted", "a"), ("inserted", "b")]),
        (Run("a", href="x"), Run("a", href="y"), [("same", "a <"), ("deleted", "x"), ("inserted", "y"), ("same", ">")]),
        (Run("a", href="x"), Run("a"), [("same", "a"), ("deleted", " <x>")]),
    ],
)
def test_addresses_are_shown_only_where_nothing_else_differs(old: Run, new: Run, words: list[tuple[str, str]]) -> None:
    assert diff_texts((old,), (new,)) == tuple(Part(kind, text) for kind, text in words)
