"""An edition with parts left out is reported with file and line, or it works: no command ends in a traceback."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import CASES
from folders import ROOT, SOUND
from hypothesis import event, given, settings
from hypothesis import strategies as st
from strategies import answers, plain_texts

from build_tools import commands, edition_commands, project
from build_tools.comparing.listing import difference_data, render_difference
from build_tools.interviewing.asking import trail
from build_tools.interviewing.missing import open_questions
from build_tools.interviewing.question_text import word_question
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.outputs.hub.status_listing import render_status, render_status_csv, status_data
from build_tools.outputs.pdf.document import gather_document
from build_tools.outputs.publication import publications
from build_tools.outputs.upgrade_page import render_trial_page
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.schema.file import read_schema
from build_tools.serving.preview import Preview
from build_tools.text.problems import Mistakes
from build_tools.text.yaml_file import KeyPath, paths_in, read_yaml
from build_tools.upgrading.data import trial_data
from build_tools.upgrading.listing import render_trial

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pdfs_of_a_few_bytes")]

OLD, NEW = "2030-01", "2031-01"
DAY = dt.date(2031, 7, 1)
BASES = tuple(case for case in (*CASES, SOUND) if (case / "policy_src" / OLD).is_dir())
KINDS: Sequence[Mapping[str, Any]] = (
    {"type": "string"},
    {"type": "string", "format": "date-or-month"},
    {"type": "boolean"},
    {"type": "array", "items": {"type": "string"}},
    {"type": "array", "items": {"type": "object", "properties": {"site": {"type": "string", "title": "Site"}}}},
    {"type": "object", "properties": {"other": {"type": "string", "title": "Other"}}},
    {"oneOf": [{"const": "one"}, {"const": "two"}]},
)
"""What a field may take instead of what it took."""


@pytest.fixture(scope="module", autouse=True)
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a program that brings no edition."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "BUNDLED", folder)
        yield folder


# --- what is drawn -------------------------------------------------------------------------------


@st.composite
def changed(draw: st.DrawFn, data: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Draw YAML data of which up to two parts are left out, and up to one field takes something else."""
    data = yaml.safe_load(yaml.safe_dump(data))
    parts: list[KeyPath] = draw(st.lists(st.sampled_from([*paths_in(data)]), max_size=2, unique=True))
    for path in parts:
        drop(data, path)
    fields: list[KeyPath] = [path for path in paths_in(data) if path[-2:-1] == ("properties",)]
    is_other: bool = draw(st.booleans())
    if fields and is_other:
        path = draw(st.sampled_from(fields))
        holder = at(data, path[:-1])
        holder[path[-1]] = {"title": "Changed", **draw(st.sampled_from(KINDS))}
    return data


def at(data: Any, path: KeyPath) -> Any:  # noqa: ANN401 - any YAML value
    """Return what is at a path."""
    for key in path:
        data = data[key]
    return data


def drop(data: Any, path: KeyPath) -> None:  # noqa: ANN401 - any YAML value
    """Leave out what is at a path, unless it has gone with what it was in."""
    try:
        del at(data, path[:-1])[path[-1]]
    except (KeyError, IndexError):
        return


def write_edition(draw: st.DrawFn, base: Path, folder: Path) -> None:
    """Write an edition like another one, with parts left out."""
    folder.mkdir(parents=True)
    schema = read_schema(base / "school.schema.yml", "").raw
    told = {**read_yaml(base / "edition.yml", "").data, "date": NEW, "supersedes": OLD}
    part: str = draw(st.sampled_from(["school.schema.yml", "edition.yml", "sections"]))
    for name, sound in (("school.schema.yml", schema), ("edition.yml", told)):
        data = draw(changed(sound)) if name == part else sound
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for section in sorted(base.glob("*.md")):
        lines = section.read_text(encoding="utf-8").splitlines()
        headings = {at for at, line in enumerate(lines) if line.startswith("#")}
        some = st.sets(st.sampled_from(range(len(lines))), max_size=3)
        gone = draw(some | st.just({*range(len(lines))} - headings)) if part == "sections" else set()
        kept = [line for at, line in enumerate(lines) if at not in gone]
        if kept:
            (folder / section.name).write_text("\n".join(kept) + "\n", encoding="utf-8")


