"""What an invented school or federation says in its file: any option of an edition, names and words from lists."""

import colorsys
import copy
import dataclasses
import itertools
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from agreeing import agree

from build_tools.schema.fields import Field, FieldKind
from build_tools.template.edition import Edition

_TEXT = Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
_WORDS: Mapping[str, Any] = yaml.load(_TEXT, yaml.BaseLoader)  # noqa: S506 - it makes text of everything
SHARED = ("filtering.broadband", "filtering.product", "platforms", "governance.body")
"""The paths of what schools of a federation leave to it."""


@dataclasses.dataclass(frozen=True, slots=True)
class SchoolName:
    """What a school is called; no two of one county are called the same."""

    place: str
    patron: str
    """A saint, a part of the place, or nothing."""
    kind: str
    """What stands behind both on the cover."""
    phase: str

    @property
    def full(self) -> str:
        """The form on the cover."""
        return _joined(self.place, self.patron, self.kind)

    @property
    def short(self) -> str:
        """The form that clauses use."""
        return _joined(self.place, self.patron, "School")

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return slug(_joined(self.place, self.patron))


def school_names(drawn: random.Random, edition: Edition, number: int) -> Iterator[SchoolName]:
    """Yield so many names, no two with the same place and patron.

    Raises:
        ValueError: if there are not so many.
    """
    phases = [choice.value for choice in _field(edition, "school.phase").choices]
    every = itertools.product(_places(), (*_WORDS["saints"], *_WORDS["quarters"]))
    for place, patron in drawn.sample([*every], number):
        phase = drawn.choice(phases)
        church = drawn.choice(_WORDS["churches"]) if patron in _WORDS["saints"] and phase == "primary" else ""
        yield SchoolName(place, patron, _joined(church, drawn.choice(_WORDS["kinds"][phase])), phase)


def federation_names(drawn: random.Random, number: int) -> list[str]:
    """Return so many names of federations, each another.

    Raises:
        ValueError: if there are not so many.
    """
    return [f"The {place} Federation" for place in drawn.sample([*_places()], number)]


def slug(name: str) -> str:
    """Return a name as a folder or an address has it: lower-case letters and hyphens."""
    return re.sub(r"[^a-z]+", "-", name.lower().replace("’", "")).strip("-")


def school_answers(drawn: random.Random, edition: Edition, name: SchoolName, federation: str | None) -> dict[str, Any]:
    """Return what `school.yml` says."""
    found: dict[str, Any] = {"federation": federation} if federation else {"edition": edition.name}
    _answer_options(found, drawn, edition, name.phase)
    _answer_words(found, drawn, edition)
    found["school"] |= _described(drawn, name)
    found.setdefault("people", {}).update(_staff(drawn, edition, name.phase))
    if drawn.random() < 1 / 2:
        motto = drawn.choice(_WORDS["mottoes"])
        found["school"]["motto"] = motto["words"]
        found |= {"languages": {motto["language"]: [motto["words"]]}} if "language" in motto else {}
    if found["school"].get("in_kent") is False:
        found["authority"] = dict(_WORDS["elsewhere"])
    for path in SHARED if federation else ():
        _take(found, path)
    if drawn.random() < 1 / 3:
        found["amendments"] = _amended(drawn, "amendments")
    agree(found, name.phase, has_platforms=federation is not None or "platforms" in found)
    order = ["federation", "edition", *edition.schema.raw["properties"], *found]
    return {key: found[key] for key in dict.fromkeys(order) if key in found}


def federation_answers(drawn: random.Random, edition: Edition, name: str) -> dict[str, Any]:
    """Return what `federation.yml` says."""
    found: dict[str, Any] = {"federation": name, "edition": edition.name}
    answers: dict[str, Any] = {}
    _answer_words(answers, drawn, edition)
    answers["governance"] = {"body": "Governing Body"}
    answers.setdefault("platforms", [{"name": drawn.choice(_WORDS["products"]["platforms"])}])
    for path in SHARED:
        if value := _take(answers, path):
            _set(found, path, value)
    return found | {"amendments": _amended(drawn, "of_federations")}


def name_partner(answers: dict[str, Any], partner: str) -> None:
    """Have a school speak of another one."""
    answers["partners"] = [partner]
    answers.setdefault("amendments", []).append(
        {
            "insert": "aims-partner",
            "after": "aims-purpose",
            "text": f"We wrote much of it together with {partner}.",
            "because": "Brothers and sisters go to both schools.",
        }
    )


def renew(answers: dict[str, Any], drawn: random.Random) -> None:
    """Change what a school changes for its next review, after it has ratified what it said."""
    answers["document"] |= {"written": "2019-03", "next_review": "2019-08"}
    answers["document"].pop("published", None)
    answers["people"]["governors"] = [{"name": name} for name in _people(drawn, 2)]


# --- parts ----------------------------------------------------------------------------------------


