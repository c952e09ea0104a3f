"""Whole cases: a small edition and the schools that use it, resolved and held against an outline."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cases import CASES, EXAMPLES, case_of, name_example, read_editions, read_example
from outlines import render_outline

from build_tools.resolving.resolve import resolve, resolve_template

Expected = Callable[[Path, str], None]


@pytest.mark.parametrize("folder", EXAMPLES, ids=name_example)
def test_resolve(folder: Path, expected: Expected) -> None:
    edition, school = read_example(folder)
    outline = render_outline(resolve(edition, school))
    expected(case_of(folder) / "expected" / f"{school.name}.outline.txt", outline)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_resolve_template(case: Path, expected: Expected) -> None:
    for edition in read_editions(case).values():
        outline = render_outline(resolve_template(edition))
        expected(case / "expected" / f"template-{edition.name}.outline.txt", outline)
