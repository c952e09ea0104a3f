"""A question shows the sentence of its answer: with the answer, with what Enter gives, or with an example."""

from collections.abc import Mapping
from typing import Any

import pytest

from build_tools.interviewing.asking import Progress, trail
from build_tools.interviewing.form import form_for
from build_tools.interviewing.in_sentence import misfits_of, reads, sentence_for
from build_tools.interviewing.question_text import word_question
from build_tools.template.edition import Edition
from build_tools.text.yaml_file import KeyPath

NURSERY: Mapping[str, Any] = {"school": {"name": "Larkfield", "phase": "early-years"}}
GOVERNOR = (
    "It will read: A named committee member for safeguarding will report regularly to the Governing Body on online "
    "safety incidents and how they ended."
)
SPECIALISTS = (
    "It will read, for example: As appropriate, we will ask specialist staff for their input, including our SENCO and "
    "Child in Care Designated Teacher."
)
OPENED = frozenset({("school",), ("governance",), ("people",), ("phones",), ("passwords",)})


def _reads(editions: Mapping[str, Edition], path: KeyPath, answers: Mapping[str, Any]) -> str:
    progress = Progress({"edition": "2018-09", **answers}, opened=OPENED)
    form = form_for(editions, {}, progress.answers)
    question = next(question for question in trail(form, progress) if question.path == path)
    assert word_question(form, progress, question).reads == reads(form, progress, question)
    return reads(form, progress, question)


@pytest.mark.parametrize(
    ("path", "answers", "sentence"),
    [
        (("filtering", "product"), {}, "It will read, for example: Our filter is Lightspeed."),
        (("filtering", "product"), {"filtering": {"product": "Hedge"}}, "It will read: Our filter is Hedge."),
        # what is suggested, what applies without an answer, and an example of the kind of school
        (
            ("governance", "members"),
            NURSERY,
            GOVERNOR,
        ),
        (("phones", "stored_in"), {}, "It will read: We will store it in the office throughout the day."),
        (
            ("people", "deputy_dsl", 0, "role"),
            {**NURSERY, "people": {"deputy_dsl": [{"name": "Ms A"}]}},
            "It will read, for example: The deputy DSL is Ms A (Deputy Manager).",
        ),
        # lists, entry by entry
        (
            ("people", "dsl", 1, "name"),
            {"people": {"dsl": [{"name": "Ms A"}, {"name": "Mr B"}]}},
            "It will read: Our designated safeguarding leads (DSLs) are Ms A and Mr B.",
        ),
        (
            ("people", "specialists", 1),
            {"people": {"specialists": ["SENCO"]}},
            SPECIALISTS,
        ),
        (
            ("phones", "learners"),
            {"learners": "pupils", "phones": {"learners": "at-home"}},
            "It will read: Pupils’ personal devices and mobile phones are expected to stay at home.",
        ),
        (("document", "written"), {}, ""),
        (("edition",), {}, ""),
        (("people",), {"people": {"head": "Head"}}, ""),
    ],
)
def test_a_question_shows_its_sentence(
    editions: Mapping[str, Edition], path: KeyPath, answers: Mapping[str, Any], sentence: str
) -> None:
    assert _reads(editions, path, answers) == sentence


@pytest.mark.parametrize(
    ("path", "answers", "message"),
    [
        (
            ("phones", "stored_in"),
            {"phones": {"learners": "at-home", "stored_in": "a locked box"}},
            '"the a" has a word too many. Leave out "a": locked box.',
        ),
        (
            ("people", "dsl", 0, "role"),
            {"people": {"dsl": [{"name": "Ms A", "role": "Head."}]}},
            "the full stop at its end is in the middle of a sentence. Leave it out: Head.",
        ),
        (
            ("people", "specialists", 1),
            {"people": {"specialists": ["SENCO", "nurse."]}},
            '".." has a punctuation mark too many. Leave out the first: nurse.',
        ),
        (("filtering", "product"), {"filtering": {"product": "the filter of the trust"}}, ""),
        (("filtering", "product"), {}, ""),
        (("phones", "learners"), {"phones": {"learners": "at-home"}}, ""),
        (("document", "title"), {"document": {"title": "The."}}, ""),
    ],
)
def test_a_reply_that_does_not_fit_is_found(
    editions: Mapping[str, Edition], path: KeyPath, answers: Mapping[str, Any], message: str
) -> None:
    progress = Progress({"edition": "2018-09", **answers}, opened=OPENED | {("document",)})
    form = form_for(editions, {}, progress.answers)
    question = next(question for question in trail(form, progress) if question.path == path)
    assert [str(misfit) for misfit in misfits_of(form, progress, question)] == ([message] if message else [])


def test_an_unknown_edition_has_no_sentences(editions: Mapping[str, Edition]) -> None:
    form = form_for(editions, {}, {"edition": "1066"})
    question = next(trail(form, Progress()))
    assert sentence_for(form, Progress(), question) is None
