"""Entries of a YAML file under another path, with the comments of those who typed them."""

import pytest

from build_tools.text.problems import Mistakes
from build_tools.text.yaml_file import KeyPath, parse_yaml
from build_tools.text.yaml_move import move_entries

FILE = """\
edition: old

people:
  head: Mrs Hill
  # asked first
  specialists: [SENCO]  # ours
  helpers:
    - name: Mr Dale

learners: pupils  # as in every letter

email:
  # since May
  worries: text

apps:
  - name: One
"""


def test_an_entry_takes_its_comments_into_a_new_block() -> None:
    moved = move_entries(FILE, "f", {("people", "specialists"): ("support", "specialists")})
    assert moved == FILE.replace("  # asked first\n  specialists: [SENCO]  # ours\n", "").replace(
        "    - name: Mr Dale\n", "    - name: Mr Dale\n\nsupport:\n  # asked first\n  specialists: [SENCO]  # ours\n"
    )


def test_an_entry_joins_a_block_and_leaves_no_empty_one() -> None:
    moved = move_entries(FILE, "f", {("email", "worries"): ("people", "worries")})
    assert "email:" not in moved
    assert "    - name: Mr Dale\n  # since May\n  worries: text\n\nlearners:" in moved
    assert "# as in every letter\n\napps:" in moved


def test_several_entries_go_into_one_new_block() -> None:
    moves: dict[KeyPath, KeyPath] = {
        ("people", name): ("support", new) for name, new in (("specialists", "posts"), ("helpers", "helpers"))
    }
    data = parse_yaml(move_entries(FILE, "f", moves), "f").data
    assert data["support"] == {"posts": ["SENCO"], "helpers": [{"name": "Mr Dale"}]}
    assert data["people"] == {"head": "Mrs Hill"}


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("a:\n  b: 1\nc: 2", ("a", "b"), ("d", "x"), "d:\n  x: 1\nc: 2"),
        (
            "a:\n  b: >\n    long\n    text\n  z: 1\n",
            ("a", "b"),
            ("a", "x"),
            "a:\n  z: 1\n  x: >\n    long\n    text\n",
        ),
        ("c: 2\nb:\n    x: 1\n    y: 3", ("c",), ("b", "c"), "b:\n    x: 1\n    y: 3\n    c: 2\n"),
        ('"a": 1\nb: 2\n', ("a",), ("c",), "c: 1\nb: 2\n"),
    ],
)
def test_any_shape_of_block_keeps_its_indentation(text: str, old: tuple[str], new: tuple[str], wanted: str) -> None:
    assert move_entries(text, "f", {old: new}) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "people: {head: A, specialists: [B]}\n",
        "{people: {specialists: [B]}}",
        "support: {}\npeople:\n  specialists: B\n",
    ],
)
def test_what_cannot_be_kept_is_left_to_a_person(text: str) -> None:
    with pytest.raises(Mistakes) as raised:
        move_entries(text, "f.yml", {("people", "specialists"): ("support", "specialists")})
    (problem,) = raised.value.problems
    assert problem.message == (
        "The program cannot move this entry without changing more than it. Please move people.specialists "
        "to support.specialists."
    )
