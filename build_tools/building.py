"""Build: everything that schools, editions and the hub publish, into one folder."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from build_tools import hub, pdf, site
from build_tools.departures import compare_with_template
from build_tools.freezing import PDF_FILE
from build_tools.model import Policy
from build_tools.problems import Mistakes
from build_tools.project import Project
from build_tools.publication import Publication, presentable, publications, version_files
from build_tools.publish import BuildReport, Step, carry_over, staged
from build_tools.reading import Reading
from build_tools.resolve import resolve_template
from build_tools.site_pages import VERSIONS, Page
from build_tools.site_versions import Life, version_pages


def build(
    project: Project,
    reading: Reading,
    wanted: tuple[str, ...],
    out: Path,
    step: Step,
    engine: pdf.Engine = pdf.Engine.WEASYPRINT,
) -> BuildReport:
    """Write the wanted schools anew, carry over the others, add templates and hub; return what was done.

    Raises:
        Mistakes: if `out` holds something else than a site, or this machine lacks the engine.
    """
    engine.require()
    problems = list(reading.problems(wanted))
    sound = [name for name in wanted if name in reading.resolved]
    if not sound:
        return BuildReport((), wanted, tuple(problems))
    templates = {name: resolve_template(edition) for name, edition in reading.editions.items()}
    built: list[str] = []
    with staged(out) as staging:
        for name in sound:
            try:
                _write_school(project, reading, name, templates, staging / name, engine)
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


def _write_school(
    project: Project, reading: Reading, name: str, templates: Mapping[str, Policy], out: Path, engine: pdf.Engine
) -> None:
    """Write all that a school publishes into its folder; nothing if a mistake is found on the way."""
    for published in publications(project, reading, name, engine):
        life: tuple[Page, ...] = ()
        if published.frozen:
            draft = reading.resolved[name]
            life = version_pages(project.template_folders, Life(published.versions, draft, reading.editions))
        _write_policy(project, published, templates, out / published.folder, life)
        if published.frozen:
            _copy(version_files(published.versions), out / VERSIONS)


def _copy(files: Mapping[str, Path], out: Path) -> None:
    for name, file in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, out / name)


def _write_policy(
    project: Project, published: Publication, templates: Mapping[str, Policy], out: Path, life: tuple[Page, ...]
) -> None:
    """Write the pages and files of one policy, in force or draft, into a folder."""
    resolved = published.resolved
    files = {name: make() for name, make in published.files(project.template_folders).items()}
    comparison = compare_with_template(resolved.edition, resolved.policy, templates[resolved.edition.name])
    site.write_school_site(project, resolved, published.versions, comparison, out, len(files[PDF_FILE]), life)
    for name, made in files.items():
        (out / name).write_bytes(made)
