"""Versions as policy ratify freezes them, of a policy short enough to be printed in a moment."""

import dataclasses
import functools
from collections.abc import Callable

import msgspec
from folders import ROOT

from build_tools.outputs.dated import on_day
from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.policy.model import Node, Policy
from build_tools.project import Project
from build_tools.ratifying import ratified_school
from build_tools.reading import read
from build_tools.resolving.resolve import Resolved
from build_tools.text.dates import first_day
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, Decision, decided, freeze, seal

DECISION = Decision("2026-10-14", "Full governing body", "2027-10", "Minute 7")


@functools.cache
def short() -> Resolved:
    """Return a school whose policy has only its first section."""
    resolved = read(Project(ROOT), ["oakenshaw-primary"]).school("oakenshaw-primary")
    return dataclasses.replace(
        resolved, policy=dataclasses.replace(resolved.policy, sections=resolved.policy.sections[:1])
    )


def with_clauses(policy: Policy, change: Callable[[tuple[Node, ...]], tuple[Node, ...]]) -> Policy:
    """Return a policy whose only section has other clauses."""
    (section,) = policy.sections
    changed = msgspec.structs.replace(section, children=change(section.children))
    return dataclasses.replace(policy, sections=(changed,))


def freeze_pdf(
    resolved: Resolved,
    decision: Decision = DECISION,
    *,
    engine: Engine = Engine.TYPST,
    printed: Callable[[Resolved], Resolved] = lambda resolved: resolved,
) -> tuple[bytes, bytes]:
    """Return policy.pdf and policy.json of a version; `printed` changes what the PDF says, but not its seal."""
    agreed = dataclasses.replace(resolved, school=ratified_school(resolved.school, decision))
    data = decided(agreed.school.name, agreed.policy, agreed.school.values, decision, "schoolpolicy 1", "0" * 64)
    shown = on_day(printed(agreed), first_day(decision.on))
    pdf = render_pdf(shown, (ROOT / "templates",), engine=engine, seal=seal(data))
    files = freeze(data, pdf, None)
    return files[PDF_FILE], files[POLICY_FILE]
