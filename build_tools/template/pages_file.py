"""An edition's words on the pages around a policy: the optional `pages.yml` in its folder.

    policy_src/EDITION/pages.yml    the sentence of the home page, who to tell about a concern, the word for learners,
                                    what people type into the search, the glossary

None of it is printed in the policy that governors ratify, so it is not sealed: an address that has changed can be
corrected in a published edition.
"""

import dataclasses
import re
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
from build_tools.template.glossary import RULES, WORDED, Term, explained_twice, read_terms
from build_tools.template.language import Scope, check_text
from build_tools.template.lookalikes import printed_marks
from build_tools.template.markup import inline_mistakes
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of
from build_tools.text.reaching import is_telephone
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, KeyPath, read_yaml

PAGES_FILE = "pages.yml"
"""A file in an edition's folder that can still be corrected after the edition is published."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_FORMS = ("one", "many")
_HAS_WORDS = re.compile(r"\w")
_PAGES = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "policy": POLICY_NAME,
            "home": _TEXT,
            "learners": _TEXT,
            "glossary": RULES,
            "labels": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": list(_FORMS),
                    "properties": dict.fromkeys(_FORMS, _TEXT),
                },
            },
            "synonyms": {
                "type": "object",
                "additionalProperties": {"type": "array", "minItems": 1, "items": _TEXT},
            },
            "report": {
                "type": "object",
                "additionalProperties": False,
                "required": ["heading", "text", "tell"],
                "properties": {
                    "heading": _TEXT,
                    "emergency": _TEXT,
                    "text": _TEXT,
                    "tell": {"type": "array", "minItems": 1, "items": _TEXT},
                    "contacts": {"type": "array", "minItems": 1, "items": _TEXT},
                    "services": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["worry", "name"],
                            "properties": {
                                "worry": _TEXT,
                                "name": _TEXT,
                                "telephone": _TEXT,
                                "note": _TEXT,
                                "url": {
                                    "type": "string",
                                    "pattern": "^https://(?!https?:)[^ ]+$",
                                    "examples": ["https://www.gov.uk"],
                                },
                            },
                        },
                    },
                },
            },
        },
    },
)
_WORDED = {"report": ("heading", "emergency", "text"), "service": ("worry", "name", "telephone", "note")}
"""The texts of the report, and of each service in it, that may contain values, as in clauses."""


@dataclasses.dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service outside the school for one kind of worry, not yet filled in."""

    worry: str
    """The kind; services with the same one are shown together."""
    name: str
    telephone: str | None = None
    url: str | None = None
    note: str | None = None
    """For whom it is, or when."""


@dataclasses.dataclass(frozen=True, slots=True)
class ReportWords:
    """The edition's words on every page for people with a concern, not yet filled in."""

    heading: str
    text: str
    tell: tuple[str, ...]
    """The paths of the fields with the people to tell."""
    emergency: str | None = None
    """What to do at once if somebody is in danger, shown before everything else."""
    contacts: tuple[str, ...] = ()
    """The paths of the fields with a telephone number, an email address or a place."""
    services: tuple[ServiceWords, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that may contain values."""
        told = [(service.worry, service.name, service.telephone, service.note) for service in self.services]
        return tuple(
            filter(None, (self.heading, self.emergency, self.text, *(text for texts in told for text in texts)))
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Synonyms:
    """What people type into the search instead of words of the policy."""

    words: str
    typed: tuple[str, ...]
    place: Place = dataclasses.field(compare=False)


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
    synonyms: tuple[Synonyms, ...] = ()
    glossary: tuple[Term, ...] = ()


def read_pages(folder: Path, root: Path, schema: Schema | None, kind: str | None = None) -> PageWords:
    """Return an edition's words on the pages around a policy, empty without such a file; places are relative to `root`.

    `kind` is the kind of policy that the edition's own file names, None if it names none. Without a schema, whatever
    depends on one is not checked.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the schema of the edition.
    """
    path = folder / PAGES_FILE
    if not path.exists():
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
        synonyms=tuple(
            Synonyms(words, tuple(typed), document.place(("synonyms", words)))
            for words, typed in data.get("synonyms", {}).items()
        ),
        glossary=read_terms(document),
    )


def _report(data: Mapping[str, Any] | None) -> ReportWords | None:
    if data is None:
        return None
    return ReportWords(
        data["heading"],
        data["text"],
        tuple(data["tell"]),
        data.get("emergency"),
        tuple(data.get("contacts", ())),
        tuple(ServiceWords(**service) for service in data.get("services", ())),
    )


def _problems(document: Document, schema: Schema | None) -> Iterator[Problem]:
    if not isinstance(document.data, dict):
        yield Problem(document.place(), "This file must have lines such as policy:, home:, report: and learners:.")
        return
    if broken := list(broken_rules(document, _PAGES)):
        yield from broken
        return
    yield from _wrong_synonyms(document)
    yield from _unreachable(document)
    if schema is None:
        return
    scope = Scope(schema, frozenset())
    for at, text in _worded(document.data):
        yield from _wrong_words(text, document.text_place(at), scope, dotted(at))
    for path, told in document.data.get("labels", {}).items():
        for form, text in told.items():
            yield from _wrong_words(text, document.text_place(("labels", path, form)), scope, f"labels.{path}.{form}")
    yield from _wrong_glossary(document, scope)
    yield from _wrong_fields(document, schema)


def _wrong_synonyms(document: Document) -> Iterator[Problem]:
    """Yield the words of the search that find nothing, or nothing more."""
    for words, typed in document.data.get("synonyms", {}).items():
        seen = [words.casefold()]
        for at, phrase in enumerate(typed):
            place, folded = document.place(("synonyms", words, at)), phrase.casefold()
            if not _HAS_WORDS.search(phrase):
                yield Problem(place, f'synonyms.{words}: nobody types "{phrase}". Write words, or delete it.')
            elif folded in seen:
                why = "is the policy’s word itself" if folded == seen[0] else "is there twice"
                yield Problem(place, f"synonyms.{words}: {phrase} {why}. Delete it.")
            seen.append(folded)


def _worded(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts that may contain values, each with its path."""
    report = data.get("report", {})
    services = (
        (("report", "services", at), service, _WORDED["service"])
        for at, service in enumerate(report.get("services", ()))
    )
    for path, texts, names in (((), data, ("home",)), (("report",), report, _WORDED["report"]), *services):
        yield from (((*path, name), texts[name]) for name in names if name in texts)


def _unreachable(document: Document) -> Iterator[Problem]:
    """Yield the services that nobody can reach."""
    traits = FieldKind.TELEPHONE.traits
    for at, service in enumerate(document.data.get("report", {}).get("services", ())):
        path, telephone = ("report", "services", at), service.get("telephone")
        if telephone is None and "url" not in service:
            yield Problem(document.place(path), f"{dotted(path)}: Add its telephone, its url, or both.")
        elif telephone and "{" not in telephone and not is_telephone(telephone):
            wrong = f'"{telephone}" is not {traits.name}. Write it as {traits.written}.'
            yield Problem(document.place((*path, "telephone")), f"{dotted((*path, 'telephone'))}: {wrong}")


def _wrong_glossary(document: Document, scope: Scope) -> Iterator[Problem]:
    for at, entry in enumerate(document.data.get("glossary", ())):
        for key in WORDED:
            place = document.text_place(("glossary", at, key))
            yield from _wrong_words(entry.get(key, ""), place, scope, f"glossary.{key}")
    for place, form in explained_twice(read_terms(document)):
        yield Problem(place, f"glossary: {form} is explained twice. Delete one of the two.")


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
