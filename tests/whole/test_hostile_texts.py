"""Hostile words in a school's file stay words, or are refused: nothing runs, loads or breaks a page or PDF.

`payloads/` holds the texts, the places where they are put, and what is looked for.
"""

import bisect
import contextlib
import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import weasyprint
import yaml
from cases import read_named_school
from folders import ROOT
from payloads.corpus import HOST, INVISIBLE, PLAIN, RUN, STRANGE
from payloads.crests import CRESTS
from payloads.inspection import PHRASES, living, living_in_pdf, outline, parse, words
from payloads.places import Slot, fill, formatted, share_out, text_slots
from pikepdf import Pdf
from playwright.sync_api import Browser, Dialog, Page
from sites import publish_copies

from build_tools import commands
from build_tools.comparing.departures import compare_with_template
from build_tools.crest.svg import clean_svg
from build_tools.outputs import onepage, pdf
from build_tools.outputs.pdf.by_weasyprint import OwnFilesOnly
from build_tools.outputs.site import content
from build_tools.outputs.site.build import write_site
from build_tools.policy.model import Kind, plain
from build_tools.project import Project
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.fields import FieldKind
from build_tools.template.edition import Edition
from build_tools.template.markup import parse_inline
from build_tools.text.problems import Mistakes, Problem
from build_tools.text.yaml_file import read_yaml

pytestmark = pytest.mark.slow

EDITION = "2018-09"
SCHEMA: Mapping[str, Any] = yaml.safe_load((ROOT / f"policy_src/{EDITION}/school.schema.yml").read_text("utf-8"))
ANSWERS: Mapping[str, Any] = read_yaml(ROOT / "schools/trottiscliffe/school.yml", "school.yml").data
TEXTS = tuple(dict.fromkeys(text for kind in PLAIN.values() for text in kind))
SLOTS = text_slots(SCHEMA)
BATCHES = share_out(SLOTS, list(PLAIN.values()), 3)
"""What each slot holds: so often that every text has its turn, and each field holds many kinds."""
BREAKING_OUT = dict.fromkeys(SLOTS, "'\"></title></style></script><b onx=1>")
"""In every slot what closes all that a text may stand in."""
HARMLESS = {slot: f"Harmless {at}" for at, slot in enumerate(SLOTS)}


