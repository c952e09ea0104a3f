"""The marks of a clause's basis: what `rests-on` and `change` say about a clause, and what is wrong with them."""

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator

from build_tools.policy.model import GOOD_PRACTICE, Basis, Freedom, Provision
from build_tools.template.blocks import Block
from build_tools.text.problems import Problem, did_you_mean, one_of

RESTS_ON, CHANGE = "rests-on", "change"

_PLACE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BY_LAW = re.compile(
    r"\b(must(?!-)|by\slaw(?!\senforcement)|the\slaw\s(requires|asks|demands)|legal(ly)?\s(duty|duties|required))\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)|“[^”]*”|\"[^\"]*\"|‘[^‘]*?’(?!\w)")
"""What a clause does not itself say: names of fields, addresses of links, and what it quotes."""


def read_basis(block: Block, cited: Collection[str]) -> tuple[tuple[Basis, ...], list[Problem]]:
    """Return what a part says that it rests on, and what is wrong with that; `cited` has the edition's sources."""
    names = (block.attribute(RESTS_ON) or "").split()
    if RESTS_ON in dict(block.attributes) and not names:
        message = f"{RESTS_ON} is empty. Name law or guidance of edition.yml, or write {GOOD_PRACTICE}."
        return (), [Problem(block.place, message)]
    problems = [Problem(block.place, message) for name in names for message in _wrong(name, cited)]
    return tuple(map(_basis, names)) if not problems else (), problems


def read_freedom(block: Block) -> tuple[Freedom | None, list[Problem]]:
    """Return how free a school is to change a part, None if it does not say, and what is wrong with that."""
    said = block.attribute(CHANGE)
    if said is None or said in list(Freedom):
        return Freedom(said) if said else None, []
    hint = did_you_mean(said, Freedom)
    return None, [Problem(block.place, f'{CHANGE}: "{said}" is not one of the answers.{hint} Write {one_of(Freedom)}.')]


def with_freedoms(sections: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return sections in which every part says how free a school is to change it, if any part does.

    A part without the mark, around which none has it, is free to change.
    """
    tops = tuple(sections)
    is_marked = any(provision.freedom for top in tops for provision in top.walk())
    return tuple(map(_free_otherwise, tops)) if is_marked else tops


def claims_law(text: str) -> bool:
    """Return whether a clause says that the law demands something, in its own words and not in a quotation."""
    return _BY_LAW.search(_NOT_SAID.sub(" ", text)) is not None


def _free_otherwise(provision: Provision) -> Provision:
    children = tuple(map(_free_otherwise, provision.children))
    return dataclasses.replace(provision, freedom=provision.freedom or Freedom.FREE, children=children)


def _wrong(name: str, cited: Collection[str]) -> Iterator[str]:
    source, colon, place = name.partition(":")
    if source == GOOD_PRACTICE and colon:
        yield f"{RESTS_ON}: {GOOD_PRACTICE} has no parts. Delete :{place}."
    elif source != GOOD_PRACTICE and source not in cited:
        known = (*cited, GOOD_PRACTICE)
        yield f"{RESTS_ON}: {source} is not in cited of edition.yml.{did_you_mean(source, known)}"
    elif colon and not _PLACE.fullmatch(place):
        yield f"{RESTS_ON}: write where in {source} it is as words with hyphens, such as {source}:part-five."


def _basis(name: str) -> Basis:
    source, _, place = name.partition(":")
    return Basis(source, place.replace("-", " ") or None)
