"""New schools: start or continue an interview, save it after each answer, and write `school.yml` at its end."""

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.interviewing.asking import Progress, Question
from build_tools.interviewing.doubts import doubts
from build_tools.interviewing.file import given_answers, parse_interview, render_interview
from build_tools.interviewing.form import EDITION, FEDERATION, Form, fitting, form_for
from build_tools.interviewing.in_sentence import misfits_of
from build_tools.interviewing.interview import answer
from build_tools.interviewing.school_file import render_school_file
from build_tools.project import FEDERATION_FILE, INTERVIEW_FILE, SCHOOL_FILE, Project, require
from build_tools.proofreading.typeface import lacking
from build_tools.reading import read_editions, read_federations
from build_tools.resolving.contradictions import Contradiction
from build_tools.schema.answers import coerce, merge, wrong_so_far
from build_tools.schema.paths import without_blanks
from build_tools.schools.federation import Federation
from build_tools.schools.folder_name import name_problems
from build_tools.template.edition import Edition
from build_tools.text.file_bytes import leads_out, link_problem
from build_tools.text.files import existing_folder, replace_file
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.refusals import writing
from build_tools.text.source import relative
from build_tools.text.together import change_together
from build_tools.text.yaml_file import read_yaml
from build_tools.versions.git_attributes import protect_versions


@dataclasses.dataclass(frozen=True, slots=True)
class Interview:
    """An interview about one school of a project."""

    project: Project
    name: str
    editions: Mapping[str, Edition]
    federations: Mapping[str, Federation]
    progress: Progress

    @property
    def folder(self) -> Path:
        """The school's folder."""
        return self.project.schools_folder / self.name

    @property
    def form(self) -> Form:
        """The form after the answers so far."""
        return form_for(self.editions, self.federations, self.progress.answers)

    @property
    def doubts(self) -> tuple[Contradiction, ...]:
        """The rules of the edition that the answers so far break, once every necessary question is answered."""
        return doubts(self.form, self.progress)

    def reply(self, question: Question, text: str) -> tuple["Interview", tuple[str, ...]]:
        """Return the interview after a typed reply, and what is wrong with the reply, which then changes nothing."""
        wrong = tuple(lacking(text, self.project.template_folders))
        if wrong:
            return self, wrong
        progress, wrong = answer(self.form, self.progress, question, text)
        misfitting = () if wrong else misfits_of(self.form, progress, question)
        if wrong := wrong or tuple(str(misfit) for misfit in misfitting if not misfit.is_warning):
            return self, wrong
        return self.after(progress), ()

    def after(self, progress: Progress) -> "Interview":
        """Return the interview with a new progress, without answers that do not fit its edition."""
        after = dataclasses.replace(self, progress=progress)
        if all(progress.answers.get(name) == self.progress.answers.get(name) for name in (EDITION, FEDERATION)):
            return after
        fit = fitting(after.form, progress.answers)
        return dataclasses.replace(after, progress=dataclasses.replace(progress, answers=fit))


def unfit_as_name(project: Project, name: str) -> str | None:
    """Return why no school can have a name, None if one can."""
    problems = name_problems(project.schools_folder / name, project.root, "school")
    return next((problem.message for problem in problems), None)


def unfit_name(project: Project, name: str) -> str | None:
    """Return why a new school cannot have a name, None if it can."""
    if why := unfit_as_name(project, name):
        return why
    folder = project.schools_folder / name
    if leads_out(folder, project.schools_folder):
        return link_problem(relative(folder, project.root), project.schools_folder).message
    for file in (SCHOOL_FILE, FEDERATION_FILE):
        if (folder / file).exists():
            return (
                f"{relative(folder / file, project.root)} already exists and will not be overwritten."
                f" To list what is still to be answered: policy missing {name}"
            )
    return None


