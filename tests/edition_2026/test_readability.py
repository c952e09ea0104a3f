"""Edition 2026-09 can be read by somebody of 13 to 14 years, and is shorter than the edition before it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folders import ROOT, TESTS
from readability import Measure, measure, sentences_of, syllables, words_in

from build_tools.policy.model import Policy, plain
from build_tools.project import Project
from build_tools.reading import read

PROJECTS = (Project(ROOT), Project(TESTS / "real_values"))
EXAMPLES = {
    project: [
        name
        for name in project.school_names()
        if "edition: 2026-09" in (project.schools_folder / name / "school.yml").read_text(encoding="utf-8")
    ]
    for project in PROJECTS
}
SCHOOLS = [name for names in EXAMPLES.values() for name in names]
PRIMARY, PRIMARY_2018 = "oakenshaw-primary", "trottiscliffe"
FOR_FAMILIES = ("scope", "education", "social-media", "devices", "responding")
"""The sections for parents and learners."""
LONGEST, MEDIAN, GRADE, WORDS = 35, 18, 9, 8000


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    found: dict[str, Policy] = {}
    for project, names in EXAMPLES.items():
        found |= {name: resolved.policy for name, resolved in read(project, names).resolved.items()}
    return found


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("phone", 1), ("pupils", 2), ("school", 1), ("harmed", 1), ("wanted", 2), ("people", 2), ("rules", 1),
        ("table", 2), ("filtering", 3), ("monitoring", 4), ("learners", 2), ("images", 3), ("devices", 3),
        ("the", 1), ("be", 1), ("72", 1), ("carer’s", 2), ("emergency", 4),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_sentence_is_long(school: str, policies: dict[str, Policy]) -> None:
    sentences = sentences_of(policies[school].walk())
    assert [sentence for sentence in sentences if len(words_in(sentence)) > LONGEST] == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_what_families_read_suits_a_reader_of_fourteen(school: str, policies: dict[str, Policy]) -> None:
    parts = [section for section in policies[school].sections if section.id in FOR_FAMILIES]
    assert len(parts) == len(FOR_FAMILIES)
    measures = {section.id: measure(section.walk()) for section in [*parts, *policies[school].handouts]}
    assert {name: found.median for name, found in measures.items() if found.median > MEDIAN} == {}
    assert {name: found.grade for name, found in measures.items() if found.grade > GRADE} == {}


def test_a_primary_is_said_in_eight_thousand_words(policies: dict[str, Policy]) -> None:
    assert measure(policies[PRIMARY].walk()).words <= WORDS


def test_the_edition_is_compared_with_that_of_2018(
    policies: dict[str, Policy], expected: Callable[[Path, str], None]
) -> None:
    before = read(Project(ROOT), [PRIMARY_2018]).school(PRIMARY_2018).policy
    lines = [
        f"A primary school by 2018-09 ({PRIMARY_2018}) and by 2026-09 ({PRIMARY})",
        "",
        f"{'':37}  {'words':^12} {'median':^12} {'longest':^12} {'grade':^12}",
        *_rows(before, policies[PRIMARY]),
        "",
        "Words, words of the median and of the longest sentence, and Flesch-Kincaid grade of the clauses, list items",
        "counted as sentences. A section that the school does not use has no figures.",
    ]
    expected(TESTS / "edition_2026" / "expected" / "readability.txt", "\n".join(lines) + "\n")


def _rows(before: Policy, now: Policy) -> Iterator[str]:
    for old, new in zip(before.sections, now.sections, strict=True):
        yield _row(f"{new.number} {plain(new.text)}", measure(old.walk()), measure(new.walk()))
    yield _row("all", measure(before.walk()), measure(now.walk()))


def _row(title: str, old: Measure, new: Measure) -> str:
    figures = [(m.words, m.median, len(words_in(m.longest)), m.grade) for m in (old, new)]
    pairs = ("{:5} {:6}", "{:5.1f} {:6.1f}", "{:5} {:6}", "{:5.1f} {:6.1f}")
    return f"{title:37}  " + " ".join(
        pair.format(*both) for pair, both in zip(pairs, zip(*figures, strict=True), strict=True)
    )
