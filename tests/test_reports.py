"""Every report of a comparison can be made of any two policies, and tells the same changes as the others."""

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from strategies import schools

from build_tools.comparing.compare import ChangeKind
from build_tools.comparing.difference import Difference, Side, differ
from build_tools.comparing.listing import comparison_data, render_comparison
from build_tools.model import School
from build_tools.pdf.report import render_report_document
from build_tools.report import render_comparison_page
from build_tools.resolving.resolve import resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition
from build_tools.word import render_word

ROOT = Path(__file__).parent.parent
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
    assert len(comparison_data(told.comparison)["changes"]) == len(told.comparison.changes)
    assert render_comparison(told.comparison, told.new.edition.schema)
    assert render_word(told).startswith(b"PK")
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
