"""How hard a text is to read: its words, its sentences and its Flesch-Kincaid grade.

Syllables are counted by groups of vowels. For whole sections, the grade is then within 0.3 of the grade by the CMU
Pronouncing Dictionary; the libraries for this either download that dictionary when they run, or hyphenate, which is up
to 1.2 off.
"""

import dataclasses
import re
import statistics
from collections.abc import Iterable, Iterator

from build_tools.policy.model import Kind, Node, plain
from build_tools.resolving.in_context import spans
from build_tools.text.sentences import sentences_in

_WORD = re.compile(r"[^\W_](?:[^\W_]|[’'-](?=[^\W_]))*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeioudt])ed$|(?<=[^aeioucsxzgh])es$")


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """What was measured of some clauses."""

    words: int
    median: float
    """The words of the median sentence."""
    longest: str
    """The longest sentence."""
    grade: float
    """The school year, counted as in the United States, of those who can read it; a reader of 13 to 14 is in 8 or 9."""


def measure(nodes: Iterable[Node]) -> Measure:
    """Return the measure of the printed clauses among some nodes."""
    sentences = list(sentences_of(nodes))
    lengths = [len(words_in(sentence)) for sentence in sentences]
    words = [word for sentence in sentences for word in words_in(sentence)]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Measure(len(words), statistics.median(lengths), max(sentences, key=lambda s: len(words_in(s))), grade)


def sentences_of(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the sentences of the printed clauses among some nodes."""
    for node in nodes:
        if node.kind is Kind.CLAUSE and not node.is_left_out:
            yield from sentences_in(plain(node.text), [span for span, run in spans(node.text) if run.field])


def words_in(sentence: str) -> list[str]:
    """Return the words of a sentence; a number is one, and so are words with hyphens between them."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """Return about how many syllables a word has."""
    letters = re.sub("[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    return max(groups - (groups > 1 and bool(_SILENT.search(letters))), 1)
