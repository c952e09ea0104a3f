"""The search finds what parents, pupils and staff type, in a real browser.

The bench of `search_questions.yml`, when the search was finished:

|                                   | right clause first | among the first three |
|-----------------------------------|--------------------|-----------------------|
| the search before (every word)    |  7 of 60 (12 %)    |  7 of 60 (12 %)       |
| lunr, with the same text          | 27 of 60 (45 %)    | 36 of 60 (60 %)       |
| this search                       | 51 of 60 (85 %)    | 56 of 60 (93 %)       |
| this search, only those held back | 12 of 15 (80 %)    | 14 of 15 (93 %)       |
"""

import gzip
import json
import re
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import mkdocs
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from folders import ROOT
from playwright.sync_api import Browser, Page, expect

from build_tools import commands
from build_tools.outputs.site.pages import Entry, Site
from build_tools.outputs.site.search_index import render_search_index
from build_tools.project import Project
from build_tools.text.stems import stem

pytestmark = pytest.mark.slow

QUESTIONS: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.safe_load(
    (ROOT / "tests/search_questions.yml").read_text(encoding="utf-8")
)
ASSETS = ROOT / "templates/site/assets"
LUNR = Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js"
SCHOOLS = (*QUESTIONS, "the-north-school")
FIRST, AMONG_THREE = 0.7, 0.9
LARGEST = 30_000
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sites of the schools that are asked about, and of one with more text than most."""
    out = tmp_path_factory.mktemp("sites") / "site"
    with (
        mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""),
        mock.patch("build_tools.outputs.pdf.render_handout", return_value=b""),
    ):
        report = commands.build(Project(ROOT), SCHOOLS, out, lambda _done, _left: None)
    assert not report.problems
    return out


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def search(page: Page, site: Path, words: str) -> None:
    """Type words into the search of a site."""
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill(words)
    expect(page.locator(".search-count")).not_to_be_empty()


def identity(address: str) -> str:
    """Return the id to which an address leads."""
    page, _, anchor = address.partition("#")
    return anchor or Path(page).parent.name


def ranks(found: Mapping[str, Sequence[Sequence[str]]]) -> Mapping[str, list[int]]:
    """Return the rank of the right clause for each question, 0 if it is not found: of all, and of those held back."""
    told: dict[str, list[int]] = {"all": [], "held back": []}
    for school, questions in QUESTIONS.items():
        for question, identities in zip(questions, found[school], strict=True):
            rank = next((at for at, name in enumerate(identities, 1) if name in question["right"]), 0)
            told["all"].append(rank)
            if question.get("held_back"):
                told["held back"].append(rank)
    return told


def share(numbers: Sequence[int], most: int) -> float:
    return sum(0 < rank <= most for rank in numbers) / len(numbers)


def test_the_right_clause_is_found(phone: Page, sites: Path) -> None:
    found: dict[str, list[list[str]]] = {school: [] for school in QUESTIONS}
    for school, questions in QUESTIONS.items():
        for question in questions:
            search(phone, sites / school, question["asked"])
            addresses = phone.locator(".search-results a").evaluate_all("links => links.slice(0, 3).map((a) => a.href)")
            found[school].append([identity(address) for address in addresses])
    ours, lunr = ranks(found), ranks(by_lunr(phone, sites))
    assert len(ours["all"]) == 60
    assert len(ours["held back"]) == 15
    figures = {
        whose: [(share(of[kind], 1), share(of[kind], 3)) for kind in of]
        for whose, of in (("ours", ours), ("lunr", lunr))
    }
    assert share(ours["all"], 1) >= FIRST, figures
    assert share(ours["all"], 3) >= AMONG_THREE, figures
    assert share(ours["held back"], 1) >= FIRST, figures
    assert share(lunr["all"], 3) < share(ours["all"], 3), figures


def by_lunr(page: Page, sites: Path) -> Mapping[str, list[list[str]]]:
    """Return the ids that lunr finds for each question in the same headings and clauses."""
    found = {}
    for school, questions in QUESTIONS.items():
        page.goto("about:blank")
        page.add_script_tag(path=LUNR)
        index = (sites / school / "assets/search-index.js").read_text(encoding="utf-8")
        rows = list(texts(json.loads(index[index.index("{") : index.rindex("}") + 1])["rows"]))
        addresses = page.evaluate(
            """([rows, asked]) => {
              const index = lunr(function () {
                this.ref("at");
                this.field("title");
                this.field("text");
                rows.forEach(([, title, text], at) => this.add({ at, title, text }));
              });
              return asked.map((words) => index.search(words).slice(0, 3).map(({ ref }) => rows[ref][0]));
            }""",
            [rows, [question["asked"] for question in questions]],
        )
        found[school] = [[identity(address) for address in few] for few in addresses]
    return found


def texts(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield the address, the number with the heading, and the text of each row of an index."""
    section = number = page = ""
    for address, own, words, *level in rows:
        said = words if isinstance(words, str) else "".join(part for part, *_ in words)
        if level:
            page = address.partition("#")[0]
            if level[0] < 2:
                section, number = said, own
            if level[0]:
                yield address, f"{own} {said}", ""
        else:
            yield f"{page}#{address}", f"{number}{own} {section}", said


