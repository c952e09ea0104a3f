"""The schools that benchmarks build are as different as a county's are, and the same each time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import read_named_school
from county import EDITION, write_county

from build_tools.policy.model import Action, School
from build_tools.project import FEDERATION_FILE, Project
from build_tools.reading import read, read_editions, read_federations
from build_tools.resolving.choose import choose
from build_tools.resolving.resolve import resolve
from build_tools.schema.fields import Field
from build_tools.template.edition import Edition
from build_tools.versions.history import read_versions

pytestmark = pytest.mark.slow

MANY, FEW = 200, 40


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_county(tmp_path_factory.mktemp("county"), MANY)


@pytest.fixture(scope="module")
def edition(county: Project) -> Edition:
    editions, _ = read_editions(county)
    return editions[EDITION]


@pytest.fixture(scope="module")
def schools(county: Project, edition: Edition) -> tuple[School, ...]:
    editions = {edition.name: edition}
    federations, _ = read_federations(county, editions)
    return tuple(read_named_school(county, name, editions, federations) for name in county.school_names())


def test_no_school_has_a_mistake_and_nothing_looks_wrong(tmp_path: Path) -> None:
    county = write_county(tmp_path / "county", FEW)
    names = county.school_names()
    reading = read(county, names)
    assert len(names) == len(reading.resolved) == FEW
    assert reading.problems((*names, *county.federation_names())) == ()
    assert reading.warnings(names) == ()


def test_every_school_has_a_policy(edition: Edition, schools: tuple[School, ...]) -> None:
    assert len(schools) == MANY
    for school in schools:
        resolve(edition, school)


def test_no_two_schools_have_one_name(schools: tuple[School, ...]) -> None:
    assert len({school.values["school"]["name"] for school in schools}) == MANY
    assert len({school.values["school"]["short_name"] for school in schools}) == MANY


def test_every_choice_of_every_option_is_somewhere(edition: Edition, schools: tuple[School, ...]) -> None:
    for field in edition.schema.fields:
        found = {str(answer) for school in schools for answer in _answers(school.values, field)}
        wanted = {choice.value for choice in field.choices} or (
            {"True", "False"} if field.kind.traits.is_option else set()
        )
        assert not wanted - found, field.path
        if field.other:
            assert any(answer.startswith("{") for answer in found), field.path


def test_some_schools_give_each_field_and_others_do_not(county: Project, edition: Edition) -> None:
    files = (*county.schools_folder.glob("*/school.yml"), *county.schools_folder.glob(f"*/{FEDERATION_FILE}"))
    written = [yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files]  # noqa: S506 - text only
    for field in edition.schema.fields:
        given = [file for file in written if list(_answers(file, field))]
        assert given or field.is_recorded, field.path
        if not field.children and not field.required:
            assert len(given) < len(written), field.path


def test_every_clause_of_the_edition_is_in_some_school(edition: Edition, schools: tuple[School, ...]) -> None:
    chosen = (choose(edition.sections, school.values) for school in schools)
    drafts = (draft for sections in chosen for top in sections for draft in top.walk())
    assert {draft.provision.id for draft in drafts if draft.provision} == set(edition.by_id)


def test_schools_and_federations_amend_in_every_way(schools: tuple[School, ...]) -> None:
    amendments = [amendment for school in schools for amendment in school.amendments]
    assert {amendment.action for amendment in amendments if not amendment.by} == set(Action)
    assert {amendment.action for amendment in amendments if amendment.by} == set(Action)
    assert sum(not school.amendments for school in schools) > MANY / 4


def test_there_are_crests_partners_other_languages_and_versions(county: Project, schools: tuple[School, ...]) -> None:
    assert {school.crest.media_type for school in schools if school.crest} == {"image/svg+xml", "image/png"}
    assert {phrase.language for school in schools for phrase in school.phrases} == {"cy", "fr", "la"}
    assert any(school.partners for school in schools)
    versions = [read_versions(county.schools_folder / school.name, county.root) for school in schools]
    assert MANY / 20 < sum(map(bool, versions)) < MANY / 5


def test_one_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    first, again, other = (_files(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first != other


def test_a_country_has_names_enough(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Sample larger"):
        write_county(tmp_path, 1_000_000)


def _answers(values: Mapping[str, Any], field: Field) -> Iterator[Any]:
    """Yield what a school answers at the path of a field, each entry of a list alone."""
    found: Any = values
    for name in field.path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    yield from found if isinstance(found, list) else () if found is None else (found,)


def _files(folder: Path, seed: int) -> Mapping[str, bytes]:
    write_county(folder, FEW, seed)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
