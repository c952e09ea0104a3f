"""Change a YAML file only where it must change: every other line stays exactly as it was typed.

Libraries that read a file and write it again do not keep this: with an entry, ruamel.yaml deletes the comment above
the next one, and it reformats lists and spaces.

Whatever the shape of a file, blocks or one line in brackets, the changed text is read again. If it does not contain
exactly what was asked for, nothing is changed, and each change is a mistake with its line that a person can make.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from build_tools.text.problems import Mistakes, Problem
from build_tools.text.yaml_file import LOADER, Key, KeyPath, parse_yaml
from build_tools.text.yaml_words import as_yaml

_Span = tuple[int, int, str]
"""Where a text is replaced, and by what."""


def edit_yaml(text: str, file: str, put: Mapping[KeyPath, str], take_out: Iterable[KeyPath]) -> tuple[str, list[str]]:
    """Return the text of a YAML file with new words at some paths and without the entries at others.

    Also return what was deleted, as it was in the file: the entry with the comments directly above it. A block or
    list that becomes empty is deleted too.

    Raises:
        Mistakes: if the new text would not contain exactly what was asked for; each says what to change by hand.
    """
    document, paths = parse_yaml(text, file), tuple(take_out)
    root = yaml.compose(text, Loader=LOADER)
    by_hand = [
        *(Problem(document.place(path), f"{_PLEASE} Write: {path[-1]}: {words}") for path, words in put.items()),
        *(Problem(document.place(path), f"{_PLEASE} Delete {_dotted(path)}.") for path in paths),
    ]
    if not isinstance(root, yaml.CollectionNode):
        raise Mistakes(by_hand)
    gone = _widened(root, paths)
    cuts = _joined(_cuts(text, root, gone))
    spans = [(start, end, "") for start, end in cuts] + [_put(text, _find(root, at)[2], put[at]) for at in put]
    edited = spliced(text, spans)
    _refuse_other(edited, _changed(document.data, put, gone), by_hand)
    return edited, [text[start:end].strip("\r\n") for start, end in cuts]


def add_before(text: str, file: str, key: str, added: str, words: str) -> str:
    """Return the text of a YAML file with an additional entry of words, before another entry at the top level.

    Raises:
        Mistakes: if the new text would not contain exactly that; it says what to add by hand.
    """
    return _added(text, file, key, added, words, is_after=False)


def add_after(text: str, file: str, key: str, added: str, words: str) -> str:
    """Return the text of a YAML file with an additional entry of words, after another entry at the top level.

    Raises:
        Mistakes: if the new text would not contain exactly that; it says what to add by hand.
    """
    return _added(text, file, key, added, words, is_after=True)


def _added(text: str, file: str, key: str, added: str, words: str, *, is_after: bool) -> str:
    document = parse_yaml(text, file)
    entry = f"{added}: {as_yaml(words, in_brackets=True)}"
    where = "below" if is_after else "above"
    by_hand = [Problem(document.place((key,)), f"{_PLEASE} Write {where} it: {added}: {words}")]
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise Mistakes(by_hand)
    name, value = next(pair for pair in root.value if pair[0].value == key)
    separator = ", " if root.flow_style else f"\n{' ' * name.start_mark.column}"
    if is_after:
        end = end_of(value)
        at = end if root.flow_style else _line_end(text, len(text[:end].rstrip()))
        entry = f"{separator}{entry}"
    else:
        at = name.start_mark.index
        entry = f"{entry}{separator}"
    edited = spliced(text, [(at, at, entry)])
    _refuse_other(edited, {**document.data, added: words}, by_hand)
    return edited


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


_PLEASE = "The program cannot change this line without changing more than this, so please do it."


def _refuse_other(edited: str, wanted: object, by_hand: list[Problem]) -> None:
    """Raise the changes to make by hand if an edited text does not contain exactly what is wanted."""
    if not has_exactly(edited, wanted):
        raise Mistakes(by_hand)


def has_exactly(text: str, wanted: object) -> bool:
    """Return whether a text is YAML and contains exactly what is wanted."""
    try:
        return bool(parse_yaml(text, "").data == wanted)
    except Mistakes:
        return False


def spliced(text: str, spans: Iterable[_Span]) -> str:
    """Return a text with other words at some places."""
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


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


def _put(text: str, node: yaml.Node, words: str) -> _Span:
    """Return the replacement of a value by other words."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    words = as_yaml(words, in_brackets=True)
    if start == end:  # nothing follows the colon yet
        return start, end, f" {words}"
    return start, end, f"{words}\n" if text[start:end].endswith("\n") else words


