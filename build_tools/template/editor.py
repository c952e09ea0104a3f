"""The JSON Schema that lets editors help with `school.yml`: completion, explanations, and mistakes while typing.

The edition's own schema is not suitable. An editor follows the rules of YAML, so that `2018` is a number and `yes` a
text, but `yaml_file` reads both as text; and an editor must know what else a school's file may contain.
The dialect is draft-07, which all editors support.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias, assert_never

from build_tools.policy.model import Freedom, Kind, Node, Policy, plain
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.edition import Edition
from build_tools.template.editor_rules import needs_for_editors
from build_tools.template.questions import ENTRIES, AskedQuestion, questions

Keywords: TypeAlias = dict[str, Any]

SCHEMA_FILE = "{edition}.schema.json"
"""The name of the file with an edition's schema, next to the schools or as a download."""

_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
_ID = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_MOST_TOLD = 6
"""The maximum number of clauses that are listed one by one."""


def editor_schema(edition: Edition, template: Policy) -> Keywords:
    """Return the schema of the files of schools and federations on an edition; `template` is the edition's policy.

    It accepts everything that `policy check` accepts, and knows which answers make others necessary. Only
    `policy check` knows the rules that depend on other files, or for which several answers must fit together.
    """
    asked = questions(edition, template)
    shapes = {"edition": {"const": edition.name}, **_SHAPES}
    entries = {
        entry.name: {"title": entry.title, "description": entry.description, **shapes[entry.name]} for entry in ENTRIES
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{edition.title}, edition {edition.name}",
        "description": "A school's answers and amendments.",
        "type": "object",
        "additionalProperties": False,
        "properties": entries | {question.field.name: _described(question) for question in asked},
        # a school of a federation may leave any answer to the federation
        "if": {"not": {"required": ["federation"]}},
        "then": _needed(edition.schema.root, ("edition",)),
        **({"allOf": needs} if (needs := needs_for_editors(edition.rules, edition.schema)) else {}),
        "definitions": {"provision": {"anyOf": _provisions(edition, template)}},
    }


def point_to(text: str, old: str, new: str) -> str:
    """Return a school's file with its line for editors changed from the old edition's schema to the new one's."""
    line = rf"^(# yaml-language-server: \$schema=\S*?){re.escape(SCHEMA_FILE.format(edition=old))}$"
    return re.sub(line, rf"\g<1>{SCHEMA_FILE.format(edition=new)}", text, flags=re.MULTILINE)


def _provisions(edition: Edition, template: Policy) -> list[Keywords]:
    """Return everything that an amendment can name, with its words, so that editors offer and explain it."""
    repeated = {provision.id for provision in edition.walk() if provision.each}
    return [
        {"const": node.id, "description": f"{node.citation} {plain(node.text)}".strip() + _freedom(node)}
        for node in template.walk()
        if node.id not in repeated
    ]


def _freedom(node: Node) -> str:
    """Return how free a school is to change a clause, if the edition says that it is not quite free."""
    is_bound = node.kind is Kind.CLAUSE and node.freedom is not Freedom.FREE
    return f" ({node.freedom.words})" if node.freedom and is_bound else ""


def _needed(field: Field, also: tuple[str, ...] = ()) -> Keywords:
    """Return the required fields inside a block, at every depth."""
    inner = {child.name: _needed(child) for child in field.children if child.kind.traits.is_block}
    parts = {name: keywords for name, keywords in inner.items() if keywords}
    required = [*also, *field.needs]
    return ({"required": required} if required else {}) | ({"properties": parts} if parts else {})


def _described(question: AskedQuestion) -> Keywords:
    field = question.field
    told = [field.description, f"Answer: {question.takes}. {question.duty}", _used_in(question)]
    found: Keywords = {"title": field.title, "description": "\n".join(filter(None, told))}
    if examples := field.declared.get("examples"):
        found["examples"] = examples
    return found | _shape(question)


def _used_in(question: AskedQuestion) -> str:
    # alternatives share a number
    citations = list(dict.fromkeys(node.citation for node in question.used_in if node.citation))
    if not citations:
        return ""
    if len(citations) > _MOST_TOLD:
        return f"It is used in {len(citations)} places in the template."
    return f"It is used in {', '.join(citations)}."


