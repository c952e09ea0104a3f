"""The whole policy as one file that loads nothing."""

import base64
import hashlib
import re

import pytest
from sites import DRAFT, REAL, SCHOOLS

from build_tools.outputs.in_force import in_force
from build_tools.outputs.onepage import render_one_page
from build_tools.policy.model import Kind, plain
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.versions.history import read_versions


@pytest.fixture(scope="module")
def pages(project: Project, reading: Reading) -> dict[str, str]:
    return {name: render_one_page(r, project.template_folders) for name, r in reading.resolved.items()}


@pytest.mark.parametrize("name", SCHOOLS)
def test_it_loads_nothing(pages: dict[str, str], name: str) -> None:
    html = pages[name]
    assert "<script src" not in html
    assert [url for url in re.findall(r'url\("?([^")]+)', html) if not url.startswith("data:")] == []
    assert [src for src in re.findall(r'src="([^"]+)', html) if not src.startswith("data:")] == []
    assert re.findall(r'<link [^>]*href="([^"]+)', html) == ["data:,"]


@pytest.mark.parametrize("name", SCHOOLS)
def test_its_styles_are_those_that_its_security_policy_names(pages: dict[str, str], name: str) -> None:
    html = pages[name]
    styles = html[html.index("<style>") + len("<style>") : html.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest.replace('+', '+')}&#39;" in html


@pytest.mark.parametrize("name", SCHOOLS)
def test_its_script_is_the_one_its_security_policy_names(pages: dict[str, str], name: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", pages[name], re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in pages[name]


@pytest.mark.parametrize("name", SCHOOLS)
def test_only_links_to_elsewhere_leave_a_frame(pages: dict[str, str], name: str) -> None:
    links = re.findall(r"<a ([^>]*href=[^>]*)>", pages[name])
    assert {'href="#' in link for link in links} == {True, False}
    assert [link for link in links if ('href="#' in link) == ('target="_top"' in link)] == []


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_clause_stands_in_it_once(pages: dict[str, str], reading: Reading, name: str) -> None:
    for node in reading.resolved[name].policy.walk():
        wanted = 0 if node.is_left_out and node.kind is Kind.CLAUSE else 1
        assert pages[name].count(f'id="{node.id}"') == wanted, plain(node.text)


def test_only_a_draft_says_so(pages: dict[str, str], project: Project, reading: Reading) -> None:
    assert all("<strong>Draft</strong>" in page for page in pages.values())
    for name in REAL:
        versions = read_versions(project.schools_folder / name, project.root)
        agreed = in_force(reading.resolved[name], versions, reading.editions)
        page = render_one_page(agreed, project.template_folders)
        assert "<strong>Draft</strong>" not in page


def test_a_crest_is_inside(pages: dict[str, str]) -> None:
    assert '<img src="data:image/svg+xml;base64,' in pages[DRAFT]


def test_only_a_page_with_rare_letters_carries_the_font_for_them(pages: dict[str, str]) -> None:
    # four faces of common letters; Ş needs the four of all others
    assert pages["trottiscliffe"].count("data:font/woff2") == 4
    assert pages[DRAFT].count("data:font/woff2") == 8
