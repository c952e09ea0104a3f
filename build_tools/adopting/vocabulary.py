"""The meaning of words, without understanding them: stems, synonyms in this field, weights."""

import dataclasses
import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.adopting.word_lists import word_list
from build_tools.text.stems import stem
from build_tools.text.yaml_file import parse_yaml

_WORD = re.compile(r"[a-z0-9]+(?:[-'’./@][a-z0-9]+)*")
_LONGEST_PHRASE = 6
# Function words, and words that are in every clause of a policy.
_COMMON = word_list("common")


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case; words joined by a hyphen or slash are also split."""
    found = []
    for match in _WORD.finditer(text.lower().replace("’", "'")):
        word = match[0].removesuffix("'s").strip("'./-")
        host, _, path = word.removeprefix("www.").partition("/")
        is_address = re.search(r"@|\w\.\w{2,}", host) is not None
        found += [host, *re.split(r"[-/'.]", path)] if is_address else re.split(r"[-/'.]", word)
    return [word for word in found if word]


@functools.cache
def _groups() -> Mapping[str, Iterable[str]]:
    """Return the synonyms for all policies."""
    path = Path(__file__).with_suffix(".yml")
    groups: Mapping[str, Iterable[str]] = parse_yaml(path.read_text(encoding="utf-8"), path.name).data
    return groups


class Vocabulary:
    """The meaning of words in policies on one subject."""

    def __init__(self, synonyms: Mapping[str, Iterable[str]]) -> None:
        """Prepare the synonyms of a subject, which take precedence over those for all policies."""
        self._phrases: dict[tuple[str, ...], str] = {}
        for concept, phrases in (*synonyms.items(), *_groups().items()):
            for phrase in phrases:
                self._phrases.setdefault(tuple(stem(word) for word in split_words(phrase)), f"={concept}")

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - a vocabulary lives as long as one reading
    def concepts(self, text: str) -> tuple[str, ...]:
        """Return the concepts in a text: groups of synonyms for words and phrases that are in one, otherwise stems."""
        words = split_words(text)
        stems = [stem(word) for word in words]
        found = []
        at = 0
        while at < len(stems):
            for length in range(min(_LONGEST_PHRASE, len(stems) - at), 0, -1):
                concept = self._phrases.get(tuple(stems[at : at + length]))
                if concept:
                    found.append(concept)
                    at += length
                    break
            else:
                if words[at] not in _COMMON and len(words[at]) > 1:
                    found.append(stems[at])
                at += 1
        return tuple(found)


@dataclasses.dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each concept: the fewer texts have it, the higher."""

    of: Mapping[str, float]
    unknown: float

    @classmethod
    def learn(cls, texts: Iterable[tuple[str, ...]]) -> "Weights":
        """Return the weights of the concepts in some texts (inverse document frequency)."""
        found = list(texts)
        counts = Counter(concept for text in found for concept in set(text))
        total = len(found) + 1
        return cls({concept: math.log(total / (count + 0.5)) for concept, count in counts.items()}, math.log(total))

    def vector(self, text: tuple[str, ...]) -> Mapping[str, float]:
        """Return a text as the weights of its concepts, each once, and higher for repeated ones."""
        counts = Counter(text)
        return {
            concept: (1 + math.log(count)) * self.of.get(concept, self.unknown) for concept, count in counts.items()
        }
