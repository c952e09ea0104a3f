"""What the program does for authors of editions: one function for each command of `policy edition`.

Functions here print nothing: they return the result of a command, and `cli` shows it.
"""

import dataclasses
from pathlib import Path

from build_tools.adopting.subject import read_subject
from build_tools.pool import Step
from build_tools.project import Project, require
from build_tools.proofreading.edition import proofread_edition
from build_tools.proofreading.edition_upgrading import misfits
from build_tools.reading import Reading, read
from build_tools.template import issuing
from build_tools.template.contents import gaps
from build_tools.template.edition import Edition, read_draft
from build_tools.template.seal import SEAL_FILE, is_published
from build_tools.text.problems import Mistakes, Problem, in_order
from build_tools.text.refusals import writing
from build_tools.text.writers import only_writer
from build_tools.upgrading.plan import Rehearsal
from build_tools.upgrading.rehearsal import rehearse


@dataclasses.dataclass(frozen=True, slots=True)
class Examined:
    """An edition without mistakes, and what it would mean."""

    edition: Edition
    warnings: tuple[Problem, ...]
    """What looks wrong in it; empty for a published edition, which can no longer be changed."""
    rehearsals: tuple[Rehearsal, ...]
    """What every school and federation would have to decide in order to use it; empty if nobody asked."""


def begin(project: Project, name: str, origin: str) -> Path:
    """Copy an edition under a new name, to start the next one, and return its folder.

    Raises:
        UnknownName: if there is no edition to copy.
        Mistakes: if the name is not valid for an edition, or already exists, or the computer refuses to write.
    """
    require(origin, project.edition_folders(), "edition")
    with writing(project.root / "policy_src" / name, project.root, lambda: "No edition was created."):
        return issuing.begin_edition(project, name, origin)


def examine(
    project: Project, name: str, *, quick: bool = False, jobs: int = 1, step: Step = lambda _done, _left: None
) -> Examined:
    """Return an edition, what looks wrong in it, and, unless it is `quick`, what it would mean for every school.

    `jobs` schools are tried at once; `step` is called with the name of each, and the number of those that are left.

    Raises:
        UnknownName: if there is no such edition.
        Mistakes: everything that is wrong in the edition, and what looks wrong.
    """
    require(name, project.edition_folders(), "edition")
    reading = read(project, [])
    edition, warnings = _proofread(project, reading, name)
    return Examined(edition, warnings, () if quick else rehearse(reading, edition, jobs, step))


def publish(project: Project, name: str) -> tuple[Path, tuple[Problem, ...]]:
    """Seal an edition, so that schools may ratify with it; return the seal, and what looks wrong in the edition.

    Raises:
        UnknownName: if there is no such edition.
        Mistakes: if something is wrong in the edition, it is already published, or the computer refuses to write.
    """
    require(name, project.edition_folders(), "edition")
    folder, root = project.edition_folders()[name]
    with (
        writing(folder / SEAL_FILE, root, lambda: "The edition is not published, and nothing in it was changed."),
        only_writer("policy edition publish", folder, root=root),
    ):
        edition, warnings = _proofread(project, read(project, []), name)
        return issuing.publish_edition(project, edition), warnings


def _proofread(project: Project, reading: Reading, name: str) -> tuple[Edition, tuple[Problem, ...]]:
    """Return an edition and what looks wrong in it, if it can still be changed.

    Its `adopting.yml` and `upgrading.yml` can always be changed.

    Raises:
        Mistakes: what is wrong in it, and what looks wrong.
    """
    folder, root = project.edition_folders()[name]
    draft = read_draft(folder, root)
    problems = [*reading.problems([]), *draft.problems]
    if draft.edition:
        problems += _subject_problems(folder, root, draft.edition)
        older = reading.editions.get(draft.edition.supersedes or "")
        problems += misfits(older, draft.edition) if older else ()
    if not is_published(folder):
        wrong = {problem.place for problem in draft.problems}
        found = [*proofread_edition(draft, reading.editions), *gaps(folder, root)]
        # what looks wrong in a line may only follow from what is wrong in it
        problems += [problem for problem in found if not (problem.is_warning and problem.place in wrong)]
    if draft.edition is None or not all(problem.is_warning for problem in problems):
        raise Mistakes(problems)
    return draft.edition, in_order(problems)


def _subject_problems(folder: Path, root: Path, edition: Edition) -> tuple[Problem, ...]:
    try:
        read_subject(folder, root, edition)
    except Mistakes as mistakes:
        return mistakes.problems
    return ()
