"""A school's answers that do not fit together, by the rules of its edition."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from build_tools.policy.model import Policy, plain
from build_tools.resolving.choose import choose
from build_tools.resolving.fill import school_filler
from build_tools.resolving.printing import Markdown
from build_tools.template.edition import Edition
from build_tools.template.judging import in_both, is_so
from build_tools.template.markup import escape
from build_tools.template.rule_language import IN_BOTH
from build_tools.template.rules import Rule
from build_tools.text.problems import Severity, all_of

_MOST_NAMED = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule that a school's answers break."""

    rule: Rule
    message: str
    """What is wrong, and what to do, in words for the school."""


def contradictions(edition: Edition, values: Mapping[str, Any], printed: Collection[str]) -> Iterator[Contradiction]:
    """Yield the rules of an edition that some answers break; the answers are completed with all defaults.

    `printed` has the ids of the provisions that the school has in the edition's words. A rule about clauses does not
    apply to a school that has none of them, because its answers did not select them or because it amended them.
    """
    for rule in edition.rules.rules:
        untrue = [identity for identity in rule.clauses if identity in printed]
        if (untrue or not rule.clauses) and is_so(rule.condition, values):
            yield Contradiction(rule, _words(edition, values, rule) + _advice(edition, untrue, rule.severity))


def printed_in(policy: Policy) -> frozenset[str]:
    """Return the ids of the provisions that a policy has in the edition's words."""
    return frozenset(
        node.provision for node in policy.walk() if node.provision and not node.is_left_out and not node.is_own
    )


def chosen_by(edition: Edition, values: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of the provisions that some answers select."""
    drafts = choose(edition.sections, values)
    return frozenset(
        draft.provision.id for top in drafts for draft in top.walk() if draft.provision and not draft.is_left_out
    )


def _words(edition: Edition, values: Mapping[str, Any], rule: Rule) -> str:
    filler = school_filler(edition.schema, values, edition.cited)
    context = {**filler.context, IN_BOTH: lambda one, other: Markdown(escape(all_of(in_both(one, other))))}
    return plain(dataclasses.replace(filler, context=context).text(rule.message))


def _advice(edition: Edition, untrue: list[str], severity: Severity) -> str:
    """Return which clauses would not be true, and what to do about it, with a leading space; nothing for none."""
    if not untrue:
        return ""
    named = [f"{edition.labels[identity].citation} ({identity})" for identity in untrue[:_MOST_NAMED]]
    if len(untrue) > _MOST_NAMED:
        named.append(f"{len(untrue) - _MOST_NAMED} more")
    would = "would" if severity is Severity.MISTAKE else "may"
    clauses = "clause" if len(untrue) == 1 else "clauses"
    return f" {all_of(named)} {would} not be true: change the answer, or replace the {clauses}."
