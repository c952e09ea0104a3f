"""Every report of a comparison can be made of any two policies, and tells the same changes as the others."""

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from folders import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from strategies import schools

from build_tools import commands
from build_tools.comparing.compare import ChangeKind
from build_tools.comparing.declared import DeclaredTopic
from build_tools.comparing.difference import Difference, FactChange, Side, changed_facts, differ
from build_tools.comparing.listing import difference_data, render_difference
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.outputs.pdf.report import render_report_document
from build_tools.outputs.word.document import render_word
from build_tools.policy.model import School
from build_tools.project import Project
from build_tools.resolving.facts import Fact
from build_tools.resolving.resolve import resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)


def other_reasons(school: School) -> School:
    return dataclasses.replace(
        school,
        amendments=tuple(dataclasses.replace(one, because=f"{one.because} Still.") for one in school.amendments),
    )


def difference(edition: Edition, old: School, new: School) -> Difference:
    was, now = (Side(resolve(edition, school), edition, school.name) for school in (old, new))
    return differ(was, now)


def numbers(page: str) -> list[str]:
    return [head.text_content().strip() for head in html.fromstring(page).xpath("//*[@class='number']")]


def assert_all_tell(told: Difference) -> None:
    assert len(difference_data(told)["changes"]) == len(told.comparison.changes)
    assert render_difference(told)
    assert render_word(told, dt.datetime(2029, 3, 4, tzinfo=dt.UTC)).startswith(b"PK")
    heads = [change.number for change in told.comparison.changes if change.kind is not ChangeKind.RENUMBERED]
    for page in (render_comparison_page(told, TEMPLATES), render_report_document(told, TEMPLATES)):
        found = [re.sub(r"^.* → ", "", number) for number in numbers(page)]
        assert not set(heads) - set(found)


@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_any_two_schools(editions: Mapping[str, Edition], name: str, data: st.DataObject) -> None:
    edition = editions[name]
    old = data.draw(schools(edition, "old"))
    new = data.draw(st.sampled_from([other_reasons(old)]) | schools(edition, "new"))
    assert_all_tell(difference(edition, old, new))


def test_another_reason_for_every_amendment(editions: Mapping[str, Edition]) -> None:
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    told = difference(editions[school.edition], school, other_reasons(school))
    assert [(change.kind, change.new) for change in told.comparison.changes] == [(ChangeKind.REASON, None)] * 2
    assert_all_tell(told)
    page = render_comparison_page(told, TEMPLATES)
    assert "Officially Provided Mobile Phones and Devices" in page
    assert page.count(" Still.") == len(school.amendments)


def test_each_report_has_all_that_editions_declare() -> None:
    told = commands.diff(Project(ROOT), "template:2017-09", "template:2018-09")
    texts = [render_difference(told), str(difference_data(told)["declarations"])]
    texts += [
        html.fromstring(render(told, TEMPLATES)).text_content()
        for render in (render_comparison_page, render_report_document)
    ]
    assert len(told.declarations) > 10
    for change in told.declarations:
        for text in texts:
            assert change.title in text
            assert change.topic is DeclaredTopic.EDITION or change.name in text
            assert all(aspect.label in text for aspect in change.aspects)


def test_schools_are_not_compared_by_what_editions_declare() -> None:
    told = commands.diff(Project(ROOT), "template:2017-09", "trottiscliffe")
    assert told.declarations == ()
    assert "declarations" not in difference_data(told)
    assert "Law and guidance" not in render_difference(told)


def test_the_key_facts_that_changed_are_told_by_each() -> None:
    told = commands.diff(Project(ROOT), "the-north-school@latest", "the-north-school")
    assert [(change.label, change.old, change.new) for change in told.facts] == [
        ("Date written", ("March 2018",), ("March 2019",)),
        ("Date of next review", ("March 2019",), ("March 2020",)),
        ("Date published", ("June 2018",), ()),
    ]
    assert "  Date of next review: March 2019 -> March 2020\n" in render_difference(told)
    assert "  Date published: June 2018 -> none\n" in render_difference(told)
    assert difference_data(told)["facts"][1] == {
        "path": "document.next_review",
        "label": "Date of next review",
        "old": ("March 2019",),
        "new": ("March 2020",),
    }
    for page in (render_comparison_page(told, TEMPLATES), render_report_document(told, TEMPLATES)):
        row = html.fromstring(page).xpath("//tr[th='Date of next review']")[0]
        assert "March 2019" in row.xpath("string(.//del)")
        assert "March 2020" in row.xpath("string(.//ins)")


@pytest.mark.parametrize("names", [("template:2018-09", "trottiscliffe"), ("the-north-school@latest", "trottiscliffe")])
def test_all_reports_count_the_same(names: tuple[str, str]) -> None:
    told = commands.diff(Project(ROOT), *names)
    counted = {kind.traits.words: count for kind, count in told.comparison.counts.items() if count}
    assert len(counted) > 3
    rows = [line.split(maxsplit=1) for line in render_difference(told).splitlines()[1 : len(counted) + 1]]
    assert {words: int(count) for count, words in rows} == counted
    data = difference_data(told)
    assert {ChangeKind(kind).traits.words: count for kind, count in data["counts"].items() if count} == counted
    kinds = Counter(change["kind"] for change in data["changes"] if not change.get("handout"))
    assert {kind: count for kind, count in data["counts"].items() if count and kind != "template"} == kinds
    items = html.fromstring(render_comparison_page(told, TEMPLATES)).xpath("//ul[@class='counts']/li")
    shown = {item.xpath("string(span)").lower(): int(item.text_content().split()[-1]) for item in items}
    assert shown == counted
    sentences = html.fromstring(render_report_document(told, TEMPLATES)).xpath("//ul[@class='summary']/li")
    assert [int(item.text_content().split()[0]) for item in sentences] == list(counted.values())


def test_facts_that_a_template_or_draft_lacks_are_not_changes() -> None:
    assert commands.diff(Project(ROOT), "template:2017-09", "the-north-school@latest").facts == ()
    fact = Fact("document.agreed_by", "Agreed by", ("Governors",), is_recorded=True)
    other = dataclasses.replace(fact, values=("Trustees",))
    lead = Fact("people.dsl", "Designated safeguarding lead", ("Ms A",))
    assert changed_facts((fact, lead), (lead,)) == changed_facts((lead,), (fact, lead)) == ()
    assert changed_facts((fact,), (other,)) == (FactChange(fact.path, fact.label, fact.values, other.values),)
    assert changed_facts((fact, lead), (fact,)) == (FactChange(lead.path, lead.label, lead.values, ()),)


def test_where_only_facts_changed_no_clause_is_said_to_differ() -> None:
    told = commands.diff(Project(ROOT), "trottiscliffe", "trottiscliffe")
    assert "Nothing differs." in render_difference(told)
    facts = [
        dataclasses.replace(fact, values=("May 2017",)) if fact.path == "document.written" else fact
        for fact in told.old.facts
    ]
    other = dataclasses.replace(told, old=dataclasses.replace(told.old, facts=tuple(facts)))
    assert [change.path for change in other.facts] == ["document.written"]
    pages = (render_comparison_page(other, TEMPLATES), render_report_document(other, TEMPLATES))
    for report in (render_difference(other), *pages):
        assert "May 2017" in report
        assert "Nothing differs." not in report
