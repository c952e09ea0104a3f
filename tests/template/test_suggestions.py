"""What an edition suggests: to which schools, and from which of its two files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from folders import ROOT
from sites import publish_copies

from build_tools import edition_commands
from build_tools.building.fingerprints import Fingerprints
from build_tools.project import Project
from build_tools.template.edition import Edition, read_edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.suggestions import SUGGESTIONS_FILE, Suggestion, first_fitting

CASE = ROOT / "tests/policies/suggestions"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(CASE / "policy_src/2030-01", CASE)


NURSERY = {"school": {"phase": "early-years"}, "logins": "staff"}


@pytest.mark.parametrize(
    ("path", "values", "value"),
    [
        ("children", NURSERY, "children"),
        ("children", {"school": {"phase": "primary"}}, "pupils"),
        ("children", {"school": {"phase": "special"}}, None),
        ("children", {}, None),
        ("school.term", NURSERY, "setting"),
        ("school.term", {"school": {"phase": "primary"}}, None),
        # the plain form in a schema means the same
        ("logins", NURSERY, "staff"),
        ("logins", {"school": {"phase": "primary"}}, None),
        ("email", NURSERY, False),
        ("email", {"logins": "all"}, None),
        ("areas", NURSERY, ["toilets", "nappy-changing areas"]),
        ("areas", {**NURSERY, "logins": "all"}, None),
    ],
)
def test_the_first_that_fits_is_offered(
    edition: Edition,
    path: str,
    values: Mapping[str, Any],
    value: Any,  # noqa: ANN401
) -> None:
    assert first_fitting(edition.suggestions[path], values).value == value


def test_examples_fit_the_kind_of_school(edition: Edition) -> None:
    assert first_fitting(edition.suggestions["school.term"], NURSERY).examples == ("pre-school", "nursery")


def test_a_question_without_an_answer_meets_no_condition(edition: Edition) -> None:
    suggestion = edition.suggestions["email"][0]
    assert not suggestion.fits({})
    assert suggestion.fits({"logins": "staff"})


def test_a_suggestion_says_for_whom_it_is(edition: Edition) -> None:
    words = edition.suggestions["areas"][0].conditions_in_words(edition.schema)
    assert words == "Phase: Early years, and Who logs in: Staff only"
    assert not Suggestion(value="x").conditions_in_words(edition.schema)


@pytest.mark.parametrize("name", ["2017-09", "2018-09"])
@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("school.term", "setting"),
        ("governance.body", "Management Committee"),
        ("governance.members", "committee members"),
        ("learners", "children"),
        ("technology.used", ["computers", "internet", "cameras"]),
        ("email.for_learners", False),
        ("social_media.learners_at_school", "not-permitted"),
    ],
)
def test_a_nursery_is_offered_its_own_words(
    editions: Mapping[str, Edition],
    name: str,
    path: str,
    offered: Any,  # noqa: ANN401
) -> None:
    assert first_fitting(editions[name].suggestions[path], NURSERY).value == offered


# --- the file is outside the seal ----------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    publish_copies(tmp_path, "2018-09")
    return Project(tmp_path)


def test_the_seal_lets_the_file_be_changed(project: Project) -> None:
    assert SUGGESTIONS_FILE not in EDITION_FILES
    file = project.root / "policy_src/2018-09" / SUGGESTIONS_FILE
    file.write_text("learners: [{value: learners}]\n", encoding="utf-8")
    edition = read_edition(file.parent, project.root)
    assert edition.is_published
    assert edition.suggestions["learners"] == (Suggestion(value="learners"),)
    file.unlink()
    # without the file, the schema's own suggestions count again
    sealed = read_edition(file.parent, project.root)
    assert first_fitting(sealed.suggestions["learners"], {"school": {"phase": "primary"}}).value == "pupils"


def test_a_new_edition_begins_with_the_same_suggestions(project: Project) -> None:
    edition_commands.begin(project, "2030-01", "2018-09")
    folders = project.edition_folders()
    old, new = (read_edition(*folders[name]) for name in ("2018-09", "2030-01"))
    assert new.suggestions == old.suggestions


def test_a_build_finds_a_change_of_the_suggestions(project: Project) -> None:
    before = Fingerprints(project).editions
    file = project.root / "policy_src/2018-09" / SUGGESTIONS_FILE
    file.write_text(file.read_text(encoding="utf-8") + "# checked\n", encoding="utf-8")
    after = Fingerprints(project).editions
    assert {name for name in after if after[name] != before[name]} == {"2018-09"}
