"""Answers in their sentences: with what is known of a school, and the names of the questions that are still open."""

from collections.abc import Mapping
from typing import Any

import pytest

from build_tools.resolving.in_context import Sentence, sentence_with
from build_tools.schema.answers import complete
from build_tools.template.edition import Edition


@pytest.fixture(scope="module")
def edition(editions: Mapping[str, Edition]) -> Edition:
    return editions["2018-09"]


STORED = {"phones": {"learners": "handed-in", "stored_in": "a locked box"}}
ONE = {"people": {"dsl": [{"role": "Head"}]}}
TWO = {"people": {"dsl": [{"name": "A"}, {"name": "B"}]}}
TELL = "Anyone in our community who receives an offensive message will immediately tell the DSL."
LOG_OFF = "All users must log off, or lock the screen or device, if they leave it unattended."
WROTE = "wrote this policy together with staff, [learners], parents and carers."
BOX = "We will keep it in the a locked box until they collect it at the end of the day."
OFF = (
    "[learners] are expected to keep personal devices and mobile phones switched off and out of sight, both in lessons "
    "and on the way from one lesson to the next."
)


@pytest.mark.parametrize(
    ("path", "answers", "text"),
    [
        ("filtering.product", {}, "Our filter is [Filtering product]."),
        ("phones.stored_in", {}, "We will store it in the office throughout the day."),
        ("phones.stored_in", STORED, BOX),
        ("people.dsl", ONE, "Our designated safeguarding lead (DSL) is [Name] (Head)."),
        ("people.dsl", TWO, "Our designated safeguarding leads (DSLs) are A and B."),
        ("phones.visitor_notices", {}, "This includes [Where visitors read what is expected of them]."),
        # the short name is the name, until another is given
        ("school.name", {"school": {"name": "St X"}}, f"St X {WROTE}"),
        ("learners", {"learners": {"singular": "young person"}}, f"[Name in running text] {WROTE}"),
        # what an answer selects
        ("phones.learners", {"phones": {"learners": "off-and-away"}}, OFF),
        ("email.offensive_to", {"email": {"offensive_to": "dsl"}}, TELL),
        ("passwords.log_off", {"passwords": {"log_off": "must"}}, LOG_OFF),
    ],
)
def test_an_answer_is_shown_in_its_sentence(edition: Edition, path: str, answers: Mapping[str, Any], text: str) -> None:
    found = sentence_with(edition, answers, path)
    assert found is not None
    assert found.text == text


def test_where_the_answer_is_in_its_sentence(edition: Edition) -> None:
    found = sentence_with(edition, STORED, "phones.stored_in")
    assert found is not None
    assert [found.text[span.start : span.stop] for span in found.printed] == ["a locked box"]
    chosen = sentence_with(edition, STORED, "phones.learners")
    assert chosen == Sentence(chosen.text if chosen else "", ())


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("document.written", {}),  # no clause prints it
        ("phones.learners", {}),  # what it selects is not known yet
        ("technology.used", {"technology": {"used": ["email", "internet"]}}),  # each answer selects another
        ("platforms", {"platforms": [{"name": "MyMaths"}]}),  # an entry is no sentence
        ("phones.stored_in", {"phones": {"learners": "off-and-away"}}),
    ],
)
def test_no_sentence_is_shown_where_none_is(edition: Edition, path: str, answers: Mapping[str, Any]) -> None:
    assert sentence_with(edition, answers, path) is None


def test_every_answer_of_the_schools_has_the_sentence_it_has(editions: Mapping[str, Edition]) -> None:
    edition = editions["2017-09"]
    values = complete(edition.schema, {"phones": {"learners": "at-home"}}, edition.authority)
    shown = {field.path: sentence_with(edition, values, field.path) for field in edition.schema.fields}
    texts = [sentence.text for sentence in shown.values() if sentence]
    assert len(texts) > 40
    assert not [text for text in texts if "{{" in text or "None" in text]
