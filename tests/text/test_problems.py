"""Mistakes as located values: each once, in order, in words."""

import pickle

import pytest

from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Place("schools/x/school.yml", 14), "schools/x/school.yml:14"),
        (Place("policy_src/2018-09"), "policy_src/2018-09"),
    ],
)
def test_place_is_printed_as_editors_read_it(place: Place, printed: str) -> None:
    assert str(place) == printed


def test_mistakes_are_in_order_of_place_and_unique() -> None:
    problems = [
        Problem(Place("b", 1), "second file"),
        Problem(Place("a", 10), "tenth line"),
        Problem(Place("a", 9), "ninth line"),
        Problem(Place("a"), "whole file"),
        Problem(Place("a", 9), "another of the ninth"),
        Problem(Place("a", 9), "ninth line"),
    ]
    assert str(Mistakes(problems)).splitlines() == [
        "a: whole file",
        "a:9: another of the ninth",
        "a:9: ninth line",
        "a:10: tenth line",
        "b:1: second file",
    ]


def test_mistakes_found_in_another_process_are_the_same_here() -> None:
    mistakes = Mistakes([Problem(Place("a", 1), "first"), Problem(Place("b"), "second")])
    assert pickle.loads(pickle.dumps(mistakes)).problems == mistakes.problems  # noqa: S301 - of our own making


@pytest.mark.parametrize(
    ("choices", "phrase"),
    [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"), ({"x": 1, "y": 2}, "x or y")],
)
def test_one_of(choices: list[str], phrase: str) -> None:
    assert one_of(choices) == phrase


@pytest.mark.parametrize(
    ("word", "hint"),
    [("fliter", " Did you mean filter?"), ("filter", " Did you mean filter?"), ("zebra", ""), ("", "")],
)
def test_did_you_mean(word: str, hint: str) -> None:
    assert did_you_mean(word, ["filter", "monitor"]) == hint