def test_no_index_is_larger_than_30_kb_sent(sites: Path) -> None:
    sent = {path.parts[-3]: len(gzip.compress(path.read_bytes())) for path in sites.glob("*/assets/search-index.js")}
    assert sent.keys() >= set(SCHOOLS)
    assert {school: size for school, size in sent.items() if size > LARGEST} == {}


def test_whom_to_tell_is_found(phone: Page, sites: Path) -> None:
    search(phone, sites / "trottiscliffe", "who do I tell")
    expect(phone.get_by_role("status")).to_contain_text("Also searched for Report a concern.")
    first = phone.locator(".search-results a").first
    assert "Miss Lucy Henderson" in first.inner_text()
    first.click()
    assert phone.url.endswith("/trottiscliffe/index.html#report")
    assert phone.locator("#report").is_visible()
    assert not phone.get_by_role("dialog").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_found_leads_on(browser: Browser, sites: Path, scheme: Any) -> None:  # noqa: ANN401 - Playwright's own
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    search(page, sites / "oakenshaw-primary", "xylophone")
    expect(page.get_by_role("status")).to_have_text("Nothing was found. Try other words, or ask somebody:")
    assert page.get_by_role("dialog").get_by_role("link").count() == 1
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    page.get_by_role("dialog").get_by_role("link", name="Report a concern").click()
    assert page.url.endswith("#report")
    context.close()


def test_where_there_is_nobody_to_ask_nothing_found_says_no_more(phone: Page, sites: Path) -> None:
    search(phone, sites / "template/2018-09", "xylophone")
    expect(phone.get_by_role("status")).to_have_text("Nothing was found. Try other words.")
    assert phone.get_by_role("dialog").get_by_role("link").count() == 0


