"""Lists of words that help to classify other words."""

import functools
from collections.abc import Mapping
from pathlib import Path

from build_tools.text.yaml_file import parse_yaml


def word_list(name: str) -> frozenset[str]:
    """Return the words of a list in `word_lists.yml`."""
    return _lists()[name]


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    path = Path(__file__).with_suffix(".yml")
    data = parse_yaml(path.read_text(encoding="utf-8"), path.name).data
    return {name: frozenset(words.split()) for name, words in data.items()}
