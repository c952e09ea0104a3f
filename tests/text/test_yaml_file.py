"""YAML from disk: what is text stays text, everything has its line, and what we refuse is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.problems import Mistakes, Place
from build_tools.text.yaml_file import KeyPath, parse_yaml


def messages(text: str) -> list[str]:
    """Return the mistakes in a YAML text as `line: message`."""
    with pytest.raises(Mistakes) as raised:
        parse_yaml(text, "school.yml")
    return [f"{problem.place.line}: {problem.message}" for problem in raised.value.problems]


# --- data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("phone: 01632 960000\nroom: 01632", {"phone": "01632 960000", "room": "01632"}),
        ("version: 3.10", {"version": "3.10"}),
        ("at: 12:30", {"at": "12:30"}),
        (
            "answer: no\nother: yes\nthird: ~\nfourth: null",
            {"answer": "no", "other": "yes", "third": "~", "fourth": "null"},
        ),
        ("date: 2018-05-23\nmonth: 2018-10", {"date": "2018-05-23", "month": "2018-10"}),
        ("empty:\nnext: x", {"empty": "", "next": "x"}),
        ("name: <<\nother: '='", {"name": "<<", "other": "="}),
        ("list: [a, 1, {b: c}]", {"list": ["a", "1", {"b": "c"}]}),
        ('quoted: "a: b # c"', {"quoted": "a: b # c"}),
        ("- a\n- - b", ["a", ["b"]]),
        ("", None),
        ("# only a remark", None),
        ("just words", "just words"),
    ],
)
def test_yaml_is_text(text: str, data: Any) -> None:  # noqa: ANN401 - any YAML value
    assert parse_yaml(text, "school.yml").data == data


# --- places --------------------------------------------------------------------------------------

PLACED = """\
# a remark
edition: 2018-09
people:
  dsl:
    - name: A
      role: B
    - name: C
amendments:
  - replace: x
    with: |
      First words.
    because: >-

      Folded
      words.
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("edition",), 2),
        (("people",), 3),
        (("people", "dsl"), 4),
        (("people", "dsl", 0), 5),
        (("people", "dsl", 0, "role"), 6),
        (("people", "dsl", 1), 7),
        (("amendments", 0, "with"), 10),
        (("people", "dsl", 1, "missing"), 7),
        (("people", "missing", "deeper"), 3),
        (("missing",), 1),
    ],
)
def test_place_is_that_of_the_entry_or_of_what_is_around_it(path: KeyPath, line: int) -> None:
    assert parse_yaml(PLACED, "school.yml").place(path) == Place("school.yml", line)


@pytest.mark.parametrize(
    ("path", "line"),
    [(("edition",), 2), (("amendments", 0, "with"), 11), (("amendments", 0, "because"), 13), (("missing",), 1)],
)
def test_text_place_is_where_the_words_begin(path: KeyPath, line: int) -> None:
    assert parse_yaml(PLACED, "school.yml").text_place(path) == Place("school.yml", line)


DOES_NOT_FIT = (
    "This line does not fit the one above it. Check how far both are indented, and that a space follows each hyphen."
)

# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\nb: 2\na: 3\nb: 4\n",
            [
                "3: a stands here a second time; it was given in line 1. Keep one of them.",
                "4: b stands here a second time; it was given in line 2. Keep one of them.",
            ],
        ),
        (
            "x:\n  a: 1\n  a: 2\n",
            ["3: a stands here a second time; it was given in line 2. Keep one of them."],
        ),
        ("a: &mark x", ["1: An anchor (&mark) stands here. Write the value without it."]),
        (
            "a: &mark x\nb: *mark",
            [
                "1: An anchor (&mark) stands here. Write the value without it.",
                "2: Text cannot begin with * (an alias). Put it in quotation marks.",
            ],
        ),
        ("*a : b", ["1: Text cannot begin with * (an alias). Put it in quotation marks."]),
        ("a: !!int 1", ["1: A tag (tag:yaml.org,2002:int) stands here. Write the value without it."]),
        ("a: !mine [b]", ["1: A tag (!mine) stands here. Write the value without it."]),
        ("a: b\n---\nc: d\n", ["2: The line --- begins a second document. Delete it: a file can have only one."]),
        ("a: 1\n? [b]\n: c\n", ["2: A name cannot be in brackets. Write a plain word before the colon."]),
        ('a: "\\ue000"\n', ["1: The character U+E000 is invisible or for private use. Delete it."]),
        ('a: "\\0"\n', ["1: The character U+0000 is invisible or for private use. Delete it."]),
        ('"\\u202e": x\n', ["1: The character U+202E is invisible or for private use. Delete it."]),
        ("a: " + "[" * 20 + "]" * 20, ["1: Values are nested more than 20 deep."]),
        ("[" * 100_000, ["1: Values are nested more than 20 deep."]),
    ],
)
def test_yaml_refuses(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a:\n\tb: c", 2, "There is a tab here. Indent with spaces."),
        ("a: @b", 1, "Text cannot begin like this. Put it in quotation marks."),
        ("a: `b`", 1, "Text cannot begin like this. Put it in quotation marks."),
        (
            "a: b: c",
            1,
            ('There is a second colon in this line. Put the text in straight quotation marks, such as "9:30".'),
        ),
        (
            "a: “b: c”",
            1,
            ('There is a second colon in this line. Put the text in straight quotation marks, such as "9:30".'),
        ),
        ("a: b\nc\nd: e", 2, "A colon is missing after a name, or the line is not indented enough."),
        ('a: "C:\\schools"', 1, "There is a backslash in double quotation marks. Use single ones."),
        ("a: - b", 1, "Begin the list on the next line."),
        (
            "a: b\n   c: d",
            2,
            DOES_NOT_FIT,
        ),
        (
            "a:\n  -b: c\n   d: e",
            3,
            DOES_NOT_FIT,
        ),
        (
            "a:\n  b: c\nd: e\n  f: g",
            4,
            DOES_NOT_FIT,
        ),
        (
            "a:\n    b: c\n  d: e",
            3,
            "This line does not line up with those above it, or a quotation mark is open.",
        ),
        ("a: 'b' c", 1, "This line does not line up with those above it, or a quotation mark is open."),
        ("a:\n  - b\n  c: d", 3, "This line does not line up with the list above it."),
        ('a: x\nb: "c\nd: e', 2, "A quotation mark or bracket is not closed."),
        ("a: x\nb: [c\nd: e", 2, "A bracket [ is not closed."),
        ("a: {b: c\nd", 1, "A brace { is not closed."),
    ],
)
def test_yaml_that_is_none_is_explained(text: str, line: int, hint: str) -> None:
    assert messages(text) == [f"{line}: {hint}"]


def test_what_was_found_before_the_yaml_broke_is_told_too() -> None:
    assert messages("a: 1\na: 2\nb: c: d") == [
        "2: a stands here a second time; it was given in line 1. Keep one of them.",
        (
            "3: This is not valid YAML. There is a second colon in this line. Put the text in straight "
            'quotation marks, such as "9:30".'
        ),
    ]


PIECES = [*"ab: \n[]{},?'\"|>#%=", "  ", "- ", "&x", "*x", "!t", "---", "...", "<<", "\\ue000"]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_data_with_places_or_mistakes(text: str) -> None:
    try:
        document = parse_yaml(text, "school.yml")
    except Mistakes:
        return
    assert _is_plain(document.data)
    assert all(1 <= line <= text.count("\n") + 1 for line in document.lines.values())


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(entry) for key, entry in value.items())
    return all(map(_is_plain, value)) if isinstance(value, list) else value is None or isinstance(value, str)
