"""The commands about current policies: check, show, promises, sources."""

import sys
from collections.abc import Iterable, Mapping

import click

from build_tools import commands
from build_tools.cli.problem_listing import problems_data
from build_tools.cli.reporting import chosen_form
from build_tools.cli.shared import (
    MISTAKES,
    checks_project,
    format_option,
    in_project,
    need_schools,
    print_as,
    run,
    schools_argument,
    stop_for,
)
from build_tools.comparing.listing import render_policy
from build_tools.outputs.colour import adjustment
from build_tools.outputs.dated import on_its_day
from build_tools.outputs.promise_listing import promises_data, render_promises
from build_tools.outputs.source_listing import render_source, render_sources, sources_data
from build_tools.policy.storage import policy_data, render_json
from build_tools.project import Project
from build_tools.proofreading.outdated import still_to_change
from build_tools.reading import Reading
from build_tools.schema.relied_on import COLOUR, NAME
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem, counted, in_order


@click.command()
@schools_argument
@checks_project
def check(schools: tuple[str, ...], project: Project) -> None:
    """List mistakes in schools and federations.

    Without a SCHOOL, all schools and federations are checked. Nothing is built.
    """
    need_schools(project)
    reading = run(lambda: commands.check(project, schools))
    names = schools or (*project.school_names(), *project.federation_names())
    mistakes = reading.problems(names)
    problems = in_order([*mistakes, *reading.warnings(names)])
    if chosen_form() == "json":
        click.echo(render_json(_check_data(reading, problems)), nl=False)
        sys.exit(MISTAKES if mistakes else 0)
    stop_for(problems)
    for name, found in reading.resolved.items():
        amendments = counted(len(found.school.amendments), "amendment")
        click.echo(f"{name}: no mistakes. Edition {found.edition.name}, {amendments}.")
        if note := adjustment(COLOUR.of(found.school.values)):
            click.echo(f"{name}: {note}")
        for change in still_to_change(found.policy, found.school):
            click.echo(f"{name}: {change}")
    for name in project.federation_names():
        if name in names:
            click.echo(f"{name}: no mistakes.")
    for edition in _used(reading):
        if edition.looked_up:
            click.echo(f"Edition {edition.name}: {edition.looked_up.words}")
    for name in () if schools else project.unfinished_names():
        click.echo(f"{name}: not finished yet. To continue: policy new {name}")


@click.command()
@click.argument("school")
@format_option("text", "json")
@click.option("--sources", is_flag=True, help="Show what each clause rests on.")
@in_project
def show(school: str, form: str, *, sources: bool, project: Project) -> None:
    """Print the policy of SCHOOL as text or JSON.

    Every part is shown with its number, its id and where it comes from. The JSON always has the sources.
    """
    found = run(lambda: commands.show(project, school))
    name = NAME.of(found.school.values)
    print_as(
        form,
        {
            "text": lambda: render_policy(on_its_day(found).policy, with_sources=sources),
            "json": lambda: render_json(policy_data(found.policy, name)),
        },
    )


@click.command()
@click.argument("school")
@format_option("text", "json")
@in_project
def promises(school: str, form: str, project: Project) -> None:
    """List what the policy of SCHOOL says is done, how often or by when.

    Each clause is shown with its number and who does it. A draft's pages have the list too, with a sheet to print.
    """
    found = on_its_day(run(lambda: commands.show(project, school)))
    print_as(
        form,
        {"text": lambda: render_promises(found), "json": lambda: render_json(promises_data(found))},
    )


@click.command()
@click.argument("source", required=False)
@format_option("text", "json")
@in_project
def sources(source: str | None, form: str, project: Project) -> None:
    """List the law and guidance that all policies rest on.

    With SOURCE, such as kcsie, list the clauses of every school that rest on it; those that a school amended come
    first.
    """
    need_schools(project)
    found = run(lambda: commands.sources(project, source))
    texts = (lambda: render_source(source, found)) if source else (lambda: render_sources(found))
    print_as(form, {"text": texts, "json": lambda: render_json(sources_data(found, source))})


def _used(reading: Reading) -> list[Edition]:
    """Return the editions of the schools that were read, oldest first."""
    return [reading.editions[name] for name in sorted({found.edition.name for found in reading.resolved.values()})]


def _check_data(reading: Reading, problems: Iterable[Problem]) -> Mapping[str, object]:
    """Return what a check found as JSON values: mistakes and warnings, and the schools that have no mistakes."""
    return {
        "problems": problems_data(problems),
        "schools": [
            {
                "name": name,
                "edition": found.edition.name,
                "amendments": len(found.school.amendments),
                "law_still_to_change": list(still_to_change(found.policy, found.school)),
            }
            for name, found in reading.resolved.items()
            if not reading.of_schools.get(name)
        ],
        "law_looked_up": [
            {"edition": edition.name, "until": edition.looked_up.until, "again_by": edition.looked_up.again_by}
            for edition in _used(reading)
            if edition.looked_up
        ],
    }
