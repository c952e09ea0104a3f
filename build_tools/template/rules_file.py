"""What an edition says of answers that depend on one another: the optional `rules.yml` in its folder.

    policy_src/EDITION/rules.yml    which answers make others necessary, or do not fit together

None of it is printed in the policy that governors ratify, so it is not sealed: a rule that was forgotten can be added
to a published edition.
"""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.schema.json_schema import Checker
from build_tools.schema.relied_on import AUTHORITY
from build_tools.schema.wording import read_ruled
from build_tools.template.conditions import contradicted, parse_condition
from build_tools.template.language import Scope, check_text
from build_tools.template.markup import inline_mistakes
from build_tools.template.rule_language import answered_if, paths_in_condition, wrong_condition
from build_tools.template.rules import Need, Role, Rule, Rules
from build_tools.template.syntax import parse_expression
from build_tools.template.trying import always_or_never
from build_tools.text.problems import Mistakes, Place, Problem, Severity, all_of, did_you_mean, one_of
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, KeyPath

RULES_FILE = "rules.yml"
"""A file in an edition's folder that can still be corrected after the edition is published."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: Mapping[str, Any] = {"type": "array", "minItems": 1, "uniqueItems": True, "items": _TEXT}


def _entries(required: tuple[str, ...], **properties: Mapping[str, Any]) -> Mapping[str, Any]:
    entry = {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}
    return {"type": "array", "minItems": 1, "items": entry}


_RULES = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "needed": _entries(("when", "give", "because"), when=_TEXT, give=_TEXTS, because=_TEXT),
            "rules": _entries(
                ("if", "is", "message"),
                **{
                    "if": _TEXT,
                    "at": _TEXT,
                    "is": {"pattern": f"^({'|'.join(Severity)})$", "examples": list(Severity)},
                    "message": _TEXT,
                    "clauses": _TEXTS,
                },
            ),
            "roles": _entries(("words", "field"), words=_TEXTS, field=_TEXT),
        },
    },
)


def read_rules(folder: Path, root: Path, schema: Schema, clauses: Collection[str] | None) -> Rules:
    """Return an edition's rules, empty without such a file; places are relative to `root`.

    `clauses` are the ids of the edition's provisions, None if some of these cannot be read.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the schema and the clauses of the edition.
    """
    path = folder / RULES_FILE
    if not path.exists():
        return Rules()
    document = read_ruled(path, relative(path, root), _RULES, "needed:, rules: and roles:")
    if problems := [*_problems(document, schema, clauses)]:
        raise Mistakes(problems)
    data = document.data
    return Rules(
        tuple(
            Need(parse_condition(need["when"], schema)[0], _given(need["give"], schema), need["because"])
            for need in data.get("needed", ())
        ),
        tuple(
            Rule(
                rule["if"],
                tuple(dict.fromkeys((*_at(rule), *paths_in_condition(rule["if"])))),
                rule["message"],
                Severity(rule["is"]),
                tuple(rule.get("clauses", ())),
            )
            for rule in data.get("rules", ())
        ),
        tuple(Role(tuple(role["words"]), role["field"]) for role in data.get("roles", ())),
    )


def _at(rule: Mapping[str, Any]) -> tuple[str, ...]:
    return (rule["at"],) if "at" in rule else ()


def _given(paths: list[str], schema: Schema) -> tuple[str, ...]:
    """Return the paths of fields, with the fields inside a group instead of the group."""
    fields = [field for path in paths if (field := schema.lookup(path))]
    return tuple(dict.fromkeys(inner.path for field in fields for inner in _single(field)))


def _single(field: Field) -> Iterator[Field]:
    if field.kind is not FieldKind.RECORD:
        yield field
        return
    for child in field.children:
        if not child.is_recorded:
            yield from _single(child)


# --- what is wrong with the file -----------------------------------------------------------------


def _problems(document: Document, schema: Schema, clauses: Collection[str] | None) -> Iterator[Problem]:
    for index, need in enumerate(document.data.get("needed", ())):
        yield from _wrong_need(document, ("needed", index), need, schema)
    for index, rule in enumerate(document.data.get("rules", ())):
        yield from _wrong_rule(document, ("rules", index), rule, schema, clauses)
    for index, role in enumerate(document.data.get("roles", ())):
        place = document.place(("roles", index, "field"))
        field = schema.lookup(role["field"])
        if field is None:
            yield _unknown(place, "field", role["field"], schema)
        elif field.always or field.kind is FieldKind.RECORD:
            message = f"field: every school has {field.path}, so a clause may always name it. Delete this entry."
            yield Problem(place, message)


def _wrong_need(document: Document, at: KeyPath, need: Mapping[str, Any], schema: Schema) -> Iterator[Problem]:
    place = document.place((*at, "when"))
    conditions, wrong = parse_condition(need["when"], schema)
    for message in wrong:
        yield Problem(place, message)
    if not wrong and contradicted(conditions, schema):
        yield Problem(place, "when: no school can answer like this, so nothing would ever be needed. Correct it.")
    asked = {condition.field for condition in conditions}
    for index, path in enumerate(need["give"]):
        field, where = schema.lookup(path), document.place((*at, "give", index))
        if field is None:
            yield _unknown(where, "give", path, schema)
        elif field.is_recorded or (field.required and field.kind is not FieldKind.RECORD):
            yield Problem(where, f"give: schools must answer {path} anyway, or cannot. Delete it here.")
        elif path in asked:
            yield Problem(where, f"give: {path} is part of when:, so it is answered already. Delete it here.")
    if "{" in need["because"]:
        yield Problem(document.text_place((*at, "because")), "because: values cannot be used here. Write plain words.")


def _wrong_rule(
    document: Document, at: KeyPath, rule: Mapping[str, Any], schema: Schema, clauses: Collection[str] | None
) -> Iterator[Problem]:
    place = document.place((*at, "if"))
    wrong = tuple(wrong_condition(rule["if"], schema))
    for message in wrong:
        yield Problem(place, f"if: {message}")
    if not wrong:
        told = {True: "every school's answers are like this", False: "no school can answer like this"}
        if (fixed := always_or_never(rule["if"], schema)) is not None:
            yield Problem(place, f"if: {told[fixed]}, so the rule says nothing about a school. Correct it.")
        answered = answered_if(parse_expression(rule["if"]))
        yield from _wrong_words(document, (*at, "message"), rule["message"], schema, answered)
        asked = paths_in_condition(rule["if"])
        if rule.get("at", asked[0]) not in asked:
            message = f"at: {rule['at']} is not a question that if: asks about. Write {one_of(asked)}."
            yield Problem(document.place((*at, "at")), message)
    for index, identity in enumerate(rule.get("clauses", ())):
        if clauses is not None and identity not in clauses:
            message = f"clauses: no section or clause has the id {identity}.{did_you_mean(identity, clauses)}"
            yield Problem(document.place((*at, "clauses", index)), message)


def _wrong_words(
    document: Document, at: KeyPath, text: str, schema: Schema, answered: frozenset[str]
) -> Iterator[Problem]:
    """Yield what is wrong in a text that may contain values of fields that have an answer wherever it is shown."""
    place, key = document.text_place(at), at[-1]
    scope = Scope(schema, frozenset(), given=frozenset(field.path for field in schema.fields), is_message=True)
    uses, problems = check_text(text, place, scope)
    for problem in problems:
        yield dataclasses.replace(problem, message=f"{key}: {problem.message}")
    for message in inline_mistakes(text):
        yield Problem(place, f"{key}: {message}")
    if uses.refs:
        yield Problem(place, f"{key}: The numbers of the clauses are added. List the ids under clauses: instead.")
    missing = sorted(path for path in uses.fields - answered if not _is_certain(path, schema))
    if missing:
        message = f"{key}: not every school that breaks the rule has {all_of(missing)}."
        yield Problem(place, f"{message} Do not print it here, or let the condition ask for it.")


def _is_certain(path: str, schema: Schema) -> bool:
    field = schema.lookup(path)
    return field is not None and (field.always or AUTHORITY.holds(path))


def _unknown(place: Place, key: str, path: str, schema: Schema) -> Problem:
    return Problem(place, f"{key}: unknown field {path}.{did_you_mean(path, (field.path for field in schema.fields))}")
