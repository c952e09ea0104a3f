"""What is valid in an edition and still looks wrong: an article before an answer that it does not go with."""

import dataclasses
from collections.abc import Mapping

import pytest

from build_tools.proofreading.edition import proofread_edition
from build_tools.template.edition import Draft, Edition
from build_tools.text.yaml_file import Document


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("Ask a {{ governor }} first.", False),
        ("Ask an {{ governor }} first.", True),
        ("Ask a {{ setting }} first.", True),  # a school may be an academy
        ("Ask a {{ learner }} first.", True),  # it may have a word of its own
        ("Ask the {{ setting }} first.", False),
        ("Ask a named {{ governor }} first.", False),
        ("A {{ head }} decides.", True),
    ],
)
def test_an_article_before_an_answer(editions: Mapping[str, Edition], words: str, *, is_found: bool) -> None:
    edition = editions["2018-09"]
    clause = dataclasses.replace(edition.by_id["aims-authors"], source=words)
    changed = dataclasses.replace(edition, sections=(clause,))
    draft = Draft(changed.name, (), changed.sections, Document("edition.yml", {}, {}, {}), changed)
    found = [problem for problem in proofread_edition(draft, {}) if "does not go with" in problem.message]
    assert bool(found) == is_found
    assert all(problem.is_warning and "Write the, each or every" in problem.message for problem in found)
