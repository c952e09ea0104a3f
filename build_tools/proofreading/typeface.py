"""The typeface of site and PDF: characters that it does not have are mistakes of their author.

A PDF must not use a font of the computer, or two computers would produce different documents; and PDF/UA-1 (7.21.8)
does not allow the box that replaces a missing character.
"""

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from build_tools.policy.model import School
from build_tools.policy.tree import is_printed
from build_tools.project import find_template
from build_tools.resolving.facts import facts
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import MOTTO, NAME, TITLE, YEAR
from build_tools.text.problems import Place, Problem

STYLES = ("Regular", "Italic", "Bold", "BoldItalic")


@functools.lru_cache(maxsize=4)
def known_characters(templates: tuple[Path, ...]) -> frozenset[str]:
    """Return the characters that every style of the typeface has."""
    styles = (TTFont(find_template(templates, f"fonts/SourceSans3-{style}.ttf")).getBestCmap() for style in STYLES)
    return frozenset(map(chr, frozenset.intersection(*(frozenset(style) for style in styles))))


def missing_characters(resolved: Resolved, templates: tuple[Path, ...]) -> list[Problem]:
    """Return a problem for each text of a policy with characters that the typeface does not have."""
    known = known_characters(templates)
    problems: list[Problem] = []
    for place, source, text in _texts(resolved):
        problems += [Problem(place, f"{source}: {message}") for message in lacking(text, known)]
    return list(dict.fromkeys(problems))


def lacking(text: str, known: frozenset[str]) -> list[str]:
    """Return a message for each character of a text that the typeface, with `known` characters, does not have."""
    return [f"{absence}. Write it another way." for absence in absences(text, known)]


def absences(text: str, known: frozenset[str]) -> list[str]:
    """Return a clause for each character of a text that the typeface, with `known` characters, does not have."""
    return [
        f"the PDF's typeface does not contain {character} (U+{ord(character):04X},"
        f" {unicodedata.name(character, 'a character without a name')})"
        for character in sorted(set(text) - known)
    ]


def _texts(resolved: Resolved) -> Iterator[tuple[Place, str, str]]:
    """Yield every printed text, with its place and its name in messages."""
    school = resolved.school
    for printed in (NAME, MOTTO, TITLE, YEAR):
        yield _place(school, printed.path), printed.path, printed.of(school.values) or ""
    for fact in facts(resolved.edition, school):
        yield _place(school, fact.path), fact.path, "".join(fact.values)
    for node in filter(is_printed, resolved.policy.walk()):
        for run in (*node.text, *(node.promise.who if node.promise else ())):
            yield (_place(school, run.field), run.field, run.text) if run.field else (node.place, node.id, run.text)
        if node.reason:
            yield node.place, f"{node.id}: because", node.reason


def _place(school: School, field: str) -> Place:
    """Return where a school answers a field, or the block around it."""
    path: tuple[str | int, ...] = tuple(field.replace("[]", "").split("."))
    while path and path not in school.places:
        path = path[:-1]
    return school.places.get(path, school.place)