def test_it_works_in_any_folder(phone: Page, sites: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Our site #2, 100% new"
    shutil.copytree(sites / "trottiscliffe", copy)
    search(phone, copy / "devices", "cyberbullying")
    phone.locator(".search-results a").first.click()
    assert phone.url == (copy / "procedures/index.html").as_uri() + "#cyberbullying"


def test_a_slow_phone_finds_while_somebody_types(phone: Page, sites: Path) -> None:
    search(phone, sites / "trottiscliffe", "phone")
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    times = phone.evaluate(
        """(asked) => {
          const { find } = policySearch(policyIndex);
          return asked.flatMap((words) => [...words].map((_, at) => {
            const begun = performance.now();
            find(words.slice(0, at + 1));
            return performance.now() - begun;
          }));
        }""",
        [question["asked"] for question in QUESTIONS["trottiscliffe"]],
    )
    assert len(times) > 200
    assert statistics.median(times) < 50  # 4 ms on a computer that does nothing else


# --- a small site ---

SECTIONS = {
    "phones": ("1", "Phones", ["Pupils bring no phone to school.", "Smart watches are treated as phones."]),
    "bullying": ("2", "Online bullying", ["We do not tolerate bullying.", "We photograph no fight."]),
    "security": ("3", "Security", ["Guests use our wi-fi.", "Send e-mails with care.", "Passwords are strong."]),
    "people": (
        "4",
        "People",
        ["Łódź, Øster Gårde, Işık, Straße and Æthelræd.", "Semi-nudes go to Zoë.", "No self-harm."],
    ),
    "cyberbullying": ("5", "Cyberbullying", ["Safeguarding comes first.", "No hate."]),
}
SYNONYMS = {"phone": ("mobile",), "semi-nudes": ("nude photo", "sexting"), "Tell us": ("who do I ring",)}
FINDS = {
    "lodz": "people-1",
    "LODZ": "people-1",
    "oster garde": "people-1",
    "isik": "people-1",
    "strasse": "people-1",
    "straße": "people-1",
    "aethelraed": "people-1",
    "zoe": "people-2",
    "email": "security-2",
    "e-mail": "security-2",
    "e mail": "security-2",
    "e‑mail": "security-2",
    "wifi": "security-1",
    "wi-fi": "security-1",
    "wi fi": "security-1",
    "selfharm": "people-3",
    "self harm": "people-3",
    "seminudes": "people-2",
    "nudes": "people-2",
    "smartwatch": "phones-2",
    "bringing": "phones-1",
    "tolerated": "bullying-1",
    "photographing fights": "bullying-2",
    "bullied": "bullying",
    "cyber bullying": "cyberbullying",
    "can my child bring a xylophone": "phones-1",
    "pasword": "security-3",
    "passwrod": "security-3",
    "passvord": "security-3",
    "passwordd": "security-3",
    "safegaurding": "cyberbullying-1",
    "passw": "security-3",
    "my mobile": "phones",
    "mobiel": "phones",
    "a nude photo": "people-2",
    "sexting": "people-2",
    "who do I ring": "report",
    "Mrs Field": "report",
    "3(2)": "security-2",
    "section 3 (2)": "security-2",
}
"""What is typed, and the id of what is found first."""


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    """Return a page with the search of a small site."""
    entries = [Entry("#report", "", "Tell us", "Talk to one of them. Lead: Mrs Field. Ring 999.")]
    for top, (number, heading, clauses) in SECTIONS.items():
        entries.append(Entry(f"{top}/index.html", number, heading, ""))
        entries += (
            Entry(f"{top}/index.html#{top}-{at}", f"{number}({at})", heading, text)
            for at, text in enumerate(clauses, 1)
        )
    site = Site("A school", "A policy", (), entries=tuple(entries), synonyms=SYNONYMS)
    page = browser.new_page()
    for name in ("stemmer.js", "search.js"):
        page.add_script_tag(path=ASSETS / name)
    page.add_script_tag(content=render_search_index(site))
    page.evaluate("window.searched = policySearch(policyIndex)")
    yield page
    page.close()


def find(page: Page, typed: str) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of what is found, what was also searched for, and what was passed over."""
    paths, also, passed = page.evaluate(
        """(typed) => {
          const { found, also, passed } = searched.find(typed);
          return [found.map((one) => one.path), also, passed];
        }""",
        typed,
    )
    return [identity(path) for path in paths], also, passed


@pytest.mark.parametrize(("typed", "right"), FINDS.items(), ids=list(FINDS))
def test_what_is_typed_is_found(small: Page, typed: str, right: str) -> None:
    assert find(small, typed)[0][:1] == [right]


@pytest.mark.parametrize("typed", ["haxe", "hat3", "xylophone", "who?", "", "?!", "999999", "pazzword"])
def test_what_is_nowhere_is_not_found(small: Page, typed: str) -> None:
    assert find(small, typed)[0] == []


def test_what_was_meant_is_said(small: Page) -> None:
    assert find(small, "my mobile and a xylophone")[1:] == (["phone"], ["xylophone"])
    assert find(small, "a nude photo")[1:] == (["semi-nudes"], [])
    assert find(small, "safegaurding")[1:] == (["safeguarding"], [])
    assert find(small, "phones")[1:] == ([], [])


def test_words_that_were_looked_for_are_marked_whole(small: Page) -> None:
    told = small.evaluate(
        """() => {
          const { found, stems } = searched.find("bringing mobile");
          return searched.pieces(found[0].text[0][0], stems);
        }"""
    )
    assert told == [["Pupils ", False], ["bring", True], [" no ", False], ["phone", True], [" to school.", False]]


def test_a_clause_with_all_words_comes_before_one_with_a_word(small: Page) -> None:
    assert find(small, "smart phone")[0][0] == "phones-2"


# --- the stemmer ---

ENDINGS = ("", "s", "ed", "ing", "er", "ly", "ies", "ment", "ation", "'s")
DIFFERS = re.compile(r"interv|interi|intern|skis$")
"""Snowball 3.1, which stems the index, treats these unlike 3.0.1, which there is for browsers."""


def test_the_browser_stems_as_the_build_does(small: Page) -> None:
    words = {
        word[: len(word) - cut] + ending
        for path in (ROOT / "policy_src").rglob("*.md")
        for word in set(re.findall("[a-z]+", path.read_text(encoding="utf-8").lower()))
        for ending in ENDINGS
        for cut in (0, 1)
    }
    every = sorted(word for word in words if not DIFFERS.match(word))
    assert len(every) > 20_000
    stems = small.evaluate(
        "(words) => { const made = new EnglishStemmer(); return words.map((w) => made.stemWord(w)); }", every
    )
    assert [(word, found) for word, found in zip(every, stems, strict=True) if found != stem(word)] == []
