"""Match each passage of a document to a clause, by likeness and by the order of both.

Documents of one kind have much the same order. So the clauses are the states of a hidden Markov model, and the passages
move through them, mostly one step at a time: Vogel, Ney and Tillmann, HMM-Based Word Alignment in Statistical
Translation (COLING 1996). The result is a probability for each passage and clause (the forward-backward algorithm) from
likeness and order together, and the probability that a passage is not a clause at all.
"""

import dataclasses
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_tools.adopting.clauses import Clause
from build_tools.adopting.document import Passage
from build_tools.adopting.likeness import Likeness, Measure
from build_tools.adopting.watching import Watch, part, unwatched

_WEIGHTS = (7.5, 2.0, 2.0, 2.2, 1.2, 1.0)
"""The weights of a likeness's features; with `_BIAS`, they give the log-odds that a passage is the clause."""
_BIAS = -4.5
_STEPS: Mapping[int, float] = {
    **dict.fromkeys(range(-10, -2), 0.006),
    -2: 0.015,
    -1: 0.03,
    0: 0.1,
    1: 0.45,
    2: 0.12,
    3: 0.05,
    4: 0.03,
    **dict.fromkeys(range(5, 13), 0.008),
}
"""The probability of each step from a passage's clause to the next one's; the rest is a jump to any clause."""
_STEPS_WITHIN: Mapping[int, float] = {-1: 0.02, 0: 0.5, 1: 0.35, 2: 0.05}
"""The same for the next sentence of one block."""
_ROUNDS = 4
_COMPARING = 0.4
"""The share of the time that it takes to compare passages and clauses, before the model moves through them."""
_LEAST = 0.65
_NEAR = 4
"""The clauses on either side that count together for a passage, because it may state two things at once."""
_ONE_PLACE = 3
"""Passages that are no further apart than this are in the same place."""
_OWN = 0.1
"""The prior probability that a passage is not a clause."""


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A clause that a passage was matched to."""

    passage: int
    clause: int
    probability: float
    odds: float
    """Of being that clause rather than none, by likeness alone."""


@dataclasses.dataclass(frozen=True, slots=True)
class Matching:
    """The matches of a document's passages."""

    best: tuple[Match | None, ...]
    """For each passage the most likely clause, None if it is not a clause."""
    own: tuple[float, ...]
    """For each passage the probability that it is not a clause."""
    rivals: Mapping[int, int]
    """For each passage that lost a clause to another passage, that clause."""


def match(passages: Sequence[Passage], measure: Measure, first: int = 0, watch: Watch = unwatched) -> Matching:
    """Return the clause of each passage.

    Two places in a document are rarely the same clause. If they are matched to the same one, the less similar place is
    matched again without that clause. `first` is the first passage of the policy itself, after names and dates.
    """
    comparing, moving = part(watch, 0.0, _COMPARING), part(watch, _COMPARING, 1.0)
    emissions: list[_Emission] = []
    for passage in passages:
        emissions.append(_Emission.of(measure.compare(passage)))
        comparing(len(emissions) / len(passages))
    steps = [
        _STEPS_WITHIN if before and before.block == here.block else _STEPS
        for before, here in zip([None, *passages], passages, strict=False)
    ]
    ranks = _ranks(measure.clauses)
    rivals: dict[int, int] = {}
    for turn in range(_ROUNDS):
        of_turn = part(moving, turn / _ROUNDS, (turn + 1) / _ROUNDS)
        matching = _best(_forward_backward(emissions, steps, ranks, of_turn), emissions, rivals)
        outdone = list(_outdone(matching.best, first))
        if not outdone:
            break
        for number, index in outdone:
            emissions[number] = emissions[number].without(index)
            rivals.setdefault(number, index)
    return matching


@dataclasses.dataclass(frozen=True, slots=True)
class _Emission:
    """The clauses that a passage may be, each with its odds; in arrays, because a document has thousands of them."""

    clauses: "array[int]"  # an array cannot be subscripted when it is run
    odds: "array[float]"

    @classmethod
    def of(cls, found: Mapping[int, Likeness]) -> "_Emission":
        return cls(array("H", found), array("d", (math.exp(log_odds(likeness)) for likeness in found.values())))

    def without(self, clause: int) -> "_Emission":
        kept = [(index, odds) for index, odds in zip(self.clauses, self.odds, strict=True) if index != clause]
        return _Emission(array("H", (index for index, _ in kept)), array("d", (odds for _, odds in kept)))

    def odds_of(self, clause: int) -> float:
        return self.odds[self.clauses.index(clause)]


