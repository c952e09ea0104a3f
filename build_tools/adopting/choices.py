"""Find what a school chose: each option by the clauses that only one of its answers brings, and by words."""

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from build_tools.adopting.accounting import Account
from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.clauses import Clause
from build_tools.adopting.vocabulary import Weights, concepts
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.conditions import answers_of
from build_tools.template.edition import Edition

_OF_THE_SCHOOL = frozenset({"school.phase", "school.ages", "school.in_kent"})
"""What a school is, of which the turn of a phrase tells little."""
_AT_MOST = 0.97
"""How much one clause can tell of an option: some schools keep a clause that they contradict elsewhere."""
_CLEAR = 0.5
_TELLING = 2.0
"""How much the words that tell alternatives apart add to what likeness and order say of them."""
_MOST_SHOWN = 3
_MISSING = 0.3
"""How much less a word that is not there tells than one that is."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Vote:
    """What one clause says of an option."""

    answers: frozenset[str]
    weight: float
    evidence: Evidence


def find_choices(account: Account, edition: Edition, skip: frozenset[str] = frozenset()) -> Iterator[Answer]:
    """Yield the answers to the options of an edition, but those at the paths in `skip`, which others find."""
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
        for path, answer, clear in _by_wording(clause, account.text_of(clause.index), account.weights):
            if path not in _OF_THE_SCHOOL:
                found[path].append(_Vote(frozenset({answer}), 0.5 + (clear - 0.5) * best.probability, evidence))
    return found


def _told_apart(clause: Clause, account: Account, probability: float) -> float:
    """Return how likely a clause is the one meant, given the words that tell it apart from its alternatives."""
    others = [other for other in account.clauses if other.number == clause.number and other is not clause]
    if not others:
        return probability
    said = set(concepts(account.text_of(clause.index)))
    words = [_words(each) for each in (clause, *others)]
    telling = set.union(*words) - set[str].intersection(*words)
    ours, *theirs = (_agreement(each & telling, telling & said, account.weights) for each in words)
    odds = probability / max(1 - probability, 1 - _AT_MOST) * math.exp(_TELLING * (ours - max(theirs)))
    # of two alternatives that the words leave open, likeness and order have the last word
    return max(odds / (1 + odds), min(probability, 0.5))


def _words(clause: Clause) -> set[str]:
    return set().union(*(concepts(wording.text) for wording in clause.wordings))


def _one(field: Field, votes: Sequence[_Vote]) -> Iterator[Answer]:
    """Yield the likeliest answer, every clause that is there counted for those that bring it and against the others."""
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


def _by_wording(clause: Clause, text: str, weights: Weights) -> Iterator[tuple[str, str, float]]:
    """Yield which answers the words of a passage speak for, where the wordings of a clause differ by an option.

    Only the words count that some wordings have and others have not.
    """
    paths = {condition.field for wording in clause.wordings for condition in wording.answers}
    said = set(concepts(text))
    for path in sorted(paths):
        by_answer: dict[str, set[str]] = defaultdict(set)
        for wording in clause.wordings:
            for condition in wording.answers:
                if condition.field == path and condition.answers:
                    by_answer[next(iter(condition.answers))] |= set(concepts(wording.text))
        if len(by_answer) < 2:  # noqa: PLR2004 - one wording tells nothing
            continue
        telling = set.union(*by_answer.values()) - set[str].intersection(*by_answer.values())
        scores = {answer: _agreement(words & telling, telling & said, weights) for answer, words in by_answer.items()}
        ranked = sorted(scores, key=lambda answer: scores[answer], reverse=True)
        lead = scores[ranked[0]] - scores[ranked[1]]
        if lead > 0:
            yield path, ranked[0], 0.5 + min(lead, 0.9) / 2


def _agreement(words: set[str], said: set[str], weights: Weights) -> float:
    """Return how far the telling words of a wording are those that a passage has: from -1 to 1."""
    there = (_weight(words & said, weights) - _weight(said - words, weights)) / (_weight(said, weights) or 1.0)
    return there - _MISSING * _weight(words - said, weights) / (_weight(words, weights) or 1.0)


def _weight(words: set[str], weights: Weights) -> float:
    return sum(weights.vector(tuple(words)).values())
