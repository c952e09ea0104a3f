"""What a school publishes of a version: its own words, with what is known now of the law that they rest on."""

import dataclasses
from pathlib import Path

import pytest
from cases import resolved_example
from folders import ROOT

from build_tools.engine import Engine
from build_tools.outputs.in_force import in_force
from build_tools.outputs.pdf import render_pdf
from build_tools.policy.sources import sources_of
from build_tools.policy.storage import policy_data, policy_from_data
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.versions.freezing import Decision
from build_tools.versions.history import Version


@pytest.fixture(scope="module")
def draft() -> Resolved:
    return resolved_example("law", "heath")


def ratified_before_the_law_changed(draft: Resolved) -> Version:
    """Return a version as it was stored when nobody knew that its law would end."""
    cited = {
        name: dataclasses.replace(citation, in_force_until=None, successor=None)
        for name, citation in draft.edition.cited.items()
    }
    school = draft.school
    policy = resolve(dataclasses.replace(draft.edition, cited=cited), school)
    stored = policy_from_data(policy_data(policy, "Heath School"))
    decision = Decision("2030-01-20", "Governing Body", "2031-01")
    return Version(school.name, school.edition, decision, "x", {}, school.values, stored, Path())


def test_a_version_keeps_its_sources_and_learns_of_changes(draft: Resolved) -> None:
    version = ratified_before_the_law_changed(draft)
    assert {citation.in_force_until for citation in version.policy.sources.values()} == {None}
    now = in_force(draft, [version], {"2030-01": draft.edition})
    assert now.policy.sections == version.policy.sections
    assert [(source.name, source.citation.in_force_until) for source in sources_of(now.policy)] == [
        ("keeping-act", "2030-12-31"),
        ("farm-rules", "2030-08-31"),
    ]


@pytest.mark.slow
def test_a_stored_version_is_printed_with_its_law(draft: Resolved) -> None:
    version = ratified_before_the_law_changed(draft)
    now = in_force(draft, [version], {"2030-01": draft.edition})
    made = render_pdf(now, (ROOT / "templates",), engine=Engine.TYPST)
    again = Resolved(now.edition, now.school, policy_from_data(policy_data(now.policy, "Heath School")))
    assert render_pdf(again, (ROOT / "templates",), engine=Engine.TYPST) == made
