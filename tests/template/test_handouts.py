"""Handouts as an edition's author writes them: ids of parts and lines, and what is to be filled in."""

import pytest
from cases import CASES

from build_tools.policy.model import Blank, Kind, Provision
from build_tools.template.blocks import parse_blocks
from build_tools.template.edition import Edition, read_edition
from build_tools.template.handouts import is_of_blank, read_blank

CASE = next(case for case in CASES if case.name == "handouts")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(CASE / "policy_src" / "2020-01", CASE)


def _lines(edition: Edition) -> dict[str, Provision]:
    return {part.id: part for handout in edition.handouts for part in handout.walk()}


def test_summaries_come_before_agreements(edition: Edition) -> None:
    assert [handout.id for handout in edition.handouts] == ["summary", "rules", "gate-log"]


@pytest.mark.parametrize(
    ("identity", "why"),
    [
        ("summary-lead", "the clause that it copies"),
        ("rules-boots", "the clause that it says"),
        ("rules-who-opens", "the first of several clauses"),
        ("rules-inside", "its own id"),
        ("rules-pictures", "the words of a part"),
        ("rules-pictures-2", "a number, if the id is taken"),
        ("rules-name-of-the-learner", "the words of a line without a clause"),
    ],
)
def test_an_id_is_made_of(edition: Edition, identity: str, why: str) -> None:
    assert identity in _lines(edition), why


def test_no_line_is_a_clause_of_the_edition(edition: Edition) -> None:
    assert not _lines(edition).keys() & edition.by_id.keys()
    assert edition.amendable.keys() == {*edition.by_id, *_lines(edition)}


def test_a_part_to_sign_has_lines_to_sign_and_to_write(edition: Edition) -> None:
    found = [line.blank for line in _lines(edition)["rules-signed"].children]
    assert found == [Blank.LINE, Blank.SIGNATURE]


def test_a_copy_has_no_words_of_its_own(edition: Edition) -> None:
    line = _lines(edition)["summary-fence"]
    assert (line.kind, line.source, line.says) == (Kind.CLAUSE, "", ("fence",))
    assert [condition.field for condition in line.when] == ["boots"]


def test_notes_to_authors_belong_to_the_handout(edition: Edition) -> None:
    assert edition.handouts[0].guidance == ("Hang it on the gate.",)


@pytest.mark.parametrize(
    ("text", "blank", "choices"),
    [
        ("- Name", None, ()),
        ("- Name {: .line }", Blank.LINE, ()),
        ("- Why {: .box }", Blank.BOX, ()),
        ("- Yes {: .choice }", Blank.CHOICE, ()),
        ('- Which {: .choices of="One | Two" }', Blank.CHOICES, ("One", "Two")),
    ],
)
def test_what_is_to_be_filled_in(text: str, blank: Blank | None, choices: tuple[str, ...]) -> None:
    (block,), _ = parse_blocks(text, "x.md")
    assert read_blank(block, is_signed=False) == (blank, choices, [])
    assert read_blank(block, is_signed=True)[0] == (blank or Blank.SIGNATURE)
    assert all(map(is_of_blank, block.attributes))


@pytest.mark.parametrize("text", ["- Which {: .choices }", '- Which {: of="One" }'])
def test_choices_need_their_words(text: str) -> None:
    (block,), _ = parse_blocks(text, "x.md")
    assert [problem.message for problem in read_blank(block, is_signed=False)[2]] == [
        'Write both: {: .choices of="One|Another" }.'
    ]


def test_each_kind_of_blank_has_words() -> None:
    assert len({blank.words for blank in Blank}) == len(Blank)


def test_an_edition_without_handouts_has_none() -> None:
    other = next(case for case in CASES if case.name == "promises")
    assert read_edition(other / "policy_src" / "2020-01", other).handouts == ()
