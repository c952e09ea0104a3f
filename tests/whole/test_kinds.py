"""Two kinds of policy: one that is not about what the program grew up with, and both in one repository."""

import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from folders import ROOT, TESTS

from build_tools import commands
from build_tools.cli import cli
from build_tools.interviewing.form import EDITION, form_for
from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

BEHAVIOUR = TESTS / "policies" / "behaviour"
OURS, OTHER = "trottiscliffe", "trottiscliffe-behaviour"
DAY = dt.date(2026, 10, 1)


def _run(folder: Path, *arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--project", str(folder)], prog_name="policy")
    assert result.exit_code == status, result.output
    return result


def _pdf_in_few_bytes(*_: object, **__: object) -> bytes:
    return b"%PDF"


def _build(folder: Path, out: Path) -> Mapping[str, str]:
    """Build all, with PDFs in few bytes, which others prove; return the texts of the site by their addresses."""
    with mock.patch("build_tools.outputs.pdf.render_pdf", _pdf_in_few_bytes):
        report = commands.build(Project(folder), (), out, lambda _done, _left: None)
    assert not report.problems
    texts = {".html", ".js", ".json", ".csv", ".ics", ".xml"}
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8-sig")
        for path in out.rglob("*")
        if path.suffix in texts
    }


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- a policy on another subject -----------------------------------------------------------------


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a council that has behaviour policies only, one of them ratified and then upgraded."""
    folder = tmp_path_factory.mktemp("behaviour")
    for name in ("policy_src", "schools"):
        shutil.copytree(BEHAVIOUR / name, folder / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  custom_dir: templates/site/theme", "  #")
    hidden = "extra:\n  schoolpolicy:\n    bundled_editions: false\n"
    (folder / "mkdocs.yml").write_text(f"{settings}\n{hidden}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return its site, after all that a school does with a policy."""
    assert "no mistakes" in _run(council, "check").output
    for edition in ("2025-09", "2026-09"):
        _run(council, "edition", "publish", edition)
    decision = ("--on", "2025-10-01", "--by", "Governing Body", "--next-review", "2026-07")
    _run(council, "ratify", "hill", *decision, "--pdf-engine", "typst")
    _run(council, "upgrade", "hill", "--to", "2026-09", "--write")
    _run(council, "check")
    _run(council, "verify")
    return _build(council, tmp_path_factory.mktemp("out") / "site")


def test_the_home_page_has_the_sentence_of_its_edition(site: Mapping[str, str]) -> None:
    sentence = "How everyone at Hill View is treated with respect."
    assert f'<p class="lead">{sentence}</p>' in site["hill/index.html"]
    assert f'<meta name="description" content="{sentence}">' in site["hill/index.html"]


def test_every_page_says_whom_to_tell_as_its_edition_does(site: Mapping[str, str]) -> None:
    page = site["wren/conduct/index.html"]
    assert '<a class="report-link" href="#report">Tell us</a>' in page
    assert "<p>Has somebody been unkind to you? Tell one of these people.</p>" in page
    assert '<span class="value">Mrs Ada Fern, Deputy Head</span>' in page


@pytest.mark.parametrize("word", ["CEOP", "online", "Online Safety", "2018-09"])
def test_nothing_of_another_subject_is_in_the_site(site: Mapping[str, str], word: str) -> None:
    assert len(site) > 20
    pages = {name: text for name, text in site.items() if not name.endswith(".js")}
    assert [name for name, text in pages.items() if word in text] == []


def test_one_kind_of_policy_is_not_named_on_the_hub(site: Mapping[str, str]) -> None:
    assert '<th scope="col">Policy</th>' not in site["index.html"]
    assert '"School","Policy"' not in site["matrix/matrix.csv"]


def test_the_upgrade_took_the_school_to_the_new_edition(site: Mapping[str, str], council: Path) -> None:
    assert "and the building" in site["hill/draft/conduct/index.html"]
    assert "and the building" not in site["hill/conduct/index.html"]
    file = (council / "schools/hill/school.yml").read_text(encoding="utf-8")
    assert "edition: 2026-09" in file
    assert "uniform" not in file


def test_the_words_of_another_school_for_learners_are_noticed(
    council: Path, site: Mapping[str, str], tmp_path: Path
) -> None:
    assert site
    shutil.copytree(council, tmp_path / "copy")
    _edit(tmp_path / "copy/schools/wren/school.yml", "calm_room: the Den", "calm_room: the room for students")
    assert 'this school says "pupils"' in _run(tmp_path / "copy", "check").output


