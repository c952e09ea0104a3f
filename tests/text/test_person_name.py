"""Whether two written names can be of one person."""

import pytest

from build_tools.text.person_name import person_name, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joanne Field", "Joanne Field"),
        ("Joanne Field", "Mrs Joanne Field"),
        ("Joanne Field", "Mrs J Field"),
        ("Mrs J. Field BA", "Joanne Field"),
        ("Mrs J Field B.A. (Hons), MEd, NPQH", "Miss Joanne Field"),
        ("Field, Joanne", "Mrs J Field"),
        ("FIELD, Mrs Joanne", "Joanne Field"),
        ("JOANNE FIELD", "Jo Field"),
        ("Joanne Field, Headteacher", "Mrs Field"),
        ("Joanne Field (Chair)", "Mrs Field – chair of the board"),
        ("Joanne Mary Field", "Joanne Field"),
        ("J.M. Field", "Joanne Field"),
        ("JM Field", "Joanne Mary Field"),
        ("The Revd Canon Dr Joanne Field", "Rev'd J Field"),
        ("Dr Field", "Mr Field"),
        ("Zoë Müller", "Zoe Muller"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Siân O’Neill", "SIAN O'NEILL"),
        ("Mary Smith-Jones", "Mrs M Smith Jones"),
        ("Mary-Ann Field", "Mary Ann Field"),
        ("Mr van Dyke", "Piet van Dyke"),
        ("Mr P. Van Dyke", "Piet van Dyke"),
        ("Xu Ng", "Ms X. Ng"),
        ("N. A. Patel", "Mr Nikhil Patel"),
        ("Li Ma", "Ms Ma"),
        ("Mrs Ma MA", "Li Ma"),
        ("Li Ma", "Li MA BA"),
        ("Amal", "Amal"),
        ("ليلى حداد", "ليلى حداد"),
    ],
)
def test_two_ways_to_write_one_person_s_name(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mrs Field", "Mr Field"),
        ("Joanne Field", "Janet Field"),
        ("Jane Field", "Janet Field"),
        ("Mrs J Field", "Mrs K Field"),
        ("Mrs Field", "Mrs Fielding"),
        ("Mrs Field", "Mrs Field-Marsh"),
        ("Joanne Field", "Field Joanne"),
        ("Sister Field", "Father Field"),
        ("", ""),
        ("Mrs", ""),
        ("...", "..."),
    ],
)
def test_names_that_cannot_be_of_one_person(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(
    ("text", "title", "given", "surname"),
    [
        ("Miss Lucy Henderson", "miss", ("lucy",), ("henderson",)),
        ("The Rt Hon Ada Elm KC", "hon", ("ada",), ("elm",)),
        ("Ana de Souza-Lima", "", ("ana",), ("de", "souza", "lima")),
        ("Van Elm", "", ("van",), ("elm",)),
        ("JO MA", "", ("jo",), ("ma",)),
        ("Mrs", "", (), ("mrs",)),
        ("", "", (), ()),
    ],
)
def test_a_name_has_a_title_first_names_and_a_surname(
    text: str, title: str, given: tuple[str, ...], surname: tuple[str, ...]
) -> None:
    name = person_name(text)
    assert (name.title, name.given, name.surname) == (title, given, surname)
