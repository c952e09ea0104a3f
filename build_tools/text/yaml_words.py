"""Words as YAML: as they are where they mean themselves, in quotation marks everywhere else."""

import json

from build_tools.text.problems import Mistakes
from build_tools.text.yaml_file import parse_yaml
from build_tools.text.yaml_typing import tidied


def as_yaml(words: str, *, in_brackets: bool = False) -> str:
    """Return a text as YAML on one line; `in_brackets` if it becomes part of a list or block on one line."""
    plain, wanted = (f"a: [{words}]", [words]) if in_brackets else (f"a: {words}", words)
    try:
        is_plain = words != "" and not looks_mistyped(words) and parse_yaml(plain, "").data == {"a": wanted}
    except Mistakes:
        is_plain = False
    return words if is_plain else json.dumps(words, ensure_ascii=False)


def looks_mistyped(words: str) -> bool:
    """Return whether a text without quotation marks would be taken for a slip in a file that somebody typed."""
    return "\n" not in words and bool(tidied([f"- {words}", f"a: {words}", f"a: [{words}]"], is_broken=False))
