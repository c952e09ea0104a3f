"""What a new edition means for schools, as data for programs."""

from collections.abc import Iterable, Mapping
from typing import Any

from build_tools.comparing.listing import comparison_data, plain_or_none
from build_tools.policy.model import Node, plain
from build_tools.upgrading.amendments import AmendmentReview
from build_tools.upgrading.fields import FieldReview
from build_tools.upgrading.listing import decisions, shared_decisions
from build_tools.upgrading.plan import Rehearsal, Trial


def trial_data(trial: Trial) -> Mapping[str, Any]:
    """Return what a new edition means for a school or federation as JSON values."""
    plan = trial.plan
    return {
        "school": plan.school,
        "name": plan.name,
        "old": plan.old,
        "new": plan.new,
        "to_decide": decisions(plan),
        "to_decide_by_federation": shared_decisions(plan),
        "fields": [_field_data(review) for review in plan.fields],
        "amendments": [_amendment_data(review) for review in plan.amendments],
        "comparison": comparison_data(plan.comparison),
        "reasons": dict(plan.reasons),
        "guidance": {identity: list(map(plain, notes)) for identity, notes in plan.notes.items()},
        "taken_out": list(trial.taken_out),
        "problems": [str(problem) for problem in trial.problems],
        "schools": rehearsal_data(trial.schools),
    }


def rehearsal_data(rows: Iterable[Rehearsal]) -> list[Mapping[str, Any]]:
    """Return what a new edition means for all schools as JSON values; a school with nothing to try has no `trial`."""
    return [
        {
            "school": row.school,
            "name": row.name,
            "is_federation": row.is_federation,
            "edition": row.edition,
            "outcome": row.outcome.value,
            "trial": trial_data(row.trial) if row.trial else None,
            "problems": [str(problem) for problem in row.problems],
        }
        for row in rows
    ]


def _field_data(review: FieldReview) -> Mapping[str, Any]:
    return {
        "matter": review.matter.value,
        "field": review.field.path,
        "title": review.field.title,
        "description": review.field.description,
        "message": review.message,
        "to_decide": review.is_open,
        "by": review.by,
        "group": review.group,
        "suggested": review.suggested,
        "moved_from": review.moved.old.path if review.moved else None,
        "choices": {choice.value: choice.title for choice in review.choices},
        "clauses": [_clause_data(node) for node in review.clauses],
        "guidance": list(map(plain, review.guidance)),
    }


def _clause_data(node: Node) -> Mapping[str, Any]:
    return {"id": node.id, "number": node.citation, "text": plain(node.text)}


def _amendment_data(review: AmendmentReview) -> Mapping[str, Any]:
    return {
        "action": review.amendment.action.value,
        "id": review.id,
        "target": review.amendment.target,
        "because": review.amendment.because,
        "standing": review.standing.value,
        "message": review.message,
        "to_decide": review.is_open,
        "by": review.by,
        "number": review.number,
        "old_number": review.old_number,
        "old": plain_or_none(review.old),
        "new": plain_or_none(review.new),
        "yours": plain_or_none(review.yours),
        **({"freedom": review.freedom.value} if review.freedom else {}),
        "omitted": [
            {
                "id": p.id,
                "number": p.number,
                "state": p.state.value,
                "old": plain_or_none(p.old),
                "new": plain_or_none(p.new),
            }
            for p in review.omitted
        ],
    }
