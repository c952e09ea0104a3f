"""The headings of a policy as pages show them: all in sentence case, and what is not used by its name.

The words that governors agreed stay as they are in `policy.json` and in the PDF. But an edition may write one heading
in title case and the next in sentence case, and a school's own word for its learners begins with a capital wherever
the edition prints it so: "Concerns about Young people’s Welfare".
"""

import dataclasses
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec

from build_tools.policy.model import Kind, Node, Policy, Run, Text, plain

Shown: TypeAlias = Callable[[Node], Text]
"""Returns the words of a section or group as pages show them."""

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_ADDRESS = re.compile(r"\S+[./@]\S+")
"""Its letters are small whatever they name."""
_NAME = re.compile(r"(?<=[^\W\dA-Z_] )[A-Z][^\W_]*(?:['’-][^\W_]+)*(?: [A-Z][^\W_]*(?:['’-][^\W_]+)*)*")
_NOT_USED = Run(": not used")


@dataclasses.dataclass(frozen=True, slots=True)
class _Written:
    """How the clauses of a policy write words inside their sentences."""

    small: frozenset[str]
    """The words that begin with a small letter somewhere."""
    names: frozenset[str]
    """The capitalised words, one or several in a row, that follow one with a small letter."""

    def name_at(self, words: str) -> str:
        """Return the longest name with which words begin; empty if they begin with none."""
        begun = (name for name in self.names if words.startswith(name) and not words[len(name) :][:1].isalnum())
        return max(begun, key=len, default="")


def shown_headings(policy: Policy) -> Shown:
    """Return what gives the heading of each part of a policy as pages show it."""
    written = _written(plain(node.text) for node in policy.walk() if node.kind is Kind.CLAUSE)
    return lambda node: node.text if node.origin.traits.is_own else _in_sentence_case(named(node), written)


def _written(clauses: Iterable[str]) -> _Written:
    small, names = set[str](), set[str]()
    for clause in clauses:
        words = _ADDRESS.sub(" ", clause)
        small.update(word for word in _WORD.findall(words) if word[0].islower())
        names.update(_NAME.findall(words))
    return _Written(frozenset(small), frozenset(name for name in names if name.lower() not in small))


def named(node: Node) -> Text:
    """Return the words of a part; a section that is left out has its title in the edition."""
    is_named = node.kind is Kind.SECTION and node.is_left_out and node.was
    return (*(node.was or ()), _NOT_USED) if is_named else node.text


def _in_sentence_case(text: Text, written: _Written) -> Text:
    """Return a heading whose words begin with a small letter, except the first, abbreviations and names.

    The capitalised words after a name of several words belong to it. A word of the school's own answer is a name unless
    the policy also writes it with a small letter.
    """
    words, runs, start, named_to, goes_on = plain(text), [], 0, 0, False
    for run in text:
        letters, end = list(run.text), start + len(run.text)
        for found in _WORD.finditer(words, start, end):
            word, at = found[0], found.start()
            is_first = _WORD.search(words, 0, at) is None
            if at < named_to:
                continue
            is_value = bool(run.field) and word[0].isupper() and word.lower() not in written.small
            goes_on = goes_on and word[0].isupper() and words[named_to:at] == " "
            if name := written.name_at(words[at:]) or (word if is_value or goes_on else ""):
                named_to, goes_on = at + len(name), goes_on or is_value or " " in name
            elif not is_first and word[0].isupper() and word[1:].islower():
                letters[at - start] = word[0].lower()
        runs.append(msgspec.structs.replace(run, text="".join(letters)))
        start = end
    return tuple(runs)
