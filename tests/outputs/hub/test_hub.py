"""The hub: every school with its state, what all answer, what they amend, and every edition."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT, copy_real_schools
from playwright.sync_api import Browser, Page
from registers import enter_all

from build_tools.outputs.hub.amended import amended, departures_of
from build_tools.outputs.hub.csv_table import render_csv
from build_tools.outputs.hub.hub import hub_folder, make_hub
from build_tools.outputs.hub.matrix import NOT_ASKED, matrix
from build_tools.outputs.publication import summaries
from build_tools.outputs.site.build import write_folder
from build_tools.policy.model import Origin
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.versions.freezing import Decision, decided, freeze, seal

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pdfs_of_a_few_bytes")]

NORTH, TROTT, COAST = "the-north-school", "trottiscliffe", "coast-primary"
SCHOOLS = (COAST, NORTH, TROTT)
EPOCH = "1569888000"  # 1 October 2019
FEDERATION = """\
federation: The Coast Federation
edition: 2018-09
amendments:
  - insert: shared
    after: aims-authors
    text: We share this.
    because: Parents ask who decided what.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return both real schools, one of them ratified, and one of a federation whose name could be markup."""
    project = Project(tmp_path_factory.mktemp("project"))
    schools = project.schools_folder
    copy_real_schools(project.root, "ratified")
    # as it was when its version, on the edition before, was ratified
    shutil.copy(ROOT / "tests" / "upgrades" / NORTH / "schools" / NORTH / "school.yml", schools / NORTH)
    text = (schools / TROTT / "school.yml").read_text(encoding="utf-8")
    text = text.replace("name: Trottiscliffe CE Primary School", "name: Şample <b>& Co").replace("at-home", "handed-in")
    # one school fewer leaves out the clause that comes first in the template
    text = re.sub(r"  - omit: social-learners-personal-details-examples\n.*\n", "", text)
    for name, content in ((f"{COAST}/school.yml", f"federation: coast\n{text}"), ("coast/federation.yml", FEDERATION)):
        (schools / name).parent.mkdir()
        (schools / name).write_text(content, encoding="utf-8")
    resolved = read(project, [NORTH]).school(NORTH)
    decision = Decision("2018-05-23", "Full Governing Body", "2019-03", summary="The first.")
    folder = schools / NORTH / "ratified" / decision.on
    folder.mkdir(parents=True)
    data = decided(NORTH, resolved.policy, resolved.school.values, decision, "x")
    for name, frozen in freeze(data, seal(data).encode(), None).items():
        (folder / name).write_bytes(frozen)
    enter_all(project.root)
    answers = schools / NORTH / "school.yml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("Lightspeed", "Newfilter"), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def reading(project: Project) -> Reading:
    return read(project, SCHOOLS)


@pytest.fixture(scope="module")
def site(project: Project, reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    write_folder(project, hub_folder(project, summaries(project, reading)[0], reading.editions.values()), out)
    return out


def pages(project: Project, reading: Reading) -> dict[str, str]:
    gathered = hub_folder(project, summaries(project, reading)[0], reading.editions.values()).site
    return {page.path: re.sub(r"\s+", " ", page.html) for page in gathered.pages}


# --- the first page ------------------------------------------------------------------------------


def test_it_leads_to_every_school_and_edition(project: Project, reading: Reading) -> None:
    html = pages(project, reading)["index.html"]
    for name in SCHOOLS:
        assert f'href="{name}/index.html"' in html
        assert f'href="{name}/reviews.ics"' in html
    assert html.index("template/2018-09/") < html.index("template/2017-09/")
    assert 'href="reviews.ics"' in html
    assert 'href="feed.xml"' in html
    assert "subscribe to its address in a feed reader" in html


def test_without_a_day_nothing_is_said_that_ages(
    project: Project, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    html = pages(project, reading)["index.html"]
    assert "In force since 23 May 2018" in html
    assert "<p>3 policies: 1 in force, 2 drafts.</p>" in html
    assert html.count("<strong>Draft</strong>") == 2
    assert "Not ratified yet: 1 text change, 1 answer" in html
    assert "September 2026 differs in " in html
    assert "Cites Keeping Children Safe in Education (2016), in force until 2 September 2018" in html
    for word in ("Overdue", "Due soon", "Cites guidance that is not in force", "stands on"):
        assert word not in html


def test_on_the_day_of_the_build_it_says_what_is_due(
    project: Project, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    html = pages(project, reading)["index.html"]
    assert "The status of each school’s policy on 1 October 2019." in html
    assert "<p>3 policies: 1 in force, 2 drafts; 1 review overdue, 2 due within 60 days.</p>" in html
    assert html.count("<strong>Overdue</strong>") == 1
    assert html.count("<strong>Due soon</strong>") == 2
    assert html.count("<strong>Cites guidance that is not in force:</strong>") == 3


def test_names_are_text_everywhere(project: Project, reading: Reading) -> None:
    for html in pages(project, reading).values():
        assert "Şample &lt;b&gt;&amp; Co" in html
        assert "<b>" not in html


# --- the matrix and the amendments ---------------------------------------------------------------


def test_schools_on_the_newest_edition_are_shown_first(project: Project, reading: Reading) -> None:
    hub = make_hub(summaries(project, reading)[0], reading.editions.values())
    assert [(status.school, status.edition) for status in hub.statuses] == [
        (COAST, "2018-09"),
        (TROTT, "2018-09"),
        (NORTH, "2017-09"),
    ]


def test_the_matrix_has_what_each_school_publishes(project: Project, reading: Reading) -> None:
    hub = make_hub(summaries(project, reading)[0], reading.editions.values())
    (answers,) = hub.answers
    found = {q.path: [row[i] for row in block.rows] for block in answers.blocks for i, q in enumerate(block.questions)}
    assert [answer.split(" ")[0] for answer in found["phones.learners"]] == ["Handed", "Left", "Switched"]
    assert found["filtering.product"][2] == "Lightspeed"  # ratified; Newfilter is only a draft
    assert found["exams"][1:] == ["No", "Yes"]
    assert found["law.data_protection"][0] == NOT_ASKED
    assert found["platforms"][2].startswith("Kerboodle, Show My Homework")
    assert not {"school.name", "people.dsl", "people.head", "document.next_review"} & found.keys()
    assert "people.exceptions" in found
    fields = [field.path for field in reading.editions["2026-09"].schema.fields]
    shared = [path for path in found if path in fields]
    assert [fields.index(path) for path in shared] == sorted(map(fields.index, shared))
    assert matrix((), reading.editions.values()) == ()


def test_the_matrix_names_the_schools_of_each_answer(project: Project, reading: Reading) -> None:
    hub = make_hub(summaries(project, reading)[0], reading.editions.values())
    (answers,) = hub.answers
    for block in answers.blocks:
        for at, question in enumerate(block.questions):
            given = {place: answer.words for answer in question.answers for place in answer.schools}
            assert [given[place] for place in range(len(SCHOOLS))] == [row[at] for row in block.rows]
            counts = [len(answer.schools) for answer in question.answers if answer.words not in ("", NOT_ASKED)]
            assert counts == sorted(counts, reverse=True)
            assert [answer.is_of_all for answer in question.answers] == [len(question.answers) == 1] * len(
                question.answers
            )
    html = pages(project, reading)["matrix/index.html"]
    assert re.search(r"<dt>Left at home.*?</dt> <dd> ?<a href=\"../the-north-school/index.html\">", html)


def test_names_are_folded_where_many_schools_give_an_answer() -> None:
    schools = [{"exams": "No"}] * 7 + [{"exams": "Yes"}]
    edition = read(Project(ROOT), ()).editions["2018-09"]
    question = next(q for block in matrix(schools, [edition]) for q in block.questions if q.path == "exams")
    assert [(a.words, len(a.schools), a.is_folded, a.is_of_all) for a in question.answers] == [
        ("No", 7, True, False),
        ("Yes", 1, False, False),
    ]


def test_the_matrix_as_a_spreadsheet_says_the_same(site: Path, project: Project, reading: Reading) -> None:
    raw = (site / "matrix" / "matrix.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfSchool,")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    hub = make_hub(summaries(project, reading)[0], reading.editions.values())
    assert [row[0] for row in rows[1:]] == [status.name for status in hub.statuses]
    for at, row in enumerate(rows[1:]):
        assert row[1:] == [cell for block in hub.answers[0].blocks for cell in block.rows[at]]
    assert len({len(row) for row in rows}) == 1


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    assert render_csv([["=1+1", "+1", "-1", "@a", "a=b", None, 3, 'say "x", y']]) == (
        '\'=1+1,\'+1,\'-1,\'@a,a=b,,3,"say ""x"", y"\r\n'
    )


def test_what_most_schools_amend_comes_first(reading: Reading) -> None:
    made = [
        departure for name, found in reading.resolved.items() for departure in departures_of(name, name, found.policy)
    ]
    rows = amended(made, tuple(reading.editions.values()))
    found = {row.id: [(d.school, d.origin, d.by) for d in row.departures] for row in rows}
    assert found == {
        "aims-authors": [(COAST, Origin.INSERTED, "The Coast Federation"), (NORTH, Origin.INSERTED, None)],
        "official-devices": [(COAST, Origin.OMITTED, None), (TROTT, Origin.OMITTED, None)],
        "social-learners-personal-details-examples": [(TROTT, Origin.OMITTED, None)],
    }
    assert [row.id for row in rows] == ["aims-authors", "official-devices", "social-learners-personal-details-examples"]
    # the newest edition that has it
    assert [row.edition for row in rows] == ["2026-09", "2026-09", "2018-09"]
    assert all(row.citation and row.text for row in rows)
    assert amended((), tuple(reading.editions.values())) == ()


def test_the_page_of_amendments_gives_words_reasons_and_authors(project: Project, reading: Reading) -> None:
    html = pages(project, reading)["amendments/index.html"]
    assert "We share this." in html
    assert "Inserted after it by The Coast Federation</span>" in html
    assert "Parents ask who decided what." in html
    assert 'href="../template/2026-09/index.html#official-devices"' in html


# --- files ---------------------------------------------------------------------------------------


def test_the_same_schools_give_the_same_files(site: Path, project: Project, reading: Reading, tmp_path: Path) -> None:
    write_folder(project, hub_folder(project, summaries(project, reading)[0], reading.editions.values()), tmp_path)

    def content(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert content(tmp_path) == content(site)
    assert {"index.html", "matrix/index.html", "amendments/index.html", "reviews.ics", "feed.xml"} <= content(
        site
    ).keys()
    assert b"ratified 23 May 2018" in (site / "feed.xml").read_bytes()
    assert (site / "reviews.ics").read_bytes().count(b"BEGIN:VEVENT") == len(SCHOOLS)


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


def test_tables_are_sorted_by_keyboard_and_say_so(site: Path, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site / "index.html").as_uri())
    names = page.locator("tbody th a")
    review = page.locator("thead th", has_text="Next review")
    review.get_by_role("button").press("Enter")
    assert review.get_attribute("aria-sort") == "ascending"
    assert names.first.inner_text() == "The North School"
    review.get_by_role("button").press("Enter")
    assert review.get_attribute("aria-sort") == "descending"
    assert names.last.inner_text() == "The North School"
    page.locator("thead th", has_text="School").first.get_by_role("button").click()
    assert review.get_attribute("aria-sort") is None
    assert names.all_inner_texts() == ["Şample <b>& Co", "The North School", "Trottiscliffe CE Primary School"]
    assert complaints == []


@pytest.mark.parametrize("path", ["index.html", "matrix/index.html", "amendments/index.html"])
def test_no_page_is_wider_than_a_phone(site: Path, page: Page, path: str) -> None:
    page.goto((site / path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_phone_shows_reviews_without_moving_sideways(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 748})
    page.goto((site / "index.html").as_uri())
    for row in page.locator("table.schools tbody tr").all():
        name, review, state = (
            row.locator(part).bounding_box() for part in ("th", "td[data-label='Next review']", "th + td")
        )
        assert name
        assert review
        assert state
        assert name["y"] < review["y"] < state["y"]
        assert max(box["x"] + box["width"] for box in (name, review, state)) <= 360
        assert name["width"] > 300
    assert page.locator(".scroll").evaluate_all("found => found.filter(one => one.scrollWidth > one.clientWidth)") == []
    first = page.locator("[data-label='Next review']").first
    assert first.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Next review: "')


def test_on_a_phone_it_is_still_a_table_to_a_screen_reader(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 748})
    page.goto((site / "index.html").as_uri())
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    assert roles.count("table") == 1
    assert roles.count("row") == 1 + len(SCHOOLS)
    assert roles.count("rowheader") == len(SCHOOLS)
    assert roles.count("columnheader") >= 5


def test_only_a_phone_folds_the_topics_of_the_matrix(site: Path, page: Page) -> None:
    page.goto((site / "matrix" / "index.html").as_uri())
    topic = page.locator("section", has=page.get_by_role("heading", name="Learners' phones", exact=True))
    answer = topic.get_by_text("Handed in", exact=False).first
    assert not answer.is_visible()
    topic.locator("summary").first.click()
    assert answer.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".answers").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
