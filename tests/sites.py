"""Sites of the real schools, and of one that has what they lack: a draft with crest, colour and every amendment."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from folders import REAL_SCHOOLS, ROOT, copy_real_schools

from build_tools import commands
from build_tools.outputs.in_force import in_force
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.resolving.resolve import Resolved
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import SEAL_FILE, sealed_text
from build_tools.versions.history import read_versions

REAL = REAL_SCHOOLS
DRAFT = "sample-draft"
SCHOOLS = (*REAL, DRAFT)
EDITIONS = ("2017-09", "2018-09", "2026-09")
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0h10v7l-5 5-5-5z"/></svg>'


def publish_copies(folder: Path, *editions: str) -> None:
    """Put copies of real editions into a project, sealed, so that schools can ratify on them."""
    for name in editions:
        copy = folder / "policy_src" / name
        shutil.copytree(ROOT / "policy_src" / name, copy, ignore=shutil.ignore_patterns(SEAL_FILE))
        (copy / SEAL_FILE).write_text(sealed_text(copy, EDITION_FILES), encoding="utf-8")


def make_project(folder: Path) -> Project:
    """Return a project in a folder that holds nothing but schools: templates and editions are those of the program."""
    copy_real_schools(folder)
    answers: dict[str, Any] = yaml.safe_load((folder / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8"))
    answers["school"] |= {"name": "Şample & “Draft” Pre-school", "short_name": "the Pre-school", "colour": "#ffe600"}
    answers["amendments"] = [
        {"replace": "aims-guidance", "with": "In writing it, we **considered** much:", "because": "We read more."},
        {"insert": "sample-clause", "after": "aims-authors", "text": "A clause of our own.", "because": "We need it."},
        {"omit": "aims-kcsie", "because": "We are too small."},
        {"omit": "official-devices", "because": "We have none."},
    ]
    own = folder / "schools" / DRAFT
    own.mkdir()
    (own / "school.yml").write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
    (own / "crest.svg").write_text(CREST, encoding="utf-8")
    return Project(folder)


def published(project: Project, reading: Reading) -> Mapping[str, Resolved]:
    """Return what the site of each school shows: its latest version, or its draft if there is none."""
    found = {}
    for name, draft in reading.resolved.items():
        versions = read_versions(project.schools_folder / name, project.root)
        found[name] = in_force(draft, versions, reading.editions)
    return found


def write_sites(project: Project, out: Path) -> Path:
    """Write all that a build writes; PDFs of drafts, which others prove, are empty files."""
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""):
        report = commands.build(project, SCHOOLS, out, lambda _done, _left: None)
    assert not report.problems
    return out
