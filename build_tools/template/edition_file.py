"""The contents of `edition.yml`, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.project import EDITION_FILE
from build_tools.schema.answers import wrong_answers
from build_tools.schema.fields import Schema
from build_tools.schema.json_schema import Checker
from build_tools.schema.relied_on import AUTHORITY
from build_tools.schema.wording import broken_rules
from build_tools.template.conditions import parse_condition
from build_tools.template.language import Scope, check_text
from build_tools.template.law_file import LOOKED_UP, wrong_dates_of_law
from build_tools.text.dates import is_date
from build_tools.text.problems import Place, Problem, did_you_mean, nearest
from build_tools.text.typed_dates import no_date
from build_tools.text.yaml_file import Document, KeyPath

SCHEMA_FILE = "school.schema.yml"
EDITION_FILES = (EDITION_FILE, SCHEMA_FILE)
"""The files of an edition besides its sections."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
POLICY_NAME: Mapping[str, Any] = {**_TEXT, "maxLength": 60}
"""What names a kind of policy, in `edition.yml` or `pages.yml`."""
_EDITION = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "date", "publisher", "authority", "cited"],
        "properties": {
            "title": _TEXT,
            "policy": POLICY_NAME,
            "date": _TEXT,
            "supersedes": _TEXT,
            "publisher": _TEXT,
            "origin": _TEXT,
            "looked_up": LOOKED_UP,
            "authority": {"type": "object", "additionalProperties": _TEXT},
            "cited": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["title", "by"],
                    "properties": {
                        "title": _TEXT,
                        "by": _TEXT,
                        "year": _TEXT,
                        "url": {
                            "type": "string",
                            "pattern": "^https?://(?!https?:)[^ ]+$",
                            "examples": ["https://www.gov.uk"],
                        },
                        "from": _TEXT,
                        "until": _TEXT,
                        "successor": _TEXT,
                        "when": _TEXT,
                    },
                },
            },
        },
    },
)


def check_edition_file(document: Document, schema: Schema | None, folder: str) -> Iterator[Problem]:
    """Yield everything that is wrong in an edition's own file; `schema` is None if it could not be read."""
    data = document.data
    if not isinstance(data, dict):
        yield Problem(document.place(), "An edition's file must have lines such as title:, date: and publisher:.")
        return
    yield from broken_rules(document, _EDITION)
    date = data.get("date")
    if isinstance(date, str) and date and not is_date(date):
        yield Problem(document.place(("date",)), no_date(date))
    elif isinstance(date, str) and date != folder:
        message = f"date is {data['date']}, but the folder is named {folder}. They must agree."
        yield Problem(document.place(("date",)), message)
    elif not is_date(folder):
        yield Problem(document.place(("date",)), no_date(folder))
    yield from wrong_dates_of_law(document, _dates_of_law(data.get("cited")))
    if schema is not None:
        yield from _schema_problems(document, schema, data.get("authority"))
        yield from _condition_problems(document, schema, data.get("cited"))


def _dates_of_law(cited: object) -> Iterator[KeyPath]:
    yield ("looked_up", "until")
    for name in cited if isinstance(cited, dict) else ():
        yield from (("cited", name, key) for key in ("from", "until"))


def _condition_problems(document: Document, schema: Schema, cited: object) -> Iterator[Problem]:
    """Yield what is wrong in saying to which schools law or guidance applies."""
    for name, entry in cited.items() if isinstance(cited, dict) else ():
        said = entry.get("when") if isinstance(entry, dict) else None
        for message in parse_condition(said, schema)[1] if isinstance(said, str) else ():
            yield Problem(document.place(("cited", name, "when")), message)


def _schema_problems(document: Document, schema: Schema, authority: object) -> Iterator[Problem]:
    """Yield the places where the file and its schema do not agree."""
    schema_place = Place(document.file.replace(EDITION_FILE, SCHEMA_FILE))
    scope = Scope(schema, frozenset())
    for field in schema.fields:
        for label in field.labels or ():
            yield from check_text(label, schema_place, scope)[1]
    fields = schema.lookup(AUTHORITY.path)
    if fields is None or not isinstance(authority, dict):
        return
    known = {field.name for field in fields.children}
    for name in sorted(authority.keys() - known):
        message = f"Unknown field authority.{name}.{did_you_mean(name, known)}"
        yield Problem(document.place(("authority", name)), message)
    meant = {nearest(name, known) for name in authority.keys() - known}
    for name in sorted(known - authority.keys() - meant):
        yield Problem(document.place(("authority",)), f"authority.{name} is missing: clauses may use it.")
    if authority.keys() == known:
        for at, message in wrong_answers(schema, {AUTHORITY.path: authority}, is_whole=False):
            yield Problem(document.place(at), message)
