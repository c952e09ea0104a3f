"""What officers do with editions: begin one, check it, compare it, publish it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from folders import ROOT, all_paths

from build_tools import project
from build_tools.cli import cli
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import SEAL_FILE, sealed_text
from build_tools.text.yaml_file import parse_yaml

Run = Callable[..., Result]
COUNCIL = ROOT / "tests" / "upgrades" / "phones"
"""Two schools on an edition of their own, and a newer one."""
OLD, NEW = "2030-01", "2031-01"


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a council's folder, with no editions but its own."""
    for name in ("schools", "policy_src"):
        shutil.copytree(COUNCIL / name, tmp_path / name)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def policy(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="policy")


def edition_yml(council: Path, name: str) -> Path:
    return council / "policy_src" / name / "edition.yml"


# --- begin ---------------------------------------------------------------------------------------


def test_a_new_edition_is_the_old_one_under_another_date(council: Path) -> None:
    policy("edition", "publish", NEW)
    file = edition_yml(council, NEW)
    file.with_name("notes.txt").write_text("for ourselves", encoding="utf-8")
    result = policy("edition", "new", "2032-01", "--from", NEW)
    assert result.exit_code == 0, result.output
    old, new = file.parent, edition_yml(council, "2032-01").parent
    assert {path.name for path in new.iterdir()} == {path.name for path in old.iterdir()} - {SEAL_FILE}
    for path in new.iterdir():
        before = (old / path.name).read_text(encoding="utf-8").splitlines()
        changed = [line for line in path.read_text(encoding="utf-8").splitlines() if line not in before]
        assert changed == (["date: 2032-01", f"supersedes: {NEW}"] if path.name == "edition.yml" else [])
    assert not [path for path in all_paths(council / "policy_src") if path.name.startswith(".")]
    assert policy("edition", "check", "2032-01").stdout.startswith("2032-01: no mistakes. Not published yet.\n")


def test_the_comments_of_the_old_edition_stay(council: Path) -> None:
    shutil.copytree(ROOT / "policy_src" / "2017-09", council / "policy_src" / "2017-09")
    policy("edition", "new", "2018-01", "--from", "2017-09")
    old, new = (edition_yml(council, name).read_text(encoding="utf-8") for name in ("2017-09", "2018-01"))
    assert new == old.replace("date: 2017-09", "date: 2018-01\nsupersedes: 2017-09")


@pytest.mark.parametrize("supersedes", ["", ", supersedes: 2029-01"])
def test_an_edition_file_on_one_line_gets_its_new_date(council: Path, supersedes: str) -> None:
    file = edition_yml(council, NEW)
    data = parse_yaml(file.read_text(encoding="utf-8"), "").data
    data.pop("supersedes", None)
    line = yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, width=10**6)
    file.write_bytes(line.replace("}\n", f"{supersedes}}}\r\n").encode())
    result = policy("edition", "new", "2032-01", "--from", NEW)
    assert result.exit_code == 0, result.output
    new = edition_yml(council, "2032-01").read_bytes()
    assert parse_yaml(new.decode(), "").data == {**data, "date": "2032-01", "supersedes": NEW}
    assert new.endswith(b"}\r\n")


def test_a_copy_of_a_published_edition_has_hardly_a_warning(council: Path) -> None:
    shutil.copytree(ROOT / "policy_src" / "2018-09", council / "policy_src" / "2018-09")
    policy("edition", "new", "2019-09", "--from", "2018-09")
    result = policy("edition", "check", "2019-09")
    assert (result.exit_code, len(result.stderr.splitlines())) == (0, 3), result.stderr


def test_a_sealed_edition_is_read_as_it_was_typed(council: Path) -> None:
    section = edition_yml(council, NEW).with_name("01-phones.md")
    text = section.read_text(encoding="utf-8")
    section.write_text(f"{text}\n* By another sign. {{: #by-another-sign }}\n", encoding="utf-8")
    refused = policy("edition", "check", NEW)
    assert (refused.exit_code, "Begin every item with a hyphen" in refused.stderr) == (1, True)
    seal = sealed_text(section.parent, EDITION_FILES)
    (section.parent / SEAL_FILE).write_text(seal, encoding="utf-8")
    assert policy("edition", "check", NEW).exit_code == 0


