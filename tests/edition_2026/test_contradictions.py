"""Answers that contradict a clause of edition 2026-09 are found, by its rules; answers that fit are not."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from rule_breaking import broken_rules, with_changes

from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes

SCHOOL = """
edition: 2026-09
school: {name: Larkfield School, phase: secondary, kind: maintained, ages: [senior]}
people:
  head: Headteacher
  dsl: [{name: Mr Victor Hale}]
  deputy_dsl: [{name: Miss Uma Rao}]
  governors: [{name: Mr Ali Reza}]
  filtering_lead: [{name: Ms Ida Holm}]
  filtering_governor: [{name: Mr Ali Reza}]
learners: students
document: {written: 2026-09, next_review: 2027-09}
filtering: {broadband: Exa Networks, product: Smoothwall}
monitoring: {methods: [supervision, log-files, alerts]}
passwords: {logins: all}
technology: {used: [computers, internet]}
phones: {learners: locked}
"""
ANSWERS: Mapping[str, Any] = yaml.load(SCHOOL, Loader=yaml.BaseLoader)  # noqa: S506 - it only reads text
ABROAD = {
    "police": "Wexcombe Police",
    "board": "Wexcombe Safeguarding Children Partnership",
    "board_short": "WSCP",
    "board_site": "https://www.wexcombe-scp.example",
    "education_team": "the Education Safeguarding Service",
    "social_care": "Wexcombe Children’s Services",
    "social_care_phone": "01632 960 100",
    "out_of_hours_phone": "01632 960 101",
    "lado_phone": "01632 960 102",
}
HALE, RAO, HOLM = [{"name": "Mr Victor Hale"}], [{"name": "Miss U. Rao"}], [{"name": "Ms Ida Holm"}]
SETTING = {
    "school__phase": "early-years",
    "school__kind": "setting",
    "school__ages": ["early"],
    "passwords__logins": "staff",
    "phones": None,
}
PLATFORM = [{"name": "MyMaths"}]


def _changed(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any answer
    return with_changes(ANSWERS, changes)


def test_the_sound_answers_break_no_rule(editions: Mapping[str, Edition]) -> None:
    assert broken_rules(_changed(), editions) == ()


MISTAKES: list[tuple[Mapping[str, Any], str]] = [
    ({"people__deputy_dsl": HALE}, "cannot be both the DSL and a deputy"),
    ({"people__online_safety_lead": "Mr V. Hale"}, "is the DSL, but the clause says that somebody else helps"),
    ({"people__filtering_governor": HOLM}, "because one checks the work of the other"),
    ({"people__filtering_governor": [{"name": "Mr X Y", "role": "Headteacher"}]}, "cannot also oversee it"),
    (SETTING | {"school__phase": "primary"}, "has the phase early-years"),
    ({"school__ages": ["junior"], "school__sixth_form": "yes", "school__phase": "special"}, "has no sixth form"),
    ({"security__mfa": "all-staff-and-sixth-form"}, "but you have no sixth form"),
    ({"governance__members": "trustees"}, "but you have trustees"),
    ({"people__head": "the chair of governors"}, "would go to the same person"),
    ({"authority__police": "Wexcombe Police"}, "Answer no to school.in_kent, or delete authority.police"),
    ({"devices__lent": "yes", "filtering__off_site": "no-devices-leave"}, "none leave the site"),
    ({"devices__own": "yes", "filtering__guest_network": "none"}, "this says that there is no internet for"),
    ({"monitoring__out_of_hours": "provider"}, "A provider would ring you about alerts"),
    ({"monitoring__methods": ["alerts"], "monitoring__extremism": "supervision"}, "all use of the internet is superv"),
    ({"monitoring__methods": ["supervision"]}, "no method under monitoring.methods makes reports"),
    ({"passwords__logins": "staff", "email__for_learners": "yes"}, "Only staff have a login"),
    ({"ai__staff": "not-permitted", "ai__learners": "demonstrated"}, "nobody could show them to students"),
    ({"ai__staff": "not-permitted", "ai__tools": PLATFORM}, "neither staff nor students may use any"),
    ({"technology__used": ["ai"], "ai__staff": "not-permitted"}, "AI tools are among what is used"),
    ({"adult_phones__staff_use": "nowhere"}, "they cannot use it to log in"),
    ({"governance__alone": "yes"}, "but you name people who govern"),
    (
        {"phones__learners": "not-on-site", "phones__sixth_form": "named-place", "school__sixth_form": "yes"},
        "Nobody brings a phone",
    ),
]
WARNINGS: list[tuple[Mapping[str, Any], str]] = [
    ({"people__deputy_dsl": None}, "Nobody acts when your DSL is away"),
    ({"people__governors": RAO}, "would oversee work that a deputy does"),
    ({"people__filtering_governor": None}, "asks for a governor or trustee"),
    ({"people__dpo": HOLM}, "as data protection officer"),
    ({"people__dpo": [{"name": "Mr X Y", "role": "Headteacher"}]}, "somebody else should be the data protection"),
    ({"school__phase": "primary"}, "does not teach Key Stage 3"),
    ({"school__ages": ["early", "senior"]}, "does not teach the early years"),
    ({"exams": "yes", "school__ages": ["junior"]}, "teach nobody of the age for them"),
    ({"governance__body": "board of trustees"}, "Answer governance.members with the word that you use"),
    ({"email__reach": "anyone"}, "they have no accounts"),
    ({"email__chat": "on"}, "This allows students to chat, but they have no accounts"),
    (SETTING | {"passwords__logins": "all"}, "Children under five do not log in"),
    ({"technology__used": ["platform"]}, "platforms names none"),
    ({"platforms": PLATFORM}, "leave it out of what is used"),
    ({"technology__used": ["email"]}, "Email is among what is used in class"),
    ({"technology__used": ["video-calls"]}, "video.platform names no platform"),
    ({"ai__learners": "supervised"}, "ai.tools lists none"),
    ({"ai__homework": "when-told"}, "AI would be allowed for some homework"),
    ({"phones__sixth_form": "named-place"}, "You have no sixth form"),
    ({"phones__learners": "not-on-site", "phone_details__only": "students in Year 11"}, "no clause says who may"),
    ({"ai__consent": "asked"}, "parents are not asked for consent"),
    ({"confiscation__first_time": "parent"}, "is the same as the first time"),
    ({"confiscation__first_time": "kept"}, "would be milder than the first"),
    ({"images__faces": "closed", "social_media__channels": ["X"]}, "you have channels on social media"),
    ({"document__next_review": "2028-01"}, "more than a year after the policy was written"),
    ({"document__review_frequency": "Every two years"}, "less often than the policy promises"),
]


@pytest.mark.parametrize(
    ("changes", "words", "is_warning"),
    [(*case, False) for case in MISTAKES] + [(*case, True) for case in WARNINGS],
)
def test_answers_that_contradict_a_clause_are_found(
    changes: Mapping[str, Any], words: str, editions: Mapping[str, Edition], *, is_warning: bool
) -> None:
    (problem,) = broken_rules(_changed(**changes), editions)
    assert words in problem.message
    assert problem.is_warning == is_warning


@pytest.mark.parametrize(
    "changes",
    [
        SETTING,
        SETTING | {"people__filtering_governor": None},
        {"school__sixth_form": "yes", "phones__sixth_form": "named-place"},
        {"devices__lent": "yes"},
        {"monitoring__methods": ["managed"], "monitoring__out_of_hours": "provider"},
        {"monitoring__methods": ["supervision"], "monitoring__extremism": "supervision"},
        {"ai__learners": "supervised", "ai__tools": PLATFORM, "ai__homework": "declared"},
        {"email__for_learners": "yes", "email__reach": "anyone", "technology__used": ["email"]},
        {"governance": {"body": "proprietor", "chair": "the LADO"}, "school__kind": "independent"},
        {"confiscation": {"first_time": "parent", "again": "kept"}},
        {"document__next_review": "2027-10"},
    ],
)
def test_answers_that_fit_are_left_alone(changes: Mapping[str, Any], editions: Mapping[str, Edition]) -> None:
    assert broken_rules(_changed(**changes), editions) == ()


def test_a_school_says_what_its_phone_rule_is(editions: Mapping[str, Edition]) -> None:
    with pytest.raises(Mistakes, match=r"By law a school must have regard to the guidance on phones.*phones\.learners"):
        broken_rules(_changed(phones=None), editions)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"monitoring__read_by": "with-deputies"}, "no deputy DSL who could read the reports"),
        ({"oversight__exceptions": "dsl-team"}, "no deputy DSL who could agree"),
    ],
)
def test_a_deputy_does_nothing_where_there_is_none(
    changes: Mapping[str, Any], words: str, editions: Mapping[str, Edition]
) -> None:
    assert broken_rules(_changed(**changes), editions) == ()
    problems = broken_rules(_changed(people__deputy_dsl=None, **changes), editions)
    assert [problem.is_warning for problem in problems if words in problem.message] == [False]


@pytest.mark.parametrize("missing", list(ABROAD))
def test_elsewhere_every_body_must_be_given(missing: str, editions: Mapping[str, Edition]) -> None:
    assert broken_rules(_changed(school__in_kent="no", authority=ABROAD), editions) == ()
    given = {name: body for name, body in ABROAD.items() if name != missing}
    with pytest.raises(Mistakes, match=rf"Add authority\.{missing} "):
        broken_rules(_changed(school__in_kent="no", authority=given), editions)
