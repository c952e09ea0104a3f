"""Who is listed twice, and who is named without being on the roll."""

from collections.abc import Mapping
from typing import Any

import pytest

from build_tools.policy.model import School
from build_tools.proofreading.people import doubles, strangers_in
from build_tools.template.edition import Edition
from build_tools.text.problems import Place, Severity


def school(people: dict[str, Any]) -> School:
    """Return a school with these people; each place's file says whose it is."""
    places = {("people", title): Place(title) for title in people}
    for title, entries in people.items():
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                places["people", title, index, "name"] = Place(f"{title}-{index}", 7)  # type: ignore[index]
    return School("x", "2018-09", {"people": people}, places=places)  # type: ignore[arg-type]


def named(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"dsl": named("Miss A Ash", "Mr B Ash")}, []),
        ({"dsl": named("Miss A Ash"), "governors": named("Miss A Ash")}, []),
        ({"dsl": named("Miss A Ash", "Miss A Ash")}, [("dsl-1", Severity.MISTAKE)]),
        ({"dsl": named("Miss A Ash", "Anna Ash")}, [("dsl-1", Severity.WARNING)]),
        ({"dsl": named("Miss A Ash"), "governors": named("Mrs Anna Ash")}, [("governors-0", Severity.WARNING)]),
        ({"dsl": named("Miss A Ash"), "online_safety_lead": "Miss A Ash"}, []),
        ({"dsl": named("Miss A Ash"), "online_safety_lead": "Anna Ash"}, [("online_safety_lead", Severity.WARNING)]),
        ({"dsl": named("Miss A Ash"), "head": "Headteacher", "specialists": ["SENCO"]}, []),
    ],
)
def test_one_person_stands_once_in_a_list_and_has_one_name(
    people: dict[str, Any], expected: list[tuple[str, Severity]], editions: Mapping[str, Edition]
) -> None:
    problems = doubles(school(people), editions["2018-09"].schema)
    assert [(p.place.file, p.severity) for p in problems] == expected


def test_both_places_of_one_person_are_given_once(editions: Mapping[str, Edition]) -> None:
    people = {
        "dsl": named("Mrs J Field BA"),
        "governors": named("Field, Joanne"),
        "online_safety_lead": "Field, Joanne",
    }
    assert [problem.message for problem in doubles(school(people), editions["2018-09"].schema)] == [
        (
            "people.governors (Named governors for safeguarding): Field, Joanne here and Mrs J Field BA in people.dsl "
            "(Designated safeguarding leads) at dsl-0:7 look like one person. Write the name in the same way."
        )
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask Mrs Elm.", "Mrs Elm is named here but is not listed under people"),
        ("Ask Miss Ash.", "Miss Ash is named here, and the name will stay when people change"),
        ("Ask the DSL.", None),
    ],
)
def test_a_clause_names_roles_and_not_people(text: str, words: str | None) -> None:
    found = list(strangers_in(text, school({"dsl": named("Miss A Ash")})))
    assert [f.message[: len(words or "")] for f in found] == ([words] if words else [])