def _answer_options(found: dict[str, Any], drawn: random.Random, edition: Edition, phase: str) -> None:
    """Answer all options: as most schools of the phase do, or freely."""
    for field in edition.schema.fields:
        suggested = field.declared.get("x-suggested", {}).get("school.phase", {}).get(phase)
        if field.path == "school.phase":
            _set(found, field.path, phase)
        elif field.kind.traits.is_option and suggested is not None and drawn.random() < 2 / 3:
            _set(found, field.path, copy.deepcopy(suggested))
        elif field.kind.traits.is_option and (field.required or drawn.random() < 4 / 5):
            _set(found, field.path, _answer(drawn, field))


def _answer(drawn: random.Random, field: Field) -> object:
    values = [choice.value for choice in field.choices]
    if field.other and drawn.random() < 1 / 8:
        return {part.name: part.declared["examples"][0] for part in field.other.children}
    match field.kind:
        case FieldKind.FLAG:
            return drawn.random() < 1 / 2
        case FieldKind.CHOICES:
            return sorted(_some(drawn, values), key=values.index)
    return drawn.choice(values)


def _answer_words(found: dict[str, Any], drawn: random.Random, edition: Edition) -> None:
    """Answer what takes words, each field or not, with lists of any length."""
    for path, texts in _WORDS["texts"].items():
        if _field(edition, path).required or drawn.random() < 1 / 2:
            _set(found, path, drawn.choice(texts))
    for path, texts in _WORDS["lists"].items():
        if drawn.random() < 3 / 4:
            _set(found, path, _some(drawn, texts))
    for path, names in _WORDS["products"].items():
        if drawn.random() < 3 / 4:
            _set(found, path, [_product(drawn, name) for name in _some(drawn, names)])


def _product(drawn: random.Random, name: str) -> dict[str, str]:
    address = {"url": f"https://www.{slug(name)}.example"} if drawn.random() < 2 / 3 else {}
    note = {"note": drawn.choice(_WORDS["notes"])} if drawn.random() < 1 / 8 else {}
    return {"name": name, **address, **note}


def _described(drawn: random.Random, name: SchoolName) -> dict[str, Any]:
    rgb = colorsys.hls_to_rgb(drawn.random(), 0.28, 0.5)  # dark enough to be read on white
    optional = {
        "short_name": name.short,
        "term": "academy" if "Academy" in name.kind else "school",
        "website": f"https://www.{name.folder}.example",
        "colour": "#" + "".join(f"{round(part * 255):02x}" for part in rgb),
    }
    return {"name": name.full} | {key: value for key, value in optional.items() if drawn.random() < 2 / 3}


def _staff(drawn: random.Random, edition: Edition, phase: str) -> dict[str, Any]:
    title = _field(edition, "people.head").declared["x-suggested"]["school.phase"][phase]
    leads, governors = drawn.randint(1, 3), drawn.randint(1, 2)
    # somebody must act for the only one
    deputies = drawn.randint(1 if leads == 1 else 0, 2)
    names = _people(drawn, leads + deputies + governors)
    # complaints about staff go to the head, who must not be the only lead
    roles = (*((title,) if leads > 1 else ()), *_WORDS["people"]["roles"])
    dsl = [{"name": next(names), "role": role} for role in roles[:leads]]
    deputy_dsl = [{"name": next(names)} for _ in range(deputies)]
    return {
        "head": title,
        "dsl": dsl,
        **({"deputy_dsl": deputy_dsl} if deputy_dsl else {}),
        "governors": [{"name": name} for name in names],
        "online_safety_lead": drawn.choice(dsl)["name"],
    }


def _people(drawn: random.Random, number: int) -> Iterator[str]:
    """Yield the names of so many people; no two look like one person."""
    for surname in drawn.sample(_WORDS["people"]["surnames"], number):
        first = drawn.choice(_WORDS["people"]["first"])
        yield _joined(drawn.choice(first["titles"]), drawn.choice(first["names"]), surname)


def _amended(drawn: random.Random, which: str) -> list[dict[str, str]]:
    return [dict(amendment) for amendment in _some(drawn, _WORDS[which])]


def _places() -> Iterator[str]:
    return map("".join, itertools.product(_WORDS["places"]["beginnings"], _WORDS["places"]["endings"]))


def _some(drawn: random.Random, pool: list[Any]) -> list[Any]:
    return drawn.sample(pool, drawn.randint(1, len(pool)))


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))


def _field(edition: Edition, path: str) -> Field:
    field = edition.schema.lookup(path)
    if field is None:
        raise LookupError(f"Edition {edition.name} has no {path}")
    return field


def _set(answers: dict[str, Any], path: str, value: object) -> None:
    *blocks, last = path.split(".")
    for block in blocks:
        answers = answers.setdefault(block, {})
    answers[last] = value


def _take(answers: dict[str, Any], path: str) -> object:
    """Return the answer at a path, which is no longer there; None if there is none."""
    *blocks, last = path.split(".")
    for block in blocks:
        answers = answers.get(block, {})
    return answers.pop(last, None)
