"""The invented schools of edition 2026-09 have no mistake and no warning, and each has a policy of its own size."""

import re
from collections.abc import Mapping

import pytest
from folders import ROOT

from build_tools import commands
from build_tools.policy.model import plain
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.versions.history import read_versions

SCHOOLS = ("fernhollow-school", "marlbrook-academy", "oakenshaw-primary", "puddleduck-preschool", "saltern-primary")
TRUST = "tidewater-trust"
ONLY_SCHOOLS = re.compile(
    r"Keeping Children Safe|RSHE|Key Stage|By law we must|examination|homework|sixth form|nudes?\b(?! or sexual)|"
    r"sexting|Report Remove|[Cc]onfiscat|search children|detention|behaviour policy|lessons?\b|pupils?\b|students?\b"
)
ONLY_OLDER = re.compile(
    r"[Cc]hildren(?:’s)? (?:sign|agree|log|own|post|email|message|chat|bring|hand in|use social)|children’s (?:phones|"
    r"accounts|passwords|work)|friends or followers|young carers"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Project(ROOT), SCHOOLS)


def words(reading: Reading, name: str) -> Mapping[str, str]:
    """Return the words of each part of a school's policy that is printed, by id."""
    policy = reading.school(name).policy
    return {node.id: plain(node.text) for node in policy.walk() if not node.is_left_out}


def test_they_have_no_mistake_and_no_warning() -> None:
    found = commands.check(Project(ROOT), [*SCHOOLS, TRUST])
    assert found.problems([*SCHOOLS, TRUST]) == ()
    assert found.warnings([*SCHOOLS, TRUST]) == ()


@pytest.mark.parametrize("name", SCHOOLS)
def test_each_amends_with_a_reason(name: str, reading: Reading) -> None:
    school = reading.school(name).school
    assert school.edition == "2026-09"
    assert school.amendments
    assert all(len(amendment.because) > 40 for amendment in school.amendments)


def test_no_policy_names_another_kind_of_school(reading: Reading) -> None:
    said = words(reading, "puddleduck-preschool")
    assert len(said) > 150
    assert {name: text for name, text in said.items() if ONLY_SCHOOLS.search(text)} == {}
    assert {name: text for name, text in said.items() if ONLY_OLDER.search(text)} == {}


def test_what_is_looked_for_is_in_the_policy_of_a_school(reading: Reading) -> None:
    said = " ".join(words(reading, "marlbrook-academy").values())
    assert len({match[0] for match in ONLY_SCHOOLS.finditer(said)}) > 8
    assert "friends or followers" in said


@pytest.mark.parametrize("name", SCHOOLS)
def test_sentences_are_short(name: str, reading: Reading) -> None:
    sentences = [
        sentence for text in words(reading, name).values() for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text)
    ]
    lengths = sorted(len(sentence.split()) for sentence in sentences)
    assert lengths[-1] <= 35, max(sentences, key=lambda sentence: len(sentence.split()))
    assert lengths[len(lengths) // 2] <= 18


def test_one_has_two_ratified_versions() -> None:
    versions = read_versions(ROOT / "schools/oakenshaw-primary", ROOT)
    assert [(version.edition, version.decision.on) for version in versions] == [
        ("2026-09", "2026-10-14"),
        ("2026-09", "2026-11-25"),
    ]
    assert commands.verify(Project(ROOT), ["oakenshaw-primary"])["oakenshaw-primary"]
