"""What a project's `mkdocs.yml` says that only MkDocs follows.

The program reads its own settings from that file and nothing else, so that it may come from a stranger: a hook, a
plugin or a tag of MkDocs runs as a program. `mkdocs build` follows everything.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from build_tools.settings import MKDOCS_FILE, compose, entries, place_of
from build_tools.text.problems import Place, Problem, Severity

_SAME_ANYWAY = ("site_name", "site_url", "docs_dir", "exclude_docs", "watch", "extra")
"""The entries that change nothing in what is built, or have the program's own settings."""
_THEME = {"name": "material", "custom_dir": "templates/site/theme", "font": "false"}
"""What is true of the theme of every site."""
_QUIET = "tag:yaml.org,2002:python/name:build_tools.mkdocs_plugin.QUIET"
_OF_YAML = "tag:yaml.org,2002:"


def unfollowed(root: Path) -> tuple[Problem, ...]:
    """Return a warning for each entry in a project's `mkdocs.yml` that `policy build` does not follow.

    Raises:
        Mistakes: if the file is not YAML.
    """
    file = root / MKDOCS_FILE
    found = _found(compose(file, MKDOCS_FILE)) if file.is_file() else ()
    return tuple(
        Problem(place, f"policy build does not follow {what}. To use it, run: mkdocs build", Severity.WARNING)
        for place, what in found
    )


def _found(settings: yaml.Node | None) -> Iterator[tuple[Place, str]]:
    """Yield each entry with its name."""
    for key, value in entries(settings):
        name = str(key.value)
        if name == "plugins":
            yield from ((_place(plugin), f"the plugin {plugin.value}") for plugin in _plugins(value))
        elif name == "theme":
            yield from _of_theme(value)
        elif name not in _SAME_ANYWAY:
            yield _place(key), name
        else:
            yield from ((_place(node), f"the tag {_written(node.tag)}") for node in _tagged(value))


def _plugins(value: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the names of all plugins except the program's own: each is the name alone, or has options below it."""
    listed = value.value if isinstance(value, yaml.SequenceNode) else [value]
    for plugin in listed:
        named = [key for key, _ in entries(plugin)] if isinstance(plugin, yaml.MappingNode) else [plugin]
        yield from (name for name in named if name.value != "schoolpolicy")


def _of_theme(value: yaml.Node) -> Iterator[tuple[Place, str]]:
    """Yield what is said of the theme and is not true of every site."""
    if isinstance(value, yaml.ScalarNode) and value.value != _THEME["name"]:
        yield _place(value), f"the theme {value.value}"
    for key, setting in entries(value):
        is_usual = isinstance(setting, yaml.ScalarNode) and (
            setting.tag == _QUIET or _THEME.get(key.value) == setting.value
        )
        if not is_usual:
            yield _place(key), f"theme.{key.value}"


def _tagged(value: yaml.Node) -> Iterator[yaml.Node]:
    """Yield every part that has a tag of MkDocs or Python; each once, however often aliases repeat it."""
    waiting, seen = [value], {id(value)}
    while waiting:
        node = waiting.pop()
        if not node.tag.startswith(_OF_YAML) or ":python/" in node.tag:
            yield node
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        for part in parts:
            for inner in part if isinstance(part, tuple) else (part,):
                if id(inner) not in seen:
                    seen.add(id(inner))
                    waiting.append(inner)


def _written(tag: str) -> str:
    """Return a tag as people write it."""
    return tag.replace(_OF_YAML, "!!")


def _place(node: yaml.Node) -> Place:
    return place_of(MKDOCS_FILE, node)
