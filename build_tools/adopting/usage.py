"""Find a school's kind and its usual terms, from the words that its policy uses most often."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Passage
from build_tools.text.yaml_file import parse_yaml

_SEEN_OFTEN = 3


@functools.cache
def _words() -> Mapping[str, Any]:
    path = Path(__file__).with_suffix(".yml")
    data: Mapping[str, Any] = parse_yaml(path.read_text(encoding="utf-8"), path.name).data
    return data


def find_usage(passages: Sequence[Passage], names: Sequence[str]) -> Iterator[Answer]:
    """Yield a school's kind, and its words for its head, its learners and its governors.

    `names` has the school's names, which often show its phase.
    """
    for path, words in _words()["usual"].items():
        yield from _usual(path, words, passages)
    yield from _phase(" ".join(names), passages)


def _usual(path: str, words: Mapping[str, str], passages: Sequence[Passage]) -> Iterator[Answer]:
    """Yield the word that a policy uses, if it uses it far more often than the alternatives."""
    counts: Counter[str] = Counter()
    first: dict[str, Passage] = {}
    patterns = {value: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for value, pattern in words.items()}
    for passage in passages:
        for value, pattern in patterns.items():
            found = len(pattern.findall(passage.text))
            if found:
                counts[value] += found
                first.setdefault(value, passage)
    # "executive headteacher" is also counted as a headteacher, "full governing body" as a governing body
    for value in sorted(counts, key=len):
        for other in counts:
            if other != value and value.lower() in other.lower():
                counts[value] -= counts[other]
    total = sum(counts.values())
    if not total:
        return
    value, most = counts.most_common(1)[0]
    share = most / total
    if most >= _SEEN_OFTEN or share == 1:
        yield Answer(path, value, min(0.97, share * (1 - 0.5**most)), (Evidence.of(first[value]),))


def _phase(names: str, passages: Sequence[Passage]) -> Iterator[Answer]:
    of_name = next(
        (phase for phase, words in _words()["phases"].items() if re.search(words, names, re.IGNORECASE)), None
    )
    ages = [(age, passage) for age, words in _words()["ages"].items() if (passage := _first(words, passages))]
    evidence = tuple(Evidence.of(passage) for _, passage in ages)
    found = [age for age, _ in ages]
    if of_name:
        yield Answer("school.phase", of_name, 0.92, (Evidence(passages[0].spot, names),))
    elif found:
        phase = {("senior",): "secondary", ("early", "junior", "senior"): "all-through"}.get(
            tuple(found), "primary" if "senior" not in found else None
        )
        if phase:
            yield Answer("school.phase", phase, 0.72, evidence)
    expected = _words()["ages_of_phase"].get(of_name or "")
    if found and (expected is None or set(found) & set(expected)):
        kept = [age for age in found if expected is None or age in expected]
        yield Answer("school.ages", kept, 0.9 if kept == expected else 0.72, evidence)
    elif expected:
        yield Answer("school.ages", expected, 0.6, (Evidence(passages[0].spot, names),))


def _first(words: str, passages: Sequence[Passage]) -> Passage | None:
    pattern = re.compile(words, re.IGNORECASE)
    return next((passage for passage in passages if pattern.search(passage.text)), None)
