"""Synonyms of an edition that lead nowhere."""

import dataclasses
from collections.abc import Mapping

import pytest

from build_tools.proofreading.edition_synonyms import dead_synonyms
from build_tools.template.edition import Edition
from build_tools.template.pages_file import Synonyms
from build_tools.text.problems import Place

PLACE = Place("policy_src/2026-09/pages.yml", 20)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("phone", None),
        ("Phoning", None),  # an ending makes no difference
        ("self-harm", None),
        ("trustees", None),  # a word of an answer, which no clause has itself
        ("Report a concern", None),  # the heading of the box
        ("eating disorders", None),  # an answer that schools have unless they give another
        ("Working Together", None),  # a title that clauses cite
        ("I ask before I take or share a picture", None),  # a line of a handout
        ("smart xylophones", "xylophones"),
        ("phnoe", "phnoe"),
    ],
)
def test_the_edition_says_every_word_that_synonyms_stand_for(
    editions: Mapping[str, Edition], words: str, missing: str | None
) -> None:
    edition = editions["2026-09"]
    pages = dataclasses.replace(edition.pages, synonyms=(Synonyms(words, ("thing", "gadget"), PLACE),))
    found = [problem.message for problem in dead_synonyms(dataclasses.replace(edition, pages=pages))]
    expected = (
        f"synonyms.{words}: the edition does not say {missing}, so a search for thing would not find anything. "
        "Write words of the edition."
    )
    assert found == ([expected] if missing else [])


@pytest.mark.parametrize("name", ["2017-09", "2018-09", "2026-09"])
def test_no_published_edition_has_any(editions: Mapping[str, Edition], name: str) -> None:
    assert len(editions[name].pages.synonyms) > 30
    assert list(dead_synonyms(editions[name])) == []
