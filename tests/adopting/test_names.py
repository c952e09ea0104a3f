"""What a school is called, by the front of its policy, by its text and by the foot of its pages; and its motto."""

from collections.abc import Mapping

import pytest

from build_tools.adopting.answer import Answer, Certainty
from build_tools.adopting.document import Document, Shape, Spot, TextBlock, passages
from build_tools.adopting.names import find_names
from build_tools.adopting.subject import Subject

FULL = "Reedbed Church of England Primary School"
OFTEN = "Reedbed School cares. Reedbed School listens. Reedbed School learns."


def _found(front: tuple[str, ...], text: str, furniture: tuple[str, ...] = ()) -> Mapping[str, Answer]:
    blocks = [TextBlock(line, Shape.PARAGRAPH, Spot(number)) for number, line in enumerate(front, 1)]
    aims = (TextBlock("1. Aims", Shape.HEADING, Spot(8), 1), TextBlock(text, Shape.PARAGRAPH, Spot(9)))
    document = Document("policy.md", (*blocks, *aims), furniture)
    return {answer.path: answer for answer in find_names(document, passages(document), Subject("Phone"))}


@pytest.mark.parametrize(
    ("front", "text", "furniture", "names", "certainty", "place"),
    [
        ((FULL,), "We care.", (), [FULL], Certainty.LIKELY, (1, FULL)),
        (("Reedbed School", FULL), "We care.", (), [FULL], Certainty.LIKELY, (2, FULL)),
        ((FULL,), OFTEN, (), [FULL, "Reedbed School"], Certainty.SURE, (1, FULL)),
        (("REEDBED SCHOOL",), OFTEN, (), ["Reedbed School"], Certainty.SURE, (1, "REEDBED SCHOOL")),
        (("Phones", "2030"), OFTEN, (), ["Reedbed School"], Certainty.LIKELY, (9, OFTEN)),
        (("Saltings School",), OFTEN, (), ["Reedbed School"], Certainty.LIKELY, (9, OFTEN)),
        (("Phones",), "We care.", (f"{FULL}, 2030",), [FULL], Certainty.LIKELY, (1, f"{FULL}, 2030")),
        (("Phones",), "We care.", (), [], None, None),
    ],
)
def test_a_school_is_called(
    front: tuple[str, ...],
    text: str,
    furniture: tuple[str, ...],
    names: list[str],
    certainty: Certainty | None,
    place: tuple[int, str] | None,
) -> None:
    found = _found(front, text, furniture)
    assert [answer.value for answer in found.values()] == names
    if names:
        evidence = found["school.name"].evidence[0]
        assert (found["school.name"].certainty, (evidence.spot.number, evidence.words)) == (certainty, place)


@pytest.mark.parametrize(
    ("words", "is_motto"),
    [
        ("Aiming high together", True),
        ("Aims", False),
        ("Phone policy for all", False),
        ("Reedbed School aims high", False),
        ("Aiming high", False),
    ],
)
def test_a_motto_is_at_the_foot_of_the_pages(words: str, is_motto: bool) -> None:  # noqa: FBT001 - a case
    found = _found(("Reedbed School",), "We care.", (words,))
    mottos = [(found["school.motto"].value, found["school.motto"].evidence[0].words)] if "school.motto" in found else []
    assert mottos == ([(words, words)] if is_motto else [])
