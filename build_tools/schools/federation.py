"""Read a federation's file: the answers, amendments and words that its schools share, checked against its edition.

    schools/FEDERATION/federation.yml    like a school's file, but `federation` is its name, and answers may be missing

A school with `federation: FEDERATION` takes from it everything that it does not state itself.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.policy.model import Action, Amendment
from build_tools.project import FEDERATION_FILE
from build_tools.schema.answers import validate
from build_tools.schema.fields import NOT_ANSWERS, Schema
from build_tools.schema.wording import dotted
from build_tools.schools.amendments import AmendmentReader
from build_tools.schools.folder_name import name_problems
from build_tools.schools.meant_provision import MeantProvisions
from build_tools.schools.phrases import read_phrases
from build_tools.template.edition import Edition, named_edition
from build_tools.text.blanks import is_blank
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, KeyPath, read_checked


@dataclasses.dataclass(frozen=True, slots=True)
class Federation:
    """What several schools share."""

    name: str
    """Its name for people."""
    edition: str
    """The edition that its schools use unless they name another."""
    document: Document
    amendments: tuple[Amendment, ...]

    @property
    def answers(self) -> Mapping[str, Any]:
        """Its answers as written."""
        return {name: value for name, value in self.document.data.items() if name not in NOT_ANSWERS}


@dataclasses.dataclass(frozen=True, slots=True)
class Layered:
    """Gives the places of entries in a school's own file and in its federation's."""

    own: Document
    shared: Document
    schema: Schema

    def place(self, path: KeyPath = ()) -> Place:
        """Return where the entry at a path is; the place of a missing entry is in the school's file."""
        found: Any = self.shared.data
        for key in path:
            found = found[key] if isinstance(found, dict) and key in found else None
        # a missing part of a block belongs to the school's file, but a block that should not exist does not
        is_complete = not isinstance(found, dict) or self.schema.lookup(dotted(path)) is None
        is_shared = path not in self.own.lines and path in self.shared.lines and is_complete
        return (self.shared if is_shared else self.own).place(path)


def read_federation(folder: Path, root: Path, editions: Mapping[str, Edition | None]) -> Federation:
    """Return the federation in a folder; places are relative to `root`.

    `editions` has all editions, with None for one that has mistakes.

    Raises:
        Mistakes: everything that is wrong in its `federation.yml`, except answers that it leaves to its schools.
    """
    file = folder / FEDERATION_FILE
    return read_checked(
        file,
        relative(file, root),
        lambda document: parse_federation(document, folder, root, editions),
        inside=folder.parent,
    )


def parse_federation(
    document: Document, folder: Path, root: Path, editions: Mapping[str, Edition | None]
) -> Federation:
    """Return the federation that a `federation.yml` describes, even if it is not in its folder yet.

    Raises:
        Mistakes: everything that is wrong in it, except answers that it leaves to its schools.
    """
    data = document.data
    if not isinstance(data, dict):
        message = "A federation's file must have lines such as federation: and edition:."
        raise Mistakes([*name_problems(folder, root, "federation"), Problem(document.place(), message)])
    problems = list(name_problems(folder, root, "federation"))
    name = data.get("federation")
    if not isinstance(name, str) or not name.strip():
        problems.append(Problem(document.place(("federation",)), "federation is missing. Give the federation's name."))
        name = folder.name
    elif is_blank(name, is_name=True):
        message = f'federation: "{name}" is a blank, not the name of a federation. Type the real one.'
        problems.append(Problem(document.place(("federation",)), message))
    try:
        edition = named_edition(data.get("edition"), document.place(("edition",)), editions)
    except Mistakes as mistakes:
        raise Mistakes([*problems, *mistakes.problems]) from None
    name = " ".join(name.split())
    # only each school knows whether a field has an answer
    meant = MeantProvisions(edition, None, filter(None, editions.values()))
    reader = AmendmentReader(edition, (field.path for field in edition.schema.fields), meant)
    federation = Federation(name, edition.name, document, reader.read(document, name))
    _, wrong_answers = validate(edition.schema, document, federation.answers, is_whole=False)
    _, wrong_phrases = read_phrases(document, name)
    problems += [*wrong_answers, *reader.problems, *wrong_phrases, *wrong_partners(document)]
    if problems:
        raise Mistakes(problems)
    return federation


def partners_of(document: Document) -> tuple[str, ...]:
    """Return the other schools that a school's or federation's file allows its policies to mention."""
    return tuple(" ".join(name.split()) for name in document.data.get("partners", ()))


def wrong_partners(document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the list of other schools in a school's or federation's file."""
    partners = document.data.get("partners", [])
    if not isinstance(partners, list) or not all(isinstance(name, str) and name.strip() for name in partners):
        message = "partners must be a list of the names of other schools. Begin each with a hyphen: - Another School"
        yield Problem(document.place(("partners",)), message)
        return
    for index, name in enumerate(partners):
        if is_blank(name, is_name=True):
            message = (
                f'partners: "{name}" is a blank, not the name of a school. Type the real one, or delete the entry.'
            )
            yield Problem(document.place(("partners", index)), message)


def combine(shared: tuple[Amendment, ...], own: tuple[Amendment, ...]) -> tuple[Amendment, ...]:
    """Return the amendments of a federation and of a school in it; on the same provision the school's win."""
    amended = {amendment.target for amendment in own if amendment.action is not Action.INSERT}
    inserted = {provision.id for amendment in own for provision in amendment.inserted}
    dropped = {provision.id for amendment in shared for provision in amendment.inserted} & (amended | inserted)
    kept = (
        amendment
        for amendment in shared
        if not dropped.intersection(provision.id for provision in amendment.inserted)
        and (amendment.action is Action.INSERT or amendment.target not in amended)
    )
    # a federation's insertion is omitted by not inserting it
    return (*kept, *(a for a in own if a.action is not Action.OMIT or a.target not in dropped))
