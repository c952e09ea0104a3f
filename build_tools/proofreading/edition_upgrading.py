"""What an edition says of the one before in its `upgrading.yml`, held against that edition."""

from collections.abc import Iterator

from build_tools.schema.fields import Field, FieldKind
from build_tools.template.conditions import answers_of
from build_tools.template.edition import Edition
from build_tools.template.upgrading_file import Ended, Successor
from build_tools.text.problems import Problem, did_you_mean, one_of


def misfits(older: Edition, edition: Edition) -> Iterator[Problem]:
    """Yield each entry that does not fit what the older edition asked or said."""
    for successor in edition.upgrading.answers:
        yield from _wrong_answers(successor, older, edition)
    seen: set[str] = set()
    for ended in edition.upgrading.ended:
        yield from _wrong_clauses(ended, older, edition, seen)


def _wrong_answers(successor: Successor, older: Edition, edition: Edition) -> Iterator[Problem]:
    before = older.schema.lookup(successor.old)
    if before is None or before.kind.traits.is_block:
        paths = [field.path for field in older.schema.fields if not field.kind.traits.is_block]
        message = f"from: {older.name} does not ask {successor.old}.{did_you_mean(successor.old, paths)}"
        yield Problem(successor.place, message)
        return
    known = answers_of(before)
    unknown = [typed for typed in successor.values if known and typed not in known]
    if unknown:
        message = f"values: {older.name} has no answer {one_of(unknown)} to {before.path}. It has {one_of(known)}."
        yield Problem(successor.place, message)
    after = edition.schema.lookup(successor.new) if successor.new else None
    if after and not _fits(before, after, successor):
        told = f"{before.path} takes {before.kind.traits.name}, and {after.path} takes {after.kind.traits.name}"
        advice = "Say under values: what each answer becomes." if known else "Ask it afresh: delete this entry."
        yield Problem(successor.place, f"from: {told}. {advice}")


def _fits(before: Field, after: Field, successor: Successor) -> bool:
    """Return whether the answers to one field can be answers to another."""
    known = answers_of(before)
    if known and successor.values.keys() >= set(known) and before.kind is not FieldKind.CHOICES:
        return True
    return before.kind is after.kind


def _wrong_clauses(ended: Ended, older: Edition, edition: Edition, seen: set[str]) -> Iterator[Problem]:
    for identity in ended.clauses:
        provision = older.by_id.get(identity)
        if provision is None:
            hint = did_you_mean(identity, older.by_id)
            yield Problem(ended.place, f"clauses: {older.name} has no section or clause {identity}.{hint}")
        elif all(part.id in edition.by_id for part in provision.walk()):
            yield Problem(ended.place, f"clauses: {identity} and all that is in it are still there. Delete it here.")
        elif identity in seen:
            yield Problem(ended.place, f"clauses: another entry already says why {identity} ended. Delete one.")
        seen.add(identity)