def _best(
    posteriors: Iterable[tuple[Mapping[int, float], float]], emissions: Sequence[_Emission], rivals: Mapping[int, int]
) -> Matching:
    """Return the best clause of each passage; `posteriors` has the passages from the last to the first."""
    best: list[Match | None] = []
    own: list[float] = []
    for number, (posterior, nothing) in zip(reversed(range(len(emissions))), posteriors, strict=True):
        own.append(nothing)
        index = max(posterior, key=lambda at: posterior[at], default=None)
        if index is None or _around(posterior, index) <= max(nothing, _LEAST):
            best.append(None)
        else:
            best.append(Match(number, index, posterior[index], emissions[number].odds_of(index)))
    return Matching(tuple(best[::-1]), tuple(own[::-1]), dict(rivals))


def _around(posterior: Mapping[int, float], index: int) -> float:
    """Return the probability that a passage is a clause or one of its neighbours."""
    return sum(weight for at, weight in posterior.items() if abs(at - index) <= _NEAR)


def _outdone(best: Sequence[Match | None], first: int) -> Iterator[tuple[int, int]]:
    """Yield each passage with its clause if another place in the document is more similar to the clause.

    `first` is the first passage of the policy itself.
    """
    places: dict[int, list[list[Match]]] = defaultdict(list)
    for match in filter(None, best):
        groups = places[match.clause]
        if groups and match.passage - groups[-1][-1].passage <= _ONE_PLACE:
            groups[-1].append(match)
        else:
            groups.append([match])
    for index, groups in places.items():
        # the policy repeats what the first page summarises
        kept = max(groups, key=lambda group: (group[0].passage >= first, max(match.odds for match in group)))
        yield from ((match.passage, index) for group in groups if group is not kept for match in group)


def log_odds(likeness: Likeness) -> float:
    """Return the log-odds that a passage is the clause rather than none, by likeness alone."""
    return _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, likeness.features, strict=True))


def _ranks(clauses: Sequence[Clause]) -> list[int]:
    """Return the rank of each clause in the order of the edition; alternatives have the same rank, as their number."""
    ranks: list[int] = []
    for before, clause in zip([None, *clauses], clauses, strict=False):
        ranks.append(ranks[-1] + (before.number != clause.number) if before else 0)
    return ranks


def _forward_backward(
    emissions: Sequence[_Emission], steps: Sequence[Mapping[int, float]], ranks: Sequence[int], watch: Watch
) -> Iterator[tuple[dict[int, float], float]]:
    """Yield for each passage the probability of each clause, and that of none, from the last passage to the first.

    The model moves through ranks in the order of the edition. A passage that is not a clause does not move it, so each
    rank has two states, one of them silent.
    """
    size = ranks[-1] + 1
    forward: list[tuple[array[float], array[float]]] = []
    here = [1.0 / size] * size
    for number, emission in enumerate(emissions):
        arriving = _moved(here, steps[number], 1) if number else here
        told = [
            arriving[ranks[index]] * odds * (1 - _OWN)
            for index, odds in zip(emission.clauses, emission.odds, strict=True)
        ]
        silent = [weight * _OWN for weight in here]
        scale = sum(told) + sum(silent)
        here = [weight / scale for weight in silent]
        forward.append((array("d", (weight / scale for weight in told)), array("d", here)))
        for index, weight in zip(emission.clauses, forward[-1][0], strict=True):
            here[ranks[index]] += weight
        watch(number / (2 * len(emissions)))
    after = [1.0] * size
    for number in range(len(emissions) - 1, -1, -1):
        emission = emissions[number]
        said, silence = forward.pop()
        joint = {index: weight * after[ranks[index]] for index, weight in zip(emission.clauses, said, strict=True)}
        nothing = sum(weight * later for weight, later in zip(silence, after, strict=True))
        total = sum(joint.values()) + nothing
        yield {index: weight / total for index, weight in joint.items()}, nothing / total
        arriving = [0.0] * size
        for index, odds in zip(emission.clauses, emission.odds, strict=True):
            arriving[ranks[index]] += after[ranks[index]] * odds * (1 - _OWN)
        came = _moved(arriving, steps[number], -1)
        after = [one + later * _OWN for one, later in zip(came, after, strict=True)]
        top = max(after)
        after = [weight / top for weight in after]
        watch(1 - number / (2 * len(emissions)))


def _moved(weights: Sequence[float], steps: Mapping[int, float], direction: int) -> list[float]:
    """Return the weights after one step, or before it if the direction is -1."""
    size = len(weights)
    found = [sum(weights) * (1.0 - sum(steps.values())) / size] * size
    # whole rows at a time: a document has thousands of passages, and an edition hundreds of clauses
    for by, share in sorted(((by * direction, share) for by, share in steps.items()), reverse=True):
        begin, end = max(by, 0), min(size + by, size)
        if begin < end:
            moved = weights[begin - by : end - by]
            found[begin:end] = [
                weight + from_there * share for weight, from_there in zip(found[begin:end], moved, strict=True)
            ]
    return found
