"""Changing a YAML file: what was asked for is done, and every other line stays as it was typed."""

import pytest

from build_tools.text.yaml_edit import add_before, edit_yaml
from build_tools.text.yaml_file import KeyPath, parse_yaml

FILE = """\
# A file.
edition: 2017-09   # since May
people:
  head:   Mr A      # agreed

  # about the DSL
  dsl:
  - name: B
law:
  data: gdpr   # x

# everything below is about phones
phones:
  price: 3.10
  list: [a,
         b]
  text: >
    one

    two

amendments:
- omit: a
  because: x
# the head wants this one
- omit: b
  because: |
    y

    z
"""

CASES: list[tuple[str, KeyPath, str, str]] = [
    ("a block with all that it held", ("law", "data"), "law:\n  data: gdpr   # x\n", ""),
    ("one of several", ("phones", "price"), "  price: 3.10\n", "  price: 3.10"),
    ("what its own comment explains", ("people", "dsl"), "  # about the DSL\n  dsl:\n  - name: B\n", ""),
    ("a list in brackets", ("phones", "list"), "  list: [a,\n         b]\n", ""),
    ("an entry in brackets", ("phones", "list", 0), "a,\n         ", "a,\n         "),
    ("the last entry in brackets", ("phones", "list", 1), ",\n         b", ""),
    ("a folded text", ("phones", "text"), "  text: >\n    one\n\n    two\n", ""),
    ("an entry, not the comment of the next", ("amendments", 0), "- omit: a\n  because: x\n", ""),
    (
        "the last entry, with its comment",
        ("amendments", 1),
        "# the head wants this one\n- omit: b\n  because: |\n    y\n\n    z\n",
        "",
    ),
]


@pytest.mark.parametrize(("path", "lost", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_taking_out_loses_nothing_else(path: KeyPath, lost: str, told: str) -> None:
    edited, taken_out = edit_yaml(FILE, "x.yml", {}, [path])
    assert FILE.count(lost) == 1
    assert edited == FILE.replace(lost, "")
    assert taken_out == [told or lost.strip("\n")]


def test_a_value_changes_in_its_place_and_keeps_its_comment() -> None:
    edited, taken_out = edit_yaml(FILE, "x.yml", {("edition",): "2018-09"}, [])
    assert edited == FILE.replace("2017-09", "2018-09")
    assert taken_out == []


def test_a_list_goes_with_its_last_entry() -> None:
    edited, _ = edit_yaml(FILE, "x.yml", {}, [("amendments", 0), ("amendments", 1)])
    assert edited == FILE[: FILE.index("amendments:")]


def test_all_at_once_is_what_each_alone_would_do() -> None:
    paths: list[KeyPath] = [("law", "data"), ("phones", "list", 0), ("amendments", 0)]
    edited, taken_out = edit_yaml(FILE, "x.yml", {("edition",): "2018-09"}, paths)
    data = parse_yaml(edited, "x.yml").data
    assert data["edition"] == "2018-09"
    assert "law" not in data
    assert data["phones"]["list"] == ["b"]
    assert [entry["omit"] for entry in data["amendments"]] == ["b"]
    assert len(taken_out) == 3


@pytest.mark.parametrize("text", ["a: 1\nb: 2", "a: 1\n\nb: 2\n\n", "{a: 1, b: 2}", '{"a": 1,\n "b": 2}\n'])
def test_the_last_of_a_file_goes_whatever_stands_after_it(text: str) -> None:
    edited, _ = edit_yaml(text, "x.yml", {}, [("b",)])
    assert parse_yaml(edited, "x.yml").data == {"a": "1"}


def test_words_that_would_mean_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="would mean something else"):
        edit_yaml(FILE, "x.yml", {("edition",): "2018-09 # not this"}, [])


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("# ours\nfederation: x\na: 1\n", "# ours\nedition: 2031-01\nfederation: x\na: 1\n"),
        ('a: 1\n"federation":  x # here\n', 'a: 1\nedition: 2031-01\n"federation":  x # here\n'),
        ("  a: 1\n  federation: x\n", "  a: 1\n  edition: 2031-01\n  federation: x\n"),
        ("{a: 1, federation: x}\n", "{a: 1, edition: 2031-01, federation: x}\n"),
        ("a: >\n  federation: y\nfederation: x\n", "a: >\n  federation: y\nedition: 2031-01\nfederation: x\n"),
    ],
    ids=["block", "quoted", "indented", "braces", "words that look like it"],
)
def test_an_entry_is_added_before_another(text: str, edited: str) -> None:
    assert add_before(text, "x.yml", "federation", "edition", "2031-01") == edited


@pytest.mark.parametrize(("text", "words"), [("- federation\n", "x"), ("federation: x\n", "2031-01 # not this")])
def test_an_entry_that_cannot_be_added_for_certain_is_not_added(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"x\.yml"):
        add_before(text, "x.yml", "federation", "edition", words)
