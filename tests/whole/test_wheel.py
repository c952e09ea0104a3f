"""The program as a council installs it: a wheel, an empty environment, and a folder with nothing but one school."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from folders import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(ROOT, tmp_path_factory.mktemp("wheel"))


def _built(source: Path, folder: Path) -> Path:
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `policy` command of a new environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("installed")
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
    assert {path.name for path in tmp_path.iterdir()} == {"schools", "site", ".site-manifest.json", ".policy-locks"}


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


def test_the_same_files_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    for name in ("build_tools", "policy_src", "templates"):
        # not the times of the files, which are other ones in every checkout
        shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, copy / name)
    again = _built(copy, tmp_path)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_every_locked_package_is_in_the_list(tmp_path: Path) -> None:
    _run("make", "sbom", f"DIST={tmp_path}", cwd=ROOT)
    listed = json.loads((tmp_path / "schoolpolicy.cdx.json").read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "schoolpolicy"
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    assert {(part["name"], part["version"]) for part in listed["components"]} == locked
    for part in listed["components"]:
        (source,) = part["externalReferences"]
        hashes = {made["content"] for made in source["hashes"]}
        assert hashes
        assert all(f"sha256:{made}" in lock for made in hashes), part["name"]


def test_every_locked_package_has_its_hashes() -> None:
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", lock)
    assert all("--hash=sha256:" in pin for pin in pins if not pin.startswith("#"))
