"""`schools/MESSAGES.md`: every message that a school can get, made from the folders of `bad/`.

A folder with a mistake of a school holds `advice.txt` beside `message.txt`: a title, an empty line, and what to do.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from build_tools.text.source import _FORBIDDEN

CASES = Path(__file__).parent / "bad"
FOLLOWS = "has mistakes of its own. Fix them first."
"""How a message ends that only says that another file is wrong."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "The file": ("yaml-", "not-utf-8", "invisible-", "school-", "edition-", "folder-"),
    "The crest": ("crest-",),
    "Federations": ("federation-",),
    "Amendments": ("amendment", "insertion-", "replacement-"),
    "Words in other languages": ("language",),
    "Answers": ("",),
}
"""The parts of the page, by how the names of their folders begin; the first that fits is taken."""

_HEAD = """\
# Every message, and what to do

<!-- Made from tests/bad/ by pytest --update-expected; never edited by hand. -->

`policy check` and the other commands say what is wrong, in which file and line. This page lists every such message.
The examples are from an invented school, `x`; the names and numbers in yours will be others.

If a message makes no sense to you, that is a fault of the program: please tell us, with the line that it names.
"""


def school_messages(case: Path) -> list[str]:
    """Return the messages of a case that are about a file of a school or federation."""
    file = case / "message.txt"  # which --update-expected has yet to write for a new case
    told = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [message for message in told if message.startswith("schools/") and not message.endswith(FOLLOWS)]


def render_messages(cases: Iterable[Path]) -> str:
    """Return the page."""
    parts: dict[str, list[str]] = {part: [] for part in _PARTS}
    for case in sorted(cases):
        if messages := school_messages(case):
            part = next(part for part, starts in _PARTS.items() if case.name.startswith(starts))
            parts[part].append(_entry(case, messages))
    return "\n".join([_HEAD, *(f"## {part}\n\n{''.join(entries)}" for part, entries in parts.items())]).rstrip() + "\n"


def _entry(case: Path, messages: Sequence[str]) -> str:
    title, _, advice = (case / "advice.txt").read_text(encoding="utf-8").partition("\n\n")
    wrong = _wrong_lines(case, messages)
    blocks = [f"### {title}", *(["What is wrong:", _block(wrong)] if wrong else []), "What is told:", _block(messages)]
    return "\n\n".join([*blocks, f"What to do: {advice}\n"])


def _block(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def _wrong_lines(case: Path, messages: Iterable[str]) -> list[str]:
    """Return the lines that messages name, each once; what a message says of a whole file has none."""
    places = dict.fromkeys(tuple(message.split(": ")[0].rsplit(":", 1)) for message in messages)
    found = []
    for file, *number in places:
        path = case / file
        if number and number != ["1"] and path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found.append(_FORBIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", lines[int(number[0]) - 1]))
    return found
