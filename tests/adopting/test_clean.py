"""What is taken out of a document before it is read: what every page repeats, page numbers, tables of contents."""

import pytest

from build_tools.adopting.clean import cleaned, without_contents_lines, without_edges
from build_tools.adopting.document import Shape, Spot, TextBlock
from build_tools.adopting.layout import Line

HEADING, ITEM, PARAGRAPH = Shape.HEADING, Shape.ITEM, Shape.PARAGRAPH


def _blocks(*blocks: tuple[Shape, str]) -> list[TextBlock]:
    return [TextBlock(text, shape, Spot(number)) for number, (shape, text) in enumerate(blocks, 1)]


def _lines(*texts: str) -> list[Line]:
    return [Line(text, Spot(number), 0.0, float(len(text))) for number, text in enumerate(texts, 1)]


def test_what_every_page_repeats_is_set_apart() -> None:
    text = [(PARAGRAPH, f"Rule {name} holds.") for name in ("one", "two", "three", "four")]
    pages = [block for rule in text for block in (rule, (PARAGRAPH, "Reedbed – aim high"), (PARAGRAPH, "Page 2 of 9"))]
    kept, repeated = cleaned(_blocks(*pages))
    assert [block.words for block in kept] == [words for _, words in text]
    assert repeated == ["Reedbed – aim high", "Page 2 of 9"]


def test_list_items_may_repeat() -> None:
    kept, repeated = cleaned(_blocks(*[(ITEM, "We tell parents.")] * 4))
    assert (len(kept), repeated) == (4, [])


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        (
            [
                (PARAGRAPH, "Contents"),
                (PARAGRAPH, "Aims"),
                (PARAGRAPH, "Phones"),
                (HEADING, "Aims"),
                (ITEM, "Be kind."),
            ],
            ["Aims", "Be kind."],
        ),
        (
            [(PARAGRAPH, "Contents"), (PARAGRAPH, "We like turnips."), (HEADING, "Aims"), (ITEM, "Be kind.")],
            ["We like turnips.", "Aims", "Be kind."],
        ),
        (
            [(PARAGRAPH, "Aims 1\nPhones 2\nVisitors 2\nSigned on paper"), (HEADING, "Aims"), (ITEM, "Be kind.")],
            ["Signed on paper", "Aims", "Be kind."],
        ),
    ],
)
def test_a_table_of_contents_goes(blocks: list[tuple[Shape, str]], kept: list[str]) -> None:
    known = [*blocks, (HEADING, "Phones")]
    assert [block.words for block in cleaned(_blocks(*known))[0]] == [*kept, "Phones"]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["Aims .... 1", "Phones .... 3", "Visitors .... 3", "We care."], ["We care."]),
        (["Aims .... 1", "", "Phones .... 3", "", "Visitors .... 3"], []),
        (["Aims .... 1", "Phones .... 3", "We care."], ["Aims .... 1", "Phones .... 3", "We care."]),
        (["Open until 15", "Aims .... 1", "Phones .... 3", "Visitors .... 3"], ["Open until 15"]),
        (["Aims .... 1", "Phones .... 3", "Open until 2"], ["Aims .... 1", "Phones .... 3", "Open until 2"]),
    ],
)
def test_three_lines_with_rising_page_numbers_are_contents(lines: list[str], kept: list[str]) -> None:
    blank_apart = [line for line in without_contents_lines(_lines(*lines)) if line.text]
    assert [line.text for line in blank_apart] == kept


def test_lines_at_the_edges_of_pages_go_if_they_are_alike() -> None:
    edges = _lines("Reedbed\tPhone Policy", "1", "Reedbed\tPhone Policy", "We care.", "Reedbed\tPhone Policy", "Page 3")
    rest, repeated = without_edges(edges)
    assert [line.text for line in rest] == ["We care."]
    assert repeated == ["Reedbed", "Phone Policy"]


@pytest.mark.parametrize(
    ("text", "is_strong", "shape"),
    [
        ("Phones in class", True, HEADING),
        ("Phones in class", False, PARAGRAPH),
        ("Phones stay at home.", True, PARAGRAPH),
        ("Head: Ada Fern", True, PARAGRAPH),
    ],
)
def test_a_short_line_in_bold_is_a_heading(text: str, is_strong: bool, shape: Shape) -> None:  # noqa: FBT001 - a case
    block = TextBlock(text, PARAGRAPH, Spot(1), is_strong=is_strong)
    kept, _ = cleaned([block, *_blocks((PARAGRAPH, "Rules follow."))])
    assert kept[0].shape is shape
