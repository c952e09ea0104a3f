"""Build: everything that schools, editions and the hub publish, into one folder."""

import dataclasses
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from build_tools import hub, onepage, pdf, site
from build_tools.departures import compare_with_template
from build_tools.edition import Edition
from build_tools.model import Policy
from build_tools.problems import Mistakes, Problem
from build_tools.project import Project
from build_tools.publish import BuildReport, Step, carry_over, staged
from build_tools.reading import Reading
from build_tools.resolve import Resolved, resolve_template
from build_tools.site_pages import DRAFT, VERSIONS, Page
from build_tools.site_versions import Life, version_pages
from build_tools.storage import policy_data, render_json
from build_tools.versions import PDF_FILE, POLICY_FILE, RECORD_FILE, Version, read_versions, verify


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
            try:
                _write_school(project, reading, name, templates, staging / name)
                built.append(name)
            except Mistakes as mistakes:
                problems.extend(mistakes.problems)
                shutil.rmtree(staging / name, ignore_errors=True)
            step(name)
        others = [name for name in project.school_names() if name not in built]
        kept = [name for name in others if carry_over(name, out, staging)]
        for name, edition in reading.editions.items():
            site.write_template_site(project, edition, templates[name], staging / "template" / name)
            step(f"template {name}")
        shown, changed = presentable(project, reading, [*built, *kept])
        problems += changed
        hub.write_hub(project, shown, reading.editions.values(), staging)
        step("hub")
    not_built = tuple(name for name in wanted if name not in built)
    return BuildReport(tuple(built), not_built, Mistakes(problems).problems)


def presentable(project: Project, reading: Reading, names: Iterable[str]) -> tuple[list[Resolved], list[Problem]]:
    """Return the schools that have pages and whose state is known, in order, and why that of others is not."""
    known = [reading.resolved[name] for name in sorted(names) if name in reading.resolved]
    changed = {r.school.name: verify(project.schools_folder / r.school.name, project.root) for r in known}
    return [r for r in known if not changed[r.school.name]], [p for found in changed.values() for p in found]


def _write_school(project: Project, reading: Reading, name: str, templates: Mapping[str, Policy], out: Path) -> None:
    """Write all that a school publishes into its folder; nothing if a mistake is found on the way.

    What is in force is its latest version, with the very files that were ratified; the draft stands apart from it.
    """
    draft = reading.resolved[name]
    versions = read_versions(project.schools_folder / name, project.root)
    if versions:
        published = in_force(draft, versions[-1], reading.editions)
        document = (versions[-1].folder / PDF_FILE).read_bytes()
        data = (versions[-1].folder / POLICY_FILE).read_bytes()
        life = version_pages(project.template_folders, Life(versions, draft, reading.editions))
        _write_policy(project, published, versions, templates, out, document, data, life)
        _copy_versions(versions, out / VERSIONS)
        out = out / DRAFT
    document = pdf.render_pdf(draft, project.template_folders)
    data = render_json(policy_data(draft.policy, draft.school.values["school"]["name"])).encode()
    _write_policy(project, draft, versions, templates, out, document, data)


def _copy_versions(versions: Iterable[Version], out: Path) -> None:
    """Put the PDF and the record of each version beside the pages about them."""
    for version in versions:
        folder = out / version.decision.on
        folder.mkdir(parents=True)
        for name in (PDF_FILE, RECORD_FILE):
            shutil.copyfile(version.folder / name, folder / name)


def in_force(draft: Resolved, version: Version, editions: Mapping[str, Edition]) -> Resolved:
    """Return a version as outputs take it: its own text and answers, with the crest that the school has now.

    Raises:
        Mistakes: if the edition of the version is no longer there.
    """
    if version.edition not in editions:
        message = (
            f"The version of {version.decision.on} is on edition {version.edition}, which is not there or has mistakes."
        )
        raise Mistakes([Problem(draft.school.place, message)])
    school = dataclasses.replace(draft.school, edition=version.edition, values=version.values)
    return Resolved(editions[version.edition], school, version.policy)


def _write_policy(
    project: Project,
    resolved: Resolved,
    versions: tuple[Version, ...],
    templates: Mapping[str, Policy],
    out: Path,
    document: bytes,
    data: bytes,
    life: Sequence[Page] = (),
) -> None:
    """Write the pages and files of one policy, in force or draft, into a folder."""
    edition = resolved.edition
    page = onepage.render_one_page(resolved, project.template_folders)
    comparison = compare_with_template(edition, resolved.policy, templates[edition.name])
    site.write_school_site(project, resolved, versions, comparison, out, len(document), life)
    (out / PDF_FILE).write_bytes(document)
    (out / POLICY_FILE).write_bytes(data)
    (out / "policy.html").write_text(page, encoding="utf-8", newline="\n")
