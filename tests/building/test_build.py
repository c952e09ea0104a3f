"""What has not changed is not made again, and the site is, to the byte, as if all of it were made anew."""

import datetime as dt
import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import pytest
from folders import ROOT, TESTS
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sites import DRAFT, REAL, SCHOOLS, make_project, publish_copies

from build_tools import commands
from build_tools.building.manifest import NOTHING, manifest_file
from build_tools.building.publish import BuildReport
from build_tools.engine import Engine
from build_tools.outputs.pdf import render_pdf
from build_tools.policy.storage import policy_data, render_json
from build_tools.project import Project
from build_tools.reading import read
from build_tools.resolving.resolve import Resolved
from build_tools.schools.reading_names import read_titles
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import SEAL_FILE, sealed_text
from build_tools.versions.withdrawal import is_withdrawn

pytestmark = pytest.mark.slow

NORTH, TROTT = REAL
EDITION = "2018-09"
FEDERATED = "coast-primary"
FEDERATION = f"""\
federation: The Coast Federation
edition: {EDITION}
amendments:
  - insert: shared
    after: aims-authors
    text: We share this.
    because: Parents ask who decided what.
"""

printed: list[str] = []
"""The schools of which a PDF was made."""


def _print(resolved: Resolved, _folders: tuple[Path, ...], *, engine: Engine) -> bytes:
    """Stand for the PDF: bytes that differ where the words or answers do, or the time that it bears."""
    printed.append(resolved.school.name)
    given = [engine, os.environ.get("SOURCE_DATE_EPOCH")]
    words = render_json([policy_data(resolved.policy, ""), resolved.school.values, given])
    return f"%PDF-{hashlib.sha256(words.encode()).hexdigest()}".encode()


