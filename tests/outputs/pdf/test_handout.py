"""Summaries, agreements and forms by both engines, read back by other libraries than made them."""

import dataclasses
import io
from collections.abc import Mapping

import page
import pikepdf
import pytest
from cases import named_example, resolved_example
from folders import ROOT
from pdf_reading import Reading, read_pdf

from build_tools.engine import Engine
from build_tools.outputs.pdf import render_handout
from build_tools.outputs.pdf.fitting import OVER_PAGES, SIZES, size_for
from build_tools.policy.model import Action, Amendment, Kind, Node, Origin, Phrase, Run, plain
from build_tools.policy.tree import printed_handouts
from build_tools.project import Project
from build_tools.reading import read
from build_tools.resolving.resolve import Resolved, resolve

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)
HANDOUTS = ("summary", "rules", "gate-log")


def _resolved(name: str) -> Resolved:
    return resolved_example("handouts", name)


def _handout(resolved: Resolved, identity: str) -> Node:
    return next(node for node in printed_handouts(resolved.policy) if node.id == identity)


@pytest.fixture(scope="module")
def made() -> Mapping[tuple[str, Engine], bytes]:
    wren = _resolved("wren")
    return {
        (name, engine): render_handout(wren, _handout(wren, name), TEMPLATES, engine=engine)
        for name in HANDOUTS
        for engine in Engine
    }


@pytest.fixture(scope="module")
def readings(made: Mapping[tuple[str, Engine], bytes]) -> Mapping[tuple[str, Engine], Reading]:
    return {key: read_pdf(data) for key, data in made.items()}


@pytest.mark.parametrize("name", HANDOUTS)
@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_keeps_to_both_standards(
    name: str, engine: Engine, profile: str, made: Mapping[tuple[str, Engine], bytes]
) -> None:
    report = page.validate_pdf_bytes(made[name, engine], profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


@pytest.mark.parametrize("name", HANDOUTS)
@pytest.mark.parametrize("engine", Engine)
def test_is_read_aloud_in_its_order(name: str, engine: Engine, readings: Mapping[tuple[str, Engine], Reading]) -> None:
    said = " ".join(" ".join(readings[name, engine].document.texts()).split())
    handout, at = _handout(_resolved("wren"), name), 0
    for node in handout.walk():
        for words in (plain(node.text), *node.choices):
            assert words in said[at:]
            at = said.index(words, at) + len(words)


def test_what_is_signed_has_a_date(readings: Mapping[tuple[str, Engine], Reading]) -> None:
    for engine in Engine:
        assert " ".join(readings["rules", engine].document.texts()).split()[-2:] == ["Parent", "Date"]


def test_the_same_words_give_the_same_bytes(made: Mapping[tuple[str, Engine], bytes]) -> None:
    wren = _resolved("wren")
    for engine in Engine:
        assert render_handout(wren, _handout(wren, "rules"), TEMPLATES, engine=engine) == made["rules", engine]


@pytest.mark.parametrize("engine", Engine)
def test_words_in_other_languages_are_marked(engine: Engine) -> None:
    edition, school = named_example("handouts", "wren")
    words = Amendment(Action.REPLACE, "rules-inside", "We wish.", source="I say croeso and أهلا.")
    phrases = (Phrase("croeso", "cy"), Phrase("أهلا", "ar"))
    school = dataclasses.replace(school, amendments=(words,), phrases=phrases)
    resolved = Resolved(edition, school, resolve(edition, school))
    made = render_handout(resolved, _handout(resolved, "rules"), TEMPLATES, engine=engine)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = {str(part.Lang) for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and "/Lang" in part}
        # a language may also be named where the words are drawn
        drawn = [
            word for one in pdf.pages for command in pikepdf.parse_content_stream(one) for word in command.operands
        ]
        said |= {str(word.Lang) for word in drawn if isinstance(word, pikepdf.Dictionary) and "/Lang" in word}
        # the notes about languages have left the file again
        assert not any("/Annots" in one.obj and len(one.obj.Annots) for one in pdf.pages)
    assert {"cy", "ar"} <= said


# --- the size of the letters ---------------------------------------------------------------------


def _long(lines: int) -> Node:
    line = Node(
        Kind.CLAUSE, "line", (Run("Every gate is locked at the end of the day by one of us. " * 2),), Origin.TEMPLATE
    )
    return Node(Kind.SECTION, "top", (Run("Rules"),), Origin.TEMPLATE, children=(line,) * lines)


def test_more_words_have_smaller_letters() -> None:
    sizes = [size_for(_long(lines)) for lines in (1, 16, 18, 20)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0]
    assert size_for(_long(90)) == OVER_PAGES


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("lines", [10, 16, 18, 20, 30, 36])
def test_what_should_fit_a_page_fits(engine: Engine, lines: int) -> None:
    long = _long(lines)
    made = render_handout(_resolved("wren"), long, TEMPLATES, engine=engine)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert (len(pdf.pages) == 1) is (size_for(long) != OVER_PAGES)


@pytest.mark.parametrize(
    "name", ["oakenshaw-primary", "marlbrook-academy", "puddleduck-preschool", "fernhollow-school"]
)
@pytest.mark.parametrize("engine", Engine)
def test_each_summary_of_an_example_is_one_page(name: str, engine: Engine) -> None:
    found = read(Project(ROOT), (name,)).resolved[name]
    for handout in printed_handouts(found.policy):
        with pikepdf.open(io.BytesIO(render_handout(found, handout, TEMPLATES, engine=engine))) as pdf:
            assert len(pdf.pages) <= (1 if handout.id.startswith("summary-") else 2)
