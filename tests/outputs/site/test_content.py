"""The sites of schools and editions: what is on which page, and that nothing else is."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cases import CASES, resolved_example
from folders import ROOT
from sites import DRAFT, EDITIONS, REAL, SCHOOLS, published, write_sites

from build_tools.comparing.departures import compare_with_template, everyday_words
from build_tools.outputs.site import content, pages
from build_tools.outputs.site.build import loaded, write_folder, write_site
from build_tools.policy.headings import shown_headings
from build_tools.policy.model import Kind, Origin, plain
from build_tools.policy.tree import without_words
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

SECTIONS = (
    *("aims", "scope", "review", "roles", "education", "reducing-risks", "safer-use"),
    *("social-media", "devices", "responding", "procedures", "useful-links"),
)


@pytest.fixture(scope="module")
def shown(project: Project, reading: Reading) -> Mapping[str, Resolved]:
    return published(project, reading)


@pytest.fixture(scope="module")
def out(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sites(project, tmp_path_factory.mktemp("site"))


def _html(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    text = re.sub(r"<[^>]+>", "", re.sub(r'</(?:d[dt]|p|li|h\d)>|<span class="value">', " ", main))
    for name, character in (("&amp;", "&"), ("&#39;", "'"), ("&#34;", '"'), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(name, character)
    return " ".join(text.split())


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_school_has_its_pages_and_no_others(out: Path, shown: Mapping[str, Resolved], name: str) -> None:
    found = {path.relative_to(out / name).as_posix() for path in (out / name).rglob("*.html")}
    found = {path for path in found if not path.startswith(("draft/", "versions/"))}
    folders = (*SECTIONS, "marked", "differences", *(["glossary"] if shown[name].edition.pages.glossary else []))
    assert found == {"index.html", "policy.html", *(f"{folder}/index.html" for folder in folders)}


def test_a_site_carries_only_files_that_are_ours(out: Path) -> None:
    found = {path.name for path in (out / "trottiscliffe/assets").rglob("*") if path.is_file()}
    fonts = {path.name for path in (ROOT / "templates/fonts").glob("*.woff2")}
    assert found == {
        "colours.css",
        "fonts.css",
        "icon.svg",
        "search-index.js",
        "search.js",
        "site.css",
        "site.js",
        "stemmer.js",
        *fonts,
    }


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_clause_is_on_its_section_page_with_its_number(
    out: Path, shown: Mapping[str, Resolved], name: str
) -> None:
    headings = shown_headings(shown[name].policy)
    for top in shown[name].policy.sections:
        html = _html(out / name / top.id / "index.html")
        words = _words(html)
        for node in top.walk():
            if not node.is_left_out:
                assert f'id="{node.id}"' in html
                text = node.text if node.kind is Kind.CLAUSE else headings(node)
                assert f"{node.number} {plain(text)}".strip() in words


@pytest.mark.parametrize("name", SCHOOLS)
def test_an_omitted_clause_is_only_on_the_marked_page(out: Path, shown: Mapping[str, Resolved], name: str) -> None:
    gone = [n for n in shown[name].policy.walk() if n.kind is Kind.CLAUSE and n.is_left_out]
    for node in gone:
        pages = [path for path in (out / name).rglob("*.html") if f'id="{node.id}"' in _html(path)]
        assert {page.parent.name for page in pages} == {"marked"}
    assert gone or name != DRAFT


def test_an_unused_section_keeps_its_heading_and_says_why(out: Path) -> None:
    assert "9.5 Officially provided mobile phones and devices: not used We have none." in _words(
        _html(out / DRAFT / "devices/index.html")
    )


def test_only_a_draft_says_draft_and_on_every_page(out: Path) -> None:
    for name in SCHOOLS:
        for path in (out / name).rglob("*.html"):
            assert ('<p class="draft"><strong>Draft</strong>' in _html(path)) == (
                name == DRAFT or "draft" in path.relative_to(out / name).parts
            ), path


def test_the_search_has_all_that_is_said_about_concerns(out: Path) -> None:
    index = _html(out / "trottiscliffe/assets/search-index.js")
    assert '["#report","","If a child is in danger now, call 999.' in index
    assert "Miss Lucy Henderson, Headteacher" in index
    assert "Childline, 0800 1111" in index
    assert 'id="report"' in _html(out / "trottiscliffe/index.html")


def test_no_name_ends_the_words_at_the_foot_of_a_sheet() -> None:
    name = 'St Mary’s "Öst" } </style> \\ /* @page\n'
    foot = pages.render_foot(name, "Policy; 2018")
    said = re.findall(r'content: "([^"]*)"', foot)[0]
    assert re.fullmatch(r"(?:[^\W_]| |\\[0-9a-f]+ )+", said)
    assert re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), said) == f"{name}, Policy; 2018"


def test_the_home_page_answers_at_a_glance(out: Path) -> None:
    words = _words(_html(out / "trottiscliffe/index.html"))
    frozen = (ROOT / "schools/trottiscliffe/ratified/2018-10/policy.pdf").read_bytes()
    for answer in (
        "Designated safeguarding leads Miss Lucy Henderson",
        "In force since October 2018",
        "Next review October 2019",
        f"Download the PDF ({len(frozen) / 1000:,.0f} kB)",
    ):
        assert answer in words
    assert "In force Not yet: this is a draft" in _words(_html(out / DRAFT / "index.html"))


def test_the_marked_copy_says_in_words_what_is_whose(out: Path) -> None:
    html = _html(out / DRAFT / "marked/index.html")
    words = _words(html)
    assert "A clause of our own. Inserted Because: We need it." in words
    assert "Replaced Because: We read more. The template says In writing it, we took into account:" in words
    assert "Omitted Because: We are too small." in words
    assert '<mark class="value" title="school.short_name">the Pre-school</mark>' in html


def test_the_differences_show_deletions_and_insertions(out: Path) -> None:
    html = _html(out / DRAFT / "differences/index.html")
    assert '<ins><span class="said"> inserted: </span>A clause of our own.</ins>' in html
    assert '<del><span class="said">deleted: </span>' in html
    assert "Because We read more." in _words(html)


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_differences_tell_of_every_clause_that_differs_once(
    out: Path, shown: Mapping[str, Resolved], name: str
) -> None:
    resolved = shown[name]
    comparison = compare_with_template(resolved.edition, resolved.policy)
    html = _html(out / name / "differences/index.html")
    assert html.count('<li class="change ') == len(comparison.changes)
    for kind, count in comparison.counts.items():
        if kind != "template":
            assert len([c for c in comparison.changes if c.kind == kind and not c.is_of_handout]) == count


def test_the_page_of_changes_has_only_what_changed(out: Path) -> None:
    changed = out / "the-north-school/versions/2018-05-23-to-draft"
    html = _html(changed / "index.html")
    assert 'href="whole/index.html"' in html
    assert 'class="row' not in html
    assert html.count('<li class="change ') > 10
    whole = _html(changed / "whole/index.html")
    assert whole.count('class="row unchanged') > 100
    assert 'href="../index.html"' in whole


def test_a_comparison_without_changes_has_no_list(out: Path) -> None:
    same = out / "trottiscliffe/versions/2018-10-to-draft"
    html = _html(same / "index.html")
    assert "Nothing differs." in html
    assert 'class="counts"' not in html
    assert "whole" not in {path.name for path in same.iterdir()}


def test_the_marked_page_marks_what_the_school_decided(out: Path, shown: Mapping[str, Resolved]) -> None:
    html = _html(out / DRAFT / "marked/index.html")
    assert '<mark class="value" title="learners">' not in html
    assert '<mark class="value" title="people.head">' in html
    nodes = without_words(shown[DRAFT].policy, everyday_words(shown[DRAFT].edition)).walk()
    filled = [node for node in nodes if node.origin is Origin.FILLED and node.kind is Kind.CLAUSE]
    assert 10 < len(filled) < 100
    assert html.count('<span class="tag tag-filled">') == len(filled) + 1  # and in the legend


@pytest.mark.parametrize("name", EDITIONS)
def test_the_edition_page_has_all_ids_conditions_and_guidance(out: Path, reading: Reading, name: str) -> None:
    html = _html(out / "template" / name / "index.html")
    edition = reading.editions[name]
    template = resolve_template(edition)
    # below a copied clause, a handout shows clauses that have their ids elsewhere
    nodes = [node for node in template.walk_all() if node.id in edition.amendable]
    assert html.count('<p class="note"><code>') == len(nodes)
    assert html.count('class="condition"') == sum(bool(node.when) for node in nodes)
    assert html.count('<p class="guidance">') == sum(len(node.guidance) for node in nodes)
    assert ("No council has issued it." in html) == (name == "2026-09")


@pytest.mark.parametrize("name", EDITIONS)
def test_the_questions_page_links_each_field_to_its_clauses(out: Path, reading: Reading, name: str) -> None:
    html = _html(out / "template" / name / "questions/index.html")
    fields = [field for field in reading.editions[name].schema.fields if not field.is_recorded]
    assert len(fields) > 60
    for field in fields:
        assert f'id="question-{field.path.replace(".", "-")}"' in html, field.path
    assert 'href="../index.html#phones-handed-in"' in html
    assert f'href="../{name}.schema.json"' in html
    schema = (out / "template" / name / f"{name}.schema.json").read_text(encoding="utf-8")
    assert schema == (ROOT / "schools" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert f'href="template/{name}/questions/index.html"' in _html(out / "index.html")
    assert 'href="questions/index.html"' in _html(out / "template" / name / "index.html")


def test_the_questions_page_shows_sentences_and_suggestions(out: Path) -> None:
    html = _html(out / "template" / "2018-09" / "questions/index.html")
    question = html.partition('id="question-people-head"')[2].partition("</section>")[0]
    assert "<li>Manager; examples: Nursery Manager, Pre-school Leader (Phase: Early years (" in question
    assert "<dd>The Headteacher will be told of online safety concerns," in question
    leads = html.partition('id="question-people-dsl"')[2].partition("</section>")[0]
    assert "Our designated safeguarding lead (DSL) is Miss Lucy Henderson (Headteacher)." in leads
    assert " Examples: Manager, Deputy Manager, Room Leader (Phase: Early years (" in leads


def test_a_page_says_nothing_that_only_the_template_says(out: Path) -> None:
    for name in SCHOOLS:
        for path in (out / name).rglob("*.html"):
            html = _html(path)
            assert "{{" not in html
            assert 'class="guidance"' not in html
            if path.parent.name not in ("differences", "marked"):
                assert not re.search(r"\[[A-Za-z]", _words(html)), path


def test_a_colour_that_cannot_be_read_is_not_published_as_it_is(out: Path) -> None:
    colours = (out / DRAFT / "assets/colours.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--brand: (#[0-9a-f]{6})", colours)
    assert light != "#ffe600"
    assert dark == "#ffe600"


def test_a_crest_stands_at_the_head_of_its_school_alone(out: Path) -> None:
    assert (out / DRAFT / "assets/crest.svg").is_file()
    assert '<img src="../assets/crest.svg" alt=""' in _html(out / DRAFT / "aims/index.html")
    assert "<img" not in _html(out / "trottiscliffe/index.html")


def test_every_link_and_fragment_leads_somewhere(out: Path) -> None:
    assert _lychee(out).returncode == 0


def test_a_dead_fragment_would_be_found(out: Path, tmp_path: Path) -> None:
    page = _html(out / "index.html").replace("template/2018-09/index.html", "#no-such-place")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert _lychee(tmp_path).returncode != 0


def _lychee(folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = [
        str(Path(sys.executable).parent / "lychee"),
        "--offline",
        "--include-fragments",
        "--no-progress",
        str(folder),
    ]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", REAL)
def test_a_school_s_folder_works_wherever_it_is_copied_to(out: Path, name: str) -> None:
    for path in (out / name).rglob("*.html"):
        depth = len(path.relative_to(out / name).parts) - 1
        for address in re.findall(r'(?:href|src)="([^"#:]+)', _html(path)):
            assert address.count("../") <= depth
            assert not address.endswith("/"), "a folder's address needs a server"


def test_the_same_schools_give_the_same_bytes(out: Path, project: Project, tmp_path: Path) -> None:
    again = write_sites(project, tmp_path)
    for path in sorted(file for file in out.rglob("*") if file.is_file()):
        assert (again / path.relative_to(out)).read_bytes() == path.read_bytes(), path


@pytest.mark.parametrize("name", REAL)
def test_a_section_weighs_less_than_150_kb(out: Path, name: str) -> None:
    # uncompressed, with the two fonts that English text needs; search is loaded only when it is used
    shared = ["site.css", "colours.css", "site.js", "icon.svg", "fonts/fonts.css"]
    fonts = [f"fonts/policy-sans-{weight}-latin.woff2" for weight in ("regular", "bold")]
    weight = sum((out / name / "assets" / file).stat().st_size for file in (*shared, *fonts))
    for section in SECTIONS:
        assert weight + (out / name / section / "index.html").stat().st_size < 150_000


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("marked", "Another page of the site already has the address marked"),
        ("con", "The id con is the name of a folder of the site. Windows cannot make a folder named con."),
    ],
)
def test_a_section_whose_id_cannot_be_an_address_is_a_mistake(
    project: Project, tmp_path: Path, identity: str, told: str
) -> None:
    own = tmp_path / "schools/sample"
    own.mkdir(parents=True)
    answers = (project.root / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8")
    amendment = (
        f"  - insert: {identity}\n    after: useful-links\n    title: Ours\n    text: Ours.\n    because: A test.\n"
    )
    (own / "school.yml").write_text(answers.rstrip() + "\n" + amendment, encoding="utf-8")
    other = Project(tmp_path)
    resolved = read(other, ["sample"]).school("sample")
    comparison = compare_with_template(resolved.edition, resolved.policy)
    with pytest.raises(Mistakes, match=re.escape(told)):
        content.gather_school(other, resolved, (), comparison, None)


def test_a_name_in_another_script_is_marked_and_brings_its_font(project: Project, tmp_path: Path) -> None:
    own = tmp_path / "schools/sample"
    own.mkdir(parents=True)
    answers = (project.root / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8")
    (own / "school.yml").write_text(re.sub("(?m)^  name: .*", "  name: Al-Noor مدرسة النور School", answers, count=1))
    other = Project(tmp_path)
    resolved = read(other, ["sample"]).school("sample")
    comparison = compare_with_template(resolved.edition, resolved.policy)
    site = content.gather_school(other, resolved, (), comparison, None)
    home = next(page.html for page in site.pages if page.path == "index.html")
    assert 'Al-Noor <span lang="und-Arab" dir="rtl">مدرسة النور</span> School' in site.spoken(site.name)
    assert not re.search("[\u0600-\u06ff]", re.sub('<span lang="und-Arab" dir="rtl">[^<]*</span>', "", home))
    added = loaded(site, other)
    assert {"assets/fonts/ibmplexsansarabic-regular.woff2", "assets/fonts/ibmplexsansarabic-bold.woff2"} <= added.keys()
    assert b'url("ibmplexsansarabic-regular.woff2")' in added["assets/fonts/fonts.css"]


def test_a_template_of_the_project_takes_the_place_of_ours(reading: Reading, tmp_path: Path) -> None:
    own = tmp_path / "templates/site/theme/partials"
    own.mkdir(parents=True)
    (own / "report.html").write_text('<aside class="report" id="report">Ring the office.</aside>\n', encoding="utf-8")
    resolved = reading.resolved["trottiscliffe"]
    comparison = compare_with_template(resolved.edition, resolved.policy)
    other = Project(tmp_path)
    write_site(other, content.gather_school(other, resolved, (), comparison, None), tmp_path / "out")
    assert "Ring the office." in _html(tmp_path / "out/aims/index.html")


def test_building_tells_nothing(
    project: Project, reading: Reading, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_folder(project, content.template_folder(project, reading.editions["2018-09"]), tmp_path)
    assert capfd.readouterr() == ("", "")


def test_colours_are_made_for_the_surface_that_contrasts_least() -> None:
    css = (ROOT / "templates/site/assets/site.css").read_text(encoding="utf-8")
    assert re.findall(r"--shade: (#[0-9a-f]{6});", css) == [pages.LIGHT, pages.DARK]


# --- a setting without governors -----------------------------------------------------------------


def test_a_reader_finds_how_to_reach_somebody_on_every_page(tmp_path: Path) -> None:
    project = Project(next(case for case in CASES if case.name == "without-governors"))
    reading = read(project, ["owned"])
    resolved = reading.school("owned")
    comparison = compare_with_template(resolved.edition, resolved.policy)
    write_site(project, content.gather_school(project, resolved, (), comparison, None), tmp_path)
    pages = [path for path in tmp_path.rglob("*.html") if path.name != "policy.html"]
    assert len(pages) > 2
    for page in pages:
        report = _html(page).partition('class="report" id="report"')[2].partition("</dl>")[0]
        assert '<a href="tel:+441632960101;ext=4">01632 960101 ext 4</a>' in report, page
        assert '<a href="mailto:ida.fern@wren.example">ida.fern@wren.example</a>' in report
        assert "It has not been agreed by the owner yet." in _html(page)
        assert '<a href="mailto:office@wren.example">' in report
        # what the school does not have is on this page alone
        assert "overnor" not in _html(page) or page.parent.name == "differences"


def test_the_template_says_what_is_fixed_and_what_begins_later() -> None:
    edition = resolved_example("freedom", "wren").edition
    (page, *_) = content.template_folder(Project(ROOT), edition).site.pages
    notes = dict(re.findall(r'<p class="note"><code>([a-z-]+)</code>(.*?)</p>', page.html))
    tags = {identity: re.findall(r'<span class="tag[^>]*>([^<]+)', note) for identity, note in notes.items()}
    assert tags["fire"] == tags["water"] == []
    assert tags["ladders"] == ["From 1 April 2027"]
    assert tags["taps"] == ["Fixed by law"]
    assert tags["plan"] == ["Agreed locally"]
    assert tags["two"] == ["Free to change", "From 1 April 2027"]
    assert "From 1 April 2027:" not in page.html
