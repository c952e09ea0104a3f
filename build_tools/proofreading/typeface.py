"""The typefaces of site and PDF: characters that none of them has are mistakes of their author.

A PDF must not use a font of the computer, or two computers would produce different documents; and PDF/UA-1 (7.21.8)
does not allow the box that replaces a missing character. The typeface of the text has Latin, Greek and Cyrillic
letters; each other script has a font of its own in `fonts/scripts`, where a project can add more.
"""

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from fontTools.ttLib import TTFont

from build_tools.policy.model import School
from build_tools.policy.scripts import scripts_of
from build_tools.policy.tree import is_printed, worded_parts
from build_tools.project import find_template
from build_tools.resolving.facts import facts
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import MOTTO, NAME, TITLE, YEAR
from build_tools.text.problems import Place, Problem

STYLES = ("Regular", "Italic", "Bold", "BoldItalic")
SCRIPTS_FOLDER = "fonts/scripts"
_JOINERS = frozenset("\u200c\u200d")
"""What joins or separates letters, which any font can do without having it."""


@functools.lru_cache(maxsize=4)
def text_characters(templates: tuple[Path, ...]) -> frozenset[str]:
    """Return the characters that every style of the text's typeface has."""
    return frozenset.intersection(
        *(_characters(find_template(templates, f"fonts/SourceSans3-{style}.ttf")) for style in STYLES)
    )


@functools.lru_cache(maxsize=4)
def script_fonts(templates: tuple[Path, ...]) -> tuple[tuple[Path, frozenset[str]], ...]:
    """Return the fonts for other scripts, each with its characters; a project's own come before the program's."""
    files: dict[str, Path] = {}
    for folder in templates:
        for file in sorted((folder / SCRIPTS_FOLDER).glob("*.[ot]tf")):
            files.setdefault(file.name, file)
    return tuple((file, _characters(file)) for file in files.values())


def fonts_for(text: str, templates: tuple[Path, ...]) -> tuple[tuple[Path, frozenset[str]], ...]:
    """Return the fonts that a text needs besides the text's typeface, each with the characters that it prints."""
    others = set(text) - text_characters(templates) - _JOINERS
    if not others:
        return ()
    letters = {character for character in others if scripts_of(character) != [None]}
    fonts = script_fonts(templates)
    needed = [(file, characters & others) for file, characters in fonts if characters & letters]
    # many fonts have the signs that several scripts share
    signs = others.difference(*(characters for _, characters in needed))
    return (*needed, *((file, characters & signs) for file, characters in fonts if characters & signs))


def family_of(font: Path) -> str:
    """Return the name of a font's family: the name of its file without the style."""
    return font.stem.rpartition("-")[0] or font.stem


def weights_of(font: Path, templates: tuple[Path, ...]) -> tuple[int, ...]:
    """Return the weights of text that a font is used for: a font without a bold one is used for bold text too."""
    if font.stem.endswith("-Bold"):
        return (700,)
    stems = (other.stem for other, _ in script_fonts(templates))
    return (400,) if f"{family_of(font)}-Bold" in stems else (400, 700)


def missing_characters(resolved: Resolved, templates: tuple[Path, ...]) -> list[Problem]:
    """Return a problem for what the PDF cannot print: one for each script, and one for each other character.

    Each is reported where it is first.
    """
    found: dict[str, tuple[Place, str, set[str]]] = {}
    for place, source, text in _texts(resolved):
        for script, characters in _missing(text, templates):
            key = script or "".join(characters)
            found.setdefault(key, (place, source, set()))[2].update(characters)
    return [
        Problem(place, f"{source}: {message}")
        for place, source, characters in found.values()
        for message in lacking("".join(characters), templates)
    ]


def lacking(text: str, templates: tuple[Path, ...]) -> list[str]:
    """Return a message for each script or other character of a text that the PDF cannot print."""
    return [
        f"{_absence(script, characters)}. {_ADD_A_FONT if script else 'Write it another way.'}"
        for script, characters in _missing(text, templates)
    ]


def absences(text: str, templates: tuple[Path, ...]) -> list[str]:
    """Return a clause for each script or other character of a text that the PDF cannot print."""
    return [_absence(script, characters) for script, characters in _missing(text, templates)]


_ADD_A_FONT = (
    "Write it in other letters, or add a font that has them: schools/README.md says how, under “Other scripts”."
)


def _characters(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _missing(text: str, templates: tuple[Path, ...]) -> list[tuple[str | None, list[str]]]:
    """Return the characters that no font has: those of each script together, and each other one by itself."""
    missing = set(text) - text_characters(templates) - _JOINERS
    if missing:
        missing = missing.difference(*(characters for _, characters in script_fonts(templates)))
    by_script: dict[str, list[str]] = {}
    others: list[tuple[str | None, list[str]]] = []
    for character in sorted(missing):
        (script,) = scripts_of(character)
        if script:
            by_script.setdefault(script, []).append(character)
        else:
            others.append((None, [character]))
    return [*others, *by_script.items()]


def _absence(script: str | None, characters: list[str]) -> str:
    if script is None:
        (character,) = characters
        name = unicodedata.name(character, "a character without a name")
        return f"the PDF's typeface does not contain {character} (U+{ord(character):04X}, {name})"
    name = Locale("en", "GB").scripts.get(script, script)
    shown = f"{' '.join(characters[:_SHOWN])}{' …' if len(characters) > _SHOWN else ''}"
    return f"the PDF has no font for {shown} (script: {name})"


_SHOWN = 8
"""The most letters of a script that a message shows."""


def _texts(resolved: Resolved) -> Iterator[tuple[Place, str, str]]:
    """Yield every printed text, with its place and its name in messages."""
    school = resolved.school
    for printed in (NAME, MOTTO, TITLE, YEAR):
        yield _place(school, printed.path), printed.path, printed.of(school.values) or ""
    for fact in facts(resolved.edition, school):
        yield _place(school, fact.path), fact.path, "".join(fact.values)
    for node in filter(is_printed, worded_parts(resolved.policy)):
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
