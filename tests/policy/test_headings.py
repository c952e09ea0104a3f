"""Headings as pages show them: in sentence case, without changing names, and by name if a section is not used."""

import pytest

from build_tools.policy.headings import named, shown_headings
from build_tools.policy.model import Kind, Node, Origin, Policy, Run, Text, plain

CLAUSES = (
    "In Kent we ask the Kent County Council for advice on the online safety of young people.",
    "Write to help@police.example.",
    "The leaders read use of phones, and staff tell the UK Safer Internet Centre and the CEOP.",
)


def _shown(*runs: Run, origin: Origin = Origin.TEMPLATE, was: Text | None = None, kind: Kind = Kind.SECTION) -> str:
    heading = Node(kind, "heading", runs, origin, "heading", "1", "1", was=was)
    clauses = [Node(Kind.CLAUSE, f"c{at}", (Run(words),), Origin.TEMPLATE) for at, words in enumerate(CLAUSES)]
    policy = Policy("x", "2030-01", "Policy", (heading, *clauses))
    return plain(shown_headings(policy)(heading))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Use of Phones", "Use of phones"),
        ("Online Safety", "Online safety"),
        ("Staff who tell others", "Staff who tell others"),
        ("Safer Use", "Safer use"),
        ("Advice from Kent Schools", "Advice from Kent schools"),
        ("The Kent County Council Team", "The Kent County Council Team"),
        ("Pictures (IIOC) and CEOP", "Pictures (IIOC) and CEOP"),
        ("Words for iPads", "Words for iPads"),
        ("Laptops and/or Webcams", "Laptops and/or webcams"),
        ("“Sexting” in Schools", "“Sexting” in schools"),
        ("École and Éclair", "École and éclair"),
    ],
)
def test_a_heading_is_in_sentence_case(written: str, shown: str) -> None:
    assert _shown(Run(written)) == shown
    assert _shown(Run(written), kind=Kind.GROUP) == shown


def test_the_word_for_learners_is_small_inside_a_heading() -> None:
    learners = Run("Young people’s", field="learners")
    assert _shown(Run("Concerns about "), learners, Run(" Welfare")) == "Concerns about young people’s welfare"
    assert _shown(learners, Run(" Phones")) == "Young people’s phones"


def test_a_name_that_the_school_gives_keeps_its_capital() -> None:
    force = Run("Kent Police", field="authority.police")
    assert _shown(Run("Reports to "), force) == "Reports to Kent Police"


def test_a_heading_of_the_school_itself_stays_as_it_was_written() -> None:
    assert _shown(Run("Apple Watches"), origin=Origin.INSERTED) == "Apple Watches"
    assert _shown(Run("Apple Watches"), origin=Origin.REPLACED) == "Apple Watches"


def test_a_section_that_is_not_used_is_called_by_its_title() -> None:
    not_used, title = Run("Not used at X"), (Run("Learning Platforms"),)
    for origin in (Origin.OMITTED, Origin.NOT_CHOSEN):
        assert _shown(not_used, origin=origin, was=title) == "Learning platforms: not used"
    assert (
        plain(named(Node(Kind.SECTION, "a", (not_used,), Origin.OMITTED, was=title))) == "Learning Platforms: not used"
    )