@pytest.mark.parametrize(
    ("name", "origin", "status", "message"),
    [
        ("soon", NEW, 1, 'policy_src/soon: "soon" is not a date. Write it as 2018-05-23 or 2018-10. An edition is'),
        ("Sept 2032", NEW, 1, "Write 2032-09. An edition is named after its month or day."),
        ("../2032-01", NEW, 1, '"../2032-01" is not a date'),
        (NEW, OLD, 1, f"policy_src/{NEW}: An edition of this name already exists."),
        ("2030-12", NEW, 1, (
"policy_src/2030-12: An edition must be later than the one that it is copied from, "
f"{NEW}."
)),
        ("2032-01", "2031-02", 2, "Unknown edition: 2031-02. Did you mean 2031-01?"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_for_a_new_edition_is_refused(
    council: Path, name: str, origin: str, status: int, message: str
) -> None:
    before = all_paths(council)
    result = policy("edition", "new", name, "--from", origin)
    assert (result.exit_code, all_paths(council)) == (status, before)
    assert message in result.stderr


def test_nothing_is_left_of_an_edition_that_cannot_be_begun(council: Path) -> None:
    edition_yml(council, NEW).write_text("- no block\n", encoding="utf-8")
    before = all_paths(council)
    result = policy("edition", "new", "2032-01", "--from", NEW)
    assert (result.exit_code, all_paths(council)) == (1, before)
    assert f"policy_src/{NEW}/edition.yml: date is missing, so this edition cannot be copied. Add it." in result.stderr


# --- check ---------------------------------------------------------------------------------------


def test_a_check_says_what_an_edition_means_for_each_school(council: Path) -> None:
    before = all_paths(council)
    result = policy("edition", "check", NEW)
    assert (result.exit_code, all_paths(council)) == (0, before)
    rehearsed = policy("upgrade", "--all", "--to", NEW).stdout
    assert result.stdout == f"{NEW}: no mistakes. Not published yet.\n\n{rehearsed}\n"
    assert "east-cove" in rehearsed


def test_a_quick_check_tries_no_schools(council: Path) -> None:
    (council / "schools" / "east-cove" / "school.yml").write_text("- broken", encoding="utf-8")
    assert policy("edition", "check", NEW, "--quick").stdout == f"{NEW}: no mistakes. Not published yet.\n"
    section = edition_yml(council, NEW).with_name("01-phones.md")
    text = section.read_text(encoding="utf-8")
    section.write_text(
        text.replace("A phone is", "A phone(s) is").replace("Phones are kept", "The the phones"), "utf-8"
    )
    result = policy("edition", "check", NEW, "--quick")
    assert result.exit_code == 1
    assert '"phone(s)" leaves a choice open' in result.stderr
    assert '"The the" is the same word twice' in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((NEW, "--quick", "--report", "all.csv"), "--quick tries no schools."),
        ((NEW, "--quick", "--jobs", "2"), "--quick tries no schools."),
        (("--report", "all.csv"), "--report is about one edition. Name it"),
        ((NEW, "--report", "all.xls"), "all.xls is neither a table nor data. End the name with .csv or .json."),
    ],
)
@pytest.mark.usefixtures("council")
def test_options_that_do_not_go_together_are_refused(arguments: tuple[str, ...], message: str) -> None:
    result = policy("edition", "check", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


def test_a_check_can_write_everything_into_a_file(council: Path) -> None:
    result = policy("edition", "check", NEW, "--report", "all.csv", "--jobs", "1")
    assert result.exit_code == 0
    lines = (council / "all.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("School,Folder,Edition,Result,Question,")
    assert any(line.startswith("East Cove School,east-cove,2030-01,must answer,checker,") for line in lines)


def test_without_a_name_every_edition_is_checked(council: Path) -> None:
    policy("edition", "publish", OLD)
    lines = policy("edition", "check").stdout.splitlines()
    assert f"{OLD}: no mistakes. Published, and unchanged since." in lines
    assert f"{NEW}: no mistakes. Not published yet." in lines
    assert (edition_yml(council, OLD).with_name(SEAL_FILE)).is_file()


CITED = "cited: {{act: {{title: An Act, by: Parliament, from: {}, until: {}}}}}"


@pytest.mark.parametrize(
    ("file", "old", "new", "status", "message"),
    [
        ("edition.yml", "supersedes: 2030-01", "supersedes: 2032-01", 1, "2032-01 is not an edition before 2031-01."),
        (
            "edition.yml",
            "cited: {}",
            "cited: {act: {title: An Act, by: to be confirmed}}",
            1,
            'cited.act.by: "to be confirmed" is a blank, not an answer.',
        ),
        ("edition.yml", "cited: {}", CITED.format("2030-09", "2030-08"), 1, "until (August 2030) is before from ("),
        ("edition.yml", "cited: {}", CITED.format("2029-09", "2030-08"), 0, "was in force to August 2030, before the"),
        ("01-phones.md", "Phones are kept", "The the phones", 1, '"The the" is the same word twice.'),
        ("01-phones.md", "Phones are kept", "[school name] keeps", 1, '"[school name]" is a blank'),
        ("01-phones.md", "Phones are kept", "A {{ school.short_name }} keeps", 0, '"A" does not go with every'),
        ("01-phones.md", "A phone is", "A phone(s) is", 0, 'warning: meaning: "phone(s)" leaves a choice open.'),
    ],
)  # fmt: skip
def test_warnings_of_an_edition_end_when_it_is_published(
    council: Path, file: str, old: str, new: str, status: int, message: str
) -> None:
    path = edition_yml(council, NEW).with_name(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = policy("edition", "check", NEW)
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert policy("edition", "publish", NEW).exit_code == status
    # once it is published nothing can be mended in it
    assert (message in policy("edition", "check", NEW).stderr) == (status == 1)


# --- compare and publish -------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.usefixtures("council")
def test_editions_are_compared_as_templates_are(form: str) -> None:
    told = policy("edition", "diff", OLD, NEW, "--format", form)
    assert told.exit_code == 0
    assert told.stdout == policy("diff", f"template:{OLD}", f"template:{NEW}", "--format", form).stdout


def test_a_published_edition_is_published_once(council: Path) -> None:
    assert policy("edition", "publish", NEW).exit_code == 0
    seal = edition_yml(council, NEW).with_name(SEAL_FILE)
    before = seal.read_bytes()
    again = policy("edition", "publish", NEW)
    assert (again.exit_code, seal.read_bytes()) == (1, before)
    assert f"{NEW} is already published, and has not changed since." in again.stderr
    assert [path.name for path in seal.parent.iterdir() if path.name.startswith(".")] == []
