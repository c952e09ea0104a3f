"""The register: every version that was ever ratified, one line each, so that a missing or renewed one has a name.

    schools/register.jsonl    JSON lines; lines are only added, and the file belongs into Git

Each line has the digest of the line before it, so any line that is changed, deleted or moved is found, except at the
end: somebody who may write this folder can shorten the register, or write it again together with the versions. Only a
second copy shows that: in Git, on the published site, or with a colleague (`policy verify --against`).

Two lines that follow the same line are a fork. Git makes one when it merges two copies to which lines were added. A
fork is reported until a line of the event `merged` (from `policy repair`) keeps its order.
"""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.text.file_bytes import read_bytes
from build_tools.text.files import replace_file
from build_tools.text.locking import locked
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import as_written, relative
from build_tools.versions.freezing import digest
from build_tools.versions.register_lines import Entry, Event, parse_line, render_line, written

REGISTER = "register.jsonl"
MAX_BYTES = 50_000_000
"""Some hundred thousand lines: more than any council's."""

_PATIENCE = 30.0
"""For how many seconds a command waits for others that add lines."""
_CONFLICT = ("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")
"""How the lines begin that Git adds where it could not merge."""
_RESTORE = f"Restore {REGISTER} from a backup or from Git."


@dataclasses.dataclass(frozen=True, slots=True)
class Register:
    """What a register says."""

    entries: tuple[Entry, ...]
    """The lines that can be read."""
    broken: tuple[Problem, ...]
    """A problem for each line that was changed, deleted, moved or doubled, or why the file cannot be read."""
    forks: tuple[Entry, ...]
    """The lines that follow a line which another one follows too, and whose order is not kept yet."""

    def of(self, school: str) -> tuple[Entry, ...]:
        """Return the lines about one school."""
        return tuple(entry for entry in self.entries if entry.school == school)


def register_file(schools: Path) -> Path:
    """Return the path of the register in the schools' folder."""
    return schools / REGISTER


def load_register(schools: Path, root: Path) -> Register | None:
    """Return the register with everything that is wrong in it, None if there is none; places are relative to `root`."""
    file = register_file(schools)
    if not file.exists():
        return None
    place = relative(file, root)
    try:
        return parse_register(as_written(read_bytes(file, place, MAX_BYTES, inside=schools)), place)
    except Mistakes as mistakes:
        return Register((), mistakes.problems, ())


def read_register(schools: Path, root: Path) -> tuple[Entry, ...]:
    """Return all lines of the register, in their order; none if there is no register.

    Raises:
        Mistakes: if a line was changed, deleted, moved or doubled, or the file cannot be read.
    """
    register = load_register(schools, root)
    if register and register.broken:
        raise Mistakes(register.broken)
    return register.entries if register else ()


def fork_problem(entry: Entry, file: str) -> Problem:
    """Return the message about a line that follows the same line as another."""
    message = (
        f"The line of {entry.version} does not follow the line above it, but an earlier one, as when Git merges two "
        "copies of the register. To see what would be added to keep this order, type: policy repair"
    )
    return Problem(Place(file, entry.line), message)


def append(schools: Path, root: Path, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Add lines at the end of the register, all or none, and return them with what links them.

    Raises:
        Mistakes: if the register is broken, or another command is writing it.
    """
    file = register_file(schools)
    with locked(file, "policy", relative(file, root), wait=_PATIENCE):
        before = read_register(schools, root)
        added: list[Entry] = []
        for entry in entries:
            last = (*before, *added)[-1:]
            linked = dataclasses.replace(entry, previous=last[0].digest if last else None)
            added.append(written(linked, len(before) + len(added) + 1))
        if added:
            text = "".join(f"{render_line(entry)}\n" for entry in (*before, *added))
            replace_file(file, text.encode())
    return tuple(added)


@functools.lru_cache(maxsize=2)
def parse_register(content: bytes, file: str) -> Register:
    """Return what the bytes of a register say; `file` is its path in messages."""
    texts = content.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n") if content else []
    digests = [digest(text.encode("utf-8", "surrogateescape")) for text in texts]
    first = {value: number for number, value in reversed([*enumerate(digests, 1)])}
    entries: list[Entry] = []
    found: dict[int, str] = {}
    forks: list[Entry] = []
    for number, text in enumerate(texts, 1):
        entry = parse_line(text, number)
        if entry is None:
            found[number] = _unreadable(text)
            continue
        entries.append(entry)
        if first[digests[number - 1]] < number:
            found[number] = f"This line is the same as line {first[digests[number - 1]]}. Delete it."
        elif entry.previous != (digests[number - 2] if number > 1 else None):
            if message := _unlinked(entry, first):
                found[number] = message
            else:
                forks.append(entry)
    merged = {(entry.version, entry.after): entry.line for entry in entries if entry.event is Event.MERGED}
    above: dict[int, tuple[str, str | None]] = {fork.line: (fork.version, digests[fork.line - 2]) for fork in forks}
    known = {place: line for line, place in above.items()}
    found |= {line: _not_above(place[0]) for place, line in merged.items() if known.get(place, line) >= line}
    return Register(
        tuple(entries),
        tuple(Problem(Place(file, line), message) for line, message in sorted(found.items())),
        tuple(fork for fork in forks if merged.get(above[fork.line], 0) < fork.line),
    )


def _unlinked(entry: Entry, first: Mapping[str, int]) -> str | None:
    """Return why a line does not belong after the one above it; None if the line that it follows is further up."""
    if entry.previous is None:
        return None
    follows = first.get(entry.previous)
    if follows is not None and follows < entry.line:
        return None
    if follows is not None:
        return f"This line follows line {follows}, which is below it, so lines were moved. {_RESTORE}"
    what = "a line above this one was deleted"
    if entry.line > 1:
        what = f"line {entry.line - 1} was changed, or a line between it and this one was deleted or changed"
    return f"This line has the SHA-256 of another line than the one above it: {what}. {_RESTORE}"


def _not_above(version: str) -> str:
    what = f"This line keeps the order of two merged lines, but what was above the line of {version} is not there now"
    return f"{what}: it was changed, moved or deleted. {_RESTORE}"


def _unreadable(text: str) -> str:
    if text.startswith(_CONFLICT):
        return "Git could not merge two copies here, and left this line. Delete it, but keep the lines around it."
    return f"This is not a line that policy wrote, so it was changed or added. {_RESTORE}"
