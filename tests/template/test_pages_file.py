"""What an edition says around a policy: read from `pages.yml`, outside the seal, and carried on to the next edition."""

from pathlib import Path

import pytest
from cases import CASES
from folders import ROOT, SOUND
from sites import publish_copies

from build_tools import edition_commands
from build_tools.building.fingerprints import Fingerprints
from build_tools.project import Project
from build_tools.template.edition import read_edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.pages_file import PAGES_FILE, PageWords, read_pages

REAL = ROOT / "policy_src" / "2018-09"


def test_an_edition_can_do_without_the_file() -> None:
    edition = read_edition(SOUND / "policy_src" / "2030-01", SOUND)
    assert edition.pages == PageWords()


def test_all_that_the_file_says_is_read() -> None:
    pages = read_edition(REAL, ROOT).pages
    assert pages.report
    assert pages.report.tell == ("people.dsl", "people.deputy_dsl")
    assert pages.report.emergency == "If a child is in danger now, call 999."
    childline = next(service for service in pages.report.services if service.name == "Childline")
    assert (childline.telephone, childline.url) == ("0800 1111", "https://www.childline.org.uk")
    assert pages.learners == "learners"
    synonyms = next(synonyms for synonyms in pages.synonyms if synonyms.words == "cyberbullying")
    assert "picked on" in synonyms.typed
    line = (REAL / PAGES_FILE).read_text(encoding="utf-8").splitlines()[(synonyms.place.line or 0) - 1]
    assert line.startswith("  cyberbullying: [")


def test_every_part_of_the_file_can_be_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "2018-09"
    folder.mkdir()
    schema = read_edition(REAL, ROOT).schema
    (folder / PAGES_FILE).write_text("home: A sentence.\n", encoding="utf-8")
    assert read_pages(folder, tmp_path, schema) == PageWords(home="A sentence.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    publish_copies(tmp_path, "2018-09")
    return Project(tmp_path)


def test_the_seal_lets_the_file_be_corrected(project: Project) -> None:
    assert PAGES_FILE not in EDITION_FILES
    file = project.root / "policy_src/2018-09" / PAGES_FILE
    file.write_text(
        file.read_text(encoding="utf-8").replace("heading: Report a concern", "heading: Tell somebody"),
        encoding="utf-8",
    )
    edition = read_edition(file.parent, project.root)
    assert edition.is_published
    assert edition.pages.report
    assert edition.pages.report.heading == "Tell somebody"


def test_a_new_edition_begins_with_the_words_of_the_old(project: Project) -> None:
    edition_commands.begin(project, "2030-01", "2018-09")
    folders = project.edition_folders()
    old, new = (read_edition(*folders[name]) for name in ("2018-09", "2030-01"))
    assert new.pages == old.pages


def test_a_build_finds_a_change_of_the_file(project: Project) -> None:
    before = Fingerprints(project).editions
    file = project.root / "policy_src/2018-09" / PAGES_FILE
    file.write_text(file.read_text(encoding="utf-8") + "# checked\n", encoding="utf-8")
    after = Fingerprints(project).editions
    assert {name for name in after if after[name] != before[name]} == {"2018-09"}


def test_contacts_and_labels_are_read() -> None:
    case = next(case for case in CASES if case.name == "without-governors")
    pages = read_edition(case / "policy_src" / "2030-01", case).pages
    assert pages.report
    assert pages.report.contacts == ("school.telephone", "school.email", "school.office")
    assert {path: labels[0][:2] for path, labels in pages.labels.items()} == {"people.governor": "{%"}
