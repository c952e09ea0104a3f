"""What search engines find of a built site: every page that is agreed, and no draft in any form."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from xml.etree import ElementTree as ET

import pytest
from folders import ROOT
from sites import DRAFT, REAL, make_project, write_sites

from build_tools import commands
from build_tools.project import Project

pytestmark = pytest.mark.slow

ADDRESS = "https://policies.example.org/schools/"
PRINTERS = ("render_pdf", "render_handout", "render_sheet")
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return real schools with versions and drafts, and one that has ratified nothing yet."""
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def published(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site whose address is known."""
    (project.root / "mkdocs.yml").write_text(f"site_url: {ADDRESS[:-1]}\n", encoding="utf-8")
    return write_sites(project, tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that may be copied anywhere."""
    return write_sites(make_project(tmp_path_factory.mktemp("elsewhere")), tmp_path_factory.mktemp("anywhere"))


def _is_draft(path: str) -> bool:
    return path.startswith(f"{DRAFT}/") or "/draft/" in path or "-to-draft/" in path


def _pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the path of every page with the head of the page."""
    for page in sorted(site.rglob("*.html")):
        yield page.relative_to(site).as_posix(), page.read_text(encoding="utf-8").partition("</head>")[0]


def _found(head: str, pattern: str) -> list[str]:
    return re.findall(pattern, head)


def test_drafts_alone_ask_to_be_ignored_and_say_draft(published: Path) -> None:
    drafts = []
    for path, head in _pages(published):
        (title,) = _found(head, r"<title>([^<]*)")
        assert (_found(head, r'<meta name="robots" content="([^"]*)') == ["noindex"]) == _is_draft(path), path
        assert title.startswith("Draft: ") == _is_draft(path), path
        drafts += [path] if _is_draft(path) else []
    forms = {path.partition("/")[2] for path in drafts if path.startswith(REAL)}
    assert {"draft/index.html", "draft/policy.html", "draft/marked/index.html", "draft/differences/index.html"} <= forms
    assert [form for form in forms if re.fullmatch(r"versions/[\d-]+-to-draft/index\.html", form)]
    assert {f"{DRAFT}/index.html", f"{DRAFT}/policy.html"} <= set(drafts)


@pytest.mark.parametrize("policy", ["handouts", "promises"])
def test_so_does_everything_around_a_draft(policy: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/policies" / policy, tmp_path / policy)
    project = Project(tmp_path / policy)
    nothing: Any = dict.fromkeys(PRINTERS, lambda *_, **__: b"")
    with mock.patch.multiple("build_tools.outputs.pdf", **nothing):
        report = commands.build(project, project.school_names(), tmp_path / "site", lambda _done, _left: None)
    assert not report.problems
    found = {path: head for path, head in _pages(tmp_path / "site") if path.startswith(project.school_names())}
    assert [path for path in found if path.endswith(f"/{policy}/index.html")]
    for path, head in found.items():
        assert '<meta name="robots" content="noindex">' in head, path
        assert "<title>Draft: " in head, path


def test_every_other_page_names_its_full_address(published: Path) -> None:
    for path, head in _pages(published):
        addresses = [] if _is_draft(path) else [f"{ADDRESS}{path}"]
        assert _found(head, r'<link rel="canonical" href="([^"]*)') == addresses, path


def _addresses(site: Path, sitemap: str) -> list[str]:
    """Return the addresses in a sitemap, with those of the sitemaps that it names."""
    root = ET.fromstring((site / sitemap).read_bytes())  # noqa: S314 - our own
    found = [entry.text or "" for entry in root.iter(f"{SITEMAPS}loc")]
    if root.tag == f"{SITEMAPS}urlset":
        return found
    return [address for part in found for address in _addresses(site, part.removeprefix(ADDRESS))]


def test_the_sitemap_lists_all_pages_but_drafts(published: Path) -> None:
    listed = _addresses(published, "sitemap.xml")
    pages = [address for address in listed if address.endswith(".html")]
    assert sorted(pages) == sorted(f"{ADDRESS}{path}" for path, _ in _pages(published) if not _is_draft(path))
    assert set(listed) - set(pages) == {f"{ADDRESS}{school}/policy.pdf" for school in REAL}
    assert all((published / address.removeprefix(ADDRESS)).is_file() for address in listed)


def test_files_of_drafts_are_named_to_robots(published: Path, anywhere: Path) -> None:
    found = (published / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert (found[0], found[-1]) == ("User-agent: *", f"Sitemap: {ADDRESS}sitemap.xml")
    folders = [f"{school}/draft/" for school in REAL] + [f"{DRAFT}/"]
    kinds = ("ics", "json", "pdf")
    assert sorted(found[1:-1]) == sorted(
        f"Disallow: /schools/{folder}*.{kind}$" for folder in folders for kind in kinds
    )
    for rule in found[1:-1]:
        pattern = rule.removeprefix("Disallow: /schools/").removesuffix("$")
        assert list(published.glob(pattern)), rule
        assert not [path for path in published.glob(pattern) if path.suffix == ".html"]
    elsewhere = (anywhere / "robots.txt").read_text(encoding="utf-8")
    assert f"Disallow: /{DRAFT}/*.pdf$" in elsewhere
    assert "Sitemap" not in elsewhere


def test_the_feed_has_full_addresses_and_is_found_from_the_hub(published: Path, anywhere: Path) -> None:
    for site, start in ((published, ADDRESS), (anywhere, "")):
        links = _found((site / "feed.xml").read_text(encoding="utf-8"), r'href="([^"]*)"')
        assert links[:2] == [f"{start}feed.xml", f"{start}index.html"]
        for link in links:
            assert link.startswith(start)
            assert (site / link.removeprefix(start).partition("#")[0]).is_file()
        for path, up in (("index.html", ""), ("matrix/index.html", "../"), ("amendments/index.html", "../")):
            head = (site / path).read_text(encoding="utf-8")
            alternate = r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]*)"'
            assert _found(head, alternate) == [f"{up}feed.xml"]


def test_without_an_address_nothing_is_said_that_needs_one(anywhere: Path) -> None:
    assert not list(anywhere.rglob("sitemap*"))
    for path, head in _pages(anywhere):
        assert 'rel="canonical"' not in head, path
        assert (_found(head, r'<meta name="robots" content="([^"]*)') == ["noindex"]) == _is_draft(path), path
