"""Find a school's choices: each option by the clauses that only one of its answers selects, and by words."""

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from build_tools.adopting.accounting import Account
from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.clauses import Clause
from build_tools.adopting.vocabulary import Vocabulary, Weights
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.conditions import answers_of
from build_tools.template.edition import Edition

_OF_THE_SCHOOL = frozenset({"school.phase", "school.ages", "school.in_kent"})
"""Facts about the school, which the wording of phrases hardly reveals."""
_AT_MOST = 0.97
"""The most that one clause can contribute: some schools keep a clause that they contradict elsewhere."""
_CLEAR = 0.5
_TELLING = 2.0
"""The weight of distinguishing words, relative to likeness and order."""
_MOST_SHOWN = 3
_MISSING = 0.3
"""The weight of a missing word, relative to a word that is present."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Vote:
    """The evidence of one clause for an option."""

    answers: frozenset[str]
    weight: float
    evidence: Evidence


def find_choices(account: Account, edition: Edition, skip: frozenset[str] = frozenset()) -> Iterator[Answer]:
    """Yield the answers to the options of an edition, except those at the paths in `skip`."""
    votes = _votes(account)
    for field in edition.schema.fields:
        if not field.kind.traits.is_option or field.path in skip or not votes.get(field.path):
            continue
        if field.kind.traits.is_list:
            yield from _several(field, votes[field.path])
        else:
            yield from _one(field, votes[field.path])


def _votes(account: Account) -> Mapping[str, list[_Vote]]:
    found: dict[str, list[_Vote]] = defaultdict(list)
    for clause in account.clauses:
        places = account.of_clause(clause.index)
        if not places:
            continue
        best = max(places, key=lambda place: place.probability)
        weight = _told_apart(clause, account, best.probability)
        evidence = Evidence.of(account.passages[best.passage])
        for condition in clause.provision.when:
            if condition.answers:
                found[condition.field].append(_Vote(condition.answers, weight, evidence))
        for path, answer, clear in _by_wording(clause, account):
            if path not in _OF_THE_SCHOOL:
                found[path].append(_Vote(frozenset({answer}), 0.5 + (clear - 0.5) * best.probability, evidence))
    return found


def _told_apart(clause: Clause, account: Account, probability: float) -> float:
    """Return the probability that this clause is meant, given the words that distinguish it from its alternatives."""
    others = [other for other in account.clauses if other.number == clause.number and other is not clause]
    if not others:
        return probability
    said = set(account.vocabulary.concepts(account.text_of(clause.index)))
    words = [_words(each, account.vocabulary) for each in (clause, *others)]
    telling = set.union(*words) - set[str].intersection(*words)
    ours, *theirs = (_agreement(each & telling, telling & said, account.weights) for each in words)
    odds = probability / max(1 - probability, 1 - _AT_MOST) * math.exp(_TELLING * (ours - max(theirs)))
    # if the words do not decide between two alternatives, likeness and order do
    return max(odds / (1 + odds), min(probability, 0.5))


def _words(clause: Clause, vocabulary: Vocabulary) -> set[str]:
    return set().union(*(vocabulary.concepts(wording.text) for wording in clause.wordings))


def _one(field: Field, votes: Sequence[_Vote]) -> Iterator[Answer]:
    """Yield the most likely answer: each clause found counts for the answers that select it and against the others."""
    odds = dict.fromkeys(answers_of(field), 1.0)
    for vote in votes:
        weight = min(vote.weight, _AT_MOST)
        for answer in odds:
            odds[answer] *= weight if answer in vote.answers else 1 - weight
    answer = max(odds, key=lambda each: odds[each])
    probability = odds[answer] / sum(odds.values())
    evidence = tuple(vote.evidence for vote in votes if answer in vote.answers)
    if probability >= _CLEAR and evidence:
        value = answer == "yes" if field.kind is FieldKind.FLAG else answer
        yield Answer(field.path, value, probability, evidence[:_MOST_SHOWN])


def _several(field: Field, votes: Sequence[_Vote]) -> Iterator[Answer]:
    chosen = [
        answer for answer in answers_of(field) if any(answer in vote.answers and vote.weight > _CLEAR for vote in votes)
    ]
    kept = [vote for vote in votes if any(answer in vote.answers for answer in chosen)]
    if chosen:
        yield Answer(field.path, chosen, min(vote.weight for vote in kept), tuple(vote.evidence for vote in kept))


def _by_wording(clause: Clause, account: Account) -> Iterator[tuple[str, str, float]]:
    """Yield which answers the words of a passage speak for, where the wordings of a clause differ by an option.

    Only words that differ between the wordings count.
    """
    paths = {condition.field for wording in clause.wordings for condition in wording.answers}
    concepts, weights = account.vocabulary.concepts, account.weights
    said = set(concepts(account.text_of(clause.index)))
    for path in sorted(paths):
        by_answer: dict[str, set[str]] = defaultdict(set)
        for wording in clause.wordings:
            for condition in wording.answers:
                if condition.field == path and condition.answers:
                    by_answer[next(iter(condition.answers))] |= set(concepts(wording.text))
        if len(by_answer) < 2:  # noqa: PLR2004 - one wording decides nothing
            continue
        telling = set.union(*by_answer.values()) - set[str].intersection(*by_answer.values())
        scores = {answer: _agreement(words & telling, telling & said, weights) for answer, words in by_answer.items()}
        ranked = sorted(scores, key=lambda answer: scores[answer], reverse=True)
        lead = scores[ranked[0]] - scores[ranked[1]]
        if lead > 0:
            yield path, ranked[0], 0.5 + min(lead, 0.9) / 2


def _agreement(words: set[str], said: set[str], weights: Weights) -> float:
    """Return how far the distinguishing words of a wording agree with a passage: from -1 to 1."""
    there = (_weight(words & said, weights) - _weight(said - words, weights)) / (_weight(said, weights) or 1.0)
    return there - _MISSING * _weight(words - said, weights) / (_weight(words, weights) or 1.0)


def _weight(words: set[str], weights: Weights) -> float:
    return sum(weights.vector(tuple(words)).values())
