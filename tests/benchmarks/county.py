"""A county of schools that nobody runs, as believable as need be to measure with: any number, the same for one seed.

    PYTHONPATH=tests python tests/benchmarks/county.py FOLDER NUMBER [SEED]

No two schools have one name, and each answers the options in its own way. One in three amends the template, one in
five belongs to a federation, one in four has a crest, one in ten has ratified a version and changed its draft since,
and one in fifteen speaks of another school. `invented.py` says what they answer, `invented.yml` has the words.

An edition is the project's own, so that a clause of it can be changed: a copy of EDITION, sealed anew.
"""

import random
import shutil
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from cases import read_named_school
from folders import ROOT
from invented import (
    SchoolName,
    federation_answers,
    federation_names,
    name_partner,
    renew,
    school_answers,
    school_names,
    slug,
)
from PIL import Image, ImageDraw

from build_tools.engine import Engine
from build_tools.project import FEDERATION_FILE, SCHOOL_FILE, Project
from build_tools.ratifying import ratify
from build_tools.reading import read_editions, read_federations
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.federation import Federation
from build_tools.template.edition import Edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import SEAL_FILE, sealed_text
from build_tools.versions.freezing import Decision

EDITION = "2018-09"
"""The edition whose options `invented.py` and `agreeing.py` know how to answer so that they fit one another."""

_SHIELD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12">'
    '<path fill="{colour}" d="M0 0h10v7l-5 5-5-5z"/><circle cx="5" cy="5" r="{radius}" fill="#fff"/></svg>'
)


def write_county(folder: Path, number: int, seed: int = 1) -> Project:
    """Write so many schools into a folder that is not there yet, and return it as a project."""
    project = Project(folder)
    drawn = random.Random(seed)  # noqa: S311 - it must be the same each time, not hard to guess
    edition = _own_edition(project)
    federations = _write_federations(project, edition, drawn, max(1, number // 25))
    names = list(school_names(drawn, edition, number))
    for at, name in enumerate(names):
        federation = drawn.choice([*federations]) if drawn.random() < 1 / 5 else None
        answers = school_answers(drawn, edition, name, federation)
        if at and drawn.random() < 1 / 15:
            name_partner(answers, names[at - 1].full)
        own = project.schools_folder / name.folder
        _write(own / SCHOOL_FILE, answers)
        if drawn.random() < 1 / 4:
            _draw_crest(own, drawn)
        if drawn.random() < 1 / 10:
            _ratify(project, name, edition, federations)
            renew(answers, drawn)
            _write(own / SCHOOL_FILE, answers)
    return project


def seal_edition(folder: Path) -> None:
    """Seal an edition as it is now, as if it had never been otherwise."""
    (folder / SEAL_FILE).write_text(sealed_text(folder, EDITION_FILES), encoding="utf-8")


def _own_edition(project: Project) -> Edition:
    """Return the edition of the schools, of which the project has a copy of its own."""
    folder = project.root / "policy_src" / EDITION
    shutil.copytree(ROOT / "policy_src" / EDITION, folder, ignore=shutil.ignore_patterns(SEAL_FILE))
    seal_edition(folder)
    return read_editions(project)[0][EDITION]


def _write_federations(
    project: Project, edition: Edition, drawn: random.Random, number: int
) -> Mapping[str, Federation]:
    """Return so many federations by the names of their folders."""
    for name in federation_names(drawn, number):
        answers = federation_answers(drawn, edition, name)
        _write(project.schools_folder / slug(name.removeprefix("The ")) / FEDERATION_FILE, answers)
    return read_federations(project, {edition.name: edition})[0]


def _draw_crest(folder: Path, drawn: random.Random) -> None:
    """Draw a crest: a shield as SVG, or a disc as PNG."""
    colour = f"#{drawn.randrange(0x1000000):06x}"
    if drawn.random() < 2 / 3:
        (folder / "crest.svg").write_text(_SHIELD.format(colour=colour, radius=drawn.randint(1, 4)), encoding="utf-8")
        return
    image, content = Image.new("RGB", (240, 240), "#ffffff"), BytesIO()
    ImageDraw.Draw(image).ellipse((20, 20, 220, 220), fill=colour)
    image.save(content, "PNG")
    (folder / "crest.png").write_bytes(content.getvalue())


def _ratify(project: Project, name: SchoolName, edition: Edition, federations: Mapping[str, Federation]) -> None:
    """Ratify what a school says now, by the engine that takes less time."""
    school = read_named_school(project, name.folder, {edition.name: edition}, federations)
    decision = Decision("2019-01-15", "Full Governing Body", school.values["document"]["next_review"])
    ratify(project, Resolved(edition, school, resolve(edition, school)), decision, engine=Engine.TYPST)


def _write(file: Path, data: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(dict(data), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    target, count, *chosen = sys.argv[1:]
    shutil.rmtree(target, ignore_errors=True)
    write_county(Path(target).resolve(), int(count), *map(int, chosen))