def _widened(root: yaml.CollectionNode, paths: Iterable[KeyPath]) -> list[KeyPath]:
    """Return paths; those that together make up a whole block or list are replaced by its path."""
    found = list(dict.fromkeys(paths))
    found = [path for path in found if not any(path[:end] in found for end in range(len(path)))]
    for path in found:
        around = path[:-1]
        siblings = [other for other in found if other[:-1] == around]
        if around and len(siblings) == len(_find(root, around)[2].value):
            return _widened(root, [other for other in found if other[:-1] != around] + [around])
    return found


def _cuts(text: str, root: yaml.CollectionNode, paths: Iterable[KeyPath]) -> Iterator[tuple[int, int]]:
    """Yield where entries begin and end, with everything that must be deleted with them."""
    gone: dict[KeyPath, list[int]] = {}
    for path in paths:
        gone.setdefault(path[:-1], []).append(_find(root, path)[1])
    for around, indices in gone.items():
        parent = _find(root, around)[2] if around else root
        assert isinstance(parent, yaml.CollectionNode)  # noqa: S101 - it has entries
        if not parent.flow_style:
            entries = [parent.value[at] for at in indices]
            yield from (_lines(text, _start(entry, text), end_of(_value(entry))) for entry in entries)
            continue
        # the separating comma goes with what follows it, or before what was the last
        kept = [at for at in range(len(parent.value)) if at not in indices]
        for at in indices:
            after = next((other for other in kept if other > at), None)
            if after is not None:
                yield _start_in_brackets(parent.value[at]), _start_in_brackets(parent.value[after])
            else:
                last = max(kept, default=None)
                begin = parent.start_mark.index + 1 if last is None else _value(parent.value[last]).end_mark.index
                yield begin, _value(parent.value[-1]).end_mark.index


def _joined(cuts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return cuts in their order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _value(entry: Any) -> yaml.Node:  # noqa: ANN401 - a node, or a key and a value
    value: yaml.Node = entry[1] if isinstance(entry, tuple) else entry
    return value


def _start_in_brackets(entry: Any) -> int:  # noqa: ANN401 - a node, or a key and a value
    return int((entry[0] if isinstance(entry, tuple) else entry).start_mark.index)


def _start(entry: Any, text: str) -> int:  # noqa: ANN401 - a node, or a key and a value
    if isinstance(entry, tuple):
        return int(entry[0].start_mark.index)
    # an entry of a block list begins with its hyphen
    start = int(entry.start_mark.index)
    bare = text[:start].rstrip()
    return len(bare) - 1 if bare.endswith("-") else start


def end_of(node: yaml.Node) -> int:
    """Return where the last word inside a node ends; the end mark of a block is only at what follows it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return end_of(_value(node.value[-1]))


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the lines of an entry as `lines_of` does, with one blank line after them if none is before them."""
    first, after = lines_of(text, start, end)
    if (not first or not _line_before(text, first).strip()) and not _line_at(text, after).strip():
        after = min(after + len(_line_at(text, after)) + 1, len(text))
    return first, after


def lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole lines from a first to a last character, with the comments directly above that line up."""
    first = text.rfind("\n", 0, start) + 1
    indent = text[first:start]
    after = min(_line_end(text, max(len(text[:end].rstrip()) - 1, start)) + 1, len(text))
    while first and _line_before(text, first).startswith(f"{indent}#"):
        first = text.rfind("\n", 0, first - 1) + 1
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


def _dotted(path: KeyPath) -> str:
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in path)


def _order(path: KeyPath) -> tuple[tuple[str, int], ...]:
    return tuple(map(_sortable, path))


def _sortable(key: Key) -> tuple[str, int]:
    return ("", key) if isinstance(key, int) else (key, 0)
