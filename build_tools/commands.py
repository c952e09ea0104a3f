"""What the program does, a function for each command: read this module to read the program.

    project folder --read--> editions, schools --resolve--> policies --> site, PDF, JSON, comparisons

Functions here print nothing: they return what a command found, and `cli` shows it.
"""

import dataclasses
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from build_tools import hub, onepage, pdf, site
from build_tools.compare import Comparison, compare
from build_tools.departures import compare_with_template
from build_tools.edition import Edition
from build_tools.listing import policy_data, render_json
from build_tools.model import Policy
from build_tools.problems import Mistakes, Problem
from build_tools.project import Project
from build_tools.publish import carry_over, staged
from build_tools.reading import Reading, read, require
from build_tools.resolve import TEMPLATE_PREFIX, Resolved, resolve_template

Step = Callable[[str], None]
"""Is told of each piece of work that is done, in a word or two."""


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    built: tuple[str, ...]
    """The schools whose pages are new."""
    kept: tuple[str, ...]
    """The schools that have mistakes and keep the pages of the last build."""
    problems: tuple[Problem, ...]


def check(project: Project, names: Iterable[str]) -> Reading:
    """Return all that can be known of the named schools, or all, and of the editions, without building.

    Raises:
        UnknownName: if a school is named that is not there.
    """
    return read(project, tuple(names) or project.school_names())


def show(project: Project, name: str) -> Resolved:
    """Return one school with its policy.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if the school or its edition has mistakes.
    """
    return read(project, [name]).school(name)


def diff(project: Project, old: str, new: str) -> tuple[Comparison, Edition]:
    """Return the changes from one policy to another, and the edition of the new one.

    Each is a school or `template:EDITION`.

    Raises:
        UnknownName: if there is no such school or edition.
        Mistakes: if one of them has mistakes.
    """
    reading = read(project, [name for name in (old, new) if not name.startswith(TEMPLATE_PREFIX)])
    before, _ = _policy(project, reading, old)
    after, edition = _policy(project, reading, new)
    if old == f"{TEMPLATE_PREFIX}{edition.name}" and not new.startswith(TEMPLATE_PREFIX):
        return compare_with_template(edition, after, before), edition
    return compare(before, after), edition


def steps(project: Project, names: Iterable[str]) -> int:
    """Return how many steps a build of the named schools, or all, will tell of."""
    schools = len(tuple(names) or project.school_names())
    return schools * len(_PARTS) + len(project.edition_folders()) + 1


def build(project: Project, names: Iterable[str], out: Path, step: Step) -> BuildReport:
    """Write the sites and PDFs of the named schools, or all, the templates and the hub into `out`.

    A school with mistakes keeps the pages of the last build. If no school can be built, nothing is written.

    Raises:
        UnknownName: if a school is named that is not there.
        Mistakes: if `out` holds something else than a site.
    """
    known = project.school_names()
    wanted = tuple(names) or known
    for name in wanted:
        require(name, known, "school")
    reading = read(project, known)
    problems = list(reading.problems(wanted))
    if not reading.resolved.keys() & set(wanted):
        return BuildReport((), wanted, tuple(problems))
    templates = {name: resolve_template(edition) for name, edition in reading.editions.items()}
    built = []
    with staged(out) as staging:
        for name in wanted:
            if name in reading.resolved:
                try:
                    _write_school(project, reading.resolved[name], templates, staging / name, step)
                    built.append(name)
                except Mistakes as mistakes:
                    problems.extend(mistakes.problems)
                    shutil.rmtree(staging / name)
        kept = [name for name in known if name not in built and carry_over(name, out, staging)]
        for name, edition in reading.editions.items():
            site.write_template_site(project, edition, templates[name], staging / "template" / name)
            step(f"template {name}")
        shown = [reading.resolved[name] for name in sorted([*built, *kept]) if name in reading.resolved]
        hub.write_hub(project, shown, reading.editions.values(), staging)
        step("hub")
    return BuildReport(tuple(built), tuple(name for name in wanted if name not in built), Mistakes(problems).problems)


_PARTS = ("site", "one page", "PDF", "JSON")


def _write_school(project: Project, resolved: Resolved, templates: Mapping[str, Policy], out: Path, step: Step) -> None:
    """Write all that a school publishes into its folder."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    comparison = compare_with_template(edition, policy, templates[edition.name])
    # the PDF first: it is what can still find a mistake, a letter that no font has
    out.mkdir()
    document = pdf.render_pdf(edition, school, policy, project.template_folders)
    step(f"{school.name}: PDF")
    site.write_school_site(project, resolved, comparison, out, len(document))
    step(f"{school.name}: site")
    (out / "policy.pdf").write_bytes(document)
    page = onepage.render_one_page(edition, school, policy, project.template_folders)
    (out / "policy.html").write_text(page, encoding="utf-8", newline="\n")
    step(f"{school.name}: one page")
    data = policy_data(policy, school.values["school"]["name"])
    (out / "policy.json").write_text(render_json(data), encoding="utf-8", newline="\n")
    step(f"{school.name}: JSON")


def _policy(project: Project, reading: Reading, name: str) -> tuple[Policy, Edition]:
    """Return the policy that a name of the command line means, and its edition."""
    if not name.startswith(TEMPLATE_PREFIX):
        found = reading.school(name)
        return found.policy, found.edition
    wanted = name.removeprefix(TEMPLATE_PREFIX)
    require(wanted, project.edition_folders(), "edition")
    if wanted not in reading.editions:
        raise Mistakes(reading.problems([]))
    return resolve_template(reading.editions[wanted]), reading.editions[wanted]
