"""Start a build, or find that nothing has changed: the part of the command `build` that must start fast.

The code that takes long to load (everything that reads, resolves and writes) is loaded only if something has changed.
"""

import dataclasses
import functools
from pathlib import Path

from build_tools import pool
from build_tools.building import cluster
from build_tools.building.fingerprints import Fingerprints
from build_tools.building.manifest import read_manifest
from build_tools.building.planning import make_plan
from build_tools.building.publish import BuildReport, claimed, left_whole
from build_tools.engine import Engine
from build_tools.pool import Step
from build_tools.project import Project, require
from build_tools.text.problems import Severity, in_order
from build_tools.text.refusals import writing
from build_tools.versions.entering import register_doubts


def make(
    project: Project,
    names: tuple[str, ...],
    out: Path,
    step: Step,
    engine: Engine = Engine.WEASYPRINT,
    *,
    jobs: int = 1,
    force: bool = False,
    dask: str | None = None,
) -> BuildReport:
    """Rebuild what has changed for the named schools, or all, and for the editions and the hub; return what was done.

    `jobs` is the number of parts built at once. If `dask` is the address of a scheduler, its cluster builds them
    instead, as many at once as it has workers for.

    Raises:
        UnknownName: if a named school does not exist.
        Mistakes: if `out` contains something other than a site, another build is using it, there is no such cluster,
            this machine does not have the engine, or the computer refuses to write the site.
    """
    known = project.school_names()
    for name in names:
        require(name, known, "school")
    with writing(out, project.root, lambda: left_whole(out)), claimed(out):
        prints, wanted = Fingerprints(project, engine), names or known
        plan = make_plan(prints, read_manifest(out), wanted, out, force=force)
        doubts = [dataclasses.replace(doubt, severity=Severity.WARNING) for doubt in register_doubts(project)]
        if plan.is_empty:
            found = (problem for name in plan.unchanged for problem in plan.intact[name].warnings)
            return BuildReport((), (), (), plan.unchanged, in_order([*found, *doubts]))
        if plan.schools:
            engine.require()
        from build_tools.building.build import build  # noqa: PLC0415 - see the module's docstring

        work = functools.partial(pool.work, jobs=jobs)
        if dask:
            work = functools.partial(cluster.work_on_cluster, address=dask, here=prints)
        report = build(prints, plan, wanted, out, work, step)
        return dataclasses.replace(report, warnings=in_order([*report.warnings, *doubts]))
