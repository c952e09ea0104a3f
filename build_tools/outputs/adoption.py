"""Adopt: read a school's existing policy, and write a `school.yml` and a report, completely or not at all."""

import tempfile
from pathlib import Path

from build_tools.adopting.adopt import Adoption, adopt_document
from build_tools.adopting.document import Document
from build_tools.adopting.listing import adoption_data
from build_tools.adopting.reading import read_document
from build_tools.adopting.school_text import render_school
from build_tools.adopting.subject import Subject
from build_tools.adopting.watching import Watch
from build_tools.outputs.adoption_page import render_adoption_page
from build_tools.policy.storage import render_json
from build_tools.pool import Exhausted, Step, apart
from build_tools.project import SCHOOL_FILE
from build_tools.proofreading.rules import certain_mistakes
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import parse_school
from build_tools.template.edition import Edition
from build_tools.text.files import existing_folder, new_folder
from build_tools.text.problems import Mistakes, Place, Problem, all_of
from build_tools.text.together import change_together
from build_tools.text.writers import only_writer
from build_tools.text.yaml_file import parse_yaml
from build_tools.versions.git_attributes import protect_versions

REPORT, DATA = "report.html", "report.json"
_MEMORY = 400_000_000
"""Of the process that reads the file: with what the system shares among processes, it stays below 500 MB."""
_SECONDS = 300


def adopt_policy(
    file: Path,
    edition: Edition,
    subject: Subject,
    out: Path,
    templates: tuple[Path, ...],
    step: Step,
    *,
    is_school: bool = False,
) -> tuple[Adoption, tuple[Problem, ...]]:
    """Read a school's policy for an edition and write the findings into a folder; also return what a check finds.

    `subject` is what the edition says of its subject; `is_school` whether the folder is that of a project's school.
    `step` shows how much of a hundred parts is left.

    Raises:
        Mistakes: if the file cannot be read, the folder already contains a school or a report, or another command is
            writing into it.
    """
    with only_writer("policy adopt", out, root=out.parent):
        _refuse_taken(out)
        shown = _Shown(step)
        document = _read(file, shown.stage(f"Reading {file.name}", 0, 50))
        adoption = adopt_document(document, edition, subject, shown.stage("Comparing it with the template", 50, 95))
        shown.stage("Writing the report", 95, 100)(0.0)
        text = render_school(adoption)
        problems = _check(text, edition, out)
        # an existing folder gets them one by one: school.yml, which makes it that of a school, is the last
        files = {
            REPORT: render_adoption_page(adoption, problems, templates),
            DATA: render_json(adoption_data(adoption, problems)),
            SCHOOL_FILE: text,
        }
        _write(files, out, is_school=is_school)
    return adoption, problems


class _Shown:
    """The progress of the work in a hundred parts, shown when it changes."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._last = -1

    def stage(self, name: str, begin: int, end: int) -> Watch:
        """Return what a stage of the work calls, from one part to another."""

        def show(share: float) -> None:
            done = begin + int(share * (end - begin))
            if done != self._last:
                self._last = done
                self._step(name, 100 - done)

        show(0.0)
        return show


def _read(file: Path, watch: Watch) -> Document:
    """Return the policy in a file, read where a file that was made to do harm can do none."""
    try:
        return apart(read_document, file, watch, memory=_MEMORY, seconds=_SECONDS)
    except Exhausted:
        message = (
            f"Reading it needs more than {_MEMORY // 1_000_000} MB of memory or {_SECONDS // 60} minutes, which no "
            "policy does. Check that it is the right file, or copy its words into a new document and adopt that."
        )
        raise Mistakes([Problem(Place(file.name), message)]) from None


def left_whole(out: Path) -> str:
    """Return what is whole in a folder after the computer refused something."""
    written = _taken(out)
    return f"{all_of(written)} {'was' if len(written) == 1 else 'were'} written." if written else "Nothing was written."


def _taken(out: Path) -> list[str]:
    return [name for name in (SCHOOL_FILE, REPORT, DATA) if (out / name).exists()]


def _refuse_taken(out: Path) -> None:
    taken = _taken(out)
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


def _write(files: dict[str, str], out: Path, *, is_school: bool) -> None:
    """Write all files or none."""
    contents = {name: text.encode() for name, text in files.items()}
    try:
        if out.exists():
            if is_school:
                protect_versions(out.parent)
            change_together(out, {out / name: content for name, content in contents.items()})
            return
        with existing_folder(out.parent), new_folder(out) as staging:
            for name, content in contents.items():
                (staging / name).write_bytes(content)
            if is_school:
                protect_versions(out.parent)
    except (FileExistsError, NotADirectoryError) as error:  # a folder around it is a file
        raise Mistakes([Problem(Place(str(out)), f"This folder cannot be written to: {error.strerror}.")]) from None
