"""Make a site, or find that there is nothing to make: the command `build`, as far as it must start at once.

What takes long to load (everything that reads, resolves and writes) is loaded only if something has changed.
"""

import functools
from pathlib import Path

from build_tools.building import cluster, pool
from build_tools.building.fingerprints import Fingerprints
from build_tools.building.manifest import read_manifest
from build_tools.building.planning import make_plan
from build_tools.building.publish import BuildReport, Step, claimed
from build_tools.engine import Engine
from build_tools.project import Project, require
from build_tools.text.problems import in_order


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
    """Write what has changed of the named schools, or all, of the templates and of the hub; return what was done.

    So many `jobs` are done at a time, or as many as the Dask cluster can whose scheduler is at an address.

    Raises:
        UnknownName: if a school is named that is not there.
        Mistakes: if `out` holds something else than a site, another build has it, there is no such cluster, or this
            machine lacks the engine.
    """
    known = project.school_names()
    for name in names:
        require(name, known, "school")
    with claimed(out):
        prints, wanted = Fingerprints(project, engine), names or known
        plan = make_plan(prints, read_manifest(out), wanted, out, force=force)
        if plan.is_empty:
            warnings = in_order(problem for name in plan.unchanged for problem in plan.intact[name].warnings)
            return BuildReport((), (), (), plan.unchanged, warnings)
        if plan.schools:
            engine.require()
        from build_tools.building.build import build  # noqa: PLC0415 - as the module says

        work = functools.partial(pool.work, jobs=jobs)
        if dask:
            work = functools.partial(cluster.work_on_cluster, address=dask, here=prints)
        return build(prints, plan, wanted, out, work, step)