def _shape(question: AskedQuestion) -> Keywords:
    """Return the schema of a value, with the types that an editor finds in the file."""
    field, declared = question.field, question.field.declared
    counts = _taken(declared, "minItems", "maxItems", "uniqueItems")
    match field.kind:
        case FieldKind.RECORD:
            return _block(question)
        case FieldKind.RECORDS:
            entry = _block(question) | ({"required": list(field.needs)} if field.needs else {})
            return {"type": "array", **counts, "items": entry}
        case FieldKind.NAMES:
            return {
                "type": "array",
                **counts,
                "items": {**_TEXT, **_taken(declared["items"], "minLength", "maxLength")},
            }
        case FieldKind.CHOICES:
            return {"type": "array", **counts, "items": _choices(field)}
        case FieldKind.CHOICE:
            own = [branch for branch in declared["oneOf"] if "const" not in branch]
            return {"anyOf": [_choices(field), *own]} if own else _choices(field)
        case FieldKind.FLAG:
            return _YES_OR_NO
        case (
            FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            if form := field.kind.traits.form:
                message = f"This is not {field.kind.traits.takes}."
                types = _TEXT if form.is_number else {"type": "string"}
                return {**types, "pattern": form.pattern, "patternErrorMessage": message}
            return {**_TEXT, **_taken(declared, "minLength", "maxLength", "pattern")}
        case _:
            assert_never(field.kind)


def _block(question: AskedQuestion) -> Keywords:
    parts = {part.field.name: _described(part) for part in question.parts}
    return {"type": "object", "additionalProperties": False, "properties": parts}


def _choices(field: Field) -> Keywords:
    return {
        "enum": [choice.value for choice in field.choices],
        "enumDescriptions": [choice.title for choice in field.choices],
    }


def _taken(declared: Mapping[str, Any], *names: str) -> Keywords:
    return {name: declared[name] for name in names if name in declared}


_YES_OR_NO: Keywords = {
    "anyOf": [
        {"enum": ["yes", "no"], "enumDescriptions": ["Yes", "No"]},
        # other spellings that are accepted, but not offered
        {
            "pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$",
            "not": {"type": ["number", "object", "array", "null"]},
        },
    ]
}


# --- besides answers ----------------------------------------------------------------------------------

_OWN_ID: Keywords = {
    "type": "string",
    "pattern": _ID,
    "patternErrorMessage": ("An id must be lower-case words with hyphens."),
}
# of several mistakes, editors report the first
_PROVISION: Keywords = {"anyOf": [_OWN_ID, {"$ref": "#/definitions/provision"}]}
"""A provision of the edition, which editors offer, or one that the school or its federation inserts."""


def _amendment(title: str, parts: Keywords, *optional: str) -> Keywords:
    because = {"title": "Why", "description": "Why you depart from the template. It is published.", **_TEXT}
    return {
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in (*parts, "because") if name not in optional],
        "properties": {**parts, "because": because},
    }


_REPLACE: Keywords = {
    "replace": {"title": "Replace", "description": "The id of the clause or section to reword.", **_PROVISION},
    "with": {"title": "With", "description": "The new words: one paragraph.", **_TEXT},
}
_INSERT: Keywords = {
    "insert": {"title": "Insert", "description": "A new id of your choice.", **_OWN_ID},
    "after": {"title": "After", "description": "The id of the clause or section that it follows.", **_PROVISION},
    "title": {"title": "Title", "description": "Only for a section: its heading.", **_TEXT},
    "text": {"title": "Text", "description": "The words.", **_TEXT},
}
_OMIT: Keywords = {
    "omit": {"title": "Omit", "description": ("The id of the clause or section to leave out."), **_PROVISION}
}
_ACTIONS = [_amendment("Replace", _REPLACE), _amendment("Insert", _INSERT, "title"), _amendment("Omit", _OMIT)]
_SHAPES: Mapping[str, Keywords] = {
    "federation": {"type": "string", "minLength": 1},
    "amendments": {"type": "array", "items": {"anyOf": _ACTIONS}},
    "languages": {"type": "object", "additionalProperties": {"type": "array", "minItems": 1, "items": _TEXT}},
    "partners": {"type": "array", "minItems": 1, "items": _TEXT},
}
"""What a file may contain besides answers, in every edition."""
