"""What a command loads before it does anything: no command waits for the libraries of another."""

import subprocess
import sys

import pytest
from folders import ROOT

CHECK = 'from build_tools.cli.policies import check; check(["--project", {root!r}], standalone_mode=False)'
BUILD = "import build_tools.cli.building"


def loaded(program: str) -> set[str]:
    """Return the names of all modules that a program has loaded when it ends."""
    listing = f"import sys\n{program}\nprint(*sorted(sys.modules), sep='\\n')"
    run = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "library", ["build_tools.adopting", "mkdocs", "material", "weasyprint", "typst", "pikepdf", "pdfplumber", "docx"]
)
def test_check_does_not_load(library: str, after_check: set[str]) -> None:
    assert library not in after_check


def test_check_loads_what_it_needs(after_check: set[str]) -> None:
    assert {"build_tools.reading", "build_tools.proofreading.typeface"} <= after_check


def test_build_starts_without_what_it_may_not_need() -> None:
    assert not {"jinja2", "build_tools.template.edition", "mkdocs", "weasyprint"} & loaded(BUILD)


@pytest.fixture(scope="module")
def after_check() -> set[str]:
    """Return what `policy check` loads for all schools."""
    return loaded(CHECK.format(root=str(ROOT)))
