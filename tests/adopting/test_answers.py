"""Names, dates and labels as schools write them on the first page of a policy, and what is none of them."""

import pytest
from folders import ROOT
from rewritten import subject_of

from build_tools.adopting.control import date_in
from build_tools.adopting.document import Document, Shape, Spot, TextBlock, passages
from build_tools.adopting.labels import pairs_of
from build_tools.adopting.names import find_names
from build_tools.adopting.people import find_people, people_in
from build_tools.adopting.usage import find_usage
from build_tools.template.edition import read_edition

SUBJECT = subject_of(read_edition(ROOT / "policy_src" / "2018-09", ROOT))
PEOPLE = ("people.dsl", "people.deputy_dsl", "people.governors", "people.online_safety_lead")
AIM = TextBlock("1. Policy Aims", Shape.HEADING, Spot(50), 1)


def _document(*texts: str, shape: Shape = Shape.PARAGRAPH, after: str = "") -> Document:
    front = [TextBlock(text, shape, Spot(line)) for line, text in enumerate(texts, 1)]
    return Document(
        "policy.txt", (*front, AIM, TextBlock(after or "We keep children safe.", Shape.PARAGRAPH, Spot(51)))
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mrs Ada Fennimore", ["Mrs Ada Fennimore"]),
        ("Mrs Ada Fennimore Mr B. Quill", ["Mrs Ada Fennimore", "Mr B. Quill"]),
        ("Dr C O’Hare-Oxbow and Revd John McAllister", ["Dr C O’Hare-Oxbow", "Revd John McAllister"]),
        ("Ms Ingrid van der Berg", ["Ms Ingrid van der Berg"]),
        ("Miss June May", ["Miss June May"]),
        ("Ada Fennimore / Bertram Quill", ["Ada Fennimore", "Bertram Quill"]),
        ("Chair of Governors", []),
        ("Insert Name", []),
        ("Insert Email Insert Phone", []),
        ("Name Surname, Headteacher", []),
        ("September 2018", []),
        ("the Designated Safeguarding Lead", []),
    ],
)
def test_people(text: str, names: list[str]) -> None:
    assert [person.name for person in people_in(text, is_labelled=True)] == names


def test_a_role_goes_with_the_name_before_it() -> None:
    found = people_in("Miss Ada Fennimore, Headteacher Mr Bertram Quill (Senior Teacher)")
    assert [(person.name, person.role) for person in found] == [
        ("Miss Ada Fennimore", "Headteacher"),
        ("Mr Bertram Quill", "Senior Teacher"),
    ]


def test_two_words_with_capitals_are_nobody_without_a_label() -> None:
    assert people_in("Bertram Quill") == ()


@pytest.mark.parametrize(
    ("texts", "path", "value"),
    [
        (["Designated Safeguarding Lead(s): Mrs A Fern"], "people.dsl", [{"name": "Mrs A Fern"}]),
        (["DSL – Ada Fern"], "people.dsl", [{"name": "Ada Fern"}]),
        (["Child Protection Co-ordinator\tMrs A Fern"], "people.dsl", [{"name": "Mrs A Fern"}]),
        (["Deputy DSL: Mr B Quill"], "people.deputy_dsl", [{"name": "Mr B Quill"}]),
        (
            ["DSL: Mrs A Fern Deputy Designated Safeguarding Lead: Mr B Quill"],
            "people.deputy_dsl",
            [{"name": "Mr B Quill"}],
        ),
        (["Deputy Designated Safeguarding Lead: Mr B Quill"], "people.deputy_dsl", [{"name": "Mr B Quill"}]),
        (["Designated Safeguarding Lead:", "Mrs A Fern"], "people.dsl", [{"name": "Mrs A Fern"}]),
        (["DSL: Mrs A Fern Named Governor: Dr C Oxbow"], "people.governors", [{"name": "Dr C Oxbow"}]),
        (["Named governor for safeguarding: Dr C Oxbow"], "people.governors", [{"name": "Dr C Oxbow"}]),
        (["E-Safety Coordinator: Mr B Quill"], "people.online_safety_lead", "Mr B Quill"),
        (["Chair of Governors: Dr C Oxbow"], "people.governors", None),
    ],
)
def test_people_beside_their_duty(texts: list[str], path: str, value: object) -> None:
    document = _document(*texts)
    found = {
        answer.path: answer.value for answer in find_people(pairs_of(document), passages(document), PEOPLE, SUBJECT)
    }
    assert found.get(path) == value


