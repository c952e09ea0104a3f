"""An edition's words on the pages around a policy: the optional `pages.yml` in its folder.

    policy_src/EDITION/pages.yml    the sentence of the home page, who to tell about a concern, the word for learners

None of it is printed in the policy that governors ratify, so it is not sealed: an address that has changed can be
corrected in a published edition.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.project import EDITION_FILE
from build_tools.schema.fields import FieldKind, Schema
from build_tools.schema.json_schema import Checker
from build_tools.schema.people import fields_with_people
from build_tools.schema.relied_on import DOCUMENT, PEOPLE
from build_tools.schema.wording import broken_rules, dotted
from build_tools.template.edition_file import POLICY_NAME
from build_tools.template.language import Scope, check_text
from build_tools.template.lookalikes import printed_marks
from build_tools.template.markup import inline_mistakes
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, read_yaml

PAGES_FILE = "pages.yml"
"""A file in an edition's folder that can still be corrected after the edition is published."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_FORMS = ("one", "many")
_PAGES = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "policy": POLICY_NAME,
            "home": _TEXT,
            "learners": _TEXT,
            "labels": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": list(_FORMS),
                    "properties": dict.fromkeys(_FORMS, _TEXT),
                },
            },
            "report": {
                "type": "object",
                "additionalProperties": False,
                "required": ["heading", "text", "tell"],
                "properties": {
                    "heading": _TEXT,
                    "text": _TEXT,
                    "tell": {"type": "array", "minItems": 1, "items": _TEXT},
                    "contacts": {"type": "array", "minItems": 1, "items": _TEXT},
                    "links": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["text", "url"],
                            "properties": {
                                "text": _TEXT,
                                "url": {
                                    "type": "string",
                                    "pattern": "^https://(?!https?:)[^ ]+$",
                                    "examples": ["https://www.gov.uk"],
                                },
                            },
                        },
                    },
                    "note": _TEXT,
                },
            },
        },
    },
)
_WORDED = {("home",), ("report", "heading"), ("report", "text"), ("report", "note")}
"""The texts that may contain values, as in clauses."""


@dataclasses.dataclass(frozen=True, slots=True)
class ReportLink:
    """A service outside the school that takes reports."""

    text: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class ReportWords:
    """The edition's words on every page for people with a concern, not yet filled in."""

    heading: str
    text: str
    tell: tuple[str, ...]
    """The paths of the fields with the people to tell."""
    links: tuple[ReportLink, ...] = ()
    note: str | None = None
    contacts: tuple[str, ...] = ()
    """The paths of the fields with a telephone number, an email address or a place."""


@dataclasses.dataclass(frozen=True, slots=True)
class PageWords:
    """An edition's words on the pages around a policy."""

    policy: str | None = None
    """The edition's kind of policy, if its own file does not give it."""
    home: str | None = None
    """The sentence below the title on the home page, not yet filled in."""
    report: ReportWords | None = None
    learners: str | None = None
    """The path of the choice with a school's word for its learners."""
    labels: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict, hash=False)
    """The labels of key facts for one value and for several, by path; they replace those of the schema."""


def read_pages(folder: Path, root: Path, schema: Schema | None, kind: str | None = None) -> PageWords:
    """Return an edition's words on the pages around a policy, empty without such a file; places are relative to `root`.

    `kind` is the kind of policy that the edition's own file names, None if it names none. Without a schema, whatever
    depends on one is not checked.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the schema of the edition.
    """
    path = folder / PAGES_FILE
    if not path.is_file():
        return PageWords()
    document = read_yaml(path, relative(path, root))
    problems = list(_problems(document, schema))
    if kind and isinstance(document.data, dict) and "policy" in document.data:
        problems.append(
            Problem(document.place(("policy",)), f"policy: {EDITION_FILE} names it, too. Delete this line.")
        )
    if problems:
        raise Mistakes(problems)
    data = document.data
    return PageWords(
        policy=data.get("policy"),
        home=data.get("home"),
        report=_report(data.get("report")),
        learners=data.get("learners"),
        labels={path: tuple(told[form] for form in _FORMS) for path, told in data.get("labels", {}).items()},
    )


def _report(data: Mapping[str, Any] | None) -> ReportWords | None:
    if data is None:
        return None
    links = tuple(ReportLink(link["text"], link["url"]) for link in data.get("links", ()))
    return ReportWords(
        data["heading"], data["text"], tuple(data["tell"]), links, data.get("note"), tuple(data.get("contacts", ()))
    )


