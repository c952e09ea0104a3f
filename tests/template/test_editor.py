"""Editors of `school.yml`: their schema by itself, and what the YAML language server makes of it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import jsonschema_rs
import pytest
import yaml
from cases import resolved_example
from folders import ROOT
from hypothesis import strategies as st
from language_server import LanguageServer
from sites import EDITIONS, REAL
from strategies import whole_answers

from build_tools.policy.storage import render_json
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition
from build_tools.template.editor import editor_schema, point_to

SCHOOLS = ROOT / "schools"
LINE = "# yaml-language-server: $schema=../2018-09.schema.json\n"


def _schema(edition: Edition) -> Mapping[str, Any]:
    return editor_schema(edition, resolve_template(edition))


@pytest.mark.parametrize("name", EDITIONS)
def test_the_schema_beside_the_schools_is_that_of_the_edition(
    name: str, editions: Mapping[str, Edition], expected: Callable[[Path, str], None]
) -> None:
    expected(SCHOOLS / f"{name}.schema.json", render_json(_schema(editions[name])))


@pytest.mark.parametrize("file", sorted(SCHOOLS.glob("*/school.yml")), ids=lambda file: file.parent.name)
def test_every_school_names_the_schema_of_its_edition(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    answers = yaml.safe_load(text)
    if "edition" not in answers:
        answers = yaml.safe_load((SCHOOLS / answers["federation"] / "federation.yml").read_text(encoding="utf-8"))
    assert text.splitlines()[0] == f"# yaml-language-server: $schema=../{answers['edition']}.schema.json"


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("# yaml-language-server: $schema=../2017-09.schema.json", "../2018-09.schema.json"),
        ("# yaml-language-server: $schema=2017-09.schema.json", "=2018-09.schema.json"),
        ("# yaml-language-server: $schema=../2016-09.schema.json", "../2016-09.schema.json"),
        ("# yaml-language-server: $schema=../own.json", "../own.json"),
        ("# see ../2017-09.schema.json", "../2017-09.schema.json"),
    ],
)
def test_the_line_for_editors_follows_the_edition(line: str, moved: str) -> None:
    text = f"{line}\nedition: 2017-09\n"
    assert point_to(text, "2017-09", "2018-09").splitlines()[0].endswith(moved)


# --- what it accepts -----------------------------------------------------------------------------


class _EditorsLoader(yaml.SafeLoader):
    """Reads YAML as editors do, by the core schema of YAML 1.2 (10.3.2): `yes` is a text, `2018` is a number."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # each class has its own


for _kind, _pattern in (
    ("null", "~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
):
    _EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(rf"(?:{_pattern})\Z"), None)


def _refused(schema: Mapping[str, Any], text: str) -> list[str]:
    """Return where an editor would see a mistake in a file."""
    data = yaml.load(text, Loader=_EditorsLoader)  # noqa: S506 - it is safe: it makes plain data only
    found = jsonschema_rs.Draft7Validator(dict(schema)).iter_errors(data)
    return sorted(".".join(map(str, error.instance_path)) for error in found)


def _typed(value: object) -> object:
    """Return an answer as a school types it."""
    if isinstance(value, dict):
        return {name: _typed(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_typed(entry) for entry in value]
    return ("yes" if value else "no") if isinstance(value, bool) else value


@pytest.mark.slow
@hypothesis.settings(max_examples=40)
@hypothesis.given(data=st.data())
def test_what_the_check_accepts_an_editor_accepts(editions: Mapping[str, Edition], data: st.DataObject) -> None:
    edition = editions["2018-09"]
    drawn = {"edition": edition.name, **data.draw(whole_answers(edition))}
    # quotation marks for every text, since what stands without them is drawn from the table below
    text = yaml.safe_dump(_typed(drawn), allow_unicode=True, default_style='"')
    assert _refused(_schema(edition), text) == []


SOUND = (SCHOOLS / "trottiscliffe" / "school.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("", "", []),
        ("phase: primary", "phase: tertiary", ["school.phase"]),
        ("exams: no", "exams: NO", []),
        ("exams: no", "exams: true", []),
        ("exams: no", "exams: perhaps", ["exams"]),
        ("exams: no", "exams: 1", ["exams"]),
        ("  year: 2018", "  year: 2018/19", []),
        ("  year: 2018", "  number: 3.10", []),
        ("  year: 2018", "  number: 01632", []),
        ("written: 2018-09", "written: 2018-09-03", []),
        ("written: 2018-09", "written: 2018", ["document.written"]),
        ("written: 2018-09", "written: September", ["document.written"]),
        ("  year: 2018", "  ratified: 2018-09", ["document"]),
        ("learners: pupils", "learners: {singular: young person, plural: young people}", []),
        ("learners: pupils", "learners: {singular: young person}", ["learners"]),
        ("edition: 2018-09", "edition: 2017-09", ["edition"]),
        ("edition: 2018-09", "federation: coast", []),
        ("  phase: primary\n", "", ["school"]),
        ("edition: 2018-09\n", "federation: coast\n", []),
        ("    - name: Miss Lucy Henderson\n      role", "    - role", ["people.dsl.0"]),
        ("    because:", "    becuase:", ["amendments.0"]),
        ("omit: official-devices", "omit: what-the-federation-inserts", []),
        ("omit: official-devices", "omit: [official-devices]", ["amendments.1"]),
        ("amendments:", "languages:\n  cy: [Ysgol y Garn]\namendments:", []),
        ("amendments:", "languages:\n  cy: Ysgol y Garn\namendments:", ["languages.cy"]),
    ],
)
def test_what_an_editor_refuses(editions: Mapping[str, Edition], old: str, new: str, refused: list[str]) -> None:
    assert old in SOUND
    assert _refused(_schema(editions["2018-09"]), SOUND.replace(old, new, 1)) == refused