def copy_edition(base: Path, folder: Path) -> None:
    """Copy an edition into a project, as the next one."""
    shutil.copytree(base / "policy_src" / OLD, folder / "policy_src" / NEW)
    told = folder / "policy_src" / NEW / "edition.yml"
    told.write_text(told.read_text(encoding="utf-8").replace(f"date: {OLD}", f"date: {NEW}"), encoding="utf-8")


def with_school(base: Path, folder: Path) -> Project:
    """Return a project that has the edition of a case and, as `o`, one of its schools."""
    shutil.copytree(base / "policy_src" / OLD, folder / "policy_src" / OLD)
    (folder / "schools" / "o").mkdir(parents=True)
    shutil.copy(min(base.glob("schools/*/school.yml")), folder / "schools" / "o")
    return Project(folder)


@st.composite
def councils(draw: st.DrawFn, folder: Path) -> Project:
    """Draw a project with an edition that has all its parts, and a next one with parts left out."""
    shutil.rmtree(folder, ignore_errors=True)
    base = draw(st.sampled_from(BASES))
    council = with_school(base, folder)
    write_edition(draw, base / "policy_src" / OLD, folder / "policy_src" / NEW)
    return council


# --- what must hold ------------------------------------------------------------------------------


@settings(max_examples=30)
@given(data=st.data())
def test_no_command_breaks_on_parts_left_out(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    council = data.draw(councils(tmp_path_factory.getbasetemp() / "council"))
    try:
        use_edition(council, data.draw)
    except Mistakes as mistakes:
        places = [problem.place.file for problem in mistakes.problems]
        event("mistakes")
    else:
        places = ["none"]
        event("works")
    assert places
    assert all(places)


def test_an_edition_with_all_its_parts_works(tmp_path: Path) -> None:
    council = with_school(SOUND, tmp_path)
    copy_edition(SOUND, tmp_path)
    use_edition(council, lambda _strategy: yaml.safe_load((tmp_path / "schools" / "o" / "school.yml").read_text()))


def use_edition(council: Project, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
    """Do with an edition all that people do.

    Raises:
        Mistakes: if the edition has mistakes; a school that could answer it has none.
    """
    edition = edition_commands.examine(council, NEW).edition
    try_upgrade(council)
    edition_commands.publish(council, NEW)
    typed = {**draw(answers(edition.schema, plain_texts)), "edition": NEW}
    (council.schools_folder / "x").mkdir()
    (council.schools_folder / "x" / "school.yml").write_text(yaml.safe_dump(typed), encoding="utf-8")
    reading = commands.check(council, ["o", "x"])
    if reading.problems(["x"]):
        raise Mistakes(reading.problems(["x"]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build_tools.outputs.pdf.render_pdf", only_sealed)
        commands.ratify(council, "x", "2031-06-01", "Governors", "2032-05-01", None, None)
    show_everything(council, commands.check(council, ["o", "x"]))
    commands.verify(council, ["x"])


def only_sealed(*_: object, seal: str = "", **__: object) -> bytes:
    """Return, for a PDF, no more than what proves that it is of the version."""
    return seal.encode()


def try_upgrade(council: Project) -> None:
    """Try the new edition on the school of the old one, and compare the two."""
    trial, edition = commands.upgrade(council, "o", NEW, write=False)
    render_trial(trial)
    trial_data(trial)
    render_trial_page(trial, edition, council.template_folders)
    difference = commands.diff(council, f"template:{OLD}", f"template:{NEW}")
    render_difference(difference)
    difference_data(difference)
    render_comparison_page(difference, council.template_folders)


def show_everything(council: Project, reading: Reading) -> None:
    """Make every page, table and listing that shows a school."""
    statuses, _ = commands.status(council, DAY)
    render_status(statuses, DAY)
    render_status_csv(statuses)
    status_data(statuses, DAY)
    for publication in publications(council, reading, "x"):
        gather_document(publication.resolved)
        for make in publication.contents(b"").files.values():
            make()
    preview = Preview(council)
    for address in ("index.html", "matrix/index.html", "reviews.ics", "x/index.html", "x/differences/index.html"):
        assert preview.find(address) is not None
    for address in (f"template/{NEW}/index.html", f"template/{NEW}/questions/index.html", "x/draft/index.html"):
        preview.find(address)
    commands.missing(council, "x")
    with commands.new(council, "y", None, []) as interview:
        for question in trail(interview.form, interview.progress):
            word_question(interview.form, interview.progress, question)
        open_questions(interview)
