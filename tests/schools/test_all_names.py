"""What all schools are called, and what it means for the others that one is called otherwise."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.schools.all_names import AllNames, SchoolNames, changed_names, concerns, fingerprint
from build_tools.text.names import Vocabulary

NAMES = ("Ash School", "Wye School", "Hill View Academy", "Elm Nursery")
FOLDERS = ("ash", "wye", "hill", "elm", "oak")

rolls = st.dictionaries(
    st.sampled_from(FOLDERS),
    st.builds(SchoolNames, st.frozensets(st.sampled_from(NAMES), max_size=2), st.sampled_from([None, "", "coast"])),
    min_size=1,
)


def _may_say(titles: Mapping[str, SchoolNames], school: str) -> tuple[set[str], set[str]]:
    """Return the names that a school's words may say, and those that they must not, if none is blotted out."""
    own = titles[school]
    together = {
        name
        for name, other in titles.items()
        if name == school or (own.federation is not None and other.federation == own.federation)
    }
    named = [{n for name in names for n in titles[name].names} for names in (together, titles.keys() - together)]
    return named[0], named[1]


@given(rolls)
def test_what_a_school_may_say_is_told_as_if_all_were_asked(titles: Mapping[str, SchoolNames]) -> None:
    roll_call = AllNames.of(titles)
    for school in titles:
        partners, others = _may_say(titles, school)
        assert roll_call.partners(school) == partners
        found = {name for text in NAMES for _, name in roll_call.others(school).mentions(f"at {text}")}
        assert found == others


@given(rolls, rolls)
def test_only_equal_roll_calls_have_the_same_fingerprint(
    one: Mapping[str, SchoolNames], other: Mapping[str, SchoolNames]
) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


@given(rolls, rolls)
def test_an_unchanged_name_means_the_same_for_each_school(
    old: Mapping[str, SchoolNames], new: Mapping[str, SchoolNames]
) -> None:
    changed = {name.text for name in changed_names(old, new)}
    # one that is called otherwise has another file, and is made anew for that
    for school in (name for name in old if old[name] == new.get(name)):
        for before, after in zip(_may_say(old, school), _may_say(new, school), strict=True):
            assert before ^ after <= changed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, SchoolNames(frozenset({"Ash School"}), None), ["Ash School"]),
        (SchoolNames(frozenset({"Ash School"}), None), None, ["Ash School"]),
        (SchoolNames(frozenset({"Ash School", "Ash"}), "coast"), SchoolNames(frozenset({"Ash", "Elm"}), "coast"), None),
        (SchoolNames(frozenset({"Ash School"}), None), SchoolNames(frozenset({"Ash School"}), "coast"), ["Ash School"]),
        (SchoolNames(frozenset({"Ash School"}), None), SchoolNames(frozenset({"Ash School"}), None), []),
    ],
)
def test_names_that_came_or_went_have_changed(
    before: SchoolNames | None, after: SchoolNames | None, expected: list[str] | None
) -> None:
    old, new = ({"ash": titles} if titles else {} for titles in (before, after))
    found = [name.text for name in changed_names(old, new)]
    assert found == (["Ash School", "Elm"] if expected is None else expected)


@pytest.mark.parametrize(("text", "expected"), [("at Ash Nursery", True), ("at Wye School", False), ("", False)])
def test_a_change_concerns_those_whose_words_may_have_the_name(text: str, *, expected: bool) -> None:
    changed = changed_names({}, {"ash": SchoolNames(frozenset({"Ash School", "The School"}), None)})
    assert concerns(changed, Vocabulary.of([text])) == expected
    assert not concerns((), Vocabulary.of([text]))
