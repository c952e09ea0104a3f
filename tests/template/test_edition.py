"""An edition read as a whole."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import SOUND

from build_tools.policy.model import Citation
from build_tools.template.edition import Edition, read_edition
from build_tools.template.number import Label
from build_tools.text.problems import Mistakes


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(SOUND / "policy_src/2030-01", SOUND)


def test_an_edition_knows_its_head(edition: Edition) -> None:
    assert (edition.name, edition.title, edition.date) == ("2030-01", "Phone Policy", "2030-01")
    assert edition.policy_kind == "Phone"
    assert (edition.publisher, edition.supersedes) == ("Borsetshire County Council", None)
    assert edition.authority == {"police": "Borsetshire Police"}
    assert edition.cited == {
        "kcsie": Citation("Keeping Children Safe in Education", "Department for Education", in_force_from="2029-09")
    }


def test_an_edition_knows_every_clause_that_any_school_may_have(edition: Edition) -> None:
    assert list(edition.by_id) == [provision.id for provision in edition.walk()]
    assert edition.labels.keys() == edition.conditions.keys() == edition.by_id.keys()
    assert (edition.labels["coach"], edition.labels["handed-in"]) == (Label("(1)", "1.1(1)"), Label("(2)", "1(2)"))


def test_sections_stand_in_the_order_of_the_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "policy_src/2030-01"
    shutil.copytree(SOUND / "policy_src/2030-01", folder)
    (folder / "10-last.md").write_text("# Last {: #last }\n", encoding="utf-8")
    (folder / "02-second.md").write_text("# Second {: #second }\n", encoding="utf-8")
    (folder / "notes.md").write_text("No section.\n", encoding="utf-8")
    edition = read_edition(folder, tmp_path)
    assert [section.id for section in edition.sections] == ["phones", "second", "last"]


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "policy_src/2030-01"
    shutil.copytree(SOUND / "policy_src/2030-01", folder)
    (folder / "02-second.md").write_text("# Second\n\n- {{ nothing }} {: #a }\n", encoding="utf-8")
    (folder / "03-third.md").write_bytes(b"\xff")
    (folder / "04-fourth.md").write_text('# Fourth {: #fourth }\n\n- {{ ref("a") }} {{ ref("b") }} {: #c }\n')
    with pytest.raises(Mistakes) as raised:
        read_edition(folder, tmp_path)
    assert str(raised.value).splitlines() == [
        "policy_src/2030-01/02-second.md:1: This section has no id. End it with {: #id }.",
        "policy_src/2030-01/02-second.md:3: Unknown field nothing.",
        (
            "policy_src/2030-01/03-third.md:1: This is not UTF-8 text: the character ÿ in this line is in Windows-1252"
            " (ANSI). Save the file with the encoding UTF-8."
        ),
        'policy_src/2030-01/04-fourth.md:3: ref("b"): no section or clause has this id.',
    ]


def test_an_id_in_both_published_editions_is_of_one_kind(editions: Mapping[str, Edition]) -> None:
    kinds: dict[str, set[str]] = {}
    for edition in editions.values():
        for provision in edition.walk():
            kinds.setdefault(provision.id, set()).add(provision.kind)
    assert not {identity for identity, found in kinds.items() if len(found) > 1}
