"""Adopt: read a school's existing policy, and write a `school.yml` and a report, completely or not at all."""

import shutil
import tempfile
from pathlib import Path

from build_tools.adopting.adopt import Adoption, adopt_document
from build_tools.adopting.listing import adoption_data
from build_tools.adopting.reading import read_document
from build_tools.adopting.school_text import render_school
from build_tools.adopting.subject import Subject
from build_tools.outputs.adoption_page import render_adoption_page
from build_tools.policy.storage import render_json
from build_tools.project import SCHOOL_FILE
from build_tools.proofreading.rules import certain_mistakes
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import parse_school
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.yaml_file import parse_yaml

REPORT, DATA = "report.html", "report.json"


def adopt_policy(
    file: Path, edition: Edition, subject: Subject, out: Path, templates: tuple[Path, ...]
) -> tuple[Adoption, tuple[Problem, ...]]:
    """Read a school's policy for an edition and write the findings into a folder; also return what a check finds.

    `subject` is what the edition says of its subject.

    Raises:
        Mistakes: if the file cannot be read, or the folder already contains a school or a report.
    """
    _refuse_taken(out)
    adoption = adopt_document(read_document(file), edition, subject)
    text = render_school(adoption)
    problems = _check(text, edition, out)
    files = {
        SCHOOL_FILE: text,
        REPORT: render_adoption_page(adoption, problems, templates),
        DATA: render_json(adoption_data(adoption, problems)),
    }
    _write(files, out)
    return adoption, problems


def _refuse_taken(out: Path) -> None:
    taken = [name for name in (SCHOOL_FILE, REPORT, DATA) if (out / name).exists()]
    if out.exists() and not out.is_dir():
        raise Mistakes([Problem(Place(str(out)), "This is a file. Give a folder instead.")])
    if taken:
        message = (
            f"This folder already contains {' and '.join(taken)}, which would be overwritten. Give another folder."
        )
        raise Mistakes([Problem(Place(str(out)), message)])


def _check(text: str, edition: Edition, out: Path) -> tuple[Problem, ...]:
    """Return what `policy check` would find if the text were a school's file in that folder."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / out.name
        folder.mkdir()
        try:
            school = parse_school(parse_yaml(text, SCHOOL_FILE), folder, Path(root), {edition.name: edition})
            found = Resolved(edition, school, resolve(edition, school))
        except Mistakes as mistakes:
            return mistakes.problems
    return certain_mistakes(found)


def _write(files: dict[str, str], out: Path) -> None:
    """Write all files or none."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as staging:
            for name, text in files.items():
                (Path(staging) / name).write_text(text, encoding="utf-8", newline="\n")
            out.mkdir(exist_ok=True)
            for name in files:
                shutil.move(Path(staging) / name, out / name)
    except OSError as error:
        raise Mistakes([Problem(Place(str(out)), f"This folder cannot be written to: {error.strerror}.")]) from None