def begin(project: Project, name: str, file: Path | None, assignments: Iterable[tuple[str, str]]) -> Interview:
    """Return a new interview, or the saved one, with the answers of a file and of assignments in it.

    Raises:
        Mistakes: everything that is wrong in the editions and federations, in the file, or in the saved interview.
    """
    interview = _read(project, name)
    given = given_answers(
        read_yaml(file, str(file)) if file else None, assignments, interview.editions, interview.federations
    )
    progress = interview.progress
    answers = merge(given, progress.answers, form_for(interview.editions, interview.federations, given).schema.root)
    return interview.after(dataclasses.replace(progress, answers=answers))


def keep(interview: Interview) -> None:
    """Save the progress of an interview.

    Raises:
        Mistakes: if the computer refuses it; what was saved before is whole.
    """
    file = interview.folder / INTERVIEW_FILE
    whole = f"The answers before it are saved; to continue: policy new {interview.name}"
    with (
        writing(file, interview.project.root, lambda: whole if file.exists() else "Nothing was written."),
        existing_folder(interview.folder),
    ):
        replace_file(file, render_interview(interview.progress, interview.name).encode())


def finish(interview: Interview) -> Path:
    """Write the answers of an interview into `school.yml`, and return that file.

    Raises:
        Mistakes: if that file has been created in the meantime, or the computer refuses it; then nothing is changed.
    """
    edition = interview.form.edition
    assert edition is not None  # noqa: S101 - the interview asks for it first
    file = interview.folder / SCHOOL_FILE
    with writing(file, interview.project.root, lambda: _left(interview)), existing_folder(interview.folder):
        protect_versions(interview.project.schools_folder)
        saved = interview.folder / INTERVIEW_FILE
        written = render_school_file(edition, interview.progress.answers).encode()
        _refuse_existing(file, interview.project)
        try:
            change_together(interview.folder, {file: written, **({saved: None} if saved.exists() else {})})
        except FileExistsError:
            _refuse_existing(file, interview.project)
            raise
    return file


def _refuse_existing(file: Path, project: Project) -> None:
    if file.exists():
        message = "This file was created while you were answering. Delete it to save your answers here."
        raise Mistakes([Problem(Place(relative(file, project.root)), message)])


def _left(interview: Interview) -> str:
    """Return what is whole after an interview could not be finished."""
    if (interview.folder / SCHOOL_FILE).exists():
        return f"{SCHOOL_FILE} was written, and is complete."
    if (interview.folder / INTERVIEW_FILE).exists():
        return f"Your answers are saved. To continue: policy new {interview.name}"
    return "No school was created."


def take_up(project: Project, name: str) -> Interview:
    """Return an interview with the answers in a school's file, or the saved interview.

    Raises:
        UnknownName: if there is neither.
        Mistakes: if it cannot be read, or does not name an existing edition or federation.
    """
    require(name, (*project.school_names(), *project.unfinished_names()), "school")
    interview = _read(project, name)
    file = interview.folder / SCHOOL_FILE
    if not file.exists():
        return interview
    document = read_yaml(file, relative(file, project.root), inside=project.schools_folder)
    data = document.data if isinstance(document.data, dict) else {}
    form = form_for(interview.editions, interview.federations, data)
    first = {name: data[name] for name in (EDITION, FEDERATION) if name in data}
    problems = [
        Problem(document.place(at), message) for at, message in wrong_so_far(form.schema, form.schema.root, first)
    ]
    if problems:
        raise Mistakes(problems)
    answers = {name: value for name, value in without_blanks(data).items() if form.schema.root.child(name)}
    return dataclasses.replace(interview, progress=Progress(coerce(form.schema, answers)))


def _read(project: Project, name: str) -> Interview:
    """Return the saved interview, or an empty one."""
    editions, problems = read_editions(project)
    federations, of_federations = read_federations(project, editions)
    if problems or of_federations:
        raise Mistakes([*problems, *(problem for found in of_federations.values() for problem in found)])
    file = project.schools_folder / name / INTERVIEW_FILE
    progress = Progress()
    if file.exists():
        document = read_yaml(file, relative(file, project.root), by_hand=False, inside=project.schools_folder)
        progress = parse_interview(document, editions, federations)
    return Interview(project, name, editions, federations, progress)
