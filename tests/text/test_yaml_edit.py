"""Changing a YAML file: what was asked for is done, and every other line stays as it was typed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.problems import Mistakes
from build_tools.text.yaml_edit import add_before, edit_yaml
from build_tools.text.yaml_file import KeyPath, parse_yaml, paths_in
from build_tools.text.yaml_words import as_yaml

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


@pytest.mark.parametrize("words", ["2018-09 # not this", "a: b", "@a", "“a”", "", "yes", "a, b", "it's", "- a"])
def test_words_that_yaml_would_read_otherwise_are_quoted(words: str) -> None:
    edited, _ = edit_yaml(FILE, "x.yml", {("edition",): words}, [])
    assert parse_yaml(edited, "x.yml").data["edition"] == words


@pytest.mark.parametrize(
    ("text", "put", "gone", "edited"),
    [
        ("{edition: a, law: {x: y}}\n", {("edition",): "b"}, [("law",)], "{edition: b}\n"),
        ("law: {x: y}\nschool: {name: Oak}\n", {("school", "name"): "Ash"}, [], "law: {x: y}\nschool: {name: Ash}\n"),
        ("a: {b: 1, c: 2, d: 3, e: 4}\n", {}, [("a", "c"), ("a", "e"), ("a", "d")], "a: {b: 1}\n"),
        ("a: [b, c, d, e]\n", {}, [("a", 0), ("a", 2), ("a", 3)], "a: [c]\n"),
        ("edition:\nb: c\n", {("edition",): "x"}, [], "edition: x\nb: c\n"),
        ("edition: >\n  x\nb: c\n", {("edition",): "y"}, [], "edition: y\nb: c\n"),
        ("edition:\tx # é\nb: ü\n", {("edition",): "y"}, [("b",)], "edition:\ty # é\n"),
        ("a:\n  b: 1\n  c: 2\nd: 3\n", {}, [("a",), ("a", "b")], "d: 3\n"),
    ],
    ids=[
        "all on one line",
        "one block on a line",
        "several last ones",
        "all but one",
        "empty",
        "folded",
        "tab",
        "inside",
    ],
)
def test_a_file_of_any_shape_is_changed(text: str, put: dict[KeyPath, str], gone: list[KeyPath], edited: str) -> None:
    assert edit_yaml(text, "x.yml", put, gone)[0] == edited


def test_a_change_that_cannot_be_made_says_what_to_do() -> None:
    with pytest.raises(Mistakes) as raised:
        edit_yaml("a:\n- b: 1\n  c: 2\nd: 3\n", "x.yml", {("d",): "4"}, [("a", 0, "b")])
    please = "The program cannot change this line without changing more than this, so please do it."
    assert str(raised.value).splitlines() == [f"x.yml:2: {please} Delete a.1.b.", f"x.yml:4: {please} Write: d: 4"]


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


@pytest.mark.parametrize("text", ["- federation\n", "? federation\n: x\n"])
def test_an_entry_that_cannot_be_added_for_certain_is_not_added(text: str) -> None:
    with pytest.raises(Mistakes, match=r"x\.yml:1: .* Write above it: edition: 2031-01"):
        add_before(text, "x.yml", "federation", "edition", "2031-01")


# --- any file ------------------------------------------------------------------------------------

WORDS = st.sampled_from(["a", "Miss É", "x y", "3.10", "yes", "it's", "a: b", "“a”", "", "- a", "a:b", "#a", "{{ a }}"])
NAMES = st.sampled_from(["school", "name", "dsl", "a_b", "phones"])
DATA = st.recursive(
    WORDS, lambda inside: st.dictionaries(NAMES, inside, max_size=4) | st.lists(inside, max_size=3), max_leaves=12
)
GAPS = st.sampled_from(["", "", "", "# a note\n", "\n", "\n# a note: 'x\n"])


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Draw some data and a file that contains it: blocks and brackets, with comments and blank lines."""
    data = draw(st.dictionaries(NAMES, DATA, min_size=2, max_size=5))
    text = draw(st.booleans()) and _in_brackets(data) + "\n"
    return data, text or _block(draw, data, 0)


def _in_brackets(data: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(data, dict):
        return "{" + ", ".join(f"{name}: {_in_brackets(value)}" for name, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_in_brackets, data)) + "]"
    return as_yaml(data, in_brackets=True)


def _block(draw: st.DrawFn, data: Any, indent: int) -> str:  # noqa: ANN401 - any YAML value
    pairs = data.items() if isinstance(data, dict) else [(None, value) for value in data]
    text = ""
    for name, value in pairs:
        gap = draw(GAPS)
        text += gap.replace("#", " " * indent + "#")
        head = " " * indent + ("-" if name is None else f"{name}:")
        if isinstance(value, str):
            style = draw(st.sampled_from(["plain", "plain", ">-"])) if value.strip() and "#" not in value else "plain"
            note = draw(st.sampled_from(["", " # since May"]))
            text += f"{head} {as_yaml(value)}{note}\n" if style == "plain" else f"{head} >-\n{' ' * indent}  {value}\n"
        elif not value or draw(st.booleans()):
            text += f"{head} {_in_brackets(value)}\n"
        else:
            text += f"{head}\n{_block(draw, value, indent + 2)}"
    return text


@given(files(), st.data())
def test_any_file_is_changed_as_asked_or_left_alone(file: tuple[dict[str, Any], str], choice: st.DataObject) -> None:
    data, text = file
    assert parse_yaml(text, "x.yml").data == data
    paths = list(paths_in(data))
    gone = choice.draw(st.lists(st.sampled_from(paths), max_size=3, unique=True))
    texts = [path for path in paths if isinstance(_at(data, path), str) and not any(path[: len(g)] == g for g in gone)]
    put = choice.draw(st.dictionaries(st.sampled_from(texts), WORDS, max_size=2)) if texts else {}
    edited, by_hand = _edited(text, put, gone)
    if edited is None:
        assert by_hand == len(put) + len(gone)
        return
    changed = parse_yaml(edited, "x.yml").data
    assert all(_at(changed, path) == words for path, words in put.items() if not gone)
    new = [line for line in edited.splitlines() if line not in text.splitlines()]
    assert len(new) <= len(put) + len(gone)


def _edited(text: str, put: dict[KeyPath, str], gone: list[KeyPath]) -> tuple[str | None, int]:
    try:
        return edit_yaml(text, "x.yml", put, gone)[0], 0
    except Mistakes as mistakes:
        return None, len(mistakes.problems)


@given(files())
def test_a_top_level_answer_can_be_changed_in_any_file(file: tuple[dict[str, Any], str]) -> None:
    data, text = file
    name = next(iter(data))
    if isinstance(data[name], str):
        assert parse_yaml(edit_yaml(text, "x.yml", {(name,): "2031-01"}, [])[0], "").data == {**data, name: "2031-01"}
    assert parse_yaml(add_before(text, "x.yml", name, "edition", "2031-01"), "").data == {"edition": "2031-01", **data}
    *others, last = data
    edited, _ = edit_yaml(text, "x.yml", {}, [(last,)])
    assert parse_yaml(edited, "").data == {other: data[other] for other in others}


def _at(data: Any, path: KeyPath) -> Any:  # noqa: ANN401 - any YAML value
    for key in path:
        data = data[key]
    return data
