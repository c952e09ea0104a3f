"""The program as a council installs it: a wheel, an empty environment, and a folder with nothing but one school."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from folders import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `policy` command of a new environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    # the versions of the lock, without its hashes, which pip would then ask of the wheel too
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    pins = [line.split(" \\")[0] for line in lock.splitlines() if "==" in line and not line.lstrip().startswith("#")]
    (folder / "constraints.txt").write_text("\n".join(pins), encoding="utf-8")
    install = [str(scripts / "python"), "-m", "pip", "install", "-q", "--no-compile"]
    _run(*install, "-c", str(folder / "constraints.txt"), str(wheel))
    return scripts / "policy"


def _run(*command: str, cwd: Path | None = None) -> str:
    # what the checkout and its environment hold must not be found by the new one
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    result = subprocess.run(command, cwd=cwd, env=clean, encoding="utf-8", capture_output=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_wheel_builds_a_school_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schools" / "trottiscliffe", tmp_path / "schools" / "trottiscliffe")
    _run(str(installed), "build", "trottiscliffe", cwd=tmp_path)
    site = tmp_path / "site"
    for name in (
        "index.html",
        "trottiscliffe/index.html",
        "trottiscliffe/devices/index.html",
        "template/2018-09/index.html",
    ):
        assert (site / name).is_file(), name
    assert (site / "trottiscliffe" / "policy.pdf").read_bytes().startswith(b"%PDF-")
    # what an edition says around a policy comes with the wheel, too
    assert "keeps everyone safe online" in (site / "trottiscliffe/index.html").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"schools", "site", ".site-manifest.json", ".site-lock"}


def test_a_councils_own_edition_stands_beside_those_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schools" / "trottiscliffe", tmp_path / "schools" / "trottiscliffe")
    shutil.copytree(
        ROOT / "policy_src" / "2018-09",
        tmp_path / "policy_src" / "2031-01",
        ignore=shutil.ignore_patterns("published.yml"),
    )
    for file, old, new in (
        ("policy_src/2031-01/edition.yml", "2018-09", "2031-01"),
        ("schools/trottiscliffe/school.yml", "edition: 2018-09", "edition: 2031-01"),
    ):
        text = (tmp_path / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert "Edition 2031-01" in _run(str(installed), "check", cwd=tmp_path)
