"""What a condition says of a school's answers."""

from typing import Any

import pytest

from build_tools.template.judging import in_both, is_so

LEADS = [{"name": "Mrs Ada Aldridge", "role": "Headteacher and SENCO"}, {"name": "Mr Bert Bellamy"}]
ANSWERS: dict[str, Any] = {
    "leads": LEADS,
    "helpers": [{"name": "Ms Clarrie Carter", "role": "Deputy Headteacher"}],
    "advisers": ["B. Bellamy", "Dr Dan Dent"],
    "chief": "Ada Aldridge",
    "head": "Headteacher",
    "other": "Mrs Else Eddison",
    "exams": True,
    "open": False,
    "rule": "at-home",
    "word": {"singular": "young person", "plural": "young people"},
    "used": ["email", "web-cameras"],
    "often": "Every Two Years.",
    "begun": "2018-09",
    "ended": "2019-10-01",
    "school": {"name": "The School"},
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("exams", True),
        ("open", False),
        ("missing", False),
        ("school.name and not school.motto", True),
        ("open or leads", True),
        ('rule == "at-home"', True),
        ('"at-home" == rule', True),
        ('rule != "at-home"', False),
        ('word == "pupils"', False),
        ('word != "pupils"', True),
        ('missing == "x"', False),
        ('missing != "x"', True),
        ('"email" in used', True),
        ('"cameras" in used', False),
        ('"email" not in used', False),
        ('"email" not in missing', True),
        ('"two years" in often', True),
        ('"two year" in often', False),
        ('"two years" not in missing', True),
        ('"dent" in advisers', True),
        ("chief in leads", True),
        ("chief not in leads", False),
        ("other in leads", False),
        ("other not in leads", True),
        ("other not in missing", True),
        ("missing in leads", False),
        ("missing not in leads", False),
        ("head in leads", True),
        ("head in helpers", False),
        ("chief == other", False),
        ("chief != other", True),
        ("missing != other", False),
        ("head == head", True),
        ("leads | length == 2", True),
        ("leads | length > 2", False),
        ("1 < leads | length", True),
        ("missing | length == 0", True),
        ("months_between(begun, ended) == 12", True),
        ("months_between(begun, ended) > 12", False),
        ("months_between(begun, missing) <= 12", False),
        ("in_both(leads, advisers)", True),
        ("in_both(leads, helpers)", False),
        ("in_both(leads, missing)", False),
    ],
)
def test_a_condition_holds(condition: str, *, expected: bool) -> None:
    assert is_so(condition, ANSWERS) == expected


def test_people_in_two_lists_are_named_as_in_the_first() -> None:
    assert in_both(ANSWERS["advisers"], LEADS) == ("B. Bellamy",)
    assert in_both(LEADS, ANSWERS["advisers"]) == ("Mr Bert Bellamy",)
    assert in_both(None, LEADS) == ()
