"""What a new edition means for amendments: how free the school is to keep each of them."""

import pytest
from folders import ROOT, TESTS

from build_tools.outputs.upgrade_page import render_trial_page
from build_tools.policy.model import Freedom
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.upgrading.data import trial_data
from build_tools.upgrading.listing import render_trial
from build_tools.upgrading.trials import try_edition

NEW = "2027-05"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Project(TESTS / "policies" / "freedom"), ["hill", "dale"])


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        (
            "hill",
            {
                "plan": Freedom.AGREED,
                "thanks": Freedom.FREE,
                "alarm": Freedom.FIXED,
                "water": None,
                "taps": Freedom.FIXED,
                "hoses": None,
            },
        ),
        # what is left out with a section counts, and law counts only where it applies
        ("dale", {"fire": Freedom.FIXED, "taps": Freedom.FREE}),
    ],
)
def test_each_amendment_has_the_freedom_of_what_it_touches(
    reading: Reading, school: str, expected: dict[str, Freedom | None]
) -> None:
    trial = try_edition(reading.ground, reading.school(school), reading.edition(NEW))
    assert {review.id: review.freedom for review in trial.plan.amendments} == expected


def test_every_report_of_an_upgrade_shows_it(reading: Reading) -> None:
    trial = try_edition(reading.ground, reading.school("hill"), reading.edition(NEW))
    assert "replace alarm (1.1(2))" in render_trial(trial)
    assert render_trial(trial).count("    freedom: fixed by law\n") == 2
    freedoms = {entry["id"]: entry.get("freedom") for entry in trial_data(trial)["amendments"]}
    assert (freedoms["alarm"], freedoms["hoses"]) == ("fixed", None)
    page = render_trial_page(trial, reading.edition(NEW), (ROOT / "templates",))
    for freedom, count in ((Freedom.FIXED, 3), (Freedom.AGREED, 2), (Freedom.FREE, 2)):
        assert page.count(f'<span class="tag tag-freedom-{freedom}">') == count  # once to explain it
        assert freedom.meaning in page
