"""Names and words in other languages say so on every page on which they stand (WCAG 2.2, 3.1.2)."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from folders import ROOT
from playwright.sync_api import Browser, Page

from build_tools import commands
from build_tools.engine import Engine
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.project import Project

pytestmark = pytest.mark.slow

SCHOOL = "ysgol-y-garn"
WORDS: Mapping[str, str] = {
    "Ysgol y Garn": "cy",
    "Croeso i bawb": "cy",
    "Ffederasiwn yr Arfordir": "cy",
    "Mlle Côte d’Azur": "fr",
    "Le Filtre Bleu": "fr",
    "Floreat": "la",
}
FEDERATION = {
    "federation": "Ffederasiwn yr Arfordir",
    "edition": "2018-09",
    "languages": {"cy": ["Ffederasiwn yr Arfordir"]},
    "amendments": [{"omit": "aims-kcsie", "because": "Ffederasiwn yr Arfordir says it elsewhere."}],
}

# Where each of the words stands in the text of the page, and where no element around it gives its language.
_ASK = """
(words) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const owners = [];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, style, noscript, pre, code")) continue;
    text += node.data;
    for (let at = 0; at < node.data.length; at++) owners.push(node.parentElement.closest("[lang]").lang);
  }
  const found = {}, unmarked = [];
  for (const [word, language] of Object.entries(words)) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      found[word] = (found[word] ?? 0) + 1;
      if (!owners.slice(at, at + word.length).every((owner) => owner === language))
        unmarked.push(text.slice(Math.max(0, at - 40), at + word.length + 20));
    }
  }
  return [found, unmarked, [...document.querySelectorAll("span[lang]")].map((part) => part.textContent)];
}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with one school of a federation: two versions, and a draft with other words and values."""
    folder = tmp_path_factory.mktemp("project")
    made = Project(folder)
    answers: dict[str, Any] = yaml.safe_load((ROOT / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8"))
    answers |= {"federation": "coast", "languages": {"cy": ["Ysgol y Garn"], "la": ["Floreat"]}}
    answers["school"] |= {"name": "Ysgol y Garn", "short_name": "Ysgol y Garn", "motto": "Floreat ~ be kind"}
    _write(folder / "schools/coast/federation.yml", FEDERATION)
    own = folder / "schools" / SCHOOL / "school.yml"
    for on in ("2019-01", "2019-02"):
        _write(own, answers)
        body = "The governors of Ysgol y Garn"
        commands.ratify(made, SCHOOL, on, body, "2020-01", None, "Floreat, as ever.", engine=Engine.TYPST)
        answers["filtering"]["product"] = "Le Filtre Bleu"
        answers["languages"]["fr"] = ["Le Filtre Bleu"]
    answers["people"]["governors"] = [{"name": "Mlle Côte d’Azur"}]
    answers["languages"]["fr"].append("Mlle Côte d'Azur")
    answers["languages"]["cy"].append("Croeso i bawb")
    answers["amendments"] = [
        {"replace": "aims-guidance", "with": "At *Ysgol y Garn* and **Ysgol** y Garn: read.", "because": "Floreat."},
        {
            "insert": "croeso",
            "title": "Croeso i bawb",
            "after": "learner-phones",
            "text": "- Croeso i bawb, says Mlle Côte d'Azur.",
            "because": "Croeso i bawb.",
        },
    ]
    _write(own, answers)
    return made


def _write(file: Path, data: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def own_site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "site"
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""):
        report = commands.build(project, (SCHOOL,), out, lambda _done, _left: None)
    assert report.problems == ()
    return out


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _ask(tab: Page, path: Path) -> tuple[dict[str, int], list[str], list[str]]:
    tab.goto(path.as_uri())
    found, unmarked, marked = tab.evaluate(_ASK, WORDS)
    return found, unmarked, marked


def test_every_page_says_of_all_words_in_which_language_they_are(own_site: Path, tab: Page) -> None:
    seen: dict[str, int] = {}
    for path in sorted(own_site.rglob("*.html")):
        name = path.relative_to(own_site)
        found, unmarked, _ = _ask(tab, path)
        assert {name: unmarked} == {name: []}
        assert {name: bool(found)} == {name: "template" not in name.parts}
        seen = {word: seen.get(word, 0) + found.get(word, 0) for word in WORDS}
    assert min(seen.values()) > 2, seen


def test_a_word_that_says_nothing_is_found(own_site: Path, tab: Page) -> None:
    tab.goto((own_site / SCHOOL / "draft/index.html").as_uri())
    tab.evaluate("""document.querySelector("main span[lang=fr]").removeAttribute("lang")""")
    _, unmarked, _ = tab.evaluate(_ASK, WORDS)
    assert len(unmarked) == 1


def test_nothing_else_is_marked(own_site: Path, tab: Page) -> None:
    cut = {"Ysgol", " y Garn"}  # of one phrase in two looks
    for name in ("draft/aims", "draft/marked", "draft/devices", "."):
        _, _, marked = _ask(tab, own_site / SCHOOL / name / "index.html")
        assert marked
        assert {re.sub("'", "’", words) for words in marked} <= WORDS.keys() | cut


def test_what_the_search_finds_says_so(own_site: Path, tab: Page) -> None:
    tab.goto((own_site / SCHOOL / "draft/index.html").as_uri())
    tab.click(".search-open")
    tab.fill("#search-words", "croeso")
    tab.wait_for_selector(".search-results li")
    found, unmarked, _ = tab.evaluate(_ASK, WORDS)
    assert unmarked == []
    parts = tab.locator(".search-results [lang=cy]").all_text_contents()
    assert "".join(parts).count("Croeso i bawb") == tab.locator(".search-results mark").count() > 1
    assert found["Croeso i bawb"] > 1


@pytest.mark.parametrize(
    "pair", [("template:2018-09", SCHOOL), (f"{SCHOOL}@2019-01", SCHOOL)], ids=["template", "draft"]
)
def test_a_comparison_to_mail_says_so(project: Project, pair: tuple[str, str], tab: Page, tmp_path: Path) -> None:
    page = render_comparison_page(commands.diff(project, *pair), project.template_folders)
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    found, unmarked, _ = _ask(tab, tmp_path / "report.html")
    assert unmarked == []
    assert found["Le Filtre Bleu"]
