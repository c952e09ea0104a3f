"""Names of people and of schools, as they stand in a text."""

import pytest

from build_tools.names import mentions, people_in, person_name, schools_in, without


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
    ("one", "other", "expected"),
    [
        ("Mrs J Smith", "Jane Smith", True),
        ("Mrs J. Smith", "Miss Jane Smith", True),
        ("Miss Lucy Henderson", "Lucy Henderson", True),
        ("Mrs Smith", "Jane Smith", True),
        ("Dr Smith", "Mr Smith", True),
        ("Mrs Smith", "Mr Smith", False),
        ("Jane Smith", "Janet Smith", False),
        ("Mrs J Smith", "Mrs K Smith", False),
        ("Mrs Smith", "Mrs Smythe", False),
    ],
)
def test_two_names_may_be_those_of_one_person(one: str, other: str, *, expected: bool) -> None:
    assert person_name(one).may_be(person_name(other)) == expected
    assert person_name(other).may_be(person_name(one)) == expected


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
    assert [name for _, name in mentions(text, ["The North School", "St Mary’s School", "The School"])] == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("at Wye CE Primary School, not Ash School", f"at {'0' * 21}, not Ash School"),
        ("the staff of Wye School and Wye Valley School", "the staff of 0000000000 and Wye Valley School"),
    ],
)
def test_forms_of_one_s_own_name_are_blotted_out(text: str, left: str) -> None:
    assert without(text, ["Wye CE Primary School"]) == left