def _problems(document: Document, schema: Schema | None) -> Iterator[Problem]:
    if not isinstance(document.data, dict):
        yield Problem(document.place(), "This file must have lines such as policy:, home:, report: and learners:.")
        return
    if broken := list(broken_rules(document, _PAGES)):
        yield from broken
        return
    if schema is None:
        return
    scope = Scope(schema, frozenset())
    texts = {(name,): text for name, text in document.data.items()} | {
        ("report", name): text for name, text in document.data.get("report", {}).items()
    }
    for at in texts.keys() & _WORDED:
        yield from _wrong_words(texts[at], document.text_place(at), scope, dotted(at))
    for path, told in document.data.get("labels", {}).items():
        for form, text in told.items():
            yield from _wrong_words(text, document.text_place(("labels", path, form)), scope, f"labels.{path}.{form}")
    yield from _wrong_fields(document, schema)


def _wrong_fields(document: Document, schema: Schema) -> Iterator[Problem]:
    """Yield the fields that the file names and that are not what they should be."""
    data = document.data
    report = data.get("report", {})
    named = [
        *(("report.tell", ("report", "tell", at), path, _why_nobody) for at, path in enumerate(report.get("tell", ()))),
        *(
            ("report.contacts", ("report", "contacts", at), path, _why_no_contact)
            for at, path in enumerate(report.get("contacts", ()))
        ),
        *(("labels", ("labels", path), path, _why_no_fact) for path in data.get("labels", {})),
        *(("learners", ("learners",), path, _why_no_word) for path in [data.get("learners")] if path),
    ]
    for key, at, path, why_not in named:
        if why := why_not(path, schema):
            yield Problem(document.place(at), f"{key}: {why}")


def _wrong_words(text: str, place: Place, scope: Scope, key: str) -> Iterator[Problem]:
    uses, problems = check_text(text, place, scope)
    for problem in problems:
        yield dataclasses.replace(problem, message=f"{key}: {problem.message}")
    for message in (*inline_mistakes(text), *(() if problems else printed_marks(text))):
        yield Problem(place, f"{key}: {message}")
    if uses.refs:
        yield Problem(place, f"{key}: A page around the policy cannot refer to a clause. Delete the ref(…).")


def _why_nobody(path: str, schema: Schema) -> str | None:
    """Return why a field does not have people from the key facts; None if it does."""
    known = [field.path for field in fields_with_people(schema)]
    if path in known:
        return None
    wrong = f"{path} does not name people" if schema.lookup(path) else f"unknown field {path}"
    return f"{wrong}.{_instead(path, known)}"


def _why_no_contact(path: str, schema: Schema) -> str | None:
    """Return why a field has no telephone number, email address or place; None if it may have one."""
    known = [field.path for field in schema.fields if field.kind.traits.is_contact]
    field = schema.lookup(path)
    if field and (field.kind.traits.is_contact or (field.kind is FieldKind.TEXT and not field.words)):
        return None
    wrong = f"{path} is not a telephone number, an email address or a place" if field else f"unknown field {path}"
    return f"{wrong}.{_instead(path, known)}"


def _why_no_fact(path: str, schema: Schema) -> str | None:
    """Return why a field cannot be among the key facts; None if it can."""
    groups = (PEOPLE, DOCUMENT)
    known = [field.path for field in schema.fields if any(group.holds(field.path) for group in groups)]
    if path in known:
        return None
    wrong = f"{path} is not among the key facts" if schema.lookup(path) else f"unknown field {path}"
    return f"{wrong}.{did_you_mean(path, known)}"


def _why_no_word(path: str, schema: Schema) -> str | None:
    """Return why a field does not have the forms of the word for learners; None if it does."""
    known = [
        field.path
        for field in schema.fields
        if field.kind is FieldKind.CHOICE and len(field.words) == len(_FORMS) and field.always
    ]
    if path in known:
        return None
    wrong = (
        f"{path} is not a choice that every school has with x-words for one and many"
        if schema.lookup(path)
        else f"unknown field {path}"
    )
    return f"{wrong}.{_instead(path, known)}"


def _instead(path: str, known: Sequence[str]) -> str:
    """Return what to write instead of a path, with a leading space; nothing if there is nothing to write."""
    return did_you_mean(path, known) or (f" Write {one_of(known)}." if known else "")
