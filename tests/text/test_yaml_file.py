"""YAML from disk: what is text stays text, everything has its line, and what we refuse is refused."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.yaml_file import Document, KeyPath, Unreadable, parse_yaml, read_checked


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


# --- what is refused -----------------------------------------------------------------------------


_TOO_DEEP = "1: Lists are nested more than 20 levels deep. Put text with brackets in quotation marks."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\nb: 2\na: 3\nb: 4\n",
            [
                "3: a is here twice; it is also on line 1. Keep one of them.",
                "4: b is here twice; it is also on line 2. Keep one of them.",
            ],
        ),
        (
            "x:\n  a: 1\n  a: 2\n",
            ["3: a is here twice; it is also on line 2. Keep one of them."],
        ),
        (
            "a: [&mark x, *mark]",
            [
                "1: Text cannot begin with &mark (an anchor). Put it in quotation marks.",
                "1: Text cannot begin with * (an alias). Put it in quotation marks.",
            ],
        ),
        ("*a : b", ["1: Text cannot begin with * (an alias). Put it in quotation marks."]),
        ("a: [!!int 1]", ["1: Text cannot begin with ! (the tag tag:yaml.org,2002:int). Put it in quotation marks."]),
        ("a: b\n---\nc: d\n", ["2: The line --- begins a second document. Delete it: a file can have only one."]),
        ("a: 1\n? [b]\n: c\n", ["2: A name cannot be in brackets. Write a plain word before the colon."]),
        ('a: "\\ue000"\n', ["1: The character U+E000 is invisible or for private use. Delete it."]),
        ('a: "\\0"\n', ["1: The character U+0000 is invisible or for private use. Delete it."]),
        ('"\\u202e": x\n', ["1: The character U+202E is invisible or for private use. Delete it."]),
        (
            "a: " + "[" * 20 + "]" * 20,
            [_TOO_DEEP],
        ),
        ("[" * 100_000, [_TOO_DEEP]),
    ],
)
def test_yaml_refuses(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


def test_a_file_has_all_its_mistakes_at_once() -> None:
    assert messages("a: 1\na: 2\nb: c d: e\nf:\n\u00a0 g: h\ni: @h\nj: “k”\n") == [
        "2: a is here twice; it is also on line 1. Keep one of them.",
        '3: There is a second colon in this line. Put the text in straight quotation marks: b: "c d: e"',
        (
            "5: There is a no-break space (U+00A0) at the beginning of this line, perhaps copied from a web page or"
            " from Word. Type an ordinary space instead."
        ),
        '6: Text cannot begin with @. Put it in quotation marks: i: "@h"',
        '7: Curly quotation marks would be printed. Type straight ones: j: "k"',
    ]


# --- what was meant ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a:\n  b: c\n\u00a0 d: e\n", {"a": {"b": "c", "d": "e"}}),
        ("a:\n  • b\n  • c\n", {"a": ["b", "c"]}),
        ("a: “b”\n", {"a": "b"}),
        ("a: b\n<<<<<<< x\nc: d\n=======\nc: e\n>>>>>>> y\n", None),
        ("a: b\na: c\n", None),
        ("a b\nc: d\n", None),
    ],
    ids=["no-break space", "bullets", "curly quotation marks", "two versions", "twice", "no colon"],
)
def test_a_file_with_slips_says_what_was_meant_if_it_is_certain(text: str, meant: object) -> None:
    with pytest.raises(Unreadable) as raised:
        parse_yaml(text, "x.yml")
    assert (raised.value.meant.data if raised.value.meant else None) == meant


def test_the_rest_of_a_file_is_checked_as_it_was_meant(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a:\n  • b\nc: “d”\ne: f\n", encoding="utf-8")

    def check(document: Document) -> None:
        raise Mistakes([Problem(document.place((key,)), f"{key} is wrong") for key in ("c", "e")])

    with pytest.raises(Mistakes) as raised:
        read_checked(tmp_path / "x.yml", "x.yml", check, inside=tmp_path)
    assert [str(problem)[:22] for problem in raised.value.problems] == [
        "x.yml:2: A list begins",
        "x.yml:3: Curly quotati",
        "x.yml:4: e is wrong",
    ]


def test_a_program_may_write_what_looks_like_a_slip() -> None:
    assert parse_yaml("by: “The board”\n", "x.yml", by_hand=False).data == {"by": "“The board”"}


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
