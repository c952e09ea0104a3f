"""Rules of the published editions: answers that contradict the clauses are found, and only those."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from folders import ROOT
from rule_breaking import broken_rules, with_changes
from sites import REAL

from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes

SCHOOL = """
edition: 2018-09
school: {name: Larkfield School, phase: secondary, ages: [senior]}
people:
  head: Headteacher
  dsl: [{name: Mr Victor Hale}, {name: Ms Ida Holm}]
  deputy_dsl: [{name: Miss Uma Rao}]
  governors: [{name: Mr Ali Reza}]
  online_safety_lead: Mr Victor Hale
learners: students
document: {written: 2018-09, next_review: 2019-09}
filtering: {broadband: Exa Networks, product: Smoothwall}
monitoring: {methods: [supervision, log-files]}
passwords: {logins: all}
email: {offensive_to: dsl}
platforms: [{name: MyMaths}]
social_media: {learners_at_school: not-permitted, staff_at_school: not-permitted}
phones: {learners: off-and-away}
"""
ANSWERS: Mapping[str, Any] = yaml.load(SCHOOL, Loader=yaml.BaseLoader)  # noqa: S506 - it only reads text

EDITIONS = ("2017-09", "2018-09")


def _changed(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any answer
    return with_changes(ANSWERS, changes)


@pytest.mark.parametrize("edition", EDITIONS)
def test_answers_that_fit_break_no_rule(edition: str, editions: Mapping[str, Edition]) -> None:
    assert broken_rules(_changed(edition=edition), editions) == ()


A = "Mr Victor Hale"
OTHER_LEAD = {"people__online_safety_lead": "Mrs Lidia Prado"}
MISTAKES = [
    (OTHER_LEAD, "roles-online-safety-lead"),
    ({"people__online_safety_lead": "Uma Rao"}, "roles-online-safety-lead"),
    ({"people__deputy_dsl": [{"name": "V. Hale"}]}, "roles-deputy-dsl"),
    ({"people__governors": [{"name": "Victor Hale"}]}, "dsl-meets-safeguarding-governor"),
    (
        {"people__governors": [{"name": A}], "governance__lead": "online-safety"},
        "dsl-meets-online-safety-governor",
    ),
    ({"passwords__logins": "staff"}, "email-learner-accounts"),
    (
        {"passwords__logins": "staff", "passwords__from_year": "Year 7", "email__for_learners": "no"},
        "password-learners",
    ),
    ({"monitoring__methods": ["log-files"]}, "radical-supervision"),
    ({"monitoring__methods": ["supervision"], "monitoring__extremism": "log-files"}, "radical-log-files"),
    ({"authority__police": "Essex Police"}, "kent-police-site"),
    ({"authority__council": "Essex County Council"}, "kent-team"),
]
WARNINGS = [
    ({"phones__confiscation": "possession"}, "phones-confiscated"),
    ({"people__governors": [{"name": "Miss U. Rao"}]}, "review-governor-reports"),
    ({"people__governors": [{"name": "Mr X Y", "role": "headteacher"}]}, "review-governor-reports"),
    ({"platforms": None}, "classroom-platform"),
    ({"platforms": None, "technology__used": ["internet", "email"]}, "parent-duty-systems"),
    ({"technology__used": ["internet", "email"]}, "classroom-technology"),
    ({"technology__used": ["internet", "platform"]}, "email-learner-accounts"),
    ({"school__ages": ["junior"], "social_media__learners_at_school": "set-times"}, "social-learners-set-times"),
    ({"school__ages": ["junior"], "exams": "yes"}, "phones-exams"),
    ({"school__ages": ["early", "senior"]}, "supervision-early"),
    ({"document__next_review": "2020-07"}, "review-yearly"),
    ({"document__next_review": "2019-11"}, "dsl-policy-review"),
    ({"document__review_frequency": "Every two years"}, "review-yearly"),
    ({"document__review_frequency": "biennially"}, "review-yearly"),
    ({"governance__body": "Management Committee"}, "decision-age-appropriate"),
    ({"governance__body": "Board of Trustees"}, "review-governor-reports"),
]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("changes", "clause", "is_warning"),
    [(*case, False) for case in MISTAKES] + [(*case, True) for case in WARNINGS],
)
def test_answers_that_contradict_a_clause_are_found(
    changes: Mapping[str, Any], clause: str, edition: str, editions: Mapping[str, Edition], *, is_warning: bool
) -> None:
    (problem,) = broken_rules(_changed(edition=edition, **changes), editions)
    assert problem.is_warning == is_warning
    assert f"({clause})" in problem.message
    assert editions[edition].labels[clause].citation in problem.message


EARLY = {"school__phase": "early-years", "school__ages": ["early"], "email__for_learners": "no"}
ALONE = {"people__dsl": [{"name": A}], "people__deputy_dsl": None}


@pytest.mark.parametrize(
    ("changes", "clauses"),
    [
        (ALONE, ["dsl-deputies"]),
        (ALONE | {"people__dsl": [{"name": A, "role": "Headteacher"}]}, ["dsl-deputies", "misuse-complaints"]),
        ({"people__dsl": [{"name": A, "role": "Headteacher and SENCO"}]}, ["misuse-complaints"]),
        ({"people__dsl": [{"name": A, "role": "Headteacher"}, {"name": "Ms Ida Holm"}]}, []),
        ({"people__deputy_dsl": None}, []),
        (EARLY, ["access-aup"]),
        (EARLY | {"school__ages": ["early", "senior"]}, ["access-aup", "supervision-senior"]),
        ({"document__next_review": "2019-10"}, []),
        ({"document__review_frequency": "Annually"}, []),
        ({"school__phase": "primary", "school__ages": ["early", "junior"]}, []),
        ({"phones__learners": "at-home", "phones__confiscation": "possession"}, []),
        ({"passwords__logins": "staff", "email__group_addresses": "yes"}, []),
        ({"monitoring__methods": ["technology"], "monitoring__extremism": "log-files"}, []),
        ({"governance__body": "Board of Trustees", "governance__members": "trustees"}, []),
        ({"authority__police": "The Kent Police"}, []),
    ],
)
def test_what_only_looks_alike_is_let_be(
    changes: Mapping[str, Any], clauses: list[str], editions: Mapping[str, Edition]
) -> None:
    problems = broken_rules(_changed(**changes), editions)
    assert all(problem.is_warning for problem in problems)
    assert len(problems) == len(clauses)
    assert all(any(f"({clause})" in problem.message for problem in problems) for clause in clauses)


def test_a_message_is_at_the_line_of_the_answer(editions: Mapping[str, Edition]) -> None:
    answers = _changed(document__next_review="2020-07")
    (problem,) = broken_rules(answers, editions)
    line = yaml.safe_dump(answers).splitlines()[(problem.place.line or 0) - 1]
    assert line.strip().startswith("next_review: ")
    assert problem.message.startswith("document.next_review (Date of next review): July 2020 is more than a year after")


def test_a_school_may_say_it_in_its_own_words(editions: Mapping[str, Edition]) -> None:
    replaced = {"replace": "roles-online-safety-lead", "with": "Mrs Prado leads.", "because": "She is no DSL."}
    assert broken_rules(_changed(**OTHER_LEAD, amendments=[replaced]), editions) == ()
    omitted = {"omit": "roles-online-safety-lead", "because": "We have none."}
    assert broken_rules(_changed(**OTHER_LEAD, amendments=[omitted]), editions) == ()


@pytest.mark.parametrize("edition", EDITIONS)
def test_elsewhere_the_bodies_must_be_given(edition: str, editions: Mapping[str, Edition]) -> None:
    bodies = {field.name for field in editions[edition].schema.fields if field.path.startswith("authority.")}
    given: dict[str, str] = dict.fromkeys(bodies, "Essex") | {"board_site": "https://www.escb.co.uk"}
    elsewhere = _changed(edition=edition, school__in_kent="no")
    assert broken_rules(elsewhere | {"authority": given}, editions) == ()
    del given["police"]
    with pytest.raises(Mistakes, match=r"No, so more must be answered\. .* Add authority\.police \(Police force\)\."):
        broken_rules(elsewhere | {"authority": given}, editions)


@pytest.mark.parametrize("name", REAL)
def test_the_real_schools_break_no_rule(name: str, editions: Mapping[str, Edition]) -> None:
    answers = yaml.load((ROOT / "schools" / name / "school.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it only reads text
    assert all(problem.is_warning for problem in broken_rules(answers, editions))
