"""Build: everything that schools, editions and the hub publish, into one folder."""

from collections.abc import Iterable
from pathlib import Path

from build_tools import hub, onepage, pdf, site
from build_tools.departures import compare_with_template
from build_tools.model import Policy
from build_tools.problems import Mistakes, Problem
from build_tools.project import Project
from build_tools.publish import BuildReport, Step, carry_over, staged
from build_tools.reading import Reading
from build_tools.resolve import Resolved, resolve_template
from build_tools.storage import policy_data, render_json
from build_tools.versions import verify


def build(project: Project, reading: Reading, wanted: tuple[str, ...], out: Path, step: Step) -> BuildReport:
    """Write the wanted schools anew, carry over the others, add templates and hub; return what was done.

    Raises:
        Mistakes: if `out` holds something else than a site.
    """
    problems = list(reading.problems(wanted))
    sound = [name for name in wanted if name in reading.resolved]
    if not sound:
        return BuildReport((), wanted, tuple(problems))
    templates = {name: resolve_template(edition) for name, edition in reading.editions.items()}
    built: list[str] = []
    with staged(out) as staging:
        for name in sound:
            resolved = reading.resolved[name]
            try:
                _write_school(project, resolved, templates[resolved.edition.name], staging / name)
                built.append(name)
            except Mistakes as mistakes:
                problems.extend(mistakes.problems)
            step(name)
        others = [name for name in project.school_names() if name not in built]
        kept = [name for name in others if carry_over(name, out, staging)]
        for name, edition in reading.editions.items():
            site.write_template_site(project, edition, templates[name], staging / "template" / name)
            step(f"template {name}")
        shown, changed = _shown(project, reading, [*built, *kept])
        problems += changed
        hub.write_hub(project, shown, reading.editions.values(), staging)
        step("hub")
    not_built = tuple(name for name in wanted if name not in built)
    return BuildReport(tuple(built), not_built, Mistakes(problems).problems)


def _shown(project: Project, reading: Reading, names: Iterable[str]) -> tuple[list[Resolved], list[Problem]]:
    """Return the schools that have pages and whose state is known, in order, and why that of others is not."""
    known = [reading.resolved[name] for name in sorted(names) if name in reading.resolved]
    changed = {r.school.name: verify(project.schools_folder / r.school.name, project.root) for r in known}
    return [r for r in known if not changed[r.school.name]], [p for found in changed.values() for p in found]


def _write_school(project: Project, resolved: Resolved, template: Policy, out: Path) -> None:
    """Write all that a school publishes into its folder; nothing if a mistake is found on the way."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    templates = project.template_folders
    document = pdf.render_pdf(edition, school, policy, templates)
    page = onepage.render_one_page(edition, school, policy, templates)
    data = render_json(policy_data(policy, school.values["school"]["name"]))
    site.write_school_site(project, resolved, compare_with_template(edition, policy, template), out, len(document))
    (out / "policy.pdf").write_bytes(document)
    (out / "policy.html").write_text(page, encoding="utf-8", newline="\n")
    (out / "policy.json").write_text(data, encoding="utf-8", newline="\n")
