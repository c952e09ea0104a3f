"""The choice of what lays out a PDF: what a record tells of it, and what is said where it is missing."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import ROOT

from build_tools.cli import cli
from build_tools.outputs.pdf import Engine
from build_tools.text.problems import Mistakes


@pytest.mark.parametrize("engine", Engine)
def test_an_installed_engine_is_usable_and_has_a_version(engine: Engine) -> None:
    engine.require()
    assert engine.software.startswith(f"{engine.value} ")
    assert engine.software[-1].isdigit()


def test_the_package_of_typst_is_not_taken_for_typst_itself() -> None:
    assert Engine.TYPST.software.startswith("typst for Python ")


@pytest.mark.parametrize(
    ("engine", "said"),
    [(Engine.WEASYPRINT, "use --pdf-engine typst"), (Engine.TYPST, 'pip install "schoolpolicy[typst]"')],
)
@pytest.mark.parametrize("command", ["build", "ratify"])
def test_what_is_missing_is_told_before_anything_is_written(
    engine: Engine, said: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as if neither were installed: Python then takes the import for one that failed
    monkeypatch.setitem(sys.modules, engine.value, None)
    out = tmp_path / "site"
    given = ["--out", str(out)] if command == "build" else ["--on", "2019-01-07", "--by", "Full Governing Body"]
    result = CliRunner().invoke(
        cli, [command, "trottiscliffe", "--pdf-engine", engine.value, "--project", str(ROOT), *given]
    )
    assert result.exit_code == 1
    assert result.stderr.startswith(f"--pdf-engine {engine}: ")
    assert said in result.stderr
    assert not out.exists()
    assert not (ROOT / "schools/trottiscliffe/ratified/2019-01-07").exists()


def test_pango_that_cannot_be_loaded_is_told_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(Mistakes, match="WeasyPrint needs Pango, which was not found"):
        Engine.WEASYPRINT.require()