def test_an_edition_without_words_for_pages_builds(tmp_path: Path) -> None:
    for name in ("policy_src", "schools"):
        shutil.copytree(BEHAVIOUR / name, tmp_path / name)
    for file in tmp_path.glob("policy_src/*/pages.yml"):
        file.unlink()
    page = _build(tmp_path, tmp_path / "site")["wren/index.html"]
    assert '<p class="lead">What is expected of everyone at Wren School.</p>' in page
    assert 'id="report"' not in page
    assert 'href="#report"' not in page


# --- both kinds in one repository ----------------------------------------------------------------


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Return a council with both kinds, and a school that has one of each."""
    for name in ("policy_src", "schools"):
        shutil.copytree(BEHAVIOUR / name, tmp_path / name)
    shutil.copytree(ROOT / "schools" / OURS, tmp_path / "schools" / OURS)
    shutil.copytree(BEHAVIOUR / "schools" / "wren", tmp_path / "schools" / OTHER)
    own = "name: Trottiscliffe CE Primary School\n  short_name: Trottiscliffe CEP School\n"
    file = tmp_path / "schools" / OTHER / "school.yml"
    _edit(file, "name: Wren Invented Primary School\n  short_name: Wren School\n", own)
    assert own.strip() in (tmp_path / "schools" / OURS / "school.yml").read_text(encoding="utf-8")
    return tmp_path


def test_a_school_may_have_a_policy_of_each_kind(both: Path) -> None:
    _edit(
        both / "schools" / OTHER / "school.yml", "calm_room: the Den", "calm_room: the Den of Trottiscliffe CEP School"
    )
    reading = read(Project(both), (OURS, OTHER))
    assert not reading.of_schools
    messages = [problem.message for name in (OURS, OTHER) for problem in reading.doubts[name]]
    assert not [message for message in messages if "another school" in message]


def test_two_of_one_kind_still_share_a_name(both: Path) -> None:
    shutil.copytree(both / "schools" / OTHER, both / "schools" / "copied")
    reading = read(Project(both), (OURS, OTHER, "copied"))
    told = {name: [p for p in found if "another school" in p.message] for name, found in reading.doubts.items()}
    assert not told[OURS]
    assert len(told[OTHER]) == len(told["copied"]) == 2


def test_no_school_is_upgraded_to_another_kind(both: Path) -> None:
    said = _run(both, "upgrade", OURS, "--to", "2026-09", status=1).output
    assert "uses 2018-09, an edition of Online Safety; 2026-09 is an edition of Behaviour." in said
    assert "Name an edition of Online Safety." in said


def test_the_check_of_an_edition_asks_only_schools_with_its_kind(both: Path) -> None:
    report = both / "report.json"
    _run(both, "edition", "check", "2026-09", "--report", str(report))
    asked = {entry["school"] for entry in json.loads(report.read_text(encoding="utf-8"))}
    assert asked >= {"hill", OTHER}
    assert OURS not in asked


def test_an_edition_that_supersedes_another_kind_is_told_so(both: Path) -> None:
    _edit(both / "policy_src/2026-09/edition.yml", "supersedes: 2025-09", "supersedes: 2018-09")
    said = " ".join(_run(both, "edition", "check", "2026-09", status=1).output.split())
    assert "supersedes: 2018-09 is an edition of Online Safety, and this is one of Behaviour." in said
    assert "Write policy: Online Safety if they are of one kind." in said


def test_a_kind_is_named_in_one_file(both: Path) -> None:
    _edit(both / "policy_src/2026-09/pages.yml", "learners: learners", "policy: Behaviour\nlearners: learners")
    with pytest.raises(Mistakes) as caught:
        read(Project(both), ()).edition("2026-09")
    assert [str(problem) for problem in caught.value.problems] == [
        "policy_src/2026-09/pages.yml:2: policy: edition.yml names it, too. Delete this line."
    ]


def test_the_kind_of_an_edition_defaults_to_its_title(both: Path) -> None:
    _edit(both / "policy_src/2026-09/edition.yml", "policy: Behaviour\n", "")
    assert read(Project(both), ()).edition("2026-09").policy_kind == "Behaviour"


def test_only_editions_of_one_kind_are_newer(both: Path) -> None:
    found = {status.school: status for status in commands.status(Project(both), DAY)[0]}
    assert {name: status.policy_kind for name, status in found.items()} == {
        "hill": "Behaviour",
        "wren": "Behaviour",
        OURS: "Online Safety",
        OTHER: "Behaviour",
    }
    assert {name: status.newest for name, status in found.items() if status.newest} == {"hill": "2026-09"}
    assert found["hill"].unapplied > 0


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("json", lambda text: [school["policy"] for school in json.loads(text)["schools"]]),
        ("csv", lambda text: [row["policy"] for row in csv.DictReader(io.StringIO(text))]),
        ("text", lambda text: [line.split(": ")[1] for line in text.splitlines() if line.startswith("  Policy: ")]),
    ],
)
def test_the_status_names_the_kind(both: Path, form: str, kinds: Callable[[str], list[str]]) -> None:
    said = _run(both, "status", "--format", form).stdout
    assert kinds(said) == ["Behaviour", "Behaviour", "Behaviour", "Online Safety"]


def test_the_hub_tells_the_kinds_apart(both: Path, tmp_path: Path) -> None:
    site = _build(both, tmp_path / "out")
    assert '<th scope="col">Policy</th>' in site["index.html"]
    assert "<td>Behaviour</td>" in site["index.html"]
    rows = list(csv.reader(io.StringIO(site["matrix/matrix.csv"])))
    assert len({len(row) for row in rows}) == 1
    assert [row[1] for row in rows] == ["Policy", "Behaviour", "Behaviour", "Behaviour", "Online Safety"]
    asked = rows[0].index("Behaviour: Are there detentions? (sanctions.detention)")
    assert [row[asked] for row in rows[1:]] == ["No", "No", "After school", ""]
    assert '<section class="amended" id="2026-09-explain">' in site["amendments/index.html"]


def test_a_build_looks_again_when_a_twin_changes_its_kind(both: Path, tmp_path: Path) -> None:
    _build(both, tmp_path / "out")
    _edit(both / "policy_src/2026-09/edition.yml", "policy: Behaviour", "policy: Online Safety")
    with mock.patch("build_tools.outputs.pdf.render_pdf", _pdf_in_few_bytes):
        report = commands.build(Project(both), (), tmp_path / "out", lambda _done, _left: None)
    assert OURS in report.built
    assert [problem for problem in report.warnings if "another school" in problem.message]


def test_an_interview_suggests_no_edition_if_there_are_two_kinds(both: Path) -> None:
    editions = read(Project(both), ()).editions
    online = {name: edition for name, edition in editions.items() if edition.policy_kind == "Online Safety"}
    asked = {
        kinds: form_for(found, {}, {}).schema.lookup(EDITION) for kinds, found in (("one", online), ("two", editions))
    }
    assert asked["one"] is not None
    assert asked["two"] is not None
    assert (asked["one"].default, asked["two"].default) == ("2018-09", None)


OLD_POLICY = """# School Behaviour Policy

