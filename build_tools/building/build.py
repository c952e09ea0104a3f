"""Build: rebuild what has changed for schools, editions and the hub, and publish it.

fingerprints, manifest --plan--> orders --workshop, in parallel--> parts in staging --publish--> site, manifest
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from build_tools.building.fingerprints import Fingerprints
from build_tools.building.manifest import HUB, Manifest, PartRecord, Records, render_manifest, titles_of, write_called
from build_tools.building.parts import Order, Outcome, Workshop, make_part, titles_file, workshop
from build_tools.building.planning import Plan, hub_source, state, template_part
from build_tools.building.publish import BuildReport, publish, staged
from build_tools.building.sharing import share
from build_tools.outputs.hub.hub import hub_folder
from build_tools.outputs.hub.summary import read_summaries
from build_tools.outputs.site.build import write_folder
from build_tools.pool import Step
from build_tools.text.problems import Mistakes, in_order
from build_tools.versions.history import verify

Work: TypeAlias = Callable[[Callable[[Order], Outcome], Sequence[Order]], Iterator[Outcome]]
"""Has parts built, one by one or in parallel, and yields each outcome as soon as it is known."""


def build(prints: Fingerprints, plan: Plan, wanted: Sequence[str], out: Path, work: Work, step: Step) -> BuildReport:
    """Build everything that is planned and publish it; return what was done.

    A school with mistakes keeps the pages of the last build. If none of the wanted schools can be built, nothing is
    written.
    """
    with staged(out) as staging:
        write_called(titles_of(plan.called), titles_file(staging))
        # forked processes start with what was read here, and their garbage collector need not check it again
        given = workshop(prints.project, prints.for_all, titles_file(staging))
        gc.freeze()
        outcomes: dict[str, Outcome] = {}
        orders = list(_orders(prints, plan, staging, out))
        step("editions", len(orders) + 1)
        for outcome in work(make_part, orders):
            outcomes[outcome.part] = outcome
            step(outcome.part, len(orders) - len(outcomes) + 1)
        made = {part: _record(prints, outcome, plan.roll) for part, outcome in outcomes.items() if outcome.state}
        built = tuple(name for name in wanted if name in made)
        if built or plan.unchanged:
            ratified = {name: record for part in made for name, record in outcomes[part].ratified.items()}
            _publish(prints, plan, made, ratified, given, staging, out)
        step("hub", 0)
    found = (problem for name in wanted if name in outcomes for problem in outcomes[name].problems)
    kept = tuple(name for name in wanted if name not in made and name not in plan.unchanged)
    warnings = in_order(
        problem
        for name in wanted
        if name in made or name in plan.unchanged
        for problem in (made if name in made else plan.intact)[name].warnings
    )
    lost = [problem for problems in plan.lost.values() for problem in problems]
    for name in plan.lost:
        lost += verify(prints.project.schools_folder / name, prints.project.root)
    return BuildReport(built, kept, Mistakes([*given.problems, *lost, *found]).problems, plan.unchanged, warnings)


def _orders(prints: Fingerprints, plan: Plan, staging: Path, out: Path) -> Iterator[Order]:
    """Yield the orders; the schools, which take longer, come first."""
    for part in (*(name for name in plan.schools if name not in plan.lost), *map(template_part, plan.editions)):
        last = None if plan.is_forced else plan.intact.get(part)
        yield Order(
            project=prints.project,
            part=part,
            staging=staging,
            last=out,
            printed=last.printed if last else (),
            engine=prints.engine,
            for_all=prints.for_all,
            for_pdf=prints.for_pdf,
        )


def _record(prints: Fingerprints, outcome: Outcome, roll: str) -> PartRecord:
    """Return the manifest's record of a part."""
    name = outcome.part.removeprefix(template_part(""))
    is_edition = name != outcome.part
    return PartRecord(
        prints.editions[name] if is_edition else prints.words(name, outcome.editions, outcome.federations),
        prints.for_pages,
        (outcome.part,),
        outcome.state,
        outcome.editions,
        outcome.federations,
        "" if is_edition else roll,
        msgspec.Raw(outcome.words),
        outcome.printed,
        outcome.warnings,
        msgspec.Raw(outcome.summary),
    )


def _publish(
    prints: Fingerprints,
    plan: Plan,
    made: Records,
    ratified: Mapping[str, str],
    given: Workshop,
    staging: Path,
    out: Path,
) -> None:
    """Write the hub, if anything on it has changed, and publish everything that is new.

    `ratified` has the SHA-256 of the record of each version that is published again.
    """
    known = {*prints.schools, *map(template_part, prints.editions)}
    records = {part: record for part, record in {**plan.intact, **made}.items() if part in known}
    source, last, new = hub_source(prints, records), plan.intact.get(HUB), [*made]
    gone = set(plan.gone)
    if last and last.source == source and last.layout == prints.for_pages and not plan.is_forced:
        records[HUB] = last
    else:
        shown = read_summaries(records[name].summary for name in prints.schools if name in records)
        folder = staging.parent / "hub"
        write_folder(prints.project, hub_folder(prints.project, shown, given.ground.editions.values()), folder)
        share(folder, staging.parent)
        paths = tuple(sorted(path.name for path in folder.iterdir()))
        for path in paths:
            (folder / path).rename(staging / path)
        records[HUB] = PartRecord(source, prints.for_pages, paths, state(staging, paths))
        new += paths
        gone |= set(last.paths if last else ()).difference(paths)
    manifest = Manifest(records, plan.called, {**plan.ratified, **ratified}, plan.register)
    publish(staging, out, new, sorted(gone), render_manifest(manifest))
