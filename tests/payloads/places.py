"""Where hostile texts are put: every field of an edition's schema that takes text, and every amendment."""

import copy
import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

MOST_ENTRIES = 20
"""How many entries a list gets: enough to matter, few enough to be quick."""


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """A place that takes text."""

    path: Path
    most: int
    """How many characters it takes."""


def text_slots(schema: Mapping[str, Any]) -> tuple[Slot, ...]:
    """Return every place in a school's answers that takes text of any kind, as the raw JSON Schema declares them."""
    return tuple(_slots(schema, schema, ()))


def _slots(raw: Mapping[str, Any], sub: Mapping[str, Any], path: Path) -> Iterator[Slot]:
    while "$ref" in sub:
        target: Any = raw
        for name in sub["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        sub = {**target, **{key: value for key, value in sub.items() if key != "$ref"}}
    # of alternatives, the one that takes words of the school's own
    own = [branch for branch in sub.get("oneOf", ()) if "properties" in branch]
    if sub.get("readOnly"):
        return
    if own:
        yield from _slots(raw, own[0], path)
    elif sub.get("type") == "object":
        for name, child in sub["properties"].items():
            yield from _slots(raw, child, (*path, name))
    elif sub.get("type") == "array":
        for index in range(min(sub.get("maxItems", 0), MOST_ENTRIES)):
            yield from _slots(raw, sub["items"], (*path, index))
    elif sub.get("type") == "string" and not sub.keys() & {"format", "pattern"}:
        yield Slot(path, int(sub["maxLength"]))


def formatted(schema: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the answers, outside lists, that are addresses, colours or follow a pattern."""
    for block, declared in schema["properties"].items():
        for name, sub in declared.get("properties", {}).items():
            takes_a_form = sub.keys() & {"format", "pattern"} or sub.get("$ref") == "#/$defs/date"
            if takes_a_form and not sub.get("readOnly"):
                yield (block, name)


def fill(answers: Mapping[str, Any], values: Mapping[Slot, str]) -> dict[str, Any]:
    """Return a school's answers with these texts in their places and in no list anything else."""
    filled = copy.deepcopy(dict(answers))
    for path in dict.fromkeys(_list_of(slot.path) for slot in values):
        _put(filled, path, [])
    for slot, value in values.items():
        _put(filled, slot.path, value)
    return filled


def _list_of(path: Path) -> Path:
    """Return the path of the list that a path leads into, or an empty one."""
    return tuple(itertools.takewhile(lambda name: isinstance(name, str), path)) if set(map(type, path)) > {str} else ()


def _put(answers: Any, path: Path, value: Any) -> None:  # noqa: ANN401 - any YAML value
    for name, following in itertools.pairwise(path):
        if isinstance(answers, list) and len(answers) == name:
            answers.append({})
        elif isinstance(answers, dict) and not isinstance(answers.get(name), dict | list):
            answers[name] = [] if isinstance(following, int) else {}
        answers = answers[name]
    if isinstance(answers, list):
        answers.append(value)
    elif path:
        answers[path[-1]] = value


def share_out(slots: Sequence[Slot], kinds: Sequence[Sequence[str]], batches: int) -> list[dict[Slot, str]]:
    """Return for each batch a text for each slot, made of as many hostile texts of as many kinds as it takes.

    A text comes again only when all others of its kind that fit have had their turn.
    """
    waiting = [[" ".join(text.split()) for text in kind] for kind in kinds]
    shared: list[dict[Slot, str]] = []
    for _ in range(batches):
        shared.append({})
        for slot in slots:
            chosen = ""
            for texts in waiting:
                room = slot.most - len(chosen) - bool(chosen)
                fitting = next((text for text in texts if len(text) <= room), None)
                if fitting:
                    texts.append(texts.pop(texts.index(fitting)))
                    chosen = f"{chosen} {fitting}".strip()
            shared[-1][slot] = chosen
            waiting.append(waiting.pop(0))
        # a slot gets other kinds in the next batch
        waiting.append(waiting.pop(0))
    return shared
