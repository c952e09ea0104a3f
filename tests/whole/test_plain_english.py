"""The words that people read are plain English: no phrase is in them that a head teacher would not say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools import project

CODE = Path(project.__file__).parent
TEMPLATES = CODE.parent / "templates"

INSTEAD = {
    r"anew": "again",
    r"mend(?:s|ed|ing)?": "fix",
    r"shall": "should",
    r"whoever|of which nobody|meanwhile": "say it directly",
    r"(?:is|are) told|tells|tells of|told of": "say, show, report or list",
    r"stands? (?:here|beside|in|on|there|twice|already|nowhere|for)": "is",
    r"beside(?! each section)": "next to",
    r"so many": "the number of",
    r"(?:as|so) far as": "if",
    r"take (?:it|this|them|one|the \w+) (?:out|away)": "delete",
    r"bring (?:\w+ )?back": "restore",
    r"(?:is|am) no(?! (?:longer|more)\b)": "is not a",
    r"there (?:is|are) no \w+ (?:that|of (?:this|that) name)|there is no such": "does not exist, or unknown",
    r"has no place|have no place": "is not allowed",
    r"cannot be had|what next\?": "is not available",
    r"what (?:a school|it) is called": "the name",
    r"many times as fast": "many times faster",
}
"""Phrases that are never right in what people read, as patterns of whole words, and what to write instead."""
_TELL_TALES = {re.compile(rf"(?i)\b(?:{phrase})\b"): words for phrase, words in INSTEAD.items()}
_PATTERN = re.compile(r"\\[bswdSWD]|\(\?")
"""What only regular expressions have, which look for the words of others."""

Text = tuple[int, str]
"""The line of a text in its file, and the text."""


def literals(code: str) -> Iterator[Text]:
    """Yield every string of a module but its docstrings and regular expressions; of an f-string its parts."""
    tree = ast.parse(code)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documentation:
            continue
        if " " in node.value.strip() and not _PATTERN.search(node.value):
            yield node.lineno, node.value


def words_of_a_template(template: str) -> Iterator[Text]:
    """Yield the lines of a template as people read them: without comments, of its code only the quoted words."""
    blank = re.compile(r"(?s)\{#.*?#\}|<!--.*?-->|^\s*//[^\n]*", re.MULTILINE)
    shown = blank.sub(lambda comment: "\n" * comment[0].count("\n"), template)
    for number, line in enumerate(shown.splitlines(), 1):
        yield (
            number,
            re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda code: " ".join(re.findall(r'"([^"]* [^"]*)"', code[0])), line),
        )


def found_in(texts: Iterator[Text]) -> Iterator[str]:
    """Yield for each phrase that a text has its line, the phrase, and what to write instead."""
    for line, text in texts:
        for pattern, instead in _TELL_TALES.items():
            if match := pattern.search(text):
                yield f"{line}: “{match[0]}” in “{text.strip()}”; write: {instead}"


FILES = [
    *sorted(CODE.rglob("*.py")),
    *(file for ending in ("html", "typ") for file in sorted(TEMPLATES.rglob(f"*.{ending}"))),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(CODE.parent).as_posix())
def test_no_tell_tale_phrase_is_in_what_people_read(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    texts = literals(source) if file.suffix == ".py" else words_of_a_template(source)
    assert [f"{file}:{found}" for found in found_in(texts)] == []


@pytest.mark.parametrize(
    "said",
    [
        "Mend them first.",
        "Whoever writes it.",
        "A crest is no photograph.",
        "Take the line out.",
        "Bring it back from a copy.",
        "There is no school that is called so.",
        "The mistakes are told above.",
        "Save it anew.",
        "It stands in the file.",
    ],
)
def test_a_tell_tale_phrase_would_be_found(said: str) -> None:
    assert list(found_in(literals(f"say(f'{said} {{name}}')")))
    assert list(found_in(words_of_a_template(f"{{# a comment #}}\n<p>{said}</p>")))
    assert list(found_in(words_of_a_template(f'{{{{ "{said}" if old else "Not so." }}}}')))


@pytest.mark.parametrize("said", ["It is no longer asked.", "You understand it.", "The standing order", "Recommended"])
def test_plain_words_are_let_pass(said: str) -> None:
    assert list(found_in(literals(f"say('{said}')"))) == []


def test_docstrings_and_patterns_are_not_what_people_read() -> None:
    assert list(literals('"""Is told anew."""\nlook_for(r"\\bshall\\b| is no ")\n')) == []
