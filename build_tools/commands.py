"""What the program does, a function for each command: read this module to read the program.

    project folder --read--> editions, schools --resolve--> policies --> site, PDF, JSON, comparisons

Functions here print nothing: they return what a command found, and `cli` shows it.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from build_tools import hub, onepage, pdf, site
from build_tools.compare import Comparison, compare
from build_tools.departures import compare_with_template
from build_tools.edition import Edition
from build_tools.listing import policy_data, render_json
from build_tools.model import Policy
from build_tools.problems import Mistakes, Problem, did_you_mean, one_of
from build_tools.project import Project, read_editions, read_named_school
from build_tools.publish import carry_over, staged
from build_tools.resolve import TEMPLATE_PREFIX, Resolved, resolve, resolve_template

Step = Callable[[str], None]
"""Is told of each piece of work that is done, in a word or two."""


class UnknownName(Exception):  # noqa: N818 - a wrong argument, which the command line reports
    """A school or edition that was named on the command line and is not there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What a project holds, as far as it is sound, and every mistake in the rest."""

    editions: Mapping[str, Edition]
    resolved: Mapping[str, Resolved]
    problems: tuple[Problem, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    built: tuple[str, ...]
    """The schools whose pages are new."""
    kept: tuple[str, ...]
    """The schools that have mistakes and keep the pages of the last build."""
    problems: tuple[Problem, ...]


def read(project: Project, names: Iterable[str] = ()) -> Reading:
    """Return the named schools, or all, resolved; mistakes of one school or edition do not hide those of another.

    Raises:
        UnknownName: if a school is named that is not there.
    """
    wanted = tuple(names) or project.school_names()
    for name in wanted:
        _require(name, project.school_names(), "school")
    editions, problems = read_editions(project)
    resolved = {}
    for name in wanted:
        try:
            school = read_named_school(project, name, editions)
            edition = editions[school.edition]
            resolved[name] = Resolved(edition, school, resolve(edition, school))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return Reading(editions, resolved, Mistakes(problems).problems)


def check(project: Project, names: Iterable[str] = ()) -> Reading:
    """Return all that can be known of the named schools, or all, and of the editions, without building."""
    return read(project, names)


def show(project: Project, name: str) -> Resolved:
    """Return one school with its policy.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if the school or its edition has mistakes.
    """
    reading = read(project, [name])
    if name not in reading.resolved:
        raise Mistakes(reading.problems)
    return reading.resolved[name]


def diff(project: Project, old: str, new: str) -> tuple[Comparison, Edition]:
    """Return the changes from one policy to another, and the edition of the new one.

    Each is a school or `template:EDITION`.

    Raises:
        UnknownName: if there is no such school or edition.
        Mistakes: if one of them has mistakes.
    """
    before, _ = _policy(project, old)
    after, edition = _policy(project, new)
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
    asked, everything = read(project, wanted), read(project)
    if not asked.resolved:
        return BuildReport((), wanted, asked.problems)
    problems = list(asked.problems)
    templates = {name: resolve_template(edition) for name, edition in asked.editions.items()}
    built = []
    with staged(out) as staging:
        for name, resolved in asked.resolved.items():
            try:
                _write_school(project, resolved, templates[resolved.edition.name], staging / name, step)
                built.append(name)
            except Mistakes as mistakes:
                problems.extend(mistakes.problems)
        kept = [name for name in known if name not in built and carry_over(name, out, staging)]
        for name, edition in asked.editions.items():
            site.write_template_site(project, edition, templates[name], staging / "template" / name)
            step(f"template {name}")
        shown = [everything.resolved[name] for name in sorted([*built, *kept]) if name in everything.resolved]
        hub.write_hub(project, shown, asked.editions.values(), staging)
        step("hub")
    return BuildReport(tuple(built), tuple(name for name in wanted if name not in built), Mistakes(problems).problems)


_PARTS = ("site", "one page", "PDF", "JSON")


def _write_school(project: Project, resolved: Resolved, template: Policy, out: Path, step: Step) -> None:
    """Write all that a school publishes into its folder."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    comparison = compare_with_template(edition, policy, template)
    # the PDF first: it is what can still find a mistake, a letter that no font has
    (out / "policy.pdf").parent.mkdir(parents=True)
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


def _policy(project: Project, name: str) -> tuple[Policy, Edition]:
    """Return the policy that a name of the command line means, and its edition."""
    if not name.startswith(TEMPLATE_PREFIX):
        found = show(project, name)
        return found.policy, found.edition
    editions, problems = read_editions(project)
    wanted = name.removeprefix(TEMPLATE_PREFIX)
    _require(wanted, project.edition_folders(), "edition")
    if wanted not in editions:
        raise Mistakes(problems)
    return resolve_template(editions[wanted]), editions[wanted]


def _require(name: str, known: Iterable[str], what: str) -> None:
    names = tuple(known)
    if name not in names:
        hint = did_you_mean(name, names) or (f" There is {one_of(names)}." if names else "")
        raise UnknownName(f"There is no {what} {name}.{hint}")
