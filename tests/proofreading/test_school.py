"""What is read of a school: every kind of text that is its own, each in its place, and nothing of the template's."""

import time
from pathlib import Path

import pytest
from folders import ROOT, copy_real_schools
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import schools

from build_tools.policy.model import School
from build_tools.project import Project
from build_tools.proofreading.currency import mentions_in
from build_tools.proofreading.leftovers import find_residue, find_self_description
from build_tools.proofreading.neighbours import other_schools_in
from build_tools.proofreading.school import Surroundings, proofread
from build_tools.proofreading.terms import other_terms_in
from build_tools.proofreading.typing_errors import find_slips
from build_tools.reading import Reading, read
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import parse_school
from build_tools.template.edition import read_edition
from build_tools.text.names import Names, people_in
from build_tools.text.problems import Place, Problem
from build_tools.text.yaml_file import parse_yaml

SCHOOL = "trottiscliffe"
FILE = ROOT / "schools" / SCHOOL / "school.yml"
EDITION = read_edition(ROOT / "policy_src" / "2018-09", ROOT)
LEARNERS = next(field for field in EDITION.schema.fields if field.path == EDITION.pages.learners)
AROUND = Surroundings(
    {"2018-09": EDITION}, Names.of({"Brookside School"}), frozenset({"Hill View School"}), frozenset(), None
)
# what is said of the guidance of a year is true of every school
CURRENT = ("next_review: 2019-10", "next_review: 2019-08")


def proofread_file(*changes: tuple[str, str]) -> tuple[Problem, ...]:
    """Return what is found in a real school's file after some changes of its text."""
    text = FILE.read_text(encoding="utf-8")
    for old, new in (CURRENT, *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    school = parse_school(parse_yaml(text, "school.yml"), FILE.parent, ROOT, {"2018-09": EDITION})
    return proofread(Resolved(EDITION, school, resolve(EDITION, school)), AROUND)


def test_a_clean_school_has_no_findings() -> None:
    assert not proofread_file()


INSERTED = (
    "amendments:\n",
    """amendments:
  - insert: own-clause
    after: aims-authors
    text: TEXT
    because: REASON
""",
)


def with_clause(text: str, reason: str = "We want it.") -> tuple[str, str]:
    return INSERTED[0], INSERTED[1].replace("TEXT", text).replace("REASON", reason)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (("motto: Learning Together", "motto: The the Learning"), "school.motto (Motto)"),
        (("product: Lightspeed", "product: Lightspeed [insert version]"), "filtering.product (Filtering product)"),
        (("  - name: Target Tracker", "  - name: Target Tracker (TBC)"), "tracking, entry 1, name (Name)"),
        (("toilets, places", "toilets.., places"), "phones.banned_areas, entry 1 (Where no one may use a phone)"),
        (with_clause("Ask [name].") , "own-clause"),
        (with_clause("Ask us.", "It is TBC."), "own-clause: because"),
        (("because: The school lists no", "because: The the school lists no"),
         "social-learners-personal-details-examples: because"),
    ],
)  # fmt: skip
def test_every_kind_of_text_is_read_and_told_with_its_line(change: tuple[str, str], name: str) -> None:
    (problem,) = proofread_file(change)
    text = FILE.read_text(encoding="utf-8").replace(*change, 1).splitlines()
    assert problem.message.startswith(f"{name}: ")
    assert not problem.is_warning
    line = text[(problem.place.line or 0) - 1]
    assert any(words in line for words in ("The the", "[insert version]", "TBC", "toilets", "[name]"))


@pytest.mark.parametrize(
    ("change", "is_found"),
    [
        (with_clause("Ask {{ people.dsl | names }} about it."), False),
        (with_clause("Ask Miss Lucy Henderson about it."), True),
        (with_clause("Ask {{ school.short_name }} about it."), False),
        (with_clause("Ask Brookside School about it."), True),
        (with_clause("Ask Hill View School about it."), False),
        (("edition: 2018-09\n", "edition: 2018-09\npartners: [Brookside School]\n"), False),
        (with_clause("Our {{ learners }} read {{ cite('eyfs') }}."), False),
        (with_clause("We ask.", "Brookside School does so."), True),
        (
            with_clause("We ask.", "The Data Protection Act 1998 and the template policy ended, as Mrs Elm said."),
            False,
        ),
        (("  short_name: Trottiscliffe CEP School", "  short_name: at School"), True),
    ],
)
def test_what_is_filled_in_is_read_where_it_is_given(change: tuple[str, str], *, is_found: bool) -> None:
    assert bool(proofread_file(change)) == is_found