@dataclasses.dataclass(frozen=True, slots=True)
class School:
    """A school that is written, read and built in a folder of its own."""

    folder: Path
    editions: Mapping[str, Edition]

    def read(self, answers: Mapping[str, Any]) -> Resolved:
        own = self.folder / "schools/sample"
        own.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(dict(answers), allow_unicode=True, width=10**6, sort_keys=False, default_style='"')
        (own / "school.yml").write_text(text, encoding="utf-8")
        school = read_named_school(Project(self.folder), "sample", self.editions)
        edition = self.editions[school.edition]
        return Resolved(edition, school, resolve(edition, school))

    def mistakes(self, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
        try:
            self.read(answers)
        except Mistakes as mistakes:
            return mistakes.problems
        return ()

    def build(self, resolved: Resolved) -> Path:
        """Return a folder with every page of a school."""
        project, out = Project(self.folder), self.folder / "site"
        comparison = compare_with_template(resolved.edition, resolved.policy)
        write_site(project, content.gather_school(project, resolved, (), comparison, None), out)
        page = onepage.render_one_page(resolved, project.template_folders)
        (out / "policy.html").write_text(page, encoding="utf-8")
        return out


@pytest.fixture
def school(tmp_path: Path, editions: Mapping[str, Edition]) -> School:
    return School(tmp_path / "hostile", editions)


@pytest.fixture
def harmless(tmp_path: Path, editions: Mapping[str, Edition]) -> School:
    return School(tmp_path / "harmless", editions)


@pytest.fixture(scope="module")
def calm_site(tmp_path_factory: pytest.TempPathFactory, editions: Mapping[str, Edition]) -> Path:
    """Return a site with harmless words in every slot."""
    calm = School(tmp_path_factory.mktemp("calm"), editions)
    return calm.build(calm.read(fill(ANSWERS, HARMLESS)))


_parse_once = functools.lru_cache(maxsize=32)(parse)
"""Parses a page of the harmless site, with which many others are compared."""


def compare_pages(
    reader: Page, hostile: Path, harmless: Path, ignored: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """Check each page of two sites: nothing lives, and the structure is the same. Return all words of each."""
    paths = sorted(path.relative_to(harmless) for path in harmless.rglob("*.html"))
    assert len(paths) > 14
    shown: tuple[list[str], list[str]] = ([], [])
    for path in paths:
        pages = parse(reader, hostile / path), _parse_once(reader, harmless / path)
        assert living(pages[0]) == [], path
        assert outline(pages[0], ignored) == outline(pages[1], ignored), path
        for said, page in zip(shown, pages, strict=True):
            said.append(words(page))
    return "\n".join(shown[0]), "\n".join(shown[1])


def visit(browser: Browser, folder: Path) -> list[str]:
    """Return what pages did in a browser that no page may: run, ask for other files, or break their own rules."""
    done: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        done.append(f"asked {dialog.message}")
        dialog.dismiss()

    page = browser.new_page()
    page.on("dialog", dismiss)
    page.on("console", lambda message: done.append(f"said {message.text}"))
    page.on("pageerror", lambda error: done.append(f"failed {error}"))
    page.on("request", lambda request: done.append(f"loaded {request.url}"))
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        if page.evaluate("window.ran"):
            done.append(f"ran {path}")
    page.close()
    own = (f"loaded {folder.as_uri()}/", "loaded data:")
    return [what for what in done if not what.startswith(own)]


# --- the corpus --------------------------------------------------------------------------------------


def test_the_corpus_is_large_and_each_text_is_put_somewhere() -> None:
    texts = {" ".join(text.split()) for kind in PLAIN.values() for text in kind}
    assert len(texts) + len(INVISIBLE) + len(STRANGE) + len(CRESTS) > 1000
    placed = "\n".join(value for batch in BATCHES for value in batch.values())
    assert not {text for text in texts if text not in placed}


def test_every_text_field_of_the_schema_is_attacked(editions: Mapping[str, Edition]) -> None:
    attacked = {re.sub(r"\.\d+", "", ".".join(map(str, slot.path))) for slot in SLOTS}
    fields = [part for field in editions[EDITION].schema.fields for part in (field, *field.children)]
    texts = [field for field in fields if field.kind in (FieldKind.TEXT, FieldKind.NAMES) and not field.is_recorded]
    ours = {field.path.replace("[]", "") for field in texts}
    assert ours - attacked == {"document.year"}  # a pattern: see below
    assert attacked - ours == {"learners.singular", "learners.plural"}


# --- fields --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [*BATCHES, BREAKING_OUT], ids=["first", "second", "third", "breaking out"])
def test_hostile_words_in_every_field_stay_words(
    browser: Browser, reader: Page, school: School, calm_site: Path, batch: dict[Slot, str]
) -> None:
    hostile_site = school.build(school.read(fill(ANSWERS, batch)))
    hostile, calm = compare_pages(reader, hostile_site, calm_site)
    printed = [slot for slot in SLOTS if re.search(rf"\b{HARMLESS[slot]}\b", calm, re.IGNORECASE)]
    assert len(printed) > 0.8 * len(SLOTS)
    assert [batch[slot] for slot in printed if batch[slot].lower() not in hostile.lower()] == []
    assert visit(browser, hostile_site) == []


@pytest.mark.parametrize("engine", pdf.Engine)
@pytest.mark.parametrize("what", ["fields", "fields that break out", "amendments"])
def test_hostile_words_do_nothing_in_the_pdf(
    school: School, what: str, engine: pdf.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "amendments":
        ids = amendable(school, Kind.CLAUSE)
        # a reference to no character is the sign of one that is lost, which the typeface lacks
        texts = [text for text in TEXTS if "\ufffd" not in plain(parse_inline(text))]
        written = [inserted_clause(text, ids[at % len(ids)], at) for at, text in enumerate(texts)]
        answers = {**ANSWERS, "amendments": [written[at] for at in accepted(school, written)]}
    else:
        answers = fill(ANSWERS, BATCHES[0] if what == "fields" else BREAKING_OUT)
    resolved = school.read(answers)
    fetched: list[str] = []
    fetch = OwnFilesOnly.fetch

    def spy(fetcher: OwnFilesOnly, url: str, headers: dict[str, str] | None = None) -> object:
        fetched.append(url)
        return fetch(fetcher, url, headers)

    monkeypatch.setattr(OwnFilesOnly, "fetch", spy)
    folders = Project(school.folder).template_folders
    made = pdf.render_pdf(resolved, folders, engine=engine)
    own = tuple(f"{folder.resolve().as_uri()}/" for folder in folders)
    assert [url for url in fetched if not url.startswith((*own, "data:"))] == []
    with Pdf.open(BytesIO(made)) as document:
        assert living_in_pdf(document) == []
        assert len(document.pages) > 10


def test_hostile_words_of_a_decision_stay_words(
    browser: Browser, reader: Page, school: School, harmless: School
) -> None:
    text = "'\"></title></style></script><b onx=1><script>window.ran = 1</script>{{ 7 * 7 }}"
    built = []
    for made, said in ((school, text), (harmless, "Harmless")):
        made.read(ANSWERS)
        publish_copies(made.folder, EDITION)
        project, out = Project(made.folder), made.folder / "site"
        commands.ratify(project, "sample", "2018-09", said, None, f"{said} 1", f"{said} 2")
        commands.withdraw(project, "sample@2018-09", f"{said} 3", "2018-09-30", f"{said} 4")
        commands.ratify(project, "sample", "2018-10", said, None, f"{said} 1", f"{said} 2")
        commands.build(project, [], out, lambda _done, _left: None, pdf.Engine.TYPST)
        with Pdf.open(out / "sample/policy.pdf") as document:
            assert living_in_pdf(document) == []
        built.append(out)
    hostile, calm = compare_pages(reader, built[0], built[1])
    assert text in hostile
    assert "Harmless" in calm
    assert visit(browser, built[0]) == []


def test_what_no_file_may_hold_is_refused_with_its_line(school: School) -> None:
    for text in INVISIBLE:
        with pytest.raises(Mistakes) as caught:
            school.read({**ANSWERS, "school": {**ANSWERS["school"], "motto": text}})
        assert all(p.place.file == "schools/sample/school.yml" and p.place.line for p in caught.value.problems)
        assert "is invisible or for private use" in str(caught.value)


def test_what_the_typeface_may_lack_is_refused_or_printed(school: School) -> None:
    refused = 0
    for text in STRANGE:
        answers = {**ANSWERS, "school": {**ANSWERS["school"], "short_name": text}}
        found = school.mistakes(answers)
        assert all(problem.place.line for problem in found)
        refused += bool(found)
        if not found:
            shown = school.read(answers).policy.walk()
            assert any(run.text.startswith(" ".join(text.split())) for node in shown for run in node.text), ascii(text)
    assert 0 < refused < len(STRANGE)


def test_what_is_no_address_colour_or_date_is_refused(school: School) -> None:
    paths = tuple(formatted(SCHEMA))
    assert {("school", "colour"), ("school", "website"), ("document", "year"), ("document", "written")} <= set(paths)
    texts = [text for kind in PLAIN.values() for text in kind if not re.fullmatch(r"https?://\S+", text)]
    for at in range(0, len(texts), len(paths)):
        slots = {Slot(path, 0): text for path, text in zip(paths, texts[at:], strict=False)}
        with pytest.raises(Mistakes) as caught:
            school.read(fill(ANSWERS, slots))
        told = str(caught.value)
        assert [slot.path for slot in slots if f"{'.'.join(map(str, slot.path))} (" not in told] == []


# --- amendments ------------------------------------------------------------------------------------------


def amendable(school: School, kind: Kind) -> list[str]:
    """Return the ids of all parts of a kind that the school has, but entries of its own lists and whole pages."""
    edition = school.editions[EDITION]
    own = {part.id for part in edition.walk() if not part.each}
    policy = school.read({**ANSWERS, "amendments": []}).policy
    own -= {top.id for top in policy.sections}
    return [node.id for node in policy.walk() if node.kind is kind and node.id in own and not node.is_left_out]


def accepted(school: School, amendments: Sequence[dict[str, str]]) -> list[int]:
    """Return which of some amendments are not refused; each of the others is refused with its line."""
    text = yaml.safe_dump(
        {"amendments": list(amendments)}, allow_unicode=True, width=10**6, sort_keys=False, default_style='"'
    )
    begins = [at for at, line in enumerate(text.splitlines(), 1) if line.startswith("- ")]
    others = {key: value for key, value in ANSWERS.items() if key != "amendments"}
    found = school.mistakes({"amendments": list(amendments), **others})
    assert {problem.place.file for problem in found} == {"schools/sample/school.yml"}
    refused = {bisect.bisect(begins, problem.place.line or 0) - 1 for problem in found}
    return [at for at in range(len(amendments)) if at not in refused]


def letters(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


def build_amended(school: School, amendments: Sequence[dict[str, str]]) -> Path:
    return school.build(school.read({**ANSWERS, "amendments": list(amendments)}))


def replacement(text: str, identity: str, _: int) -> dict[str, str]:
    return {"replace": identity, "with": text, "because": "We differ."}


def inserted_clause(text: str, identity: str, at: int) -> dict[str, str]:
    return {"insert": f"own-{at}", "after": identity, "text": text, "because": "We differ."}


def inserted_section(text: str, identity: str, at: int) -> dict[str, str]:
    return {"insert": f"own-{at}", "after": identity, "title": text, "text": "Words.", "because": "We differ."}


@pytest.mark.parametrize(
    ("kind", "write"),
    [(Kind.CLAUSE, replacement), (Kind.CLAUSE, inserted_clause), (Kind.SECTION, inserted_section)],
)
def test_hostile_words_of_an_amendment_are_refused_or_harmless(
    browser: Browser,
    reader: Page,
    school: School,
    harmless: School,
    kind: Kind,
    write: Callable[[str, str, int], dict[str, str]],
) -> None:
    ids = amendable(school, kind)
    most = len(ids) if write is replacement else len(TEXTS)
    texts = TEXTS[-most:]
    amendments = [write(text, ids[at % len(ids)], at) for at, text in enumerate(texts)]
    kept = accepted(school, amendments)
    assert 50 < len(kept) < len(texts) - 50
    hostile_site = build_amended(school, [amendments[at] for at in kept])
    calm = [write("Harmless.", ids[at % len(ids)], at) for at in kept]
    shown, _ = compare_pages(reader, hostile_site, build_amended(harmless, calm), PHRASES)
    # what Markdown and Jinja would turn into something else apart, no word is lost
    literal = [letters(texts[at]) for at in kept if not set(texts[at]) & set("&[{")]
    assert len(literal) > 50
    assert [text for text in literal if text not in letters(shown)] == []
    assert visit(browser, hostile_site) == []


def test_hostile_reasons_are_printed_as_they_are_typed(
    browser: Browser, reader: Page, school: School, harmless: School
) -> None:
    ids = amendable(school, Kind.CLAUSE)
    texts = [" ".join(text.split()) for text in TEXTS]
    written = [
        {"insert": f"own-{at}", "after": ids[at % 100], "text": "Words.", "because": text}
        for at, text in enumerate(texts)
    ]
    hostile_site = build_amended(school, written)
    calm = build_amended(harmless, [{**amendment, "because": "We differ."} for amendment in written])
    shown, _ = compare_pages(reader, hostile_site, calm)
    assert [text for text in texts if text not in shown] == []
    assert visit(browser, hostile_site) == []


# --- crests ------------------------------------------------------------------------------------------------


def test_a_hostile_crest_is_refused_or_loses_what_is_hostile() -> None:
    kept = 0
    for text in CRESTS:
        with contextlib.suppress(Mistakes):
            made, _ = clean_svg(text, "crest.svg")
            kept += 1
            assert re.fullmatch(rb"<svg [^<>]*>(<(path|g)[^<>]*/>)*</svg>", made)
            assert not re.search(rb"\bon\w+=|example|script|passwd|url\(|style|href", made)
    assert 0 < kept < len(CRESTS) / 2


# --- what looks would see ------------------------------------------------------------------------------------


@pytest.mark.parametrize("planted", [text for text in PLAIN["elements after "] if text != "<!--  oak"])
def test_a_living_element_would_be_found(reader: Page, tmp_path: Path, planted: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><html><head></head><body><main><p>{planted}</p></main></body></html>", "utf-8")
    plain = tmp_path / "plain.html"
    plain.write_text("<!doctype html><html><head></head><body><main><p>x</p></main></body></html>", "utf-8")
    assert outline(parse(reader, page)) != outline(parse(reader, plain))
    assert living(parse(reader, page)) or planted in ("<li><h2 id=aims>x</h2></li>", "<details open>x</details>")


def test_a_living_page_would_be_seen_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "script.html").write_text(f"<script>{RUN}</script>", "utf-8")
    (tmp_path / "picture.html").write_text(f"<img src={HOST}/x.png>", "utf-8")
    (tmp_path / "dialog.html").write_text("<script>alert(7)</script>", "utf-8")
    done = "\n".join(visit(browser, tmp_path))
    assert all(what in done for what in ("ran ", f"loaded {HOST}/x.png", "asked 7"))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<a href='javascript:window.ran=1'>x</a>", "/URI javascript:window.ran=1"),
        ("<a href='file:///etc/hostname'>x</a>", "/URI file:///etc/hostname"),
        ("<link rel=attachment href='data:text/plain,x'>", "/EmbeddedFile"),
        ("<a rel=attachment href='data:text/plain,x'>x</a>", "/EmbeddedFile"),
    ],
)
def test_a_living_pdf_would_be_found(body: str, found: str) -> None:
    made = BytesIO(weasyprint.HTML(string=f"<!doctype html>{body}<p>x</p>").write_pdf())
    with Pdf.open(made) as document:
        assert any(found in what for what in living_in_pdf(document))
