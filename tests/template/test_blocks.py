"""Blocks of Markdown: what they are, where they stand, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.template.blocks import parse_blocks

ONE_PARAGRAPH = "A list item can have one paragraph, and none after a nested list. Make this a new item."
NOTE = 'A quotation is a note to authors: begin it with "Guidance:" and write plain paragraphs.'
SECTION = """\
# Title {: #title }

> Guidance: Decide this,
> and that.
>
> And more.

A paragraph. {: #paragraph when="a=b and c" }

## Group {: #group .group }

- One, {: #one }
    - nested,
      in two lines. {: #nested each="list" }
    - Without any.
- Last. {: #last }
"""


def test_blocks_are_headings_clauses_and_notes() -> None:
    blocks, problems = parse_blocks(SECTION, "a.md")
    assert not problems
    assert [(b.kind, b.text, b.level, b.attributes, b.place.line, b.is_item) for b in blocks] == [
        ("heading", "Title", 1, (("id", "title"),), 1, False),
        ("guidance", "Decide this,\nand that.\n\nAnd more.", 0, (), 3, False),
        ("clause", "A paragraph.", 0, (("id", "paragraph"), ("when", "a=b and c")), 8, False),
        ("heading", "Group", 2, (("id", "group"), (".", "group")), 10, False),
        ("clause", "One,", 0, (("id", "one"),), 12, True),
        ("clause", "Last.", 0, (("id", "last"),), 16, True),
    ]
    assert [(b.text, b.attributes, b.place.line) for b in blocks[4].children] == [
        ("nested,\nin two lines.", (("id", "nested"), ("each", "list")), 13),
        ("Without any.", (), 15),
    ]
    assert (blocks[2].attribute("when"), blocks[2].attribute("each")) == ("a=b and c", None)


def test_blocks_have_the_line_numbers_of_the_file() -> None:
    blocks, problems = parse_blocks("a\n\n# b\n\n---", "a.yml", first_line=40)
    assert [block.place.line for block in blocks] == [40, 42]
    assert [problem.place.line for problem in problems] == [44]


AT_THE_END = "The attribute list {: … } must be at the end of the clause's own text."


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("```\na\n```", ["1: Code is not allowed here. Delete it, or indent the line less."]),
        ("a\n\n    b", ["3: This line is indented, but it is not below a list item. Indent it less."]),
        ("a\n\n---", ["3: A horizontal rule is not allowed here. Delete it."]),
        ("1. a\n2. b", ["1: The program adds the numbers. Begin each item with a hyphen."]),
        ("- # a", ["1: A list item must begin with the clause's own words."]),
        ("-\n- a", ["1: A list item must begin with the clause's own words."]),
        ("- a\n\n    # b", ["3: Headings and guidance cannot be in a list. Do not indent them."]),
        ("- a\n\n    > Guidance: b", ["3: Headings and guidance cannot be in a list. Do not indent them."]),
        ("- a\n\n    b", [f"3: {ONE_PARAGRAPH}"]),
        ("- a\n    - b\n\n    c", [f"4: {ONE_PARAGRAPH}"]),
        ("> a", [f"1: {NOTE}"]),
        ("> Guidance: a\n> - b", [f"1: {NOTE}"]),
        (
            "a {: #b } c",
            [f"1: {AT_THE_END} Move this before it: c"],
        ),
        ("a {: #b } c }", ["1: Nothing may follow the attribute list. Delete this: } c"]),
    ],
)
def test_what_has_no_place_among_blocks(text: str, messages: list[str]) -> None:
    _blocks, problems = parse_blocks(text, "a.md")
    assert [f"{problem.place.line}: {problem.message}" for problem in problems] == messages


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "\n",
                "\n\n",
                "- ",
                "    ",
                "# ",
                "> ",
                "Guidance:",
                "1. ",
                "{: #b }",
                "```",
                "---",
                "<b>",
                "[",
                "](",
                ")",
                "\t",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_is_blocks_or_mistakes(text: str) -> None:
    blocks, _problems = parse_blocks(text, "a.md")
    assert {block.kind for block in blocks} <= {"heading", "clause", "guidance"}
