"""The page of messages for schools is whole: each mistake of a school stands on it, with what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from folders import ROOT
from messages import CASES, render_messages, school_messages

PAGE = ROOT / "schools/MESSAGES.md"
OF_SCHOOLS = [case for case in sorted(CASES.iterdir()) if school_messages(case)]


@pytest.mark.parametrize("case", OF_SCHOOLS, ids=lambda case: case.name)
def test_a_mistake_of_a_school_says_what_to_do(case: Path) -> None:
    advice = case / "advice.txt"
    assert advice.is_file(), "Say in advice.txt what a school does about it: a title, an empty line, a sentence or two."
    title, empty, *words = advice.read_text(encoding="utf-8").splitlines()
    assert (bool(title), empty) == (True, "")
    assert not title.endswith(".")
    assert " ".join(words).endswith(".")


def test_advice_is_given_for_nothing_else() -> None:
    assert {path.parent for path in CASES.glob("*/advice.txt")} == set(OF_SCHOOLS)


def test_the_page_has_every_message(expected: Callable[[Path, str], None]) -> None:
    page = render_messages(CASES.iterdir())
    for case in OF_SCHOOLS:
        for message in school_messages(case):
            assert f"    {message}\n" in page
    expected(PAGE, page)
