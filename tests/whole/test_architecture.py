"""The architecture in build_tools/README.md: every module and folder that it names exists."""

import re
from collections.abc import Iterable

from folders import ROOT

PACKAGE = ROOT / "build_tools"
PAGE = PACKAGE / "README.md"
ITEM = re.compile(r"^(?=\S)", re.MULTILINE)
"""Where a line begins that is not indented: a paragraph, or an item with the list nested in it."""
NAMED = re.compile(r"`([\w./-]+(?:\.py|\.yml|\.md|\.toml|/))`")
OF_USERS = {"school.yml", "school.schema.yml"}
"""What schools and councils write: not among the program's own files."""


def missing(text: str) -> Iterable[str]:
    """Yield each path in backticks that is not in the project, the package or a folder that its paragraph names."""
    for item in ITEM.split(text):
        paths = NAMED.findall(item)
        folders = {path.rpartition("/")[0] for path in paths} - {""}
        bases = [
            ROOT,
            PACKAGE,
            PACKAGE / "outputs",
            *(base / folder for base in (PACKAGE, PACKAGE / "outputs") for folder in folders),
        ]
        yield from (
            path for path in paths if path not in OF_USERS and not any((base / path).exists() for base in bases)
        )


def test_every_path_in_the_readme_exists() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(NAMED.findall(text)) > 100
    assert list(missing(text)) == []


def test_a_path_that_does_not_exist_is_found() -> None:
    text = "- `text/dates.py` and `names.py` are there,\n    - `moved.py` and `gone/` are not.\n- `names.py`\n"
    assert list(missing(text)) == ["moved.py", "gone/", "names.py"]
