"""What people get wrong, and what they are told: one folder for each mistake, with all that is printed.

A folder holds only what differs from the sound project in `bad/sound/`; `message.txt` has its messages.
"""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_tools import project
from build_tools.project import Project
from build_tools.reading import read

CASES = Path(__file__).parent / "bad"
SOUND = CASES / "sound"
MODULES = Path(project.__file__).parent


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_message(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Callable[[Path, str], None]
) -> None:
    for folder in (SOUND, case):
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(project, "BUNDLED", tmp_path)  # no edition but the case's own
    reading = read(Project(tmp_path), Project(tmp_path).school_names())
    problems = reading.problems((*Project(tmp_path).school_names(), *Project(tmp_path).federation_names()))
    assert bool(problems) == (case != SOUND)
    expected(case / "message.txt", "".join(f"{problem}\n" for problem in problems))


# --- every message has a folder ------------------------------------------------------------------

READERS = (
    "source",
    "schema_file",
    "wording",
    "edition_file",
    "edition",
    "sections",
    "conditions",
    "language",
    "markup",
    "inline",
    "federation",
    "school",
    "amendments",
    "phrases",
    "amend",
    "resolve",
)
"""The modules that word what people get wrong."""

ELSEWHERE = {
    "This file is larger than": "a megabyte is no folder to keep; test_source.py makes one",
    "This file cannot be read:": "what follows is the operating system's; test_source.py asks for a folder",
    "end of stream": "words of the YAML parser",
}


def fragments(module: str) -> Iterator[str]:
    """Yield the fixed words of every message in a module: its texts of two words and more, but docstrings and keys."""
    tree = ast.parse((MODULES / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        others = node.keys if isinstance(node, ast.Dict) else [node.value] if isinstance(node, ast.Expr) else []
        for child in ast.iter_child_nodes(node):
            if child not in others and isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield from (part.strip() for part in child.value.split("{rule}") if re.search("[a-z]+ [a-z]+", part))


@pytest.mark.parametrize("module", READERS)
def test_every_message_has_a_folder(module: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in CASES.glob("*/message.txt"))
    assert not {fragment for fragment in fragments(module) if fragment not in told} - ELSEWHERE.keys()
