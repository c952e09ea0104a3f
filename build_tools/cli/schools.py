"""The commands that get a school's answers: new, adopt, missing."""

import sys
from pathlib import Path

import click

from build_tools import commands
from build_tools.adopting.listing import render_adoption
from build_tools.cli.progress import progress
from build_tools.cli.shared import INTERRUPTED, MISTAKES, format_option, in_project, run, stop_for
from build_tools.interviewing import conversation
from build_tools.interviewing.missing import OpenQuestion, missing_data, open_questions, render_missing
from build_tools.interviewing.session import finish
from build_tools.policy.storage import render_json
from build_tools.project import Project


def _assignments(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the paths and values of PATH=VALUE."""
    pairs = tuple(one.partition("=") for one in given)
    for path, sign, _ in pairs:
        if not sign:
            raise click.BadParameter(f'{path} has no answer. Write, for example, school.name="The North School".')
    return tuple((path, value) for path, _, value in pairs)


@click.command()
@click.argument("name", required=False)
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with some or all answers, as YAML or JSON. You are asked only the rest.",
)
@click.option(
    "--set",
    "assignments",
    metavar="PATH=ANSWER",
    multiple=True,
    callback=_assignments,
    help='One answer: school.name="The North School". Put a list in brackets. Can be repeated.',
)
@click.option("--no-input", is_flag=True, help="Ask nothing; if answers are missing, list them and stop.")
@in_project
def new(
    name: str | None,
    answers: Path | None,
    assignments: tuple[tuple[str, str], ...],
    no_input: bool,  # noqa: FBT001 - click gives it by name
    project: Project,
) -> None:
    """Ask the questions for a new school and write its school.yml.

    An interview that was stopped continues where it stopped.
    """
    if name is None and no_input:
        raise click.UsageError("Name the school's folder: policy new st-marys --no-input")
    try:
        name = name or conversation.ask_name(project)
        file = run(lambda: _write_new(project, name, answers, assignments, no_input=no_input))
    except conversation.Left:
        if name and name in project.unfinished_names():
            click.echo(f"\nYour answers are saved. To continue: policy new {name}", err=True)
        sys.exit(INTERRUPTED)
    click.echo(f"Written: {file.relative_to(project.root).as_posix()}")
    found = run(lambda: commands.check(project, [name]))
    stop_for(found.problems([name]))
    for warning in found.warnings([name]):
        click.echo(str(warning))
    click.echo(f"It has no mistakes. To list the questions left at their default answers: policy missing {name}")
    click.echo(f"To see the policy: policy build {name}")


def _write_new(
    project: Project, name: str, answers: Path | None, assignments: tuple[tuple[str, str], ...], *, no_input: bool
) -> Path:
    """Ask what is not answered yet, and return the file with all answers."""
    with commands.new(project, name, answers, assignments) as interview:
        if no_input:
            _stop_for_missing(name, open_questions(interview))
            return finish(interview)
        return finish(conversation.converse(interview))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", metavar="EDITION", help="The edition to use. Default: the newest.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The folder to write into, such as schools/st-marys."
)
@in_project
def adopt(file: Path, edition: str | None, out: Path, project: Project) -> None:
    """Turn a school's existing policy into answers for an edition.

    FILE is a docx, pdf, md or txt file. The answers are written to school.yml; a report shows what was found.
    """
    with progress() as step:
        found, problems = run(lambda: commands.adopt(project, file, edition, out.resolve(), step))
    click.echo(render_adoption(found, problems), nl=False)
    click.echo(f"Written: {out / 'school.yml'}, {out / 'report.html'}, {out / 'report.json'}", err=True)


@click.command()
@click.argument("school")
@format_option("text", "json")
@in_project
def missing(school: str, form: str, project: Project) -> None:
    """List the questions that SCHOOL has not answered yet.

    The exit status is 1 if one of them must be answered.
    """
    questions = run(lambda: commands.missing(project, school))
    data = missing_data(school, questions)
    click.echo(render_json(data) if form == "json" else render_missing(school, questions), nl=False)
    if any(question.must_be_answered for question in questions):
        sys.exit(MISTAKES)


def _stop_for_missing(name: str, questions: tuple[OpenQuestion, ...]) -> None:
    """List the questions that must still be answered, and end with status 1, if there are any."""
    needed = tuple(question for question in questions if question.must_be_answered)
    if needed:
        click.echo(render_missing(name, needed), nl=False, err=True)
        sys.exit(MISTAKES)
