"""The marks of promises: what `.promise`, `who`, `every` and `by` say about a clause, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from typing import assert_never

from build_tools.policy.model import Interval, PromiseMark
from build_tools.schema.fields import FieldKind, Schema
from build_tools.template.blocks import Block
from build_tools.template.language import Scope, check_text
from build_tools.template.markup import inline_mistakes
from build_tools.text.dates import is_date
from build_tools.text.problems import Problem, did_you_mean, one_of

MARK = (".", "promise")
PARTS = ("who", "every", "by")
"""The attributes of a promise."""

_PATH = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_WHO = 'a field of people, or words such as who="all staff" or who="the {{ head }}"'


def read_mark(block: Block, scope: Scope) -> tuple[PromiseMark | None, list[Problem]]:
    """Return what marks a clause as a promise, None if nothing does or it is wrong, and what is wrong.

    `scope` is what the clause's own words may refer to.
    """
    given = {name: value.strip() for name, value in block.attributes if name in PARTS}
    if MARK in block.attributes:
        wrong = list(_wrong_parts(given, scope.schema)) or list(_wrong_words(given, block, scope))
    else:
        wrong = [f"{name}= is part of a promise. Add .promise to this clause, or delete {name}=." for name in given]
    if wrong or MARK not in block.attributes:
        return None, [Problem(block.place, message) for message in wrong]
    every = Interval(given["every"]) if "every" in given else None
    return PromiseMark(_in_clause(given["who"], scope.schema), every, given.get("by")), []


def _wrong_parts(given: Mapping[str, str], schema: Schema) -> Iterator[str]:
    """Yield what is wrong with the parts of a promise, whatever the clause says."""
    who, every, by = (given.get(name) for name in PARTS)
    if not who:
        yield f".promise needs who=: who does it. Write {_WHO}."
    elif who.count("{{") != who.count("}}"):
        yield "who: it ends too early. If it has quotation marks inside, put it between single ones: who='…'."
    elif why := _why_nobody(who, schema):
        yield f"who: {why} Write {_WHO}."
    if every is not None and every not in list(Interval):
        yield f'every: "{every}" is not an interval.{did_you_mean(every, Interval)} Write {one_of(Interval)}.'
    if by is not None and not is_date(by) and not _is_date_field(by, schema):
        hint = did_you_mean(by, (field.path for field in schema.fields if field.kind is FieldKind.DATE))
        yield (
            f'by: "{by}" is neither a date nor a field with a date.{hint} Write 2026-09-01, 2026-09, or the path of a '
            "field, such as document.next_review."
        )
    if every is not None and by is not None:
        yield "A promise has an interval or a date, not both. Keep every= or by=."


def _why_nobody(who: str, schema: Schema) -> str | None:
    """Return why what looks like a field cannot say who does something; None if it can, or does not look like one."""
    if who in schema.words:
        return None
    field = schema.lookup(who)
    if field is None:
        if not _PATH.fullmatch(who):
            return None
        return f"unknown field {who}.{did_you_mean(who, (f.path for f in schema.fields))}"
    names_nobody = _filter_of(field.kind) is None
    return f"{who} is {field.kind.traits.name}, and names nobody." if names_nobody else None


def _filter_of(kind: FieldKind) -> str | None:
    """Return what a clause writes after a field of some kind to print who it names; None if it names nobody."""
    match kind:
        case FieldKind.RECORDS:
            return " | names"
        case FieldKind.NAMES:
            return " | listed"
        case FieldKind.TEXT:
            return ""
        case (
            FieldKind.RECORD
            | FieldKind.CHOICES
            | FieldKind.CHOICE
            | FieldKind.FLAG
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
        ):
            return None
        case _:
            assert_never(kind)


def _is_date_field(path: str, schema: Schema) -> bool:
    field = schema.lookup(path)
    return field is not None and field.kind is FieldKind.DATE


def _wrong_words(given: Mapping[str, str], block: Block, scope: Scope) -> Iterator[str]:
    """Yield what is wrong with the words and fields of a promise where the clause is."""
    who = _in_clause(given["who"], scope.schema)
    uses, problems = check_text(who, block.place, scope)
    yield from (f"who: {problem.message}" for problem in problems)
    yield from (f"who: {message}" for message in inline_mistakes(who))
    if uses.refs:
        yield "who: This says who keeps the promise, so it cannot refer to a clause. Delete the ref(…)."
    date = scope.schema.lookup(given.get("by", "-"))
    if date and not date.always and date.path not in scope.given:
        yield f'by: Not every school has {date.path}. Put when="{date.path}" on the clause, or write a date.'


def _in_clause(who: str, schema: Schema) -> str:
    """Return who does something in the words of a clause; the path of a field becomes its value."""
    if who in schema.words:
        return f"{{{{ {who} }}}}"
    field = schema.lookup(who)
    return f"{{{{ {who}{_filter_of(field.kind) or ''} }}}}" if field else who
