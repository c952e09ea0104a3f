"""Who is trusted with what, as SECURITY.md says it: what files from strangers can make the program do.

Layouts, the settings of MkDocs and links are here; `test_hostile_texts.py` has what schools and editions write.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from folders import ROOT

pytestmark = pytest.mark.slow

SETTINGS = """\
site_name: Sample
docs_dir: schools
exclude_docs: "*"
theme:
  name: material
  font: false
  quiet: !!python/name:build_tools.mkdocs_plugin.QUIET
plugins: [schoolpolicy]
"""
ATTACK = '{{ cycler.__init__.__globals__.os.popen("touch PWNED").read() }}'
FAULTS = [
    ("site/pages/section.html", ATTACK, "A layout may not use __init__ here."),
    ("site/theme/main.html", "{{ config.plugins }}", "A layout may not use plugins here."),
    ("pdf/policy.html", ATTACK, "A layout may not use __init__ here."),
    ("site/pages/section.html", "{% for i in range(10**9) %}{% endfor %}", "A layout may not use **."),
    ("site/pages/hub.html", "{{ nothing }}", "This layout fails here: 'nothing' is undefined."),
]
"""A layout, what a stranger adds to its end, and what the build says."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project whose policies have one page each."""
    for folder in ("policy_src", "schools"):
        shutil.copytree(ROOT / "tests/policies/groups" / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "schools/without-clubs")
    return tmp_path


def _own(project: Path, name: str) -> Path:
    """Return the project's own copy of a file of the templates."""
    file = project / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "templates" / name, file)
    return file


def _run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
    )
    assert "Traceback" not in done.stderr
    assert not list(project.rglob("PWNED*"))
    return done


def _build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return _run(project, sys.executable, "-m", "build_tools", "build", "--jobs", "1", *options)


@pytest.mark.parametrize(("name", "added", "said"), FAULTS, ids=[f"{fault[0]} {n}" for n, fault in enumerate(FAULTS)])
def test_a_layout_runs_nothing(project: Path, name: str, added: str, said: str) -> None:
    layout = _own(project, name)
    text = layout.read_text(encoding="utf-8")
    # inside a block, since a layout that extends another prints nothing else
    before, end, after = text.rpartition("{% endblock %}")
    layout.write_text(f"{before}{added}{end}{after}" if end else f"{text}{added}", encoding="utf-8")
    done = _build(project)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("templates/")]
    assert line.startswith(f"templates/{name}:")
    assert f": {said}" in line
    assert not (project / "site").exists()


def test_a_typst_layout_reads_only_its_folder(project: Path) -> None:
    layout = _own(project, "pdf/policy.typ")
    for name in ("words.typ", "sheet.typ"):
        _own(project, f"pdf/{name}")
    text = layout.read_text(encoding="utf-8")
    for path in ("/etc/passwd", "../../schools/with-clubs/school.yml"):
        layout.write_text(f'{text}\n#read("{path}")\n', encoding="utf-8")
        done = _build(project, "--pdf-engine", "typst")
        assert done.returncode == 1
        line = len(text.splitlines()) + 2
        assert f"templates/pdf/policy.typ:{line}: Typst finds a fault in this layout: " in done.stderr


@pytest.mark.parametrize("name", ["site/assets/site.css", "pdf/secret.txt"])
def test_a_link_out_of_the_templates_is_not_published(project: Path, name: str) -> None:
    _own(project, "pdf/policy.typ")
    secret = project / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    link = project / "templates" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(secret)
    done = _build(project, "--pdf-engine", "typst")
    assert done.returncode == 1
    said = f"templates/{name}: This is a link to a file outside this folder. Put a copy here instead."
    assert done.stderr.splitlines()[-1] == said
    assert not (project / "site").exists()


def _with_hook(project: Path) -> None:
    (project / "evil.py").write_text("import pathlib\npathlib.Path('PWNED-hook').touch()\n", encoding="utf-8")
    (project / "mkdocs.yml").write_text(f"{SETTINGS}hooks: [evil.py]\n", encoding="utf-8")


def test_a_hook_does_not_run_and_is_one_warning(project: Path) -> None:
    _with_hook(project)
    done = _build(project)
    assert done.returncode == 0
    said = "warning: policy build does not follow hooks. To use it, run: mkdocs build"
    assert done.stderr.splitlines() == [f"mkdocs.yml:9: {said}"]
    assert (project / "site/with-clubs/index.html").is_file()


@pytest.mark.parametrize("tag", ["!!python/object/apply:pathlib.Path.touch", "!!python/name:evil.x"])
def test_a_tag_of_python_makes_nothing(project: Path, tag: str) -> None:
    (project / "evil.py").write_text("import pathlib\npathlib.Path('PWNED-tag').touch()\nx = 1\n", encoding="utf-8")
    value = '[!!python/object/apply:pathlib.Path ["PWNED"]]' if "apply" in tag else "''"
    (project / "mkdocs.yml").write_text(f"{SETTINGS}extra:\n  a: {tag} {value}\n", encoding="utf-8")
    done = _build(project)
    assert done.returncode == 0
    assert f"mkdocs.yml:10: warning: policy build does not follow the tag {tag}." in done.stderr


def test_mkdocs_runs_hooks_as_it_always_did(project: Path) -> None:
    _with_hook(project)
    (project / "evil.py").write_text("def on_post_build(config):\n    print('the hook ran')\n", encoding="utf-8")
    done = _run(project, str(Path(sys.executable).with_name("mkdocs")), "build")
    assert done.returncode == 0, done.stderr
    assert "the hook ran" in done.stdout
    assert (project / "site/with-clubs/index.html").is_file()


def test_mkdocs_says_a_fault_in_a_layout(project: Path) -> None:
    (project / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    layout = _own(project, "site/theme/main.html")
    layout.write_text(layout.read_text(encoding="utf-8") + ATTACK, encoding="utf-8")
    done = _run(project, str(Path(sys.executable).with_name("mkdocs")), "build")
    assert done.returncode == 1
    assert "templates/site/theme/main.html:" in done.stderr
    assert "A layout may not use __init__ here." in done.stderr


def test_each_line_of_the_table_names_its_tests() -> None:
    table = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(table) > 8
    for line in table[2:]:
        named = re.findall(r"`(tests/[\w/]+\.py)`", line.rpartition(" | ")[2])
        assert named, line
        assert [name for name in named if not (ROOT / name).is_file()] == []
