"""What an edition declares besides the words of its clauses: questions, answers, bodies, law, conditions, guidance.

Each declaration is a name, a title and texts with labels, so that any two can be compared in the same way.
"""

import dataclasses
import enum
from collections.abc import Iterator, Mapping

from build_tools.policy.model import Citation, Freedom, Kind, Provision
from build_tools.schema.answers import in_words
from build_tools.schema.fields import Field
from build_tools.schema.relied_on import AUTHORITY
from build_tools.template.conditions import describe
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date

_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "pattern": "of the form {}",
}
_DEFAULT, _SAME_AS, _SUGGESTED, _FOR = "Default", "If left out, the same as", "Suggested", "For"
_LEAST = 1
"""What every answer has, so that it is no limit."""


class DeclaredTopic(enum.StrEnum):
    """What is declared, in the order of every report."""

    EDITION = "edition"
    QUESTIONS = "questions"
    ANSWERS = "answers"
    BODIES = "bodies"
    SOURCES = "sources"
    PROVISIONS = "provisions"

    @property
    def heading(self) -> str:
        """Its heading in reports."""
        return _TITLES[self]

    def counted(self, count: int) -> str:
        """Return a number of declarations in words: "2 questions"."""
        return f"{count} {_NOUNS[self][count != 1]}"


