"""Schools as Hypothesis draws them: every option, lists of any length, values that look like anything but words.

What may be drawn comes from the edition's own JSON Schema and clauses, so a new field or clause is drawn at once.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from build_tools.policy.model import Action, Amendment, Kind, Origin, Provision, School
from build_tools.resolving.choose import choose
from build_tools.schema.answers import complete
from build_tools.schema.fields import Schema
from build_tools.schema.paths import value_at, with_value
from build_tools.template.edition import Edition
from build_tools.template.needs import made_necessary
from build_tools.template.number import Label
from build_tools.text.blanks import is_blank
from build_tools.text.source import unwanted

HOSTILE = [
    "{{ school.name }}",
    "{% raw %}",
    "{# remark #}",
    "{: #stolen when=x }",
    "[click](javascript:alert(1))",
    "![image](http://x.example/i.png)",
    '<script>alert("1")</script>',
    "<!-- -->",
    "&amp; &#42; &nbsp;",
    "**strong** _soft_ `code`",
    "# heading",
    "- item",
    "1. item",
    "> quotation",
    "back\\slash \\* and ***",
    "St Mary's & Ş — “Tŷ”",
    "’tis",
    "100 %",
    "off",
    "01632",
    "3.10",
    "日本語 مدرسة",
]
"""Values that are no markup, no template and no number, however much they look like it."""

# What text may hold: the rest is invisible or marks a lost character, and is refused when a file is read.
_CHARACTERS = st.characters(categories=("L", "M", "N", "P", "S"), exclude_characters="\ufffd\ufffe\uffff")


def texts(least: int, most: int) -> SearchStrategy[str]:
    """Return texts as a file gives them: no two spaces, none at the ends."""
    words = st.lists(st.text(_CHARACTERS, min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)
    return (st.sampled_from(HOSTILE) | words).filter(
        lambda text: least <= len(text) <= most and not is_blank(text, is_name=True)
    )


def plain_texts(least: int, most: int) -> SearchStrategy[str]:
    """Return texts as a person would type them, in which proofreading finds nothing."""
    return st.sampled_from(
        [("Ashford " * least)[:most].strip() or "Ashford"[:most], "Upper yard"[: max(most, least)].strip()]
    )


def answers(schema: Schema, words: Callable[[int, int], SearchStrategy[str]] = texts) -> SearchStrategy[dict[str, Any]]:
    """Return what a school may answer, of the types that the schema declares; `words` gives its texts."""
    return _answer(schema.raw, schema.raw, words)


@st.composite
def whole_answers(draw: st.DrawFn, edition: Edition) -> dict[str, Any]:
    """Draw what a school may answer, with all that its answers make necessary."""
    given = draw(answers(edition.schema))
    for path in made_necessary(edition.rules, edition.schema, given):
        field, key = edition.schema.lookup(path), tuple(path.split("."))
        if field and value_at(given, key) is None:
            given = with_value(given, key, draw(_answer(field.declared, edition.schema.raw, texts)))
    return given


@st.composite
def schools(draw: st.DrawFn, edition: Edition, name: str = "drawn") -> School:
    """Draw a school with amendments that its policy can bear."""
    given = draw(answers(edition.schema))
    values = complete(edition.schema, given, edition.authority)
    plain = School(name, edition.name, values)
    return School(name, edition.name, values, draw(_amendments(edition, plain)))


# --- answers -------------------------------------------------------------------------------------

_FORMATS: Mapping[str, SearchStrategy[str]] = {
    "date-or-month": st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]),
    "time-of-day": st.times().map(lambda time: f"{time:%H:%M}"),
    "web-address": st.from_regex(
        r"https?://[a-z0-9-]+\.example(/[^\s<>\"'`\\{}|^\x00-\x1f\x7f-\xa0]{0,8})?", fullmatch=True
    ).filter(lambda address: not unwanted(address)),
    "telephone": st.from_regex(r"01632 960[1-9][0-9]{2}( ext [0-9]{1,4})?", fullmatch=True),
    "email": st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{1,8}\.example", fullmatch=True),
    "colour": st.from_regex("#[0-9a-fA-F]{6}", fullmatch=True),
}


def _answer(
    declared: Mapping[str, Any], raw: Mapping[str, Any], words: Callable[[int, int], SearchStrategy[str]]
) -> SearchStrategy[Any]:
    sub = _expand(declared, raw)
    if "const" in sub:
        return st.just(sub["const"])
    if "oneOf" in sub:
        return st.one_of([_answer(branch, raw, words) for branch in sub["oneOf"]])
    match sub["type"]:
        case "object":
            asked = {name: field for name, field in sub.get("properties", {}).items() if not field.get("readOnly")}
            fields = {name: _answer(field, raw, words) for name, field in asked.items()}
            required = {name: fields.pop(name) for name in sub.get("required", ())}
            return st.fixed_dictionaries(required, optional=fields)
        case "array":
            entries, least, most = _answer(sub["items"], raw, words), sub.get("minItems", 0), sub.get("maxItems")
            return st.lists(entries, min_size=least, max_size=most, unique=sub.get("uniqueItems", False))
        case "boolean":
            return st.booleans()
    if "format" in sub:
        return _FORMATS[sub["format"]]
    if "pattern" in sub:
        return st.from_regex(sub["pattern"], fullmatch=True).map(str.strip)
    return words(sub.get("minLength", 0), sub.get("maxLength", 100))


def _expand(sub: Mapping[str, Any], raw: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in sub:
        target: Any = raw
        for name in sub["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        sub = {**target, **{key: value for key, value in sub.items() if key != "$ref"}}
    return sub


# --- amendments ----------------------------------------------------------------------------------


@st.composite
def _amendments(draw: st.DrawFn, edition: Edition, school: School) -> tuple[Amendment, ...]:
    """Draw amendments of what the school has and no clause cites, at most one of each provision."""
    cited = _cited(edition)
    drafts = choose(edition.sections, school.values)
    there = {draft.id for top in drafts for draft in top.walk() if draft.origin is not Origin.NOT_CHOSEN}
    free = [p for p in edition.walk() if p.id in there and not any(below.id in cited for below in p.walk())]
    chosen: list[Provision] = draw(st.lists(st.sampled_from(free), max_size=8, unique_by=lambda p: p.id))
    made = []
    for index, provision in enumerate(chosen):
        action = draw(st.sampled_from(_possible(provision)))
        words = draw(st.sampled_from(["Our own words.", "{{ school.short_name }} does it.", "In **{{ learners }}**"]))
        inserted = (_inserted(provision, f"own-{index}", words, edition.labels),) if action is Action.INSERT else ()
        made.append(Amendment(action, provision.id, "We do it otherwise.", inserted, words))
    return _without_lost(made, chosen)


def _cited(edition: Edition) -> set[str]:
    return {identity for provision in edition.walk() for identity in re.findall(r'ref\("(.+?)"\)', provision.source)}


def _possible(provision: Provision) -> list[Action]:
    """Return what can be done to a provision; nothing is inserted after a group."""
    return [action for action in Action if action is not Action.INSERT or provision.kind is not Kind.GROUP]


def _inserted(after: Provision, identity: str, words: str, labels: Mapping[str, Label]) -> Provision:
    """Return what is inserted: as deep as what it follows, with a clause below it where there is room."""
    depth = labels[after.id].citation.count("(")
    below = (Provision(Kind.CLAUSE, f"{identity}-1", words),) if depth < 4 else ()
    return Provision(after.kind, identity, words, children=below)


def _without_lost(made: list[Amendment], chosen: list[Provision]) -> tuple[Amendment, ...]:
    """Leave out amendments of what another one takes away."""
    gone = {
        below.id
        for amendment, provision in zip(made, chosen, strict=True)
        if amendment.action is Action.OMIT
        for child in provision.children
        for below in child.walk()
    }
    return tuple(amendment for amendment in made if amendment.target not in gone)
