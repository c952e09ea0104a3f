"""Move entries of a YAML file under another path: they keep their words and the comments above and after them."""

import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from build_tools.text.problems import Mistakes, Problem
from build_tools.text.yaml_edit import end_of, has_exactly, lines_of, spliced
from build_tools.text.yaml_file import LOADER, KeyPath, parse_yaml

_STEP = "  "
"""How far a block that is added is indented."""


def move_entries(text: str, file: str, moves: Mapping[KeyPath, KeyPath]) -> str:
    """Return the text of a YAML file with entries moved to other paths, which have none yet.

    A block that does not exist is added below the block from which its first entry comes. One that becomes empty is
    deleted.

    Raises:
        Mistakes: if the new text would not contain exactly that; each says what to move by hand.
    """
    document, moved, by_hand = parse_yaml(text, file), text, []
    for old, new in moves.items():
        wanted = _moved(parse_yaml(moved, file).data, old, new)
        changed = _move(moved, old, new)
        if changed is None or not has_exactly(changed, wanted):
            was, now = (".".join(map(str, path)) for path in (old, new))
            message = f"The program cannot move this entry without changing more than it. Please move {was} to {now}."
            by_hand.append(Problem(document.place(old), message))
        else:
            moved = changed
    if by_hand:
        raise Mistakes(by_hand)
    return moved


def _move(text: str, old: KeyPath, new: KeyPath) -> str | None:
    """Return a text with one entry moved; None if it has a shape that cannot be kept."""
    root: Any = yaml.compose(text, Loader=LOADER)
    chain = _chain(root, old)
    if root.flow_style or any(around.flow_style for _, around in chain[:-1]):
        return None
    key, value = chain[-1]
    start, end = _lines(text, key, value)
    lines = text[start : key.start_mark.index] + str(new[-1]) + text[key.end_mark.index : end]
    entry = textwrap.dedent(lines if lines.endswith("\n") else f"{lines}\n")
    at, put = _place(text, root, new, entry, _lines(text, *chain[0])[1])
    if put is None:
        return None
    cut = chain.pop()
    # an entry that is alone in its block takes the block with it
    is_block = False
    while chain and len(chain[-1][1].value) == 1:
        cut, is_block = chain.pop(), True
    start, end = _lines(text, *cut)
    at = end if start < at < end else at
    if is_block and text[end : end + 1] == "\n":
        at, end = at + (at == end), end + 1
    return spliced(text, [(start, end, ""), (at, at, put)])


def _place(text: str, root: Any, new: KeyPath, entry: str, below: int) -> tuple[int, str | None]:  # noqa: ANN401 - a node
    """Return where an entry must be put, and with which lines; None for the lines if it cannot be put."""
    block, missing = root, list(new[:-1])
    while missing:
        found = next((value for name, value in block.value if name.value == missing[0]), None)
        if found is None:
            break
        if not isinstance(found, yaml.MappingNode) or found.flow_style or not found.value:
            return 0, None
        block, missing = found, missing[1:]
    for name in reversed(missing):
        entry = f"{name}:\n{textwrap.indent(entry, _STEP)}"
    if block is not root:
        name, value = block.value[-1]
        at = _lines(text, name, value)[1]
        entry = textwrap.indent(entry, " " * name.start_mark.column)
    else:
        at = below
        entry = f"\n{entry}" if "\n\n" in text else entry
    return at, entry if text[:at].endswith("\n") else f"\n{entry}"


def _chain(root: yaml.Node, path: KeyPath) -> list[tuple[Any, Any]]:
    """Return the name and the value of each entry on the way to a path."""
    found, node = [], root
    for name in path:
        assert isinstance(node, yaml.MappingNode), path  # noqa: S101 - paths come from the data of the file
        key, node = next(pair for pair in node.value if pair[0].value == name)
        found.append((key, node))
    return found


def _lines(text: str, key: yaml.Node, value: yaml.Node) -> tuple[int, int]:
    """Return the whole lines of an entry, with the comments directly above it that are indented like it."""
    return lines_of(text, key.start_mark.index, max(end_of(value), key.end_mark.index))


def _moved(data: Any, old: KeyPath, new: KeyPath) -> Any:  # noqa: ANN401 - any YAML value
    """Return what a text with one entry moved must contain; `data` is changed in place."""
    blocks = [data]
    for name in old[:-1]:
        blocks.append(blocks[-1][name])
    value = blocks[-1].pop(old[-1])
    for name, around, block in reversed(list(zip(old[:-1], blocks, blocks[1:], strict=False))):
        if not block:
            del around[name]
    into = data
    for name in new[:-1]:
        into = into.setdefault(name, {})
    into[new[-1]] = value
    return data
