"""Change a YAML file only where it must change: every other line stays exactly as it was typed.

Libraries that read a file and write it again do not keep this: with an entry, ruamel.yaml deletes the comment above
the next one, and it reformats lists and spaces.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from build_tools.text.yaml_file import LOADER, Key, KeyPath, parse_yaml


def edit_yaml(text: str, file: str, put: Mapping[KeyPath, str], take_out: Iterable[KeyPath]) -> tuple[str, list[str]]:
    """Return the text of a YAML file with new plain words at some paths and without the entries at others.

    Also return what was deleted, as it was in the file: the entry with the comments directly above it. A block or
    list that becomes empty is deleted too.

    Raises:
        ValueError: if the new text would not contain exactly what was asked for.
    """
    paths = list(take_out)
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.CollectionNode):
        raise ValueError(f"{file} holds neither a block nor a list")  # noqa: TRY004 - not a wrong type
    cuts = [_cut(text, *_find(root, path)) for path in _widened(root, paths)]
    changes = [(_find(root, path)[2], words) for path, words in put.items()]
    spans = [(start, end, "") for start, end in cuts]
    spans += [(node.start_mark.index, node.end_mark.index, words) for node, words in changes]
    edited = text
    for start, end, words in sorted(spans, reverse=True):
        edited = edited[:start] + words + edited[end:]
    _refuse_other(edited, file, _changed(parse_yaml(text, file).data, put, _widened(root, paths)))
    return edited, [text[start:end].strip("\r\n") for start, end in sorted(cuts)]


def add_before(text: str, file: str, key: str, added: str, words: str) -> str:
    """Return the text of a YAML file with an additional entry of plain words, before another entry at the top level.

    Raises:
        ValueError: if the new text would not contain exactly that.
    """
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError(f"{file} does not hold a block")  # noqa: TRY004 - not a wrong type
    mark = next(name.start_mark for name, _ in root.value if name.value == key)
    end = ", " if root.flow_style else f"\n{' ' * mark.column}"
    edited = f"{text[: mark.index]}{added}: {words}{end}{text[mark.index :]}"
    _refuse_other(edited, file, {**parse_yaml(text, file).data, added: words})
    return edited


def _refuse_other(edited: str, file: str, wanted: object) -> None:
    """Raise ValueError if an edited text does not contain exactly what is wanted."""
    if parse_yaml(edited, file).data != wanted:
        raise ValueError(f"{file} cannot be changed as it should be: what is left would mean something else")


def _find(root: yaml.CollectionNode, path: KeyPath) -> tuple[yaml.CollectionNode, int, yaml.Node]:
    """Return the block or list around an entry, the entry's index in it, and the value of the entry."""
    parent, index = root, 0
    node: yaml.Node = root
    for key in path:
        assert isinstance(node, yaml.CollectionNode), path  # noqa: S101 - paths come from the data of the file
        parent = node
        if isinstance(parent, yaml.MappingNode):
            index = next(at for at, (name, _) in enumerate(parent.value) if name.value == key)
            node = parent.value[index][1]
        else:
            index = int(key)
            node = parent.value[index]
    return parent, index, node


def _widened(root: yaml.CollectionNode, paths: Iterable[KeyPath]) -> list[KeyPath]:
    """Return paths; those that together make up a whole block or list are replaced by its path."""
    found = list(dict.fromkeys(paths))
    for path in found:
        around = path[:-1]
        siblings = [other for other in found if other[:-1] == around]
        if around and len(siblings) == len(_find(root, around)[2].value):
            return _widened(root, [other for other in found if other[:-1] != around] + [around])
    return found


def _cut(text: str, parent: yaml.CollectionNode, index: int, node: yaml.Node) -> tuple[int, int]:
    """Return where an entry begins and ends, with everything that must be deleted with it."""
    starts = [_start(entry, text) for entry in parent.value]
    if parent.flow_style:
        if index + 1 < len(starts):
            return starts[index], starts[index + 1]
        before = parent.value[index - 1]
        end = (before[1] if isinstance(before, tuple) else before).end_mark.index if index else starts[index]
        return end, node.end_mark.index
    return _lines(text, starts[index], _end(node))


def _start(entry: Any, text: str) -> int:  # noqa: ANN401 - a node, or a key and a value
    if isinstance(entry, tuple):
        return int(entry[0].start_mark.index)
    # an entry of a block list begins with its hyphen
    start = int(entry.start_mark.index)
    bare = text[:start].rstrip()
    return len(bare) - 1 if bare.endswith("-") else start


def _end(node: yaml.Node) -> int:
    """Return where the last word inside a node ends; the end mark of a block is only at what follows it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole lines from a first to a last character, with the comments directly above and one blank line."""
    first = text.rfind("\n", 0, start) + 1
    indent = text[first:start]
    last = text.find("\n", max(len(text[:end].rstrip()) - 1, start))
    after = len(text) if last < 0 else last + 1
    while first and _line_before(text, first).startswith(f"{indent}#"):
        first = text.rfind("\n", 0, first - 1) + 1
    if (not first or not _line_before(text, first).strip()) and not _line_at(text, after).strip():
        after = min(after + len(_line_at(text, after)) + 1, len(text))
    return first, after


def _line_before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start - 1) + 1 : start]


def _line_at(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]


def _changed(data: Any, put: Mapping[KeyPath, str], take_out: Iterable[KeyPath]) -> Any:  # noqa: ANN401 - any YAML value
    """Return what a changed file must contain; `data` is changed in place."""
    for path, words in put.items():
        _at(data, path[:-1])[path[-1]] = words
    # the last entries of a list first, so that the others keep their index
    for path in sorted(take_out, key=_order, reverse=True):
        del _at(data, path[:-1])[path[-1]]
    return data


def _at(data: Any, path: KeyPath) -> Any:  # noqa: ANN401 - any YAML value
    for key in path:
        data = data[key]
    return data


def _order(path: KeyPath) -> tuple[tuple[str, int], ...]:
    return tuple(map(_sortable, path))


def _sortable(key: Key) -> tuple[str, int]:
    return ("", key) if isinstance(key, int) else (key, 0)
