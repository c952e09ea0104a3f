"""What an edition says of its subject for `policy adopt`: read, and every mistake in it told with its place."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import ROOT, SOUND

from build_tools.adopting.control import find_control
from build_tools.adopting.document import Document, Shape, Spot, TextBlock
from build_tools.adopting.subject import ADOPTING_FILE, Subject, read_subject
from build_tools.adopting.vocabulary import Vocabulary
from build_tools.template.edition import Edition, read_edition
from build_tools.text.problems import Mistakes

PHONES = read_edition(SOUND / "policy_src" / "2030-01", SOUND)


def _read(folder: Path, text: str) -> Subject:
    (folder / ADOPTING_FILE).write_text(text, encoding="utf-8")
    return read_subject(folder, folder, PHONES)


@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
def test_the_published_editions_say_how_their_subject_is_called(editions: Mapping[str, Edition], name: str) -> None:
    subject = read_subject(ROOT / "policy_src" / name, ROOT, editions[name])
    assert {duty.path for duty in subject.duties} <= {field.path for field in editions[name].schema.fields}
    assert all(way.clauses <= editions[name].by_id.keys() for way in subject.ways)
    assert Vocabulary(subject.synonyms).concepts("e-safety") == Vocabulary(subject.synonyms).concepts("online safety")


def test_an_edition_can_do_without_the_file(tmp_path: Path) -> None:
    subject = read_subject(tmp_path, tmp_path, PHONES)
    assert (subject.synonyms, subject.duties, subject.ways) == ({}, (), ())


def test_a_policy_is_then_called_as_the_edition_is(tmp_path: Path) -> None:
    heading = TextBlock("School Phone Policy 2030", Shape.HEADING, Spot(1), 1)
    found = find_control(Document("policy.md", (heading,)), (), read_subject(tmp_path, tmp_path, PHONES))
    assert {answer.path: answer.value for answer in found}["document.title"] == "Phone Policy"


def test_words_of_a_subject_mean_nothing_elsewhere() -> None:
    assert Vocabulary({"phone": ("phone", "handset")}).concepts("handset") == ("=phone",)
    assert Vocabulary({}).concepts("handset") == ("handset",)


def test_words_of_a_subject_join_a_group_of_all() -> None:
    vocabulary = Vocabulary({"bullying": ("cyberbullying",)})
    assert vocabulary.concepts("cyberbullying") == vocabulary.concepts("bullying")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# Nothing yet\n", 1, "This file must have lines such as subject:, synonyms:, words:, people: and values:."),
        ("subjects: phones\n", 1, "subjects: unknown name. Did you mean subject?"),
        ("synonyms:\n  phone: mobile\n", 2, 'synonyms.phone: "mobile" is not a list.'),
        ("words:\n  office: head\n", 2, "words.office: unknown name. Did you mean offices?"),
        ("subject: '(phone'\n", 1, "subject: this is not a regular expression: missing ), unterminated subpattern."),
        (
            "people:\n  people.dls: {label: lead}\n",
            2,
            "people, people.dls: this field is unknown. Did you mean people.dsl?",
        ),
        (
            "people:\n  people.dsl:\n    label: lead\n    unless: people.head\n",
            4,
            "people, people.dsl, unless: people.head is not described here. Write people.dsl.",
        ),
        (
            "values:\n  phones.office:\n    in: [safely]\n    patterns: []\n",
            3,
            "values, phones.office, in: the edition has no clause safely. Did you mean safe?",
        ),
        (
            "values:\n  phones.office:\n    in: [safe]\n    patterns:\n      - in the <place>\n",
            5,
            "values, phones.office, patterns: nothing says which words are the value. Put (?P<value>…) around them.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(Mistakes) as caught:
        _read(tmp_path, text)
    assert [str(problem) for problem in caught.value.problems] == [f"{ADOPTING_FILE}:{line}: {message}"]