def test_what_a_partner_is_called_may_stand_in_a_clause() -> None:
    partners = ("edition: 2018-09\n", "edition: 2018-09\npartners: [Brookside School]\n")
    assert not proofread_file(partners, with_clause("Ask Brookside School."))


# --- what must always hold -----------------------------------------------------------------------

SOUND = ["Phones at home", "We ask the DSL", "one (short) list", "“Quoted” words", "Year 7", "Ş. O'Brien"]


@settings(max_examples=20)
@given(st.lists(st.sampled_from(SOUND), min_size=1, max_size=4, unique=True))
def test_sound_words_have_no_findings_wherever_they_stand(words: list[str]) -> None:
    clause, *answers = words
    fields = ("product: Lightspeed", "broadband: KPSN", "name: Target Tracker")
    given_here = [
        (field, f'{field.partition(":")[0]}: "{answer}"') for field, answer in zip(fields, answers, strict=False)
    ]
    assert not proofread_file(with_clause(f'"{clause}"'), *given_here)


@pytest.mark.slow
@settings(max_examples=15)
@given(schools(EDITION))
def test_whatever_a_school_writes_is_read_and_told_once(drawn: School) -> None:
    problems = proofread(Resolved(EDITION, drawn, resolve(EDITION, drawn)), AROUND)
    assert len(set(problems)) == len(problems)
    # a drawn school has no file, so what it answers has no place; its amendments have
    assert {problem.place for problem in problems} <= {Place("")}


# --- in a project --------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    copy_real_schools(tmp_path)
    return Project(tmp_path)


def _insert(project: Project, text: str) -> Reading:
    file = project.schools_folder / SCHOOL / "school.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(*with_clause(text), 1), encoding="utf-8")
    return read(project, [SCHOOL])


def test_a_warning_does_not_keep_a_school_from_being_used(project: Project) -> None:
    reading = _insert(project, "We work with Elm Park College.")
    assert SCHOOL in reading.resolved
    assert any("Elm Park College" in problem.message for problem in reading.warnings([SCHOOL]))


def test_a_mistake_keeps_a_school_from_being_used(project: Project) -> None:
    reading = _insert(project, "We work with The North School.")
    assert SCHOOL not in reading.resolved
    assert any("North School is another school" in problem.message for problem in reading.problems([SCHOOL]))


def test_schools_of_one_federation_may_name_one_another(project: Project) -> None:
    folder = project.schools_folder / "coast"
    folder.mkdir()
    (folder / "federation.yml").write_text("federation: The Coast Federation\nedition: 2018-09\n", encoding="utf-8")
    for name in (SCHOOL, "the-north-school"):
        file = project.schools_folder / name / "school.yml"
        file.write_text("federation: coast\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert SCHOOL in _insert(project, "We work with The North School.").resolved


# --- hostile words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece", ["[", "“", "(", "a", "A", "A ", "School ", "<", "“students ", "Mrs ", "_", "the ", "http://x "]
)
def test_a_text_of_any_length_is_read_in_no_time(piece: str) -> None:
    began = time.process_time()
    text = piece * (60_000 // len(piece))
    for read_text in (
        find_slips,
        find_residue,
        find_self_description,
        lambda text: other_schools_in(text, Names.of({"The North School"}), Names.of({"Brookside School"}), "ours"),
        lambda text: other_terms_in(text, LEARNERS, {"learners": "pupils"}),
        lambda text: mentions_in(text, tuple(EDITION.cited.values())),
        people_in,
    ):
        list(read_text(text))
    # a rule that looks back over the whole text for each of its words takes longer than this by far
    assert time.process_time() - began < 5
