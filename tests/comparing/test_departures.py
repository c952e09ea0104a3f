"""How a school departs from its edition: every clause is told of once, whatever the school answers and amends."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from cases import EXAMPLES, case_of, name_example, read_example, resolved_example
from folders import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outlines import render_changes
from strategies import schools

from build_tools.comparing.compare import ChangeKind
from build_tools.comparing.departures import compare_with_template, everyday_words
from build_tools.outputs.hub.amended import departures_of
from build_tools.policy.model import Freedom, Kind
from build_tools.project import Project
from build_tools.reading import read
from build_tools.resolving.resolve import resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition


@pytest.mark.parametrize("folder", EXAMPLES, ids=name_example)
def test_departures(folder: Path, expected: Callable[[Path, str], None]) -> None:
    edition, school = read_example(folder)
    comparison = compare_with_template(edition, resolve(edition, school))
    expected(case_of(folder) / "expected" / f"{school.name}.departures.txt", render_changes(comparison))


def test_an_amendment_names_the_federation_that_made_it() -> None:
    edition, school = read_example(next(folder for folder in EXAMPLES if case_of(folder).name == "amendments"))
    shared = tuple(dataclasses.replace(amendment, by="The Coves") for amendment in school.amendments)
    policy = resolve(edition, dataclasses.replace(school, amendments=shared))
    kinds = (ChangeKind.REPLACED, ChangeKind.INSERTED, ChangeKind.OMITTED)
    amended = {(c.kind, c.by) for c in compare_with_template(edition, policy).changes if c.kind in kinds}
    assert amended == {(kind, "The Coves") for kind in kinds}


@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_clause_of_the_edition_is_told_of_once(
    editions: Mapping[str, Edition], name: str, data: st.DataObject
) -> None:
    edition = editions[name]
    policy = resolve(edition, data.draw(schools(edition)))
    comparison = compare_with_template(edition, policy)
    clauses = [provision.id for provision in edition.walk() if provision.kind is Kind.CLAUSE]
    parts = [part for change in comparison.changes for part in change.walk()]
    told = Counter(c.id for c in parts if c.node_kind is Kind.CLAUSE and c.kind is not ChangeKind.INSERTED)
    assert told.keys() <= set(clauses)
    assert set(told.values()) <= {1}
    assert comparison.counts[ChangeKind.TEMPLATE] == len(clauses) - len(told)
    assert comparison.clauses == len(clauses)
    inserted = [node.id for node in policy.walk() if node.provision is None]
    assert [c.id for c in parts if c.kind is ChangeKind.INSERTED] == inserted
    # one decision is one change, here and in the hub
    of_clauses = [change for change in comparison.amendments if not change.is_of_handout]
    assert len(of_clauses) == len(list(departures_of(policy.name, policy.name, policy)))
    assert sum(comparison.counts[kind] for kind in ChangeKind if kind.traits.is_by_amendment) == len(of_clauses)


def test_the_published_schools_depart_in_few_clauses() -> None:
    for folder in sorted((ROOT / "schools").glob("*/school.yml")):
        name = folder.parent.name
        resolved = read(Project(ROOT), [name]).school(name)
        counts = compare_with_template(resolved.edition, resolved.policy).counts
        amended = counts[ChangeKind.REPLACED] + counts[ChangeKind.OMITTED] + counts[ChangeKind.INSERTED]
        assert amended * 5 < sum(counts.values())


def test_an_omitted_section_is_one_change_with_one_reason() -> None:
    dale = resolved_example("freedom", "dale")
    comparison = compare_with_template(dale.edition, dale.policy)
    (section,) = [change for change in comparison.changes if change.node_kind is Kind.SECTION]
    assert section.reason == "We have a policy of its own for fires."
    assert "alarm" in {inner.id for inner in section.inside}
    assert {inner.reason for inner in section.inside} == {None}
    # how free the school is to leave a clause out is said of each
    assert {inner.freedom for inner in section.inside} == {Freedom.FIXED, Freedom.FREE}


def test_the_word_for_learners_is_no_departure(editions: Mapping[str, Edition]) -> None:
    edition = editions["2018-09"]
    school = read_school(ROOT / "schools/the-north-school", ROOT, editions)
    assert "learners" in everyday_words(edition)
    comparison = compare_with_template(edition, resolve(edition, school))
    filled = [change for change in comparison.changes if change.kind is ChangeKind.FILLED]
    assert filled
    for change in filled:
        fields = {run.field for run in change.new or () if run.field}
        assert fields
        assert not fields & everyday_words(edition)


def test_it_is_told_under_headings_as_the_school_says_them(editions: Mapping[str, Edition]) -> None:
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    edition = editions[school.edition]
    sections = {change.section for change in compare_with_template(edition, resolve(edition, school)).changes}
    assert "8.3 Pupils’ Personal Use of Social Media" in sections
    assert "9.5 Officially Provided Mobile Phones and Devices" in sections  # which stands in the policy as not used
    assert not [section for section in sections if "[" in section]


def test_an_amendment_shows_how_free_the_school_is() -> None:
    hill = resolved_example("freedom", "hill")
    comparison = compare_with_template(hill.edition, hill.policy)
    found = {change.id: change.freedom for change in comparison.changes}
    assert found == {
        "plan": Freedom.AGREED,
        "head-will": None,
        "thanks": Freedom.FREE,
        "alarm": Freedom.FIXED,
        "water": None,
        "taps": Freedom.FIXED,
        "hoses": None,
    }