def test_the_school_of_a_federation_may_leave_all_to_it(editions: Mapping[str, Edition]) -> None:
    schema = _schema(editions["2018-09"])
    assert _refused(schema, "federation: coast\nphones: {stored_in: office}\n") == []
    assert _refused(schema, "edition: 2018-09\nphones: {stored_in: office}\n") == ["", *[""] * 8, "phones"]


# --- in an editor --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer(SCHOOLS) as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_an_editor_finds_nothing_wrong_with_the_schools(server: LanguageServer, name: str) -> None:
    path = f"{name}/school.yml"
    assert server.open(path, (SCHOOLS / path).read_text(encoding="utf-8")) == []


@pytest.mark.slow
def test_an_editor_marks_what_is_wrong(server: LanguageServer) -> None:
    wrong = SOUND.replace("learners: at-home", "learners: banned").replace("broadband:", "brodband:")
    wrong = wrong.replace("omit: official-devices", "omit: Official Devices")
    found = server.open("wrong/school.yml", wrong)
    for line, message in (
        ("learners: banned", 'Value is not accepted. Valid values: "at-home", "handed-in", "off-and-away".'),
        ("brodband:", "Property brodband is not allowed."),
        ("filtering:", 'Missing property "broadband".'),
        ("omit: Official", "An id must be lower-case words with hyphens."),
    ):
        number = next(at for at, text in enumerate(wrong.splitlines(), 1) if line in text)
        assert f"{number}: {message}" in found
    assert len(found) == 4


DRAFT = f"""{LINE}edition: 2018-09
phones:
  learners:\x20
  stored_in: office
\x20\x20
exams:\x20
amendments:
  - replace: email-c
    because: A test.
  - omit: phones-at-home
    because: A test.
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "character", "label", "words"),
    [
        (4, 12, "handed-in", "Handed in at the start of the day and collected at the end"),
        (6, 2, "confiscation", "It is used in 9.3(6)."),
        (7, 7, '"yes"', "Yes"),
        (9, 20, "email-chain", "7.8(1)(a) Chain"),
    ],
)
def test_an_editor_completes(server: LanguageServer, line: int, character: int, label: str, words: str) -> None:
    server.open("draft/school.yml", DRAFT)
    offered = server.offers("draft/school.yml", line, character)
    assert words in offered[label]


@pytest.mark.slow
def test_an_editor_offers_each_field_once_and_none_recorded(server: LanguageServer) -> None:
    server.open("draft/school.yml", f"{LINE}document:\n  written: 2018-09\n  \n")
    offered = server.offers("draft/school.yml", 4, 2)
    assert "published" in offered
    assert not {"written", "ratified", "agreed_by"} & offered.keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "character", "words"),
    [
        (4, 4, "The rule for learners' own phones and devices"),
        (4, 4, "* `off-and-away`: Switched off and out of sight in lessons and between lessons"),
        (5, 4, "If left out, it is: office."),
        (5, 4, "medical room"),
        (11, 14, "9.3(2)"),
    ],
)
def test_an_editor_explains(server: LanguageServer, line: int, character: int, words: str) -> None:
    server.open("draft/school.yml", DRAFT.replace("learners: ", "learners: at-home"))
    assert words in server.explains("draft/school.yml", line, character)


def test_the_schema_is_plain_json(editions: Mapping[str, Edition]) -> None:
    schema = _schema(editions["2018-09"])
    jsonschema_rs.meta.validate(dict(schema))
    assert json.loads(render_json(schema)) == schema


def test_an_editor_says_what_a_school_is_not_free_to_change() -> None:
    edition = resolved_example("freedom", "wren").edition
    offered = editor_schema(edition, resolve_template(edition))["definitions"]["provision"]["anyOf"]
    told = {entry["const"]: entry["description"] for entry in offered}
    assert told["taps"] == "1.2(1) We flush the taps. (fixed by law)"
    assert told["plan"] == "1(2) We keep a plan of the site at the office. (agreed locally)"
    assert told["safe"] == "1(1) Everyone on our site is safe."
    assert told["water"] == "1.2 Water"
