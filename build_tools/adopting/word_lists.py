"""Lists of words that help to classify other words."""

import functools
from collections.abc import Mapping
from pathlib import Path

from build_tools.text.yaml_file import parse_yaml

LISTS = ("offices", "not-names", "not-school-names", "before-names")
"""The lists that an edition may add words of its subject to."""


def word_list(name: str, more: Mapping[str, frozenset[str]] | None = None) -> frozenset[str]:
    """Return the words of a list in `word_lists.yml`, and those that an edition adds to it."""
    return _lists()[name] | (more or {}).get(name, frozenset())


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    path = Path(__file__).with_suffix(".yml")
    data = parse_yaml(path.read_text(encoding="utf-8"), path.name).data
    return {name: frozenset(words.split()) for name, words in data.items()}
