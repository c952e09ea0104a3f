"""The order in which reports tell changes: what matters most comes first, and nothing is lost or told twice."""

import pytest
from folders import ROOT

from build_tools import commands
from build_tools.comparing.compare import ChangeKind
from build_tools.comparing.difference import Difference
from build_tools.comparing.listing import render_difference
from build_tools.comparing.topics import topics
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.outputs.pdf.report import render_report_document
from build_tools.project import Project

PROJECT = Project(ROOT)
TITLES = {
    ("template:2018-09", "trottiscliffe"): [
        "What the school amends",
        "What the school chooses",
        "What the school’s answers leave out",
        "What the school fills in",
    ],
    ("the-north-school@2018-05-23", "trottiscliffe"): [
        "Values that changed",
        "Changes and their reasons",
        "Numbers that changed",
    ],
    ("trottiscliffe", "trottiscliffe"): [],
}


@pytest.fixture(scope="module", params=TITLES, ids="->".join)
def case(request: pytest.FixtureRequest) -> tuple[Difference, list[str]]:
    """Return what differs between two policies, and under which headings it is told."""
    old, new = request.param
    return commands.diff(PROJECT, old, new), TITLES[request.param]


def test_every_change_has_one_topic_in_comparison_order(
    case: tuple[Difference, list[str]],
) -> None:
    comparison = case[0].comparison
    found = list(topics(comparison))
    assert [topic.title for topic in found] == case[1]
    told = [change for topic in found for change in topic.changes]
    assert sorted(told, key=comparison.changes.index) == list(comparison.changes)
    for topic in found:
        assert [c for _, changes in topic.sections for c in changes] == list(topic.changes)
        assert [comparison.changes.index(c) for c in topic.changes] == sorted(
            map(comparison.changes.index, topic.changes)
        )


def test_every_report_tells_the_topics_in_the_same_order(case: tuple[Difference, list[str]]) -> None:
    difference, titles = case
    for report in (
        render_difference(difference).replace("\n=", "</h2>"),
        render_comparison_page(difference, PROJECT.template_folders),
        render_report_document(difference, PROJECT.template_folders),
    ):
        places = [report.index(f"{title}</h2>") for title in titles]
        assert places == sorted(places)
        assert ("Nothing differs." in report) == (not titles)


def test_sections_head_changes_but_not_values_and_numbers(
    case: tuple[Difference, list[str]],
) -> None:
    for topic in topics(case[0].comparison):
        for section, changes in topic.sections:
            kinds = {change.kind for change in changes}
            if kinds <= {ChangeKind.VALUE, ChangeKind.RENUMBERED}:
                assert section == ""
            else:
                assert {change.section for change in changes} == {section}


def test_amendments_and_their_reasons_come_first() -> None:
    first, *_ = topics(commands.diff(PROJECT, "template:2018-09", "trottiscliffe").comparison)
    assert all(change.kind.traits.is_by_amendment for change in first.changes)
    assert all(change.reason for change in first.changes)
