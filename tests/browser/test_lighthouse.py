"""Lighthouse gives every kind of page full marks for accessibility, best practices and search engines."""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM
from folders import ROOT
from local_server import served_folder
from sites import DRAFT

from build_tools import commands
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.project import Project

pytestmark = pytest.mark.slow

RUN = Path(__file__).with_name("lighthouse.mjs")
PAGES = (
    "site/index.html",
    "site/trottiscliffe/index.html",
    "site/trottiscliffe/devices/index.html",
    "site/trottiscliffe/marked/index.html",
    f"site/{DRAFT}/differences/index.html",
    f"site/{DRAFT}/policy.html",
    "site/template/2018-09/index.html",
)
"""One of each kind, some of them with a crest, a colour and the note that it is a draft."""
FAULTY = "faulty.html"
CATEGORIES = ("accessibility", "best-practices", "seo")
FAULTS = {
    "accessibility": ["html-has-lang"],
    "best-practices": ["errors-in-console", "inspector-issues"],
    "seo": ["is-crawlable", "meta-description"],
}
"""What is planted in the faulty page, a working paper that search engines are to ignore."""


@pytest.fixture
def served(site: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a server on this machine that has the site and a page with faults."""
    (tmp_path / "site").symlink_to(site)
    found = commands.diff(Project(ROOT), "the-north-school", "trottiscliffe")
    page = render_comparison_page(found, Project(ROOT).template_folders)
    faulty = page.replace('<html lang="en-GB">', "<html>").replace('<meta name="description"', '<meta name="x"')
    (tmp_path / FAULTY).write_text(faulty.replace("<h1>", '<img src="none.png" alt="x"><h1>'), encoding="utf-8")
    with served_folder(tmp_path) as address:
        yield address


def measure(served: str, paths: Iterable[str]) -> dict[str, Any]:
    """Return by page and category the score and the faults."""
    settings = {
        "CHROME_PATH": CHROMIUM,
        "NPM_FOLDER": str(ROOT / ".venv/npm"),
    }
    command: list[str | Path] = [ROOT / ".venv/bin/node", RUN, *(f"{served}/{path}" for path in paths)]
    run = subprocess.run(command, env=os.environ | settings, check=True, capture_output=True, encoding="utf-8")
    found: dict[str, Any] = json.loads(run.stdout)
    return {address.removeprefix(f"{served}/"): said for address, said in found.items()}


def _faults(said: Mapping[str, Any]) -> list[str]:
    """Return the names of the faults of a page, and the categories without a fault that lack full marks."""
    faults = [fault.split(": ")[0] for name in CATEGORIES for fault in said[name]["faults"]]
    return faults + [name for name in CATEGORIES if said[name]["score"] != 1 and not said[name]["faults"]]


def test_every_kind_of_page_has_full_marks_except_a_faulty_one(served: str) -> None:
    # one test and not one for each page, since Lighthouse takes long to start
    found = measure(served, [*PAGES, FAULTY])
    faulty = found.pop(FAULTY)
    assert list(found) == list(PAGES)
    lost = {path: faults for path, said in found.items() if (faults := _faults(said))}
    # drafts ask search engines to ignore them, which is all that Lighthouse holds against them
    assert lost == {path: ["is-crawlable"] for path in PAGES if DRAFT in path}
    assert {name: [fault.split(": ")[0] for fault in faulty[name]["faults"]] for name in CATEGORIES} == FAULTS
