"""Answers that do not fit together, and the clauses that would not be true."""

from collections.abc import Iterator, Mapping

import hypothesis
import pytest
import strategies
from cases import CASES, read_example
from hypothesis import strategies as st

from build_tools.policy.model import School
from build_tools.resolving.contradictions import Contradiction, chosen_by, contradictions, printed_in
from build_tools.resolving.resolve import resolve
from build_tools.schema.answers import complete
from build_tools.template.edition import Edition
from build_tools.text.problems import Severity

CASE = next(case for case in CASES if case.name == "rules")


def _found(name: str) -> Iterator[Contradiction]:
    edition, school = read_example(CASE / "schools" / name)
    yield from contradictions(edition, school.values, printed_in(resolve(edition, school)))


def test_the_clauses_that_would_not_be_true_are_named() -> None:
    messages = [found.message for found in _found("alone")]
    assert messages == [
        (
            "A complaint about the Headteacher would go to the Headteacher. 1(3) (complaints) and 1(3)(a) "
            "(complaints-answer) may not be true: change the answer, or replace the clauses."
        ),
        (
            "The policy promises a review every year. 1(5) (review) may not be true: change the answer, or replace "
            "the clause."
        ),
    ]


def test_a_clause_in_the_schools_own_words_is_not_untrue() -> None:
    assert list(_found("own-words")) == []


def test_answers_that_fit_break_no_rule() -> None:
    assert list(_found("elsewhere")) == []


@pytest.fixture(scope="module")
def elsewhere() -> tuple[Edition, School]:
    return read_example(CASE / "schools/elsewhere")


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (
            {"chief": "Mrs Flo Fletcher"},
            (
                "Mrs Flo Fletcher is not one of the leads: Mrs Ada Aldridge (Headteacher and SENCO) and Mr Bert "
                "Bellamy. 1(1)(a) (chief) would not be true: change the answer, or replace the clause."
            ),
        ),
        # a rule that names no clause says what is wrong, and no more
        ({"helpers": [{"name": "Bert *Bellamy*"}, {"name": "B. Bellamy"}]}, "B. Bellamy cannot help themselves."),
        ({"helpers": [{"name": "Ada ALDRIDGE"}]}, "Ada ALDRIDGE cannot help themselves."),
    ],
)
def test_a_message_has_the_answers_in_it(
    people: dict[str, object], message: str, elsewhere: tuple[Edition, School]
) -> None:
    edition, school = elsewhere
    values = {**school.values, "people": {**school.values["people"], **people}}
    (found,) = contradictions(edition, values, chosen_by(edition, values))
    assert found.message == message
    assert found.rule.severity is Severity.MISTAKE


def test_a_rule_needs_a_clause_that_the_answers_select(elsewhere: tuple[Edition, School]) -> None:
    edition, school = elsewhere
    values = {**school.values, "people": {**school.values["people"], "chief": "Mrs Flo Fletcher"}}
    assert list(contradictions(edition, values, chosen_by(edition, values)))
    assert list(contradictions(edition, values, frozenset({"leads"}))) == []


def test_what_answers_select_is_printed(elsewhere: tuple[Edition, School]) -> None:
    edition, school = elsewhere
    assert chosen_by(edition, school.values) == printed_in(resolve(edition, school))


@hypothesis.given(data=st.data())
@hypothesis.settings(max_examples=30)
def test_any_answers_can_be_judged(editions: Mapping[str, Edition], data: st.DataObject) -> None:
    edition = editions["2018-09"]
    values = complete(edition.schema, data.draw(strategies.whole_answers(edition)), edition.authority)
    for found in contradictions(edition, values, chosen_by(edition, values)):
        assert found.message.endswith(("or replace the clause.", "or replace the clauses."))
        assert "{" not in found.rule.message or found.message != found.rule.message
