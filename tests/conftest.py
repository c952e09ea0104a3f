"""What all tests share: expected files and how to rewrite them, editions, schools, a policy, a steady Hypothesis."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import hypothesis
import pytest
from chromium import CHROMIUM
from editions_once import editions_read_once
from folders import ROOT
from playwright.sync_api import Browser, Page, sync_playwright
from sites import SCHOOLS, make_project

from build_tools.policy.model import Kind, Node, Origin, Policy, Run
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.template.edition import Edition, read_edition
from build_tools.versions.freezing import parse_policy_file, seal

# The same examples on every run and machine, so that a failure in CI is the same failure at home.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="rewrite the files in expected/ folders and the messages of bad inputs from what the program gives now",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow modules first, so that none is left for one worker at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def expected(pytestconfig: pytest.Config) -> Callable[[Path, str], None]:
    """Return what compares a text with an expected file, and says how to rewrite it."""
    update: bool = pytestconfig.getoption("--update-expected")

    def compare(path: Path, actual: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
            return
        name = path.relative_to(ROOT).as_posix()
        wanted = path.read_text(encoding="utf-8") if path.is_file() else ""
        if actual != wanted:
            difference = "\n".join(
                difflib.unified_diff(wanted.splitlines(), actual.splitlines(), name, "now", lineterm="")
            )
            pytest.fail(
                f"{difference}\n\nIf this change is meant: pytest --update-expected, then git diff.", pytrace=False
            )

    return compare


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser without a window; there can be but one at a time."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[Page]:
    """Return an empty page of the browser, which parses others."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session", autouse=True)
def _editions_once() -> Iterator[None]:
    """Spare the tests from reading the editions of the program hundreds of times."""
    with editions_read_once():
        yield


@pytest.fixture(scope="session")
def editions() -> Mapping[str, Edition]:
    """Return the editions that are published, by name."""
    folders = sorted(path.parent for path in (ROOT / "policy_src").glob("*/edition.yml"))
    return {folder.name: read_edition(folder, ROOT) for folder in folders}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with the schools of `sites.py`, for tests that change nothing in it."""
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def reading(project: Project) -> Reading:
    """Return what that project holds."""
    return read(project, SCHOOLS)


@pytest.fixture
def phone_policy() -> Policy:
    """Return a small policy with a part of each kind, one of them replaced and one left out."""
    clause = Node(
        Kind.CLAUSE,
        "phones-off",
        (Run('Phones are "off" at Ş & Co.'),),
        Origin.REPLACED,
        "phones-off",
        "(2)",
        "1.1(2)",
        reason="The governors asked.",
        was=(Run("Phones are off."),),
    )
    gone = Node(
        Kind.SECTION, "visitors", (Run("Not used at X"),), Origin.OMITTED, "visitors", "1.2", "1.2", reason="None come."
    )
    group = Node(Kind.GROUP, "rules", (Run("Rules"),), Origin.TEMPLATE, "rules", "", "1.1", children=(clause,))
    inner = Node(
        Kind.SECTION, "learners", (Run("Learners"),), Origin.TEMPLATE, "learners", "1.1", "1.1", children=(group,)
    )
    top = Node(Kind.SECTION, "phones", (Run("Phones"),), Origin.TEMPLATE, "phones", "1", "1", children=(inner, gone))
    return Policy("x", "2030-01", "Phone Policy", (top,))


@pytest.fixture(scope="module")
def pdfs_of_a_few_bytes() -> Iterator[None]:
    """Let versions have PDFs of a few bytes with their seal, which are made in no time, instead of real ones."""

    def faults(pdf: bytes, policy_file: bytes) -> tuple[str, ...]:
        is_sealed = seal(parse_policy_file(policy_file)[0]).encode() in pdf
        return (
            ()
            if is_sealed
            else ("This PDF was not made with the policy.json next to it, whose digest its metadata should have.",)
        )

    with mock.patch("build_tools.versions.printed.held_against.faults", faults):
        yield
