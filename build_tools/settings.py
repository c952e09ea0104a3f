"""The settings of a project that every command follows: part of its `mkdocs.yml`, read without MkDocs.

extra:
  schoolpolicy:
    bundled_editions: false    # only the editions in policy_src/ exist; default: true
"""

import dataclasses
import functools
from collections.abc import Iterator
from pathlib import Path

import yaml

from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean
from build_tools.text.source import read_text

BUNDLED_EDITIONS = "bundled_editions"
_BLOCK = ("extra", "schoolpolicy")
_NAME = ".".join((*_BLOCK, BUNDLED_EDITIONS))
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")

# MkDocs gives tags a meaning (!ENV, !!python/name), so nothing is made of them: only the nodes are read
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets for every command."""

    bundled_editions: bool = True
    """Whether schools can use the editions that come with the program."""
    place: Place | None = None
    """Where that is set; None if it is not."""

    def without_editions(self) -> Mistakes:
        """Return the mistake that no edition is left."""
        message = f"{_NAME} is false, but policy_src/ contains no edition. Add one there, or delete this line."
        return Mistakes([Problem(self.place or Place(""), message)])


def read_settings(file: Path, name: str) -> Settings:
    """Return the settings in an `mkdocs.yml`, which need not exist; `name` is the file in messages.

    Raises:
        Mistakes: if it is not YAML, or our part of it has mistakes.
    """
    if not file.is_file():
        return Settings()
    stat = file.stat()
    return _read(file, name, (stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=8)
def _read(file: Path, name: str, _state: tuple[int, int]) -> Settings:
    """Return the settings in one state of the file, since every command asks for them several times."""
    try:
        found: yaml.Node | None = yaml.compose(read_text(file, name), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Mistakes([Problem(Place(name, line), f"This is not valid YAML: {error.problem}.")]) from None
    for key in _BLOCK:
        found = next((value for said, value in _entries(found) if said.value == key), None)
    if found is None:
        return Settings()
    if not isinstance(found, yaml.MappingNode):
        message = f"{'.'.join(_BLOCK)} must have lines below it. Write {BUNDLED_EDITIONS}: false below it, indented."
        raise Mistakes([Problem(_place(name, found), message)])
    settings = Settings()
    problems = []
    for said, value in _entries(found):
        place = _place(name, said)
        if said.value != BUNDLED_EDITIONS:
            hint = did_you_mean(said.value, [BUNDLED_EDITIONS]) or f" Write {BUNDLED_EDITIONS}."
            problems.append(Problem(place, f"{'.'.join(_BLOCK)}.{said.value}: unknown setting.{hint}"))
        elif not isinstance(value, yaml.ScalarNode) or value.value.lower() not in (*_TRUE, *_FALSE):
            problems.append(Problem(place, f"{_NAME} must be true or false."))
        else:
            settings = Settings(value.value.lower() in _TRUE, place)
    if problems:
        raise Mistakes(problems)
    return settings


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Yield the keys and values of a block; nothing where there is none."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))


def _place(name: str, node: yaml.Node) -> Place:
    return Place(name, node.start_mark.line + 1)
