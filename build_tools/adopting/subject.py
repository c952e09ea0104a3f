"""An edition's words about its subject for `policy adopt`: the optional `adopting.yml` in its folder.

    policy_src/EDITION/adopting.yml    titles of policies on the subject, the words they use, and their meaning

This package knows what all school policies have in common; an edition adds what is special to its subject.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.adopting.word_lists import LISTS
from build_tools.schema.fields import FieldKind
from build_tools.schema.json_schema import Checker
from build_tools.schema.wording import broken_rules
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Problem, did_you_mean, one_of
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, KeyPath, read_yaml

ADOPTING_FILE = "adopting.yml"

_NAME = r"(?:[A-Z0-9][\w’'&+-]*(?:\.\w+)*(?:\s(?:and |of |for |the |& )?[A-Z0-9][\w’'&+-]*){0,4})"
_PLACE = (
    r"(?:[\w’'-]+(?:\s[\w’'-]+){0,3}?)"
    r"(?=\s(?:for|during|until|throughout|at|and|by|where|before|on|when|so|or|unless|in)\b|[.,;:)]|$)"
)
_LIST = r"[^.;:]{2,400}?(?=\s(?:to (?:track|record|monitor)|for (?:tracking|recording))\b|[;:)]|\.(?:\s|$)|$)"

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": _TEXT}
_YES: Mapping[str, Any] = {"type": "string", "pattern": "^yes$", "examples": ["yes"]}


def _block(required: tuple[str, ...], **properties: Any) -> Mapping[str, Any]:  # noqa: ANN401 - JSON Schema
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _each(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "object", "additionalProperties": entry}


_ADOPTING = Checker(
    _block(
        (),
        subject=_TEXT,
        synonyms=_each({**_TEXTS, "minItems": 1}),
        words=_block((), **dict.fromkeys(LISTS, _TEXT)),
        people=_each(_block(("label",), label=_TEXT, about=_TEXT, sentences=_YES, unless=_TEXT)),
        values=_each(
            _block(
                ("in", "patterns"),
                **{"in": _TEXTS, "not": _TEXTS},
                known=_TEXTS,
                patterns=_TEXTS,
                list=_YES,
                apart=_TEXTS,
            )
        ),
    )
)


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """How policies on a subject name the people with a duty."""

    path: str
    label: re.Pattern[str]
    """The label next to a name."""
    about: re.Pattern[str] | None
    """What the label must also mention."""
    is_list: bool
    """Whether several people can have it, each with a role."""
    in_sentences: bool
    """Whether a name in a sentence with the label counts, if no name is next to a label."""
    unless: re.Pattern[str] | None
    """The label of another duty: a sentence with it is about that duty."""


@dataclasses.dataclass(frozen=True, slots=True)
class Way:
    """How to find the value of one field."""

    path: str
    clauses: frozenset[str]
    """The clauses whose passages are searched first."""
    known: tuple[str, ...]
    """Well-known names, in their makers' spelling."""
    patterns: tuple[re.Pattern[str], ...]
    is_list: bool
    never: frozenset[str]
    """Words that are never a value."""
    apart: tuple[str, ...]
    """The fields that never have the same value."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """An edition's words about its subject."""

    title: str
    """Its name in titles: a regular expression."""
    synonyms: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """Words to add to the lists of `word_lists.yml`, by the name of the list."""
    duties: tuple[Duty, ...] = ()
    ways: tuple[Way, ...] = ()


def read_subject(folder: Path, root: Path, edition: Edition) -> Subject:
    """Return the words of the edition in a folder about its subject; places are relative to `root`.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the edition.
    """
    # if the edition does not say, its policies have the name of their kind
    title = re.escape(edition.policy_kind).replace(r"\ ", r"\s+")
    path = folder / ADOPTING_FILE
    if not path.exists():
        return Subject(title)
    document = read_yaml(path, relative(path, root))
    if problems := list(_problems(document, edition)):
        raise Mistakes(problems)
    data = document.data
    return Subject(
        data.get("subject", title),
        {name: tuple(group) for name, group in data.get("synonyms", {}).items()},
        {name: frozenset(words.split()) for name, words in data.get("words", {}).items()},
        tuple(_duty(path, data["people"], edition) for path in data.get("people", {})),
        tuple(_way(path, entry) for path, entry in data.get("values", {}).items()),
    )


