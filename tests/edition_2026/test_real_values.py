"""What real kinds of schools say is said by an answer to edition 2026-09, without an amendment.

Each folder of `tests/real_values/schools` has the answers of an invented school, and in `values.yml` what it says in
its own words: the answers that say it, and the words that the policy then prints or leaves out; or that no answer does.
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import TESTS

from build_tools.policy.model import Kind, Node, plain
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.schema.answers import get
from build_tools.template.edition import Edition
from build_tools.template.field_uses import uses_in

REAL_VALUES = TESTS / "real_values"
GOAL = 95
"""Of a hundred values, so many have an answer."""


def _listed(school: str) -> Mapping[str, list[dict[str, Any]]]:
    listed: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(
        (REAL_VALUES / "schools" / school / "values.yml").read_text(encoding="utf-8")
    )
    return listed


SCHOOLS = {folder.name: _listed(folder.name) for folder in sorted((REAL_VALUES / "schools").iterdir())}
SAID = [(school, value) for school, listed in SCHOOLS.items() for value in listed["values"]]
NOT_SAID = [(school, value) for school, listed in SCHOOLS.items() for value in listed.get("not said", [])]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Project(REAL_VALUES), SCHOOLS)


def _answers(school: str) -> Mapping[str, Any]:
    answers: Mapping[str, Any] = yaml.safe_load(
        (REAL_VALUES / "schools" / school / "school.yml").read_text(encoding="utf-8")
    )
    return answers


def _is_answered(answers: Mapping[str, Any], path: str, value: Any) -> bool:  # noqa: ANN401 - any answer
    given = get(answers, path)
    return given == value or (isinstance(given, list) and isinstance(value, list) and all(v in given for v in value))


def _depends(node: Node, paths: Collection[str], edition: Edition) -> bool:
    identity = node.provision or ""
    used = uses_in(edition).get(identity, frozenset()) | {c.field for c in edition.conditions.get(identity, ())}
    return any(path in used for path in paths)


def test_there_are_schools_of_every_kind(reading: Reading) -> None:
    assert len(SCHOOLS) == 24
    values = [resolved.school.values["school"] for resolved in reading.resolved.values()]
    schema = next(iter(reading.resolved.values())).edition.schema
    for path in ("phase", "kind"):
        field = schema.lookup(f"school.{path}")
        assert field is not None
        assert {value[path] for value in values} == {choice.value for choice in field.choices}


def test_no_school_has_a_mistake_a_warning_or_an_amendment(reading: Reading) -> None:
    assert [str(problem) for problem in (*reading.problems(SCHOOLS), *reading.warnings(SCHOOLS))] == []
    assert [name for name, resolved in reading.resolved.items() if resolved.school.amendments] == []


@pytest.mark.parametrize(("school", "value"), SAID, ids=[f"{school}: {value['says']}" for school, value in SAID])
def test_an_answer_says_what_the_school_says(school: str, value: dict[str, Any], reading: Reading) -> None:
    resolved = reading.school(school)
    answers = _answers(school)
    assert [path for path, answer in value["by"].items() if not _is_answered(answers, path, answer)] == []
    clauses = [node for node in resolved.policy.walk() if node.kind is Kind.CLAUSE and not node.is_left_out]
    if "leaves out" in value:
        assert any(value["leaves out"] in provision.source for provision in resolved.edition.walk())
        assert [node.id for node in clauses if value["leaves out"] in plain(node.text)] == []
        return
    printing = [node for node in clauses if value["prints"] in plain(node.text)]
    assert printing, value["prints"]
    assert any(_depends(node, value["by"], resolved.edition) for node in printing)


def test_a_sole_owner_has_no_governors(reading: Reading) -> None:
    alone = {n: r for n, r in reading.resolved.items() if r.school.values["governance"]["alone"]}
    assert len(alone) > 1
    for name, resolved in alone.items():
        policy = resolved.policy
        parts = [*policy.walk(), *(line for handout in policy.handouts for line in handout.walk())]
        said = [plain(part.text) for part in parts if not part.is_left_out and "governor" in plain(part.text).lower()]
        assert said == [], name


def test_ninety_five_of_a_hundred_values_have_an_answer(expected: Callable[[Path, str], None]) -> None:
    share = len(SAID) / (len(SAID) + len(NOT_SAID)) * 100
    lines = [f"{len(SAID)} of {len(SAID) + len(NOT_SAID)} values of {len(SCHOOLS)} schools: {share:.1f} of 100"]
    for school, value in NOT_SAID:
        lines += ["", f"{school}: {value['says']}", f"    nearest: {value['nearest']}", f"    {value['why']}"]
    expected(REAL_VALUES / "expected" / "count.txt", "\n".join(lines) + "\n")
    assert share >= GOAL
