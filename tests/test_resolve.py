"""Whole cases: a small edition and the schools that use it, resolved and held against an outline.

Each folder of `policies/` is a project of its own. What it shows is told by its name and by the clauses of its edition.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from outlines import render_outline

from build_tools.edition import Edition, read_edition
from build_tools.resolve import resolve, resolve_template
from build_tools.school import read_school

CASES = Path(__file__).parent / "policies"
EXAMPLES = sorted(path.parent for path in CASES.glob("*/schools/*/school.yml"))
Expected = Callable[[Path, str], None]


def case_editions(case: Path) -> Mapping[str, Edition]:
    return {folder.name: read_edition(folder, case) for folder in (case / "policy_src").iterdir()}


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: f"{folder.parts[-3]}-{folder.name}")
def test_resolve(folder: Path, expected: Expected) -> None:
    case = folder.parents[1]
    editions = case_editions(case)
    school = read_school(folder, case, editions)
    policy = resolve(editions[school.edition], school)
    expected(case / "expected" / f"{school.name}.outline.txt", render_outline(policy))


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_resolve_template(case: Path, expected: Expected) -> None:
    for edition in case_editions(case).values():
        policy = resolve_template(edition)
        expected(case / "expected" / f"template-{edition.name}.outline.txt", render_outline(policy))