def _duty(path: str, people: Mapping[str, Mapping[str, str]], edition: Edition) -> Duty:
    said, field = people[path], edition.schema.lookup(path)
    about, unless = said.get("about"), said.get("unless")
    return Duty(
        path,
        re.compile(said["label"], re.IGNORECASE),
        re.compile(about, re.IGNORECASE) if about else None,
        is_list=field is not None and field.kind is FieldKind.RECORDS,
        in_sentences="sentences" in said,
        unless=re.compile(people[unless]["label"], re.IGNORECASE) if unless else None,
    )


def _way(path: str, entry: Mapping[str, Any]) -> Way:
    return Way(
        path,
        frozenset(entry["in"]),
        tuple(entry.get("known", ())),
        tuple(re.compile(_expanded(pattern)) for pattern in entry["patterns"]),
        "list" in entry,
        frozenset(entry.get("not", ())),
        tuple(entry.get("apart", ())),
    )


def _expanded(pattern: str) -> str:
    return pattern.replace("<Name>", _NAME).replace("<list>", _LIST).replace("<place>", _PLACE)


def _problems(document: Document, edition: Edition) -> Iterator[Problem]:
    data = document.data
    if not isinstance(data, dict):
        yield Problem(
            document.place(), "This file must have lines such as subject:, synonyms:, words:, people: and values:."
        )
        return
    if broken := list(broken_rules(document, _ADOPTING)):
        yield from broken
        return
    for at, message in (*_wrong_fields(data, edition), *_wrong_clauses(data, edition), *_wrong_patterns(data)):
        # the keys contain dots
        yield Problem(document.place(at), f"{', '.join(key for key in at if isinstance(key, str))}: {message}")


def _wrong_fields(data: Mapping[str, Any], edition: Edition) -> Iterator[tuple[KeyPath, str]]:
    """Yield the fields that are not in the schema, and the duties that are not described."""
    known = [field.path for field in edition.schema.fields if not field.kind.traits.is_block]
    people = data.get("people", {})
    for block in ("people", "values"):
        for path in data.get(block, {}):
            if path not in known:
                yield (block, path), f"this edition has no such field.{did_you_mean(path, known)}"
    for path, said in people.items():
        unless = said.get("unless")
        if unless and unless not in people:
            yield ("people", path, "unless"), f"{unless} is not described here. Write {one_of(people)}."


def _wrong_clauses(data: Mapping[str, Any], edition: Edition) -> Iterator[tuple[KeyPath, str]]:
    for path, entry in data.get("values", {}).items():
        for index, clause in enumerate(entry["in"]):
            if clause not in edition.by_id:
                hint = did_you_mean(clause, edition.by_id)
                yield ("values", path, "in", index), f"the edition has no clause {clause}.{hint}"


def _wrong_patterns(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the patterns that are not regular expressions, or do not mark a value."""
    if "subject" in data and (why := _why_no_pattern(data["subject"])):
        yield ("subject",), why
    for path, said in data.get("people", {}).items():
        for key in ("label", "about"):
            if key in said and (why := _why_no_pattern(said[key])):
                yield ("people", path, key), why
    for path, entry in data.get("values", {}).items():
        for index, pattern in enumerate(entry["patterns"]):
            why = _why_no_pattern(_expanded(pattern))
            if not why and "value" not in re.compile(_expanded(pattern)).groupindex:
                why = "nothing says which words are the value. Put (?P<value>…) around them."
            if why:
                yield ("values", path, "patterns", index), why


def _why_no_pattern(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"this is not a regular expression: {error.msg}."
    return None
