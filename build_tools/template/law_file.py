"""What is known of an edition's law and guidance after it was published: the optional `law.yml` in its folder.

    policy_src/EDITION/law.yml    until when the law was looked up, and what has ended or been replaced since

None of it is printed in a policy that governors have ratified, so it is not sealed. It belongs to its edition: the next
one says in its own `edition.yml` what is in force, so `policy edition new` does not copy this file.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.policy.model import Citation, LookedUp
from build_tools.schema.json_schema import Checker
from build_tools.schema.wording import read_ruled
from build_tools.text.dates import is_before, is_date, long_date
from build_tools.text.problems import Mistakes, Problem, did_you_mean
from build_tools.text.source import relative
from build_tools.text.typed_dates import no_date
from build_tools.text.yaml_file import Document, KeyPath

LAW_FILE = "law.yml"
"""A file in an edition's folder that can still be corrected after the edition is published."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
LOOKED_UP: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["until", "again_by"],
    "properties": {"until": _TEXT, "again_by": _TEXT},
}
"""Until when the law was looked up, and by whom it is to be looked up again; also in `edition.yml`."""
_LAW = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "looked_up": LOOKED_UP,
            "changed": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"until": _TEXT, "successor": _TEXT},
                },
            },
        },
    },
)


@dataclasses.dataclass(frozen=True, slots=True)
class Law:
    """The law and guidance of an edition as it is known now."""

    looked_up: LookedUp | None
    """None if the edition does not say until when its law was looked up."""
    cited: Mapping[str, Citation]


def read_law(folder: Path, root: Path, edition: Law) -> Law:
    """Return the law and guidance of an edition with what its `law.yml` adds; places are relative to `root`.

    `edition` is what its `edition.yml` says.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the edition.
    """
    path = folder / LAW_FILE
    if not path.exists():
        return edition
    document = read_ruled(path, relative(path, root), _LAW, "looked_up: and changed:")
    if problems := [*_problems(document, edition)]:
        raise Mistakes(problems)
    changed = document.data.get("changed", {})
    cited = {name: _changed(citation, changed.get(name, {})) for name, citation in edition.cited.items()}
    return Law(looked_up_in(document.data) or edition.looked_up, cited)


def looked_up_in(data: Mapping[str, Any]) -> LookedUp | None:
    """Return until when the law was looked up, as a file says it; None if it does not."""
    return LookedUp(**data["looked_up"]) if "looked_up" in data else None


def wrong_dates_of_law(document: Document, paths: Iterable[KeyPath]) -> Iterator[Problem]:
    """Yield what is not a date at these places of a file; a place that holds nothing, or no text, is left alone."""
    for path in paths:
        found = document.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, str) and found and not is_date(found):
            yield Problem(document.place(path), no_date(found))


def _problems(document: Document, edition: Law) -> Iterator[Problem]:
    data = document.data
    changed = data.get("changed", {})
    paths = (("looked_up", "until"), *(("changed", name, "until") for name in changed))
    wrong = [*wrong_dates_of_law(document, paths)]
    yield from wrong
    looked_up = looked_up_in(data)
    if looked_up and edition.looked_up and not wrong and is_before(looked_up.until, edition.looked_up.until):
        message = f"edition.yml already says that the law was looked up to {long_date(edition.looked_up.until)}."
        yield Problem(document.place(("looked_up", "until")), f"{message} Write a later day, or delete looked_up.")
    for name, entry in changed.items():
        place = document.place(("changed", name))
        if name not in edition.cited:
            yield Problem(place, f"changed.{name} is not in cited of edition.yml.{did_you_mean(name, edition.cited)}")
        elif not entry:
            message = f"changed.{name} does not say what changed. Add until: with its last day, or successor:."
            yield Problem(place, message)
        elif not wrong and _ends_first(entry.get("until"), edition.cited[name].in_force_from):
            begun = long_date(edition.cited[name].in_force_from or "")
            message = f"changed.{name}: until is before the day from which it is in force, {begun}. Correct it."
            yield Problem(document.place(("changed", name, "until")), message)


def _ends_first(until: str | None, begun: str | None) -> bool:
    return bool(until and begun and is_before(until, begun))


def _changed(citation: Citation, entry: Mapping[str, str]) -> Citation:
    return dataclasses.replace(
        citation,
        in_force_until=entry.get("until", citation.in_force_until),
        successor=entry.get("successor", citation.successor),
    )
