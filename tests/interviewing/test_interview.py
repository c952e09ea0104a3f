"""The interview as a machine: which question comes next, what a reply makes of it, and that nothing is lost."""

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import strategies
from folders import ROOT
from hypothesis import strategies as st

from build_tools.interviewing.asking import Progress, Question, missing, next_question, question_before, trail
from build_tools.interviewing.file import given_answers, parse_interview, render_interview
from build_tools.interviewing.form import Form, fitting, form_for
from build_tools.interviewing.interview import answer, enter, offer, skip
from build_tools.interviewing.question_text import word_question
from build_tools.schema.file import parse_schema
from build_tools.schema.paths import value_at
from build_tools.template.edition import Edition, read_edition
from build_tools.template.suggestions import read_suggestions
from build_tools.text.problems import Mistakes
from build_tools.text.yaml_file import KeyPath, parse_yaml

SCHEMA = """\
type: object
additionalProperties: false
required: [school, people, learners]
properties:
  school:
    type: object
    title: The school
    additionalProperties: false
    required: [name, phase]
    properties:
      name: {type: string, title: Full name, minLength: 1, maxLength: 20}
      short_name: {type: string, title: Short name, minLength: 1, x-same-as: school.name}
      phase:
        title: Phase
        oneOf: [{const: primary, title: Primary}, {const: secondary, title: Secondary}]
      lessons:
        title: What a lesson is called
        default: lessons
        x-suggested: {school.phase: {primary: sessions}}
        oneOf: [{const: lessons, title: Lessons}, {const: sessions, title: Sessions}]
  people:
    type: object
    title: People
    additionalProperties: false
    required: [dsl]
    properties:
      dsl:
        type: array
        title: Safeguarding leads
        minItems: 1
        maxItems: 2
        items:
          type: object
          additionalProperties: false
          required: [name]
          properties:
            role: {type: string, title: Job title, minLength: 1}
            name: {type: string, title: Name, minLength: 1}
  learners:
    title: What children are called
    x-suggested: {school.phase: {primary: pupils}}
    x-words: {one: learner, many: learners}
    oneOf:
      - {const: pupils, title: Pupils, x-singular: pupil}
      - type: object
        title: Another word
        additionalProperties: false
        required: [singular, plural]
        properties:
          singular: {type: string, title: One of them, minLength: 1, maxLength: 8}
          plural: {type: string, title: Several, minLength: 1}
  areas:
    {type: array, title: Areas, minItems: 1, uniqueItems: true, items: {type: string, minLength: 1}, default: [toilets]}
  written: {type: string, title: Date written, format: date-or-month}
  exams: {type: boolean, title: "Exams?", default: false}
  trust:
    type: object
    title: The trust
    additionalProperties: false
    required: [name]
    properties:
      name: {type: string, title: Name of the trust, minLength: 1}
      site: {type: string, title: Its website, format: web-address}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    schema = parse_schema(SCHEMA, "school.schema.yml")
    return Form(None, schema, {}, read_suggestions(schema, Path("no edition"), Path()))


def talk(form: Form, replies: list[str]) -> tuple[Progress, list[str]]:
    """Return how far some replies bring an interview, and the path of each question that they answered."""
    progress, asked = Progress(), []
    for reply in replies:
        question = next_question(form, progress)
        assert question is not None, reply
        asked.append(".".join(map(str, question.path)))
        progress, wrong = _reply(form, progress, question, reply)
        assert not wrong, (asked[-1], wrong)
    return progress, asked


def _reply(form: Form, progress: Progress, question: Question, reply: str) -> tuple[Progress, tuple[str, ...]]:
    if reply == "skip":
        return skip(progress, question)
    return answer(form, progress, question, reply) if reply else enter(form, progress, question)


SHORT = ["St M", "2", "", "Mrs A", "", "", "1", "", "", "", ""]


def test_required_answers_alone_finish_the_interview(form: Form) -> None:
    progress, asked = talk(form, SHORT)
    assert asked == [
        "school.name", "school.phase", "school", "people.dsl.0.name", "people.dsl.0.role", "people.dsl.1.name",
        "learners", "areas.0", "written", "exams", "trust",
    ]  # fmt: skip
    assert next_question(form, progress) is None
    assert progress.answers == {
        "school": {"name": "St M", "phase": "secondary"},
        "people": {"dsl": [{"name": "Mrs A"}]},
        "learners": "pupils",
    }


def test_who_wants_more_is_asked_everything(form: Form) -> None:
    replies = ["St M", "1", "more", "Mary", "2", "Mrs A", "Head", "Mr B", "", "2", "one", "ones"]
    replies += ["pool", "hall", "", "2018-05", "y", "yes", "Elm", "https://t.example"]
    progress, asked = talk(form, replies)
    assert next_question(form, progress) is None
    # a list that is full asks for no more
    assert "people.dsl.2.name" not in asked
    assert progress.answers == {
        "school": {"name": "St M", "phase": "primary", "short_name": "Mary", "lessons": "sessions"},
        "people": {"dsl": [{"name": "Mrs A", "role": "Head"}, {"name": "Mr B"}]},
        "learners": {"singular": "one", "plural": "ones"},
        "areas": ["pool", "hall"],
        "written": "2018-05",
        "exams": True,
        "trust": {"name": "Elm", "site": "https://t.example"},
    }


@pytest.mark.parametrize(
    ("replies", "wrong_reply", "message"),
    [
        ([], "St Mary " * 3, "this is longer than 20 characters. Shorten it."),
        ([], "", "This question needs an answer."),
        ([], "skip", "This question needs an answer."),
        ([], "a\u200eb", "The character U+200E is invisible or for private use. Delete it."),
        ([], "St Mar\u00ady", "The character U+00AD is invisible or for private use. Delete it."),
        (
            ["St M"],
            "banned",
            '"banned" is not one of primary or secondary. (primary: Primary; secondary: Secondary.)',
        ),
        (["St M"], "5", "5 is not one of the answers. Type a number from 1 to 2."),
        (
            ["St M", "1"],
            "perhaps",
            'Type "more" to go through these questions, or press Enter to leave them as they are.',
        ),
        (["St M", "1", "", "Mrs A", "", "", "2"], "too long a word", "this is longer than 8 characters. Shorten it."),
        ([*SHORT[:7], "pool"], "pool", "the same entry is here twice. Keep one."),
        ([], "N/A", '"N/A" is a blank, not an answer. Type the real one.'),
        (["St M"], "?", '"?" is a blank, not an answer. Answer with primary or secondary; every school needs it.'),
        (SHORT[:9], "N/A", '"N/A" is a blank, not an answer. Press Enter to leave this out.'),
        ([*SHORT[:10], "more", "Elm"], "?", '"?" is a blank, not an answer. Press Enter to leave this out.'),
        (SHORT[:8], "soon", '"soon" is not a date. Write it as 2018-05-23 or 2018-10.'),
        (SHORT[:8], "31/02/2018", '"31/02/2018" is not a date. February 2018 has 28 days, so 31 is not one of them.'),
        (SHORT[:9], "perhaps", '"perhaps" is not yes or no.'),
        (
            [*SHORT[:10], "more", "Elm"],
            "www.t",
            '"www.t" is not a web address that begins with https:// or http://.',
        ),
    ],
)
def test_a_wrong_reply_is_explained_and_changes_nothing(
    form: Form, replies: list[str], wrong_reply: str, message: str
) -> None:
    progress, _ = talk(form, replies)
    question = next_question(form, progress)
    assert question is not None
    assert _reply(form, progress, question, wrong_reply) == (progress, (message,))


def _go_back(form: Form, progress: Progress, path: tuple[str | int, ...]) -> Question:
    question = next_question(form, progress)
    while question is None or question.path != path:
        question = question_before(form, progress, question.path if question else None)
        assert question is not None, f"{path} is not among the questions before"
    return question


@pytest.mark.parametrize(
    ("path", "reply", "at", "value"),
    [
        (("school", "name"), "St N", ("school", "name"), "St N"),
        (("school", "name"), "", ("school", "name"), "St M"),
        (("people", "dsl", 0, "role"), "Head", ("people", "dsl", 0, "role"), "Head"),
        (("people", "dsl", 1, "name"), "Mr B", ("people", "dsl"), [{"name": "Mrs A"}, {"name": "Mr B"}]),
        (("learners",), "1", ("learners",), "pupils"),
        (("areas", 0), "pool", ("areas",), ["pool"]),
        (("trust",), "more", ("trust",), None),
    ],
)
def test_one_can_go_back_to_any_question(
    form: Form,
    path: tuple[str | int, ...],
    reply: str,
    at: tuple[str | int, ...],
    value: Any,  # noqa: ANN401
) -> None:
    progress, _ = talk(form, SHORT)
    after, wrong = _reply(form, progress, _go_back(form, progress, path), reply)
    assert not wrong
    assert value_at(after.answers, at) == value
    if reply in ("Mr B", "pool", "more"):
        again = next_question(form, after)
        assert again is not None
        assert again.path[0] == path[0]


def test_there_is_nothing_before_the_first_question(form: Form) -> None:
    assert question_before(form, Progress(), ("school", "name")) is None


def test_an_entry_that_need_not_be_there_can_be_taken_out_again(form: Form) -> None:
    progress, _ = talk(form, ["St M", "2", "", "Mrs A", "Head", "Mr B", "", "1", "pool", "hall", "", "", "", ""])
    names = [("areas", 0), ("people", "dsl", 0, "name")]
    for path in names:
        progress, wrong = skip(progress, _go_back(form, progress, path))
        assert not wrong
    assert progress.answers["areas"] == ["hall"]
    assert progress.answers["people"] == {"dsl": [{"name": "Mr B"}]}
    # the last one must stay
    assert skip(progress, _go_back(form, progress, ("people", "dsl", 0, "name")))[1]


def test_an_answer_that_need_not_be_given_can_be_taken_back(form: Form) -> None:
    progress, _ = talk(form, [*SHORT[:8], "2018-05"])
    progress, _ = skip(progress, _go_back(form, progress, ("written",)))
    assert "written" not in progress.answers
    question = next_question(form, progress)
    assert question is not None
    assert question.path == ("exams",)


def _enter_only(edition: Edition, typed: Mapping[str, str], *, opened: bool = False) -> tuple[Progress, list[str]]:
    """Return the answers if Enter is pressed wherever it is offered, and what was offered; `typed` has the others."""
    progress, offers = Progress(), []
    while question := next_question(form := form_for({edition.name: edition}, {}, progress.answers), progress):
        offers.append(word_question(form, progress, question).enter)
        reply = "more" if opened and question.rest else ""
        if not offers[-1]:
            reply = typed[".".join(map(str, question.path))]
        progress, wrong = _reply(form, progress, question, reply)
        assert not wrong
    return progress, offers


RUSHES = {"school.name": "Rushes", "children": "pupils"}


@pytest.fixture(scope="module")
def suggesting() -> Edition:
    case = ROOT / "tests/policies/suggestions"
    return read_edition(case / "policy_src/2030-01", case)


@pytest.mark.parametrize("opened", [False, True])
def test_enter_gives_what_suits_the_kind_of_school(suggesting: Edition, *, opened: bool) -> None:
    progress, offers = _enter_only(suggesting, {**RUSHES, "school.phase": "early-years"}, opened=opened)
    assert value_at(progress.answers, ("school", "term")) == "setting"
    assert value_at(progress.answers, ("email",)) is False
    # a list is accepted as a whole
    assert value_at(progress.answers, ("areas",)) == ["toilets", "nappy-changing areas"]
    assert "Press Enter for: toilets, nappy-changing areas" in offers


TYPED = {
    "school.name": "Rushes",
    "school.ages": "2",
    "people.dsl.0.name": "Mrs A",
    "people.governors.0.name": "Ms B",
    "people.online_safety_lead": "Mrs A",
    "document.written": "2018-10",
    "document.next_review": "2019-10",
    "filtering.broadband": "Elm",
    "filtering.product": "Hedge",
    "monitoring.methods": "log-files",
    "passwords.logins": "staff",
    "email.offensive_to": "head",
    "social_media.learners_at_school": "set-times",
    "social_media.staff_at_school": "lunchtime",
    "phones.learners": "off-and-away",
}


@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(
    ("phase", "answers"),
    [
        (
            "early-years",
            {
                ("school", "term"): "setting",
                ("school", "lessons"): "sessions",
                ("governance", "members"): "committee members",
                ("people", "head"): "Manager",
                ("learners",): "children",
                ("technology", "used"): ["computers", "internet", "cameras"],
                ("email", "for_learners"): False,
                ("social_media", "learners_at_school"): "not-permitted",
                ("passwords", "from_year"): None,
                ("platforms",): None,
            },
        ),
        (
            "primary",
            {("learners",): "pupils", ("social_media", "learners_at_school"): "not-permitted", ("exams",): None},
        ),
        ("secondary", {("passwords", "from_year"): "Year 7", ("exams",): True, ("learners",): "students"}),
        # nothing is known of where these pupils log in, so what was typed decides about their email
        ("special", {("learners",): "pupils", ("email", "for_learners"): False, ("school", "ages"): ["junior"]}),
    ],
)
def test_enter_alone_says_nothing_false_of_the_kind(
    editions: Mapping[str, Edition], name: str, *, opened: bool, phase: str, answers: Mapping[KeyPath, object]
) -> None:
    progress, _ = _enter_only(editions[name], {**TYPED, "school.phase": phase}, opened=opened)
    assert {path: value_at(progress.answers, path) for path in answers} == answers
    # no platform is used before one is named, and what is said of extremism is among the methods
    assert "platform" not in value_at(progress.answers, ("technology", "used"))
    assert value_at(progress.answers, ("monitoring", "extremism")) == "log-files"


def test_nothing_is_offered_if_no_suggestion_fits(suggesting: Edition) -> None:
    progress, offers = _enter_only(suggesting, {**RUSHES, "school.phase": "special"})
    assert value_at(progress.answers, ("children",)) == "pupils"  # typed
    assert value_at(progress.answers, ("areas",)) is None
    assert "" in offers


def test_a_federation_answers_what_a_suggestion_depends_on(suggesting: Edition) -> None:
    form = dataclasses.replace(
        form_for({suggesting.name: suggesting}, {}, {}), shared={"school": {"phase": "early-years"}}
    )
    question = next(q for q in trail(form, Progress()) if q.path == ("children",))
    assert offer(form, Progress(), question) == "children"


def test_examples_are_those_for_the_kind_of_school(suggesting: Edition) -> None:
    for phase, examples in (("early-years", "pre-school; nursery"), ("primary", "school; academy")):
        progress = Progress({"school": {"name": "Rushes", "phase": phase}}, opened=frozenset({("school",)}))
        form = form_for({suggesting.name: suggesting}, {}, progress.answers)
        question = next(q for q in trail(form, progress) if q.path == ("school", "term"))
        assert f"For example: {examples}" in word_question(form, progress, question).notes


def test_a_suggestion_is_taken_by_enter_and_not_by_skip(form: Form) -> None:
    progress, _ = talk(form, ["St M", "1"])
    question = next_question(form, progress)
    assert question is not None
    assert value_at(enter(form, progress, question)[0].answers, ("school", "lessons")) == "sessions"
    assert value_at(skip(progress, question)[0].answers, ("school", "lessons")) is None
    assert [offer(form, progress, q) for q in trail(form, progress) if q.path == ("learners",)] == ["pupils"]


def test_what_is_missing_is_what_must_be_answered(form: Form) -> None:
    def paths(answers: Mapping[str, Any]) -> list[tuple[str | int, ...]]:
        return [question.path for question in missing(form, Progress(answers))]

    everything = [("school", "name"), ("school", "phase"), ("people", "dsl"), ("learners",)]
    assert paths({}) == everything
    assert paths({"school": {"name": "St M"}, "learners": "pupils"}) == [everything[1], everything[2]]
    assert paths({"people": {"dsl": [{"role": "Head"}]}})[2] == ("people", "dsl", 0, "name")
    assert paths({"learners": {"singular": "one"}})[3] == ("learners", "plural")
    assert ("trust", "name") in paths({"trust": {"site": "https://t.example"}})
    progress, _ = talk(form, SHORT)
    assert missing(form, progress) == ()


def test_what_a_federation_answers_is_not_asked(form: Form) -> None:
    shared = Form(None, form.schema, {"school": {"phase": "primary"}, "areas": ["pool"], "learners": "pupils"})
    asked = {question.path for question in trail(shared, Progress())}
    assert asked == {
        ("school", "name"), ("school",), ("people", "dsl", 0, "name"), ("written",), ("exams",), ("trust",)
    }  # fmt: skip
    assert [question.path for question in missing(shared, Progress())] == [("school", "name"), ("people", "dsl")]
    # a list of the school's own takes the place of the federation's, and is asked to its end
    own = {question.path for question in trail(shared, Progress({"areas": ["hall"]}))}
    assert {("areas", 0), ("areas", 1)} <= own


def test_a_question_says_what_enter_does(form: Form) -> None:
    progress, _ = talk(form, SHORT[:2])
    said = {}
    while question := next_question(form, progress):
        said[".".join(map(str, question.path))] = word_question(form, progress, question).enter
        progress, wrong = enter(form, progress, question)
        if wrong:
            progress, wrong = answer(form, progress, question, "1")
            assert not wrong
    assert (
        said
        == {
            "school": "Press Enter to accept these answers, or type more to change them.",
            "people.dsl.0.name": "",
            "people.dsl.0.role": "Press Enter to leave it out.",
            "people.dsl.1.name": "Press Enter if there are no more.",
            "learners": "",
            "areas.0": "Press Enter for: toilets",
            "written": "Press Enter to leave it out.",
            "exams": "Press Enter for: No",
            "trust": "Press Enter to accept these answers, or type more to change them.",
        }
        or said["learners"] == ""
    )


def test_another_edition_keeps_the_answers_that_it_takes(editions: Mapping[str, Edition]) -> None:
    given = {
        "law": {"data_protection": "gdpr"},
        "exams": True,
        "school": {"name": "St M", "phase": "primary", "colour": "red"},
        "people": {"dsl": [{"name": "Mrs A"}]},
    }
    kept = {**given, "school": {"name": "St M", "phase": "primary"}}
    old, new = (form_for(editions, {}, {"edition": name}) for name in ("2017-09", "2018-09"))
    assert fitting(old, given) == kept
    assert fitting(new, given) == {name: value for name, value in kept.items() if name != "law"}


# --- whatever a school answers -------------------------------------------------------------------


def _typed(question: Question, drawn: Mapping[str, Any]) -> str | None:
    """Return what a person types who wants to give the drawn answers; None to leave the question out."""
    value = value_at(drawn, question.path)
    if question.rest:
        is_wanted = any(value_at(drawn, (*question.path, field.name)) is not None for field in question.rest)
        return "more" if is_wanted else None
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(value)
        case dict():
            return str(len(question.field.choices) + 1)
    return f'"{value}"' if value.startswith('"') else str(value)


def _whole(value: Any) -> Any:  # noqa: ANN401 - any answers
    """Return answers without blocks that hold nothing."""
    if not isinstance(value, dict):
        return [_whole(entry) for entry in value] if isinstance(value, list) else value
    kept = {key: _whole(entry) for key, entry in value.items()}
    return {key: entry for key, entry in kept.items() if entry != {}}


def _interviews(edition: Edition, drawn: Mapping[str, Any]) -> Iterator[Progress]:
    """Yield the progress after each reply of a person who gives the drawn answers."""
    editions = {edition.name: edition}
    progress = Progress({"edition": edition.name})
    while question := next_question(form := form_for(editions, {}, progress.answers), progress):
        typed = _typed(question, drawn)
        outcome = skip(progress, question) if typed is None else answer(form, progress, question, typed)
        assert not outcome[1], (question.path, typed, outcome[1])
        assert outcome[0] != progress
        progress = outcome[0]
        yield progress


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
@hypothesis.given(data=st.data())
@hypothesis.settings(max_examples=4, suppress_health_check=list(hypothesis.HealthCheck))
def test_every_answer_is_kept_through_any_interruption(
    name: str, data: st.DataObject, editions: Mapping[str, Edition]
) -> None:
    edition = editions[name]
    drawn = data.draw(strategies.whole_answers(edition))
    progress = Progress()
    for progress in _interviews(edition, drawn):
        kept = parse_yaml(render_interview(progress, "x"), "interview.yml")
        assert parse_interview(kept, {name: edition}, {}) == progress
    assert progress.answers == {"edition": name, **_whole(drawn)}


# --- answers from files and the command line -----------------------------------------------------


def _given(editions: Mapping[str, Edition], text: str, *assignments: tuple[str, str]) -> Mapping[str, Any]:
    return given_answers(parse_yaml(text, "answers.yml") if text else None, assignments, editions, {})


def test_assignments_go_before_the_answers_of_a_file(editions: Mapping[str, Edition]) -> None:
    text = '{"edition": "2018-09", "school": {"name": "St M", "phase": "primary"}, "exams": "no"}'
    assignments = [
        ("school.name", "St Mary's #2: a School"),
        ("school.ages", "[early, junior]"),
        ("school.colour", "#7a1f3d"),
        ("exams", "yes"),
        ("learners", "{singular: one, plural: ones}"),
        ("people.dsl", "[{name: Mrs A}]"),
    ]
    assert _given(editions, text, *assignments) == {
        "edition": "2018-09",
        "school": {
            "name": "St Mary's #2: a School", "phase": "primary", "ages": ["early", "junior"], "colour": "#7a1f3d"
        },
        "exams": True,
        "learners": {"singular": "one", "plural": "ones"},
        "people": {"dsl": [{"name": "Mrs A"}]},
    }  # fmt: skip


def test_every_mistake_in_given_answers_is_told_at_once(editions: Mapping[str, Edition]) -> None:
    text = "edition: 2018-09\nschool:\n  phase: banned\n  nam: x\namendments: []\nexams: maybe\n"
    with pytest.raises(Mistakes) as caught:
        _given(editions, text, ("school.colour", "red"), ("school.nmae", "x"))
    assert [str(problem) for problem in caught.value.problems] == [
        '--set: school.colour (Brand colour): "red" is not a colour. Write it as "#7a1f3d".',
        "--set: school.nmae: unknown question. Did you mean school.name?",
        (
            'answers.yml:3: school.phase (Phase): "banned" is not one of early-years, primary, secondary, all-through'
            " or special."
            " (early-years: Early years (nursery or pre-school); primary: Primary; secondary: Secondary;"
            " all-through: All-through; special: Special.)"
        ),
        "answers.yml:4: school.nam: unknown question. Did you mean name?",
        "answers.yml:5: amendments are not answers. Add them to school.yml once it is written.",
        'answers.yml:6: exams (Does the school hold public examinations?): "maybe" is not yes or no.',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "A file of answers is written like a school.yml."),
        (
            "edition: 2030-01\nschool: {nam: x}\n",
            'edition (Edition of the template): "2030-01" is not one of 2017-09, 2018-09 or 2026-09.',
        ),
    ],
)
def test_a_file_that_is_no_answers(text: str, message: str, editions: Mapping[str, Edition]) -> None:
    with pytest.raises(Mistakes) as caught:
        _given(editions, text)
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "This file was not written by policy new. Delete it to start again."),
        ("answers: {}\npassed: []\n", "This file was not written by policy new"),
        ("answers: {}\npassed: [{a: b}]\nopened: []\n", "This file was not written by policy new"),
        ("answers: {}\npassed: []\nopened: [[a]]\n", "This file was not written by policy new"),
        ("answers: {school: {nam: x}}\npassed: []\nopened: []\n", "school.nam: unknown question."),
        (
            "answers: {exams: maybe}\npassed: []\nopened: []\n",
            'exams (Does the school hold public examinations?): "maybe" is not yes or no.',
        ),
    ],
)
def test_a_kept_interview_that_somebody_spoilt_is_a_mistake(
    text: str, message: str, editions: Mapping[str, Edition]
) -> None:
    with pytest.raises(Mistakes) as caught:
        parse_interview(parse_yaml(text, "interview.yml"), editions, {})
    assert message in str(caught.value)
