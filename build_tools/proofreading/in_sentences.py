"""Every answer in the sentences of the policy that print it, each misfit once."""

from collections.abc import Iterable, Iterator

from build_tools.policy.model import Kind
from build_tools.proofreading.fit import misfits
from build_tools.proofreading.own_words import Printed
from build_tools.text.problems import Problem
from build_tools.text.sentences import sentence_around


def misfitting(printed: Iterable[Printed]) -> Iterator[Problem]:
    """Yield what does not fit where an answer is printed, with the first sentence that shows it.

    In a clause that the school wrote itself, the clause is the one to change.
    """
    everywhere = [(one, sentence_around(one.text, one.at, one.values)) for one in printed]
    inside = {one.typed.place for one, around in everywhere if one.at.start > around.start}
    told = set()
    for one, around in everywhere:
        sentence = one.text[around.start : around.stop]
        at = range(one.at.start - around.start, one.at.stop - around.start)
        for misfit in misfits(sentence, at, is_inside_others=one.typed.place in inside):
            # headings have capitals and articles of their own
            is_certain = one.node.kind is Kind.CLAUSE or not misfit.is_warning
            key = (one.typed.place, misfit.right or misfit.says)
            if is_certain and key not in told:
                told.add(key)
                place, name = (one.node.place, one.node.id) if one.node.is_own else (one.typed.place, one.typed.name)
                yield Problem(place, f"{name}: {misfit} It reads: {sentence}", misfit.severity)
