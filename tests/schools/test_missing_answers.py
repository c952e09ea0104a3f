"""Answers that other answers make necessary, whether the school gives them or its federation."""

import shutil
from pathlib import Path

import pytest
from folders import ROOT

from build_tools.project import Project
from build_tools.reading import read

FEDERATION = "federation: Loam\nedition: 2030-01\n"
SCHOOL = """\
federation: loam
school: {name: Felpersham School}
people: {head: Headteacher, leads: [{name: Mrs A}, {name: Mr B}]}
document: {written: 2030-06}
"""
BOTH = "authority: {police: Felpersham Police, helpline: 01632 960002}\n"
MISSING = "No, so more must be answered. The clauses name these bodies. Add authority.police (Police force) and"


@pytest.mark.parametrize(
    ("shared", "own", "place"),
    [
        ("", "", None),
        ("school: {in_county: no}\n", "", "loam/federation.yml:3"),
        ("school: {in_county: no}\n" + BOTH, "", None),
        ("school: {in_county: no}\n", BOTH, None),
        ("rewards: praise\n", "", None),
        (BOTH, "", None),
    ],
)
def test_what_a_federation_answers_counts(shared: str, own: str, place: str | None, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/policies/rules/policy_src", tmp_path / "policy_src")
    for file, text in (("loam/federation.yml", FEDERATION + shared), ("x/school.yml", SCHOOL + own)):
        (tmp_path / "schools" / file).parent.mkdir(parents=True)
        (tmp_path / "schools" / file).write_text(text, encoding="utf-8")
    problems = read(Project(tmp_path), ["x"]).problems(["x", "loam"])
    assert [str(problem.place) for problem in problems] == ([f"schools/{place}"] if place else [])
    assert all(MISSING in problem.message for problem in problems)