@pytest.fixture(autouse=True, scope="module")
def _no_pdf() -> Iterator[None]:
    with mock.patch("build_tools.outputs.pdf.render_pdf", _print):
        yield


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a council with an edition of its own, a federation, versions and a site that was built."""
    project = make_project(tmp_path_factory.mktemp("council"))
    publish_copies(project.root, EDITION)
    text = (project.schools_folder / TROTT / "school.yml").read_text(encoding="utf-8").replace("Trottiscliffe", "Coast")
    files = {f"{FEDERATED}/school.yml": f"federation: coast\n{text}", "coast/federation.yml": FEDERATION}
    for name, content in files.items():
        (project.schools_folder / name).parent.mkdir()
        (project.schools_folder / name).write_text(content, encoding="utf-8")
    assert set(_build(project).built) == {*SCHOOLS, FEDERATED}
    return project


@pytest.fixture
def project(council: Project, tmp_path: Path) -> Project:
    return _copy(council, tmp_path)


def _copy(project: Project, folder: Path) -> Project:
    """Return a copy, site and all, with the times at which its files were written."""
    copied = shutil.copytree(project.root, folder / "council")
    return Project(Path(copied))


def _build(project: Project, out: Path | None = None, *names: str, force: bool = False) -> BuildReport:
    printed.clear()
    return commands.build(project, names, out or project.site_folder, lambda _done, _left: None, force=force)


def _files(out: Path) -> Mapping[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- the property --------------------------------------------------------------------------------


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _school(project: Project, name: str) -> Path:
    return project.schools_folder / name / "school.yml"


def _change_a_value(project: Project) -> None:
    _edit(_school(project, FEDERATED), "year: 2018", "year: 2019")


def _change_a_comment(project: Project) -> None:
    _append(_school(project, NORTH), "# seen\n")


def _seal(project: Project) -> None:
    """Seal the edition as it is now, as if it had never been otherwise."""
    edition = project.root / "policy_src" / EDITION
    (edition / SEAL_FILE).write_text(sealed_text(edition, EDITION_FILES), encoding="utf-8")


def _change_a_clause(project: Project) -> None:
    for file in sorted((project.root / "policy_src" / EDITION).glob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(" must ", " shall ", 1), encoding="utf-8")
    _seal(project)


def _change_the_federation(project: Project) -> None:
    _edit(project.schools_folder / "coast" / "federation.yml", "We share this.", "We all share this.")


def _add_a_school(project: Project) -> None:
    file = _school(project, "new-school")
    file.parent.mkdir(exist_ok=True)
    shutil.copy(_school(project, TROTT), file)


def _take_a_school_out(project: Project) -> None:
    shutil.rmtree(project.schools_folder / DRAFT, ignore_errors=True)


def _name_another_school(project: Project) -> None:
    clause = "insert: with-others\n    after: aims-authors\n    text: We work with Southfield School."
    _edit(_school(project, FEDERATED), "amendments:\n", f"amendments:\n  - {clause}\n    because: We do.\n")


def _rename_a_school(project: Project, name: str = "Southfield Church of England Primary School") -> None:
    """Give a school a name of which what another may say is a form."""
    _call(project, TROTT, name)


def _call(project: Project, school: str, name: str) -> None:
    file = _school(project, school)
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("  name: "))
    file.write_text("\n".join([*lines[:at], f"  name: {name}", *lines[at + 1 :], ""]), encoding="utf-8")


def _join_the_federation(project: Project) -> None:
    file = _school(project, TROTT)
    file.write_text(f"federation: coast\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


def _leave_the_federation(project: Project) -> None:
    _edit(_school(project, TROTT), "federation: coast\n", "")


def _take_the_crest_out(project: Project) -> None:
    (project.schools_folder / DRAFT / "crest.svg").unlink(missing_ok=True)


def _ratify(project: Project) -> None:
    date = "2019-01-15"
    if not (project.schools_folder / FEDERATED / "ratified" / date).exists():
        with mock.patch("build_tools.outputs.pdf.render_pdf", render_pdf):
            commands.ratify(project, FEDERATED, date, "Full Governing Body", "2020-01", None, None, engine=Engine.TYPST)


def _withdraw(project: Project) -> None:
    if not is_withdrawn(project.schools_folder / TROTT / "ratified" / "2018-10"):
        commands.withdraw(project, f"{TROTT}@2018-10", "It names the wrong lead.", "2018-11-02", None)


def _change_a_layout(project: Project) -> None:
    own = project.root / "templates" / "site" / "assets"
    own.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "templates" / "site" / "assets" / "site.css", own)
    _append(own / "site.css", "/* ours */\n")


def _spoil_a_page(project: Project) -> None:
    (project.site_folder / NORTH / "index.html").write_text("spoilt", encoding="utf-8")
    (project.site_folder / "index.html").unlink()


def _leave_something(project: Project) -> None:
    (project.site_folder / "left.txt").write_text("left", encoding="utf-8")
    (project.site_folder / "template" / "1066-10").mkdir(exist_ok=True)


def _make_a_mistake_and_mend_it(project: Project) -> None:
    file = _school(project, TROTT)
    sound = file.read_text(encoding="utf-8")
    file.write_text("edition: 1066-10\n", encoding="utf-8")
    assert _build(project).kept == (TROTT,)
    file.write_text(sound, encoding="utf-8")


def _lose_the_manifest(project: Project) -> None:
    manifest_file(project.site_folder).unlink()


EDITS: tuple[Callable[[Project], None], ...] = (
    _change_a_value,
    _change_a_comment,
    _change_a_clause,
    _change_the_federation,
    _add_a_school,
    _take_a_school_out,
    _name_another_school,
    _rename_a_school,
    _join_the_federation,
    _take_the_crest_out,
    _ratify,
    _withdraw,
    _change_a_layout,
    _spoil_a_page,
    _leave_something,
    _make_a_mistake_and_mend_it,
    _lose_the_manifest,
)


@given(st.lists(st.sampled_from(EDITS), min_size=4, max_size=6, unique=True))
@settings(max_examples=4, phases=[Phase.generate])
def test_whatever_is_edited_the_site_is_as_if_all_were_made_anew(
    council: Project, tmp_path_factory: pytest.TempPathFactory, edits: list[Callable[[Project], None]]
) -> None:
    project = _copy(council, tmp_path_factory.mktemp("edited"))
    for edit in edits:
        edit(project)
        assert not _build(project).problems, edit
    full = project.root / "full"
    warnings = _build(project, full).warnings
    assert _files(project.site_folder) == _files(full)
    again = _build(project)
    assert (again.built, again.warnings) == ((), warnings)


# --- how little is done --------------------------------------------------------------------------


def test_nothing_is_made_where_nothing_has_changed(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.site_folder.rglob("*")}
    never = AssertionError("Nothing has changed.")
    with (
        mock.patch("build_tools.building.build.build", side_effect=never),
        mock.patch("build_tools.building.planning.read_titles", side_effect=never),
    ):
        report = _build(project)
    assert (report.built, set(report.unchanged)) == ((), {*SCHOOLS, FEDERATED})
    assert {path: path.stat().st_mtime_ns for path in project.site_folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("edit", "built", "printed_anew"),
    [
        (_change_a_value, {FEDERATED}, {FEDERATED}),
        (_change_a_comment, {NORTH}, set()),
        (_change_the_federation, {FEDERATED}, {FEDERATED}),
        # a copy, which still has the names of the other school: that is told of both
        (_add_a_school, {"new-school", TROTT}, {"new-school"}),
        (_take_a_school_out, set(), set()),
        (_rename_a_school, {TROTT}, {TROTT}),
        (_join_the_federation, {TROTT}, {TROTT}),
        (_ratify, {FEDERATED}, set()),
        (_withdraw, {TROTT}, set()),
        (_change_a_layout, {*SCHOOLS, FEDERATED}, set()),
        (_spoil_a_page, {NORTH}, {NORTH}),
        (_leave_something, set(), set()),
    ],
)
def test_a_change_makes_anew_what_shows_it(
    project: Project, edit: Callable[[Project], None], built: set[str], printed_anew: set[str]
) -> None:
    edit(project)
    assert set(_build(project).built) == built
    assert set(printed) == printed_anew


# --- what schools are called ---------------------------------------------------------------------

SAID = "Southfield School"
"""Another school that a school names in its words."""


def _told(report: BuildReport) -> list[str]:
    """Return what a build tells of that."""
    return [problem.message for problem in (*report.problems, *report.warnings) if SAID in problem.message]


def _is_as_if_made_anew(project: Project, report: BuildReport) -> bool:
    """Return whether a build tells what one tells that makes everything, in the words of that."""
    anew = _build(project, project.root / "anew", force=True)
    return (report.problems, report.warnings) == (anew.problems, anew.warnings)


@pytest.fixture
def naming(project: Project) -> Project:
    """Return the council when a school of its federation has named a school that nobody knows."""
    _name_another_school(project)
    report = _build(project)
    assert report.built == (FEDERATED,)
    assert ["looks like" in message for message in _told(report)] == [True]
    return project


def test_using_the_new_name_of_another_school_is_reported(naming: Project) -> None:
    _rename_a_school(naming, SAID)
    report = _build(naming)
    assert (report.built, report.kept) == ((TROTT,), (FEDERATED,))
    assert ["is another school" in message for message in _told(report)] == [True]
    assert _is_as_if_made_anew(naming, report)
    # and told again as long as it is so
    assert _build(naming).problems == report.problems
    _rename_a_school(naming)
    mended = _build(naming)
    assert set(mended.built) == {TROTT, FEDERATED}
    assert not _told(mended)
    assert _is_as_if_made_anew(naming, mended)


def test_restoring_an_old_name_leaves_other_schools_unchanged(naming: Project) -> None:
    before = _school(naming, TROTT).read_bytes()
    _rename_a_school(naming, SAID)
    assert _build(naming).kept == (FEDERATED,)
    _school(naming, TROTT).write_bytes(before)
    report = _build(naming)
    assert report.built == (TROTT,)
    assert ["looks like" in message for message in _told(report)] == [True]
    assert _is_as_if_made_anew(naming, report)


def test_only_schools_of_one_federation_may_name_one_another(naming: Project) -> None:
    _join_the_federation(naming)
    _rename_a_school(naming, SAID)
    joined = _build(naming)
    assert set(joined.built) == {TROTT, FEDERATED}
    assert not _told(joined)
    _leave_the_federation(naming)
    left = _build(naming)
    assert (left.built, left.kept) == ((TROTT,), (FEDERATED,))
    assert ["is another school" in message for message in _told(left)] == [True]


def test_a_school_that_names_one_that_is_taken_out_is_told(naming: Project) -> None:
    _join_the_federation(naming)
    _rename_a_school(naming, SAID)
    assert not _told(_build(naming))
    shutil.rmtree(naming.schools_folder / TROTT)
    report = _build(naming)
    assert report.built == (FEDERATED,)
    assert ["looks like" in message for message in _told(report)] == [True]
    assert _is_as_if_made_anew(naming, report)


def test_mistakes_of_skipped_schools_are_reported_when_built(naming: Project) -> None:
    _rename_a_school(naming, SAID)
    assert _build(naming, None, TROTT).built == (TROTT,)
    _call(naming, NORTH, "The Northern School")
    assert _build(naming, None, NORTH).built == (NORTH,)
    report = _build(naming)
    assert (report.built, report.kept) == ((), (FEDERATED,))
    assert _told(report)


def test_only_what_has_changed_is_asked_what_it_is_called(project: Project) -> None:
    _change_a_comment(project)
    with mock.patch("build_tools.building.planning.read_titles", wraps=read_titles) as asked:
        _build(project)
    assert [call.args[1] for call in asked.call_args_list] == [NORTH]


# --- how much is left as it is -------------------------------------------------------------------


def test_a_clause_that_a_school_lacks_does_not_change_its_pdf(project: Project) -> None:
    aims = project.root / "policy_src" / EDITION / "01-policy-aims.md"
    _edit(aims, "The framework for the early years", "The rules for the early years")
    _seal(project)
    assert set(_build(project).built) == {*SCHOOLS, FEDERATED}
    assert NORTH not in printed
    assert TROTT in printed


def test_another_number_of_a_service_changes_every_pdf(project: Project) -> None:
    _edit(project.root / "policy_src" / EDITION / "pages.yml", "telephone: 0800 1111", "telephone: 0800 1112")
    assert set(_build(project).built) == {*SCHOOLS, FEDERATED}
    assert {TROTT, NORTH} <= set(printed)


def test_the_heading_of_the_home_page_changes_no_pdf(project: Project) -> None:
    _edit(project.root / "policy_src" / EDITION / "pages.yml", "keeps everyone safe", "keeps us all safe")
    assert set(_build(project).built) == {*SCHOOLS, FEDERATED}
    assert not printed


def test_all_is_made_anew_on_demand(project: Project) -> None:
    before = _files(project.site_folder)
    assert set(_build(project, force=True).built) == {*SCHOOLS, FEDERATED}
    assert set(printed) == {*SCHOOLS, FEDERATED}
    assert _files(project.site_folder) == before


def test_only_named_schools_are_built_but_the_hub_lists_all(project: Project) -> None:
    _change_a_value(project)
    _change_a_comment(project)
    assert _build(project, None, NORTH).built == (NORTH,)
    assert "Policy 2019" not in (project.site_folder / "index.html").read_text(encoding="utf-8")
    assert _build(project).built == (FEDERATED,)
    assert "Policy 2019" in (project.site_folder / "index.html").read_text(encoding="utf-8")


def test_a_school_with_mistakes_keeps_its_pages_and_hub_line(project: Project) -> None:
    before = _files(project.site_folder)
    _append(_school(project, TROTT), "nonsense: 1\n")
    report = _build(project)
    assert (report.built, report.kept) == ((), (TROTT,))
    assert report.problems
    assert _files(project.site_folder) == before


def test_status_uses_the_last_build_and_the_current_files(project: Project) -> None:
    day = dt.date(2019, 10, 1)
    _change_a_value(project)
    told, problems = commands.status(project, day)
    with mock.patch("build_tools.building.manifest.read_manifest", return_value=NOTHING):
        anew, _ = commands.status(project, day)
    assert told == anew
    assert not problems
    with mock.patch("build_tools.reading.read", wraps=read) as reading:
        commands.status(project, day)
    assert reading.call_args.args[1] == [FEDERATED]


def test_the_build_of_its_day_brings_a_clause_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TESTS / "policies/freedom", tmp_path, dirs_exist_ok=True)
    project, words = Project(tmp_path), []
    for day, built in ((dt.date(2027, 3, 31), ("hill",)), (dt.date(2027, 4, 1), ("hill",)), (dt.date(2027, 4, 1), ())):
        epoch = dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{epoch:.0f}")
        assert _build(project, None, "hill").built == built
        words.append("From 1 April 2027" in (project.site_folder / "hill/site/index.html").read_text(encoding="utf-8"))
    assert words == [True, False, False]


def test_equal_files_are_stored_once_and_each_folder_has_its_own(council: Project) -> None:
    fonts = [*council.site_folder.rglob("policy-sans-regular-latin.woff2")]
    assert len(fonts) >= len(SCHOOLS)
    assert len({font.stat().st_ino for font in fonts}) < len(fonts)


def test_a_school_is_forgotten_when_its_folder_is_written(project: Project) -> None:
    alive: list[int] = []

    def count(resolved: Resolved, folders: tuple[Path, ...], *, engine: Engine) -> bytes:
        gc.collect()
        # what is printed may be a copy of a school's policy in the words of the day
        alive.append(len({found.policy.name for found in gc.get_objects() if isinstance(found, Resolved)}))
        return _print(resolved, folders, engine=engine)

    with mock.patch("build_tools.outputs.pdf.render_pdf", count):
        _build(project, force=True)
    assert alive == [1, 1, 1, 1]
