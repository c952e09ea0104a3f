"""Names of people and of schools, as they stand in a text."""

import re
from collections.abc import Collection, Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from build_tools.text.names import Names, SchoolName, Vocabulary, people_in, schools_in, told_apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Mrs Smith.", ["Mrs Smith"]),
        ("Ask Mrs Smith’s deputy, Mr. J. R. Hartley. Then go.", ["Mrs Smith", "Mr. J. R. Hartley"]),
        ("Mrs Jeanette May Mrs Polly Sharman", ["Mrs Jeanette May", "Mrs Polly Sharman"]),
        ("Dr Jane O’Neill-Ash (Headteacher)", ["Dr Jane O’Neill-Ash"]),
        ("Sir Roger Manwood’s School and Dr Challoner’s Grammar School", []),
        ("a miss is as good as a mile; Mr and Mrs", []),
        ("Jane Smith", []),
    ],
)
def test_people_are_known_by_a_title(text: str, expected: list[str]) -> None:
    assert [person.text for _, person in people_in(text)] == expected
    assert all(text[at:].startswith(person.text) for at, person in people_in(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We work with Wye Valley School on this.", ["Wye Valley School"]),
        ("St Mary’s Church of England Primary School and Hill View Nursery", None),
        ("The pupils of St. Mary & St John CE Primary School’s choir", ["St. Mary & St John CE Primary School"]),
        ("They go to Wye Pre-school.", ["Wye Pre-school"]),
        ("Coast Academy agrees.", []),  # a sentence begins with a capital anyway
        ("the Coast Academy Trust, the Royal College of Art", []),
        ("Every School, Our School Council, the Sunday School, the Primary School", []),
        ("ask the Head of School, or the DSL and the Head of School", []),
        ("at school, our nursery", []),
    ],
)
def test_a_proper_name_that_ends_as_a_school_s_does(text: str, expected: list[str] | None) -> None:
    known = ["St Mary’s Church of England Primary School", "Hill View Nursery"] if expected is None else expected
    assert [name for _, name in schools_in(text)] == known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at The North School", ["North School"]),
        ("at North School’s gate", ["North School"]),
        ("at St Mary's School", ["St Mary's School"]),
        ("at St Mary’s School", ["St Mary’s School"]),
        ("at Great North School", []),
        ("at the school", []),
        ("at The School", []),
        ("at North Schools", []),
    ],
)
def test_a_known_name_is_found_whole_and_in_either_spelling(text: str, expected: list[str]) -> None:
    names = Names.of(["The North School", "St Mary’s School", "The School"])
    assert [name for _, name in names.mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("at Wye CE Primary School, not Ash School", f"at {'0' * 21}, not Ash School"),
        ("the staff of Wye School and Wye Valley School", "the staff of 0000000000 and Wye Valley School"),
    ],
)
def test_forms_of_one_s_own_name_are_blotted_out(text: str, left: str) -> None:
    assert Names.of(["Wye CE Primary School"]).without(text) == left


def test_excluded_names_are_neither_found_nor_masked() -> None:
    names = Names.of(["Wye School", "Ash School"]).but(["Wye School"])
    assert names.without("at Wye Primary School and Ash Primary School") == f"at Wye Primary School and {'0' * 18}"
    assert [name for _, name in names.mentions("at Wye School and Ash School")] == ["Ash School"]
    assert names.but([]) == Names.of(["Wye School", "Ash School"])


# --- however many names there are ----------------------------------------------------------------

# pieces of which names and texts are made: they meet, overlap, and differ in apostrophes, capitals and joints
PIECES = [
    "North", "Great", "Hill", "St", "Mary", "Mary’s", "Mary's", "O’Dell", "Wye-Ash", "Ash", "The", "the", "of", "and",
    "School", "School’s", "school", "Primary", "Academy", "Nursery", "Pre-school", "hill", "İl", "000", "0", "-", "'",
    "’", ".", "Ask:", "St.", "B\u0345y",
]  # fmt: skip


def _strings(most: int) -> SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES), min_size=1, max_size=most).map(" ".join)


def _mentions(text: str, names: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield what `Names.mentions` must yield, one name after the other."""
    for name in filter(told_apart, names):
        bare = re.escape(re.sub(r"^The\s+", "", name)).replace("’", "'").replace("'", "['’]")
        for match in re.finditer(rf"(?<![\w’'-]){bare}(?![\w-])", text):
            before = re.search(r"[A-ZÀ-ÖØ-ÞŁŚŞŠŹŻŽ][\w’'-]*[ ]$", text[max(0, match.start() - 40) : match.start()])
            is_longer = before and told_apart(before[0]) and not _begins_sentence(text, match.start() - len(before[0]))
            if not is_longer:
                yield match.start(), match[0]


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 40) : at].rstrip(" “\"‘'(")
    return not before or before[-1] in ".:?!"


def _without(text: str, names: Collection[str]) -> str:
    """Return what `Names.without` must return."""
    for at, name in list(_mentions(text, names)):
        text = text[:at] + "0" * len(name) + text[at + len(name) :]
    for at, name in list(schools_in(text)):
        if any(told_apart(name) <= told_apart(own) for own in names):
            text = text[:at] + "0" * len(name) + text[at + len(name) :]
    return text


def _others_found(text: str, own: Collection[str], others: Collection[str]) -> tuple[set[tuple[int, str]], str]:
    """Return which of other schools' names a text has beside a school's own, and what is left of it."""
    left = _without(text, own)
    return set(_mentions(left, others)), _without(left, others)


@st.composite
def _names_and_text(draw: st.DrawFn) -> tuple[list[str], str]:
    """Draw some names, and a text that has some of them, or pieces of them."""
    names = draw(st.lists(_strings(4), min_size=1, max_size=6, unique=True))
    return names, " ".join(draw(st.lists(st.sampled_from([*names, *PIECES]), min_size=1, max_size=8)))


@given(_names_and_text(), st.integers(0, 3))
@example((["-"], "Ask - now"), 0)
def test_names_are_found_as_if_each_were_looked_for(drawn: tuple[list[str], str], left_out: int) -> None:
    names, text = drawn
    found = Names.of(names).but(names[:left_out])
    assert sorted(found.mentions(text)) == sorted(_mentions(text, names[left_out:]))
    assert found.without(text) == _without(text, names[left_out:])


@given(_names_and_text(), st.integers(0, 5), _strings(4))
@example((["Ash School"], "at Ash School"), 1, "0000000000")
def test_a_name_that_a_vocabulary_does_not_have_changes_nothing(
    drawn: tuple[list[str], str], own: int, name: str
) -> None:
    (names, text), found = drawn, _others_found
    if not Vocabulary.of([text]).may_have(SchoolName.of(name)):
        before = found(text, names[:own], names[own:])
        assert found(text, [*names[:own], name], names[own:]) == before
        assert found(text, names[:own], [*names[own:], name]) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at Wye Primary School", True),
        ("by the Wye", True),
        ("at the ash tree nursery", False),
        ("at Ash School", False),
        ("at the Valley", True),
        ("at the wye valley school, all in small letters", False),
    ],
)
def test_a_vocabulary_tells_which_names_its_texts_may_have(text: str, *, expected: bool) -> None:
    assert Vocabulary.of([text]).may_have(SchoolName.of("Wye Valley School")) == expected