_TITLES = {
    DeclaredTopic.EDITION: "The edition",
    DeclaredTopic.QUESTIONS: "Questions to schools",
    DeclaredTopic.ANSWERS: "Answers to choose from",
    DeclaredTopic.BODIES: "Bodies of the authority",
    DeclaredTopic.SOURCES: "Law and guidance",
    DeclaredTopic.PROVISIONS: "Conditions and guidance of clauses",
}
_NOUNS = {
    DeclaredTopic.EDITION: ("detail of the edition", "details of the edition"),
    DeclaredTopic.QUESTIONS: ("question", "questions"),
    DeclaredTopic.ANSWERS: ("answer to choose", "answers to choose"),
    DeclaredTopic.BODIES: ("body of the authority", "bodies of the authority"),
    DeclaredTopic.SOURCES: ("piece of law or guidance", "pieces of law or guidance"),
    DeclaredTopic.PROVISIONS: ("condition or note of a clause", "conditions or notes of clauses"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Declaration:
    """One thing that an edition declares."""

    topic: DeclaredTopic
    name: str
    """Its name in the files of the edition: the path of a question, the id of a clause."""
    title: str
    """What people call it."""
    aspects: Mapping[str, str]
    """What is said of it, by what each text is: "Default", "In force from"."""
    meanings: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """What decides whether an aspect changed, where its text also has the words of other declarations."""
    parts: tuple["Declaration", ...] = ()
    """The answers of a question: they are compared one by one where both editions ask it."""


def declarations(edition: Edition) -> Iterator[Declaration]:
    """Yield everything that an edition declares, except what its clauses say."""
    yield from _details(edition)
    for field in edition.schema.root.children:
        yield from _questions(field, edition.schema.root, edition)
    for name, value in edition.authority.items():
        path = f"{AUTHORITY.path}.{name}"
        yield Declaration(DeclaredTopic.BODIES, path, edition.schema.title_of(path), {"Name": value})
    for name, citation in edition.cited.items():
        yield Declaration(DeclaredTopic.SOURCES, name, citation.title, _source(citation))
    for provision in edition.walk():
        yield _provision(provision, edition)


def _details(edition: Edition) -> Iterator[Declaration]:
    details = {
        "title": ("Title", edition.title),
        "policy": ("Kind of policy", edition.policy_kind),
        "date": ("Date", long_date(edition.date)),
        "supersedes": ("Supersedes", edition.supersedes),
        "publisher": ("Publisher", edition.publisher),
        "origin": ("Origin", edition.origin),
        "looked_up": ("Law looked up", edition.looked_up.words if edition.looked_up else None),
    }
    for name, (title, value) in details.items():
        yield Declaration(DeclaredTopic.EDITION, name, title, {title: value} if value else {})


def _questions(field: Field, parent: Field, edition: Edition) -> Iterator[Declaration]:
    aspects = _question(field, parent, edition)
    meanings = {
        _DEFAULT: field.default,
        _SAME_AS: field.same_as,
        _SUGGESTED: field.suggested,
    }
    yield Declaration(DeclaredTopic.QUESTIONS, field.path, field.title, aspects, meanings, _answers(field))
    for child in field.children:
        yield from _questions(child, field, edition)


def _question(field: Field, parent: Field, edition: Edition) -> Mapping[str, str]:
    holder = field.declared.get("items", {}) if field.kind.traits.is_list else field.declared
    limits = {key: holder[key] for key in _LIMITS if key in holder} | {
        key: field.declared[key] for key in _LIMITS if key in field.declared
    }
    takes = [field.kind.traits.takes]
    takes += [words.format(limits[key]) for key, words in _LIMITS.items() if limits.get(key, _LEAST) != _LEAST]
    takes += ["or another word with its singular and plural"] if field.other else []
    found = {
        "Question": field.title,
        "Explanation": " ".join(field.description.split()),
        "Takes": ", ".join(takes),
        "Must be answered": "Yes" if field.name in parent.needs else "No",
        _DEFAULT: "" if field.kind.traits.is_block else in_words(field, field.default),
        _SAME_AS: edition.schema.title_of(field.same_as) if field.same_as else "",
        _SUGGESTED: "; ".join(_suggestions(field, edition)),
        "Labels": ", ".join(field.labels or ()),
        "Words in clauses": ", ".join(word for _form, word in field.words),
        "Examples": "; ".join(map(str, field.declared.get("examples", ()))),
        "Filled in by ratification": "Yes" if field.is_recorded else "",
    }
    return {label: text for label, text in found.items() if text}


def _suggestions(field: Field, edition: Edition) -> Iterator[str]:
    for suggestion in edition.suggestions.get(field.path, ()):
        when = suggestion.conditions_in_words(edition.schema)
        if suggestion.value is not None:
            yield f"{in_words(field, suggestion.value)}{f' (if {when})' if when else ''}"


def _answers(field: Field) -> tuple[Declaration, ...]:
    return tuple(
        Declaration(
            DeclaredTopic.ANSWERS,
            f"{field.path}={choice.value}",
            choice.title,
            {"Answer": choice.title} | ({"Singular": choice.singular} if choice.singular else {}),
        )
        for choice in field.choices
    )


def _source(citation: Citation) -> Mapping[str, str]:
    found = {
        "Title": citation.title,
        "Year": citation.year,
        "By": citation.by,
        "In force from": long_date(citation.in_force_from) if citation.in_force_from else None,
        "In force until": long_date(citation.in_force_until) if citation.in_force_until else None,
        "Successor": citation.successor,
        "Address": citation.url,
    }
    return {label: text for label, text in found.items() if text}


def _provision(provision: Provision, edition: Edition) -> Declaration:
    conditions = [describe(condition, edition.schema) for condition in provision.when]
    conditions += [f"each entry of {edition.schema.title_of(provision.each)}"] if provision.each else []
    aspects = {_FOR: "; ".join(conditions) or "Every school"}
    aspects |= {"Guidance": " ".join(provision.guidance)} if provision.guidance else {}
    if provision.kind is Kind.CLAUSE and provision.freedom and provision.freedom is not Freedom.FREE:
        aspects |= {"Freedom": provision.freedom.words}
    title = f"{provision.kind.capitalize()} {edition.labels[provision.id].citation}"
    meanings = {_FOR: (provision.when, provision.each)}
    return Declaration(DeclaredTopic.PROVISIONS, provision.id, title, aspects, meanings)
