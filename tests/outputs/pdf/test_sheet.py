"""The sheet of what a draft promises, by both engines, read back by other libraries than made it."""

from collections.abc import Mapping

import page
import pytest
from cases import resolved_example
from folders import ROOT
from pdf_reading import Reading, read_pdf

from build_tools.engine import Engine
from build_tools.outputs.pdf import render_sheet
from build_tools.policy.model import plain
from build_tools.policy.promises import TITLE, promises_of
from build_tools.resolving.resolve import Resolved

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)


def resolved(name: str) -> Resolved:
    return resolved_example("promises", name)


@pytest.fixture(scope="module")
def made() -> Mapping[tuple[str, Engine], bytes]:
    return {
        (name, one): render_sheet(resolved(name), TEMPLATES, engine=one) for name in ("wren", "hill") for one in Engine
    }


@pytest.fixture(scope="module")
def readings(made: Mapping[tuple[str, Engine], bytes]) -> Mapping[tuple[str, Engine], Reading]:
    return {key: read_pdf(data) for key, data in made.items()}


@pytest.mark.parametrize("name", ["wren", "hill"])
@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_keeps_to_both_standards(
    name: str, engine: Engine, profile: str, made: Mapping[tuple[str, Engine], bytes]
) -> None:
    report = page.validate_pdf_bytes(made[name, engine], profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


@pytest.mark.parametrize("name", ["wren", "hill"])
@pytest.mark.parametrize("engine", Engine)
def test_each_promise_is_a_row_with_an_empty_cell_to_tick(
    name: str, engine: Engine, readings: Mapping[tuple[str, Engine], Reading]
) -> None:
    rows = [
        [" ".join(cell.texts()) for cell in row.find("TD")]
        for row in readings[name, engine].document.find("TR")
        if row.find("TD")
    ]
    found = {one.node.citation: one for one in promises_of(resolved(name).policy)}
    assert {number for _, number, _, _ in rows} == found.keys()
    for box, number, words, who in rows:
        assert box == ""
        assert plain(found[number].node.text) in words
        assert who.startswith(plain(found[number].promise.who))


@pytest.mark.parametrize("name", ["wren", "hill"])
def test_both_engines_say_the_same(name: str, readings: Mapping[tuple[str, Engine], Reading]) -> None:
    one, other = (" ".join(readings[name, engine].document.texts()) for engine in Engine)
    assert one == other
    assert one.startswith(TITLE)
    assert one.endswith("Checked by Role Date")
    assert "Before this policy is agreed: tick each line that is true." in one


def test_the_same_promises_give_the_same_bytes(made: Mapping[tuple[str, Engine], bytes]) -> None:
    for engine in Engine:
        assert render_sheet(resolved("wren"), TEMPLATES, engine=engine) == made["wren", engine]