Hill View Primary School

## 1. How we behave

- We treat each other with respect.
- Adults and pupils arrive on time, ready to work.
- Bullying is never accepted at Hill View Primary School.

## 2. What follows

### Sanctions

- A member of staff first explains what went wrong.
- A pupil may be kept in at lunchtime.
- Only the head suspends a pupil.

### Rewards

- We praise good behaviour in public. This makes pupils proud of what they have done, and shows others our hopes.

Our staff meet each term and talk about how the policy works in classrooms, in corridors and outside. They look at what
was written down in the term before, and at what visitors said about the classrooms that they saw on their tours.
"""


def test_the_newest_edition_of_several_kinds_is_not_guessed(both: Path) -> None:
    (both / "old.md").write_text(OLD_POLICY, encoding="utf-8")
    result = _run(both, "adopt", str(both / "old.md"), "--out", str(both / "found"), status=2)
    assert "Several kinds of policy have editions. Say which to use with --edition. The editions are " in result.output
    assert not (both / "found").exists()


def test_a_policy_that_a_school_has_is_read_for_any_kind(both: Path) -> None:
    (both / "old.md").write_text(OLD_POLICY, encoding="utf-8")
    _run(both, "adopt", str(both / "old.md"), "--edition", "2025-09", "--out", str(both / "found"))
    report = json.loads((both / "found/report.json").read_text(encoding="utf-8"))
    answers = {answer["field"]: answer["value"] for answer in report["answers"]}
    assert answers == {
        "school.name": "Hill View Primary School",
        "learners": "pupils",
        "sanctions.detention": "lunchtime",
        "document.title": "Behaviour Policy",
    }
    present = {clause["id"] for clause in report["clauses"] if clause["state"] == "present"}
    assert {"respect", "ready", "bullying", "explain", "lunch-detention", "praise"} <= present
