"""Other schools that a text names."""

import pytest

from build_tools.proofreading.neighbours import other_schools_in
from build_tools.text.names import Names
from build_tools.text.problems import Severity

OWN = Names.of(["Hillside Church of England Primary School", "Hillside School"])
OTHERS = Names.of(["Brookside School", "The Pre-school"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the pupils of Brookside School", [("Brookside School", Severity.MISTAKE)]),
        ("the pupils of Meadow View Academy", [("Meadow View Academy", Severity.WARNING)]),
        ("the pupils of Hillside School", []),
        ("the pupils of Hillside Primary School", []),
        ("the pupils of the pre-school, of The Pre-school and of our school", []),
        (
            "between Brookside School, Hillside School and Elm Park College",
            [("Brookside School", Severity.MISTAKE), ("Elm Park College", Severity.WARNING)],
        ),
    ],
)
def test_known_schools_are_mistakes_and_likely_ones_warnings(text: str, expected: list[tuple[str, Severity]]) -> None:
    assert [(text[f.start : f.end], f.severity) for f in other_schools_in(text, OWN, OTHERS, "ours")] == expected


def test_a_partner_may_be_named() -> None:
    text = "with Brookside School and Meadow View Academy"
    own = Names.of(["Hillside School", "Brookside School", "Meadow View Academy"])
    assert not list(other_schools_in(text, own, OTHERS, "ours"))