def test_the_fullest_form_of_a_name_is_taken() -> None:
    document = _document("DSL: Mrs A Fern", after="The school has appointed Mrs Ada Fern as online safety lead.")
    found = {
        answer.path: answer.value for answer in find_people(pairs_of(document), passages(document), PEOPLE, SUBJECT)
    }
    assert found == {"people.dsl": [{"name": "Mrs Ada Fern"}], "people.online_safety_lead": "Mrs Ada Fern"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("23 May 2018", "2018-05-23"),
        ("the 1st of September, 2018", "2018-09-01"),
        ("Sept 2018", "2018-09"),
        ("October, 2019", "2019-10"),
        ("03/04/2019", "2019-04-03"),
        ("3.4.19", "2019-04-03"),
        ("2018-05-23", "2018-05-23"),
        ("31 February 2018", None),
        ("13/13/2018", None),
        ("May 12", None),
        ("Annually", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("PUDDLEWICK MARSH PRIMARY SCHOOL", "", "Puddlewick Marsh Primary School"),
        ("St Wilfrid’s C.E. Junior School", "", "St Wilfrid’s C.E. Junior School"),
        ("Reedbed Academy", "", "Reedbed Academy"),
        ("Online Safety Policy", "Our School keeps the School Policy.", None),
        ("The Primary School", "", None),
    ],
)
def test_the_name_of_a_school(title: str, text: str, name: str | None) -> None:
    document = _document(title, shape=Shape.HEADING, after=text)
    found = {answer.path: answer.value for answer in find_names(document, passages(document), SUBJECT)}
    assert found.get("school.name") == name


def test_what_a_policy_says_most_is_what_it_calls_things() -> None:
    document = _document(
        "Policy", after="Pupils and staff learn. Pupils ask the Principal. Pupils of the academy. A student."
    )
    found = {answer.path: answer.value for answer in find_usage(passages(document), [])}
    assert found["learners"] == "pupils"


def test_two_equally_frequent_words_are_both_unsure() -> None:
    document = _document("Policy", after="Pupils learn here. Students learn here. Pupils ask us. Students ask us. " * 3)
    found = {answer.path: answer.certainty for answer in find_usage(passages(document), [])}
    assert found["learners"] == "unsure"


@pytest.mark.parametrize(
    ("name", "text", "answers"),
    [
        ("Reedbed Primary School", "Pupils learn.", [("primary", "sure"), (["early", "junior"], "unsure")]),
        ("Reedbed Primary School", "In Key Stage 2 we swim.", [("primary", "sure"), (["junior"], "likely")]),
        ("Reedbed Primary School", "KS1 and KS2 swim.", [("primary", "sure"), (["early", "junior"], "sure")]),
        ("Reedbed Primary School", "We prepare for GCSE.", [("primary", "sure"), (["early", "junior"], "unsure")]),
        ("Reedbed School", "We prepare for GCSE.", [("secondary", "likely"), (["senior"], "likely")]),
        ("Reedbed School", "KS1, KS2 and KS3.", [("all-through", "likely"), (["early", "junior", "senior"], "likely")]),
        ("Reedbed School", "KS2 and KS3.", [(["junior", "senior"], "likely")]),
        ("Reedbed School", "Pupils learn.", []),
    ],
)
def test_the_phase_and_the_ages_of_a_school(name: str, text: str, answers: list[tuple[object, str]]) -> None:
    found = find_usage(passages(_document("Policy", after=text)), [name])
    kinds = [answer for answer in found if answer.path in ("school.phase", "school.ages")]
    assert [(answer.value, answer.certainty) for answer in kinds] == answers


def test_a_name_is_the_same_with_and_without_its_title() -> None:
    document = _document("DSL: Ada Fern", after="Ask Mrs Ada Fern, Mrs Alma Fern or Mr A Fern.")
    found = list(find_people(pairs_of(document), passages(document), PEOPLE, SUBJECT))
    assert [answer.value for answer in found] == [[{"name": "Mrs Ada Fern"}]]
