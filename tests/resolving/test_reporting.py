"""Who to tell about a concern: 999, the school's people, then services by kind of worry that this school can reach."""

import dataclasses

import pytest
from folders import ROOT

from build_tools.policy.model import Run, plain
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.resolving.reporting import Report, Service, report_of

KENT, ELSEWHERE, OLD = "oakenshaw-primary", "fernhollow-school", "trottiscliffe"


@pytest.fixture(scope="module")
def schools() -> Reading:
    return read(Project(ROOT), (KENT, ELSEWHERE, OLD))


def _report(schools: Reading, name: str) -> Report:
    resolved = schools.school(name)
    report = report_of(resolved.edition, resolved.school)
    assert report
    return report


@pytest.mark.parametrize("name", [KENT, ELSEWHERE, OLD])
def test_it_is_in_the_order_in_which_people_need_it(schools: Reading, name: str) -> None:
    report = _report(schools, name)
    lead = report.contacts[0].values[0].partition(",")[0]
    places = [report.words.index(words) for words in ("call 999", report.text, lead, "Childline, 0800 1111")]
    assert places[0] < 40
    assert places == sorted(places)


def test_each_kind_of_worry_is_listed_once_with_all_its_services(schools: Reading) -> None:
    titles = [worry.title for worry in _report(schools, KENT).worries]
    assert len(titles) == len(set(titles)) > 5
    abuse = next(worry for worry in _report(schools, KENT).worries if "Sexual abuse" in worry.title)
    assert [service.name for service in abuse.services] == ["CEOP Safety Centre", "Internet Watch Foundation"]


def test_numbers_of_the_area_are_those_of_the_school(schools: Reading) -> None:
    assert "03000 41 11 11" in _report(schools, KENT).words
    assert "03000 41 11 11" in _report(schools, OLD).words
    elsewhere = _report(schools, ELSEWHERE).words
    assert "03000 41" not in elsewhere
    assert "Kent" not in elsewhere
    assert "01632 960 200 (01632 960 201 in the evening" in elsewhere


def test_a_service_without_a_number_in_the_area_is_left_out(schools: Reading) -> None:
    resolved = schools.school(OLD)
    values = {**resolved.school.values, "school": {**resolved.school.values["school"], "in_kent": False}}
    report = report_of(resolved.edition, dataclasses.replace(resolved.school, values=values))
    assert report
    hurt = report.worries[0]
    assert [service.name for service in hurt.services] == ["NSPCC"]


def test_an_edition_without_the_words_has_no_report(schools: Reading) -> None:
    resolved = schools.school(KENT)
    pages = dataclasses.replace(resolved.edition.pages, report=None)
    assert report_of(dataclasses.replace(resolved.edition, pages=pages), resolved.school) is None


def test_on_paper_every_number_and_address_is_in_words() -> None:
    service = Service("Childline", "0800 1111", "https://www.childline.org.uk/", "for children")
    assert plain(service.on_paper) == "Childline, 0800 1111, www.childline.org.uk (for children)"
    assert service.call == "tel:08001111"
    assert service.on_paper[-2] == Run("www.childline.org.uk", href="https://www.childline.org.uk/")
    assert plain(Service("Police", "101", None, None).on_paper) == "Police, 101"
