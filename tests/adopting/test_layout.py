"""The lines of a page joined into blocks: what begins one, what it is, and words that were divided."""

import pytest

from build_tools.adopting.document import Shape, Spot, TextBlock
from build_tools.adopting.layout import Line, blocks_of

FULL = "x" * 60


def _lines(*texts: str) -> list[Line]:
    """Return lines as in a plain text: where they begin and end, and how many blank lines are above."""
    lines: list[Line] = []
    gap = 0.0
    for number, text in enumerate(texts, 1):
        if text:
            indent = len(text) - len(text.lstrip())
            lines.append(Line(text, Spot(number), float(indent), float(len(text)), gap))
        gap = 0.0 if text else 1.0
    return lines


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        (["- Be kind.", "- Be safe."], ["item: Be kind.", "item: Be safe."]),
        (["(a) Be kind.", "(b) Be safe."], ["item: Be kind.", "item: Be safe."]),
        (["1. Be kind.", "2. Be safe.", "", FULL], ["item: Be kind.", "item: Be safe.", f"paragraph: {FULL}"]),
        (["1.2 Phones in class", "", FULL], ["heading: 1.2 Phones in class", f"paragraph: {FULL}"]),
        (["PHONES", "", FULL], ["heading: PHONES", f"paragraph: {FULL}"]),
        (["Be kind.", "", "Be safe."], ["paragraph: Be kind.", "paragraph: Be safe."]),
        ([f"{FULL} and", "so on."], [f"paragraph: {FULL} and so on."]),
        ([f"Head: Ada {FULL}", "Fern."], [f"paragraph: Head: Ada {FULL} Fern."]),
        ([f"Head: {FULL}", f"Deputy: {FULL}"], [f"paragraph: Head: {FULL}", f"paragraph: Deputy: {FULL}"]),
    ],
)
def test_lines_are_joined(lines: list[str], blocks: list[str]) -> None:
    assert [f"{block.shape}: {block.text}" for block in blocks_of(_lines(*lines))] == blocks


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Phones must not be dis-", "turbing. It is disturbing.", "Phones must not be disturbing. It is disturbing."),
        ("This is our anti-", "bullying policy.", "This is our anti-bullying policy."),
        ("This is the Mid-", "Borsetshire Trust.", "This is the Mid- Borsetshire Trust."),
    ],
)
def test_a_word_that_was_divided_is_whole_again(first: str, second: str, joined: str) -> None:
    assert [block.text for block in blocks_of(_lines(first, second))] == [joined]


def test_an_item_with_a_number_says_where_and_how_deep_it_is() -> None:
    assert list(blocks_of(_lines("1. Phones are off."))) == [TextBlock("Phones are off.", Shape.ITEM, Spot(1), 1)]


@pytest.mark.parametrize(
    ("size", "shape", "depth"),
    [
        (1.0, Shape.PARAGRAPH, 0),
        (1.08, Shape.PARAGRAPH, 0),
        (1.1, Shape.HEADING, 3),
        (1.3, Shape.HEADING, 2),
        (1.6, Shape.HEADING, 1),
    ],
)
def test_larger_letters_make_a_heading(size: float, shape: Shape, depth: int) -> None:
    block = next(blocks_of([Line("Phones", Spot(1), 0.0, 6.0, size=size), *_lines("", FULL)]))
    assert (block.text, block.shape, block.depth) == ("Phones", shape, depth)
