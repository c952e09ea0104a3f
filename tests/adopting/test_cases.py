"""Whole policies of invented schools, and all that is found in each: the report, and the answers as they are written.

Both are about phones, as the small edition in `adopted/` is: one is in Markdown, the other in plain text.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import TESTS

from build_tools.adopting.adopt import Adoption, adopt_document
from build_tools.adopting.listing import adoption_data, render_adoption
from build_tools.adopting.reading import read_document
from build_tools.adopting.school_text import render_school
from build_tools.adopting.subject import read_subject
from build_tools.template.edition import Edition, read_edition
from build_tools.text.problems import Place, Problem

ADOPTED = TESTS / "adopted"
FOLDER = ADOPTED / "policy_src" / "2030-01"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(FOLDER, ADOPTED)


def _adopt(name: str, edition: Edition) -> Adoption:
    return adopt_document(read_document(ADOPTED / name), edition, read_subject(FOLDER, ADOPTED, edition))


@pytest.mark.parametrize("name", ["reedbed.md", "saltings.txt"])
def test_answers_are_written_with_their_places(
    name: str, edition: Edition, expected: Callable[[Path, str], None]
) -> None:
    expected(ADOPTED / "expected" / f"{name}.school.yml", render_school(_adopt(name, edition)))


def test_the_summary_counts_what_was_found(edition: Edition, expected: Callable[[Path, str], None]) -> None:
    problem = Problem(Place("school.yml", 1), "school.motto: give it, or delete the line.")
    summary = render_adoption(_adopt("reedbed.md", edition), [problem])
    expected(ADOPTED / "expected" / "reedbed.md.summary.txt", summary)


def test_programs_are_given_all_that_was_found(edition: Edition, expected: Callable[[Path, str], None]) -> None:
    data = adoption_data(_adopt("reedbed.md", edition), [Problem(Place("school.yml"), "Give a motto.")])
    expected(ADOPTED / "expected" / "reedbed.md.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n")
