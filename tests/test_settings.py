"""The settings that every command follows: which editions exist, and every mistake in them with its place."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import SOUND

from build_tools.building.fingerprints import Fingerprints
from build_tools.cli import cli
from build_tools.project import Project
from build_tools.settings import Settings, read_settings
from build_tools.text.problems import Mistakes

HIDDEN = "extra:\n  schoolpolicy:\n    bundled_editions: false\n"


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """Return the folder of a council with an edition and a school of its own."""
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_program_has_its_editions_unless_they_are_hidden(council: Path) -> None:
    assert {"2018-09", "2030-01"} <= Project(council).edition_folders().keys()
    (council / "mkdocs.yml").write_text(HIDDEN, encoding="utf-8")
    assert list(Project(council).edition_folders()) == ["2030-01"]


def test_hidden_editions_are_on_no_page(council: Path) -> None:
    (council / "mkdocs.yml").write_text(f"plugins: [schoolpolicy]\n{HIDDEN}", encoding="utf-8")
    result = CliRunner().invoke(cli, ["edition", "check", "--project", str(council)])
    assert "2030-01: no mistakes" in result.output
    assert "2018-09" not in result.output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_name: Ours\n", True),
        ("extra:\n", True),
        ("extra: {schoolpolicy: {bundled_editions: yes}}\n", True),
        ("extra: {schoolpolicy: {bundled_editions: False}}\n", False),
        ("theme:\n  quiet: !!python/name:build_tools.mkdocs_plugin.QUIET\nname: !ENV [A, b]\n", True),
    ],
)
def test_the_setting_is_read_as_mkdocs_reads_it(tmp_path: Path, text: str, expected: bool) -> None:  # noqa: FBT001 - a case
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path / "mkdocs.yml", "mkdocs.yml").bundled_editions == expected


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "mkdocs.yml", "mkdocs.yml") == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_url: https://policies.example.org\n", "https://policies.example.org/"),
        ("site_url: http://localhost:8080/policies/\n", "http://localhost:8080/policies/"),
        (f"site_url: https://example.org/a/b\n{HIDDEN}", "https://example.org/a/b/"),
        ("site_url:\n", None),
        ('site_url: ""\n', None),
        (HIDDEN, None),
    ],
)
def test_the_address_of_the_site_ends_in_a_slash(tmp_path: Path, text: str, expected: str | None) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path / "mkdocs.yml", "mkdocs.yml").site_url == expected


@pytest.mark.parametrize(
    "address",
    [
        "policies.example.org",
        "ftp://example.org/",
        "https://example.org/?a=b",
        "https://",
        '"https://a b"',
        "[a]",
        "!ENV A",
    ],
)
def test_an_address_that_no_page_can_have_is_a_mistake(tmp_path: Path, address: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\nsite_url: {address}\n", encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        read_settings(tmp_path / "mkdocs.yml", "mkdocs.yml")
    (problem,) = caught.value.problems
    what = "site_url must be the full address at which the site is published, without ? and #."
    assert str(problem) == f"mkdocs.yml:2: {what} Write it like this: site_url: https://policies.example.org/"


def test_pages_are_built_again_if_the_address_changes(tmp_path: Path) -> None:
    before = Fingerprints(Project(tmp_path)).for_pages
    (tmp_path / "mkdocs.yml").write_text("site_url: https://policies.example.org/\n", encoding="utf-8")
    after = Fingerprints(Project(tmp_path))
    assert after.for_pages != before
    assert after.for_pdf == Fingerprints(Project(tmp_path / "another")).for_pdf


def test_signatures_and_time_stamps_are_set_together(tmp_path: Path) -> None:
    lines = ("signed_from: 2026-12-01", "stamp_authority: http://a.example/tsr", "stamp_certificate: a.pem")
    text = "".join(f"    {line}\n" for line in (*lines, "stamped_from: 2027-01-01"))
    (tmp_path / "mkdocs.yml").write_text(f"extra:\n  schoolpolicy:\n{text}", encoding="utf-8")
    assert read_settings(tmp_path / "mkdocs.yml", "mkdocs.yml") == Settings(
        signed_from="2026-12-01",
        stamp_authority="http://a.example/tsr",
        stamp_certificate="a.pem",
        stamped_from="2027-01-01",
    )


BLOCK = "extra:\n  schoolpolicy:\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"{BLOCK}    bundled_edition: false\n",
            "mkdocs.yml:3: extra.schoolpolicy.bundled_edition: unknown setting. Did you mean bundled_editions?",
        ),
        (
            f"{BLOCK}    bundled_editions: never\n",
            "mkdocs.yml:3: extra.schoolpolicy.bundled_editions must be true or false.",
        ),
        (
            "extra:\n  schoolpolicy: false\n",
            "mkdocs.yml:2: extra.schoolpolicy must have lines below it. Write bundled_editions: false",
        ),
        (
            f"{BLOCK}    signed_from: 2026-13-01\n",
            "mkdocs.yml:3: extra.schoolpolicy.signed_from must be a day, such as 2026-12-01.",
        ),
        (
            f"{BLOCK}    stamp_authority: http://a\n    stamp_certificate: a.pem\n    stamped_from: 2026-12\n",
            "mkdocs.yml:5: extra.schoolpolicy.stamped_from must be a day, such as 2026-12-01.",
        ),
        (
            f"{BLOCK}    stamped_from: 2026-12-01\n",
            (
                "mkdocs.yml:3: stamped_from needs stamp_authority: nobody knows which authority gives the time stamps. "
                "Add stamp_authority below it."
            ),
        ),
        (
            f"{BLOCK}    stamp_authority: time.example.org\n    stamp_certificate: a.pem\n",
            "mkdocs.yml:3: extra.schoolpolicy.stamp_authority must be a web address, such as https://",
        ),
        (
            f"{BLOCK}    stamp_authority: https://time.example.org\n",
            "mkdocs.yml:3: stamp_authority needs stamp_certificate: a time stamp cannot be checked without",
        ),
        (
            f"{BLOCK}    stamp_authority: https://time.example.org\n    stamp_certificate: [a.pem]\n",
            "mkdocs.yml:4: extra.schoolpolicy.stamp_certificate must be a file, such as certificates/time.pem.",
        ),
        ("extra: [\n", "mkdocs.yml:2: This is not valid YAML: did not find expected node content."),
        (
            HIDDEN,
            "mkdocs.yml:3: extra.schoolpolicy.bundled_editions is false, but policy_src/ contains no edition. Add one",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        Project(tmp_path).edition_folders()
    (problem,) = caught.value.problems
    assert str(problem).startswith(message)


def test_a_command_reports_it(council: Path) -> None:
    (council / "mkdocs.yml").write_text(f"{BLOCK}    bundled_editions: never\n", encoding="utf-8")
    for command in (["check"], ["edition", "check"], ["status"]):
        result = CliRunner().invoke(cli, [*command, "--project", str(council)])
        assert result.exit_code == 1
        assert "must be true or false" in result.output
