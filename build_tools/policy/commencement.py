"""What of a policy comes into force later: it says when, until that day, and then reads like every other clause.

A policy keeps all its clauses and their dates. Only what is shown on a day differs, so nothing is rewritten when the
day comes, and no number changes.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import msgspec

from build_tools.policy.model import Kind, Node, Policy, Run
from build_tools.text.dates import first_day, long_date


def in_words(policy: Policy, day: dt.date | None = None) -> Policy:
    """Return a policy whose clauses that come into force after a day begin with their date: "From 1 April 2027: ".

    A clause in one that begins on the same date does not repeat it. Without a day, every date is later.
    """
    if not any(node.begins for node in policy.walk()):
        return policy
    sections = tuple(_in_words(section, day, None) for section in policy.sections)
    return dataclasses.replace(policy, sections=sections)


def on_day(policy: Policy, day: dt.date | None) -> Policy:
    """Return a policy as it reads on a day.

    What begins later says when, promises nothing yet, and is on no handout.
    """
    waiting = {node.id for node in policy.walk() if is_later(node, day)}
    if not waiting:
        return in_words(policy, day)
    sections = tuple(_without_promises(section, waiting) for section in policy.sections)
    handouts = (_without_lines(handout, waiting) for handout in policy.handouts)
    kept = dataclasses.replace(
        policy, sections=sections, handouts=tuple(node for node in handouts if node.children or node.is_left_out)
    )
    return in_words(kept, day)


def is_later(node: Node, day: dt.date | None) -> bool:
    """Return whether a part comes into force after a day; without a day, whether it has a date at all."""
    return node.begins is not None and (day is None or first_day(node.begins) > day)


def _in_words(node: Node, day: dt.date | None, said: str | None) -> Node:
    """Return a part with the dates in words; `said` is the date that the clause around it has said."""
    begins = node.begins if is_later(node, day) else None
    is_clause = node.kind is Kind.CLAUSE
    words = (Run(f"From {long_date(begins)}: "),) if begins and is_clause and begins != said and node.text else ()
    said = begins if is_clause else None
    return msgspec.structs.replace(
        node,
        text=(*words, *node.text),
        begins=None,
        children=tuple(_in_words(child, day, said) for child in node.children),
    )


def _without_promises(node: Node, waiting: AbstractSet[str]) -> Node:
    return msgspec.structs.replace(
        node,
        promise=None if node.id in waiting else node.promise,
        children=tuple(_without_promises(child, waiting) for child in node.children),
    )


def _without_lines(part: Node, waiting: AbstractSet[str]) -> Node:
    return msgspec.structs.replace(part, children=tuple(_supported(part, waiting)))


def _supported(part: Node, waiting: AbstractSet[str]) -> Iterator[Node]:
    """Yield what is on a handout of clauses that are in force; a part without lines is left out."""
    for child in part.children:
        kept = _without_lines(child, waiting)
        if waiting.isdisjoint(child.says) and (kept.children or child.kind is Kind.CLAUSE):
            yield kept
