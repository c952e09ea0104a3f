"""Read a school's folder: its answers and its amendments, with those of its federation, checked against its edition."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from build_tools.crest.file import find_crest
from build_tools.policy.model import School
from build_tools.project import FEDERATION_FILE, SCHOOL_FILE
from build_tools.schema.answers import answered, complete, merge, validate
from build_tools.schema.fields import NOT_ANSWERS
from build_tools.schools.amendments import AmendmentReader
from build_tools.schools.federation import Federation, Layered, combine, partners_of, wrong_partners
from build_tools.schools.folder_name import name_problems
from build_tools.schools.meant_provision import MeantProvisions
from build_tools.schools.missing_answers import missing_answers
from build_tools.schools.phrases import combine_phrases, read_phrases
from build_tools.template.edition import Edition, named_edition
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, known_names
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, Places, paths_in, read_checked

NO_FEDERATIONS: Mapping[str, Federation | None] = MappingProxyType({})


def read_school(
    folder: Path,
    root: Path,
    editions: Mapping[str, Edition | None],
    federations: Mapping[str, Federation | None] = NO_FEDERATIONS,
) -> School:
    """Return the school in a folder; places are relative to `root`.

    `editions` and `federations` have all that exist, with None for one that has mistakes.

    Raises:
        Mistakes: everything that is wrong in its `school.yml`, or in its federation's file for its own edition.
    """
    file = folder / SCHOOL_FILE
    return read_checked(
        file,
        relative(file, root),
        lambda document: parse_school(document, folder, root, editions, federations),
        inside=folder.parent,
    )


def parse_school(
    document: Document,
    folder: Path,
    root: Path,
    editions: Mapping[str, Edition | None],
    federations: Mapping[str, Federation | None] = NO_FEDERATIONS,
) -> School:
    """Return the school that a `school.yml` describes, even if it is not in its folder yet.

    Raises:
        Mistakes: everything that is wrong in it or with the crest in its folder.
    """
    problems = list(name_problems(folder, root, "school"))
    if (folder / FEDERATION_FILE).exists():
        message = f"{FEDERATION_FILE} is in the same folder. Move it to a folder of its own."
        problems.append(Problem(Place(document.file), message))
    data = document.data
    if not isinstance(data, dict):
        message = "A school's file must have lines such as edition:, school: and people:."
        raise Mistakes([*problems, Problem(Place(document.file), message)])
    federation = _federation(document, federations)
    edition_name = data.get("edition", federation.edition if federation else None)
    edition = named_edition(edition_name, document.place(("edition",)), editions)
    own = {name: value for name, value in data.items() if name not in NOT_ANSWERS}
    places: Places = Layered(document, federation.document, edition.schema) if federation else document
    answers = merge(own, federation.answers if federation else {}, edition.schema.root)
    typed, wrong_answers = validate(edition.schema, places, answers)
    wrong_answers += missing_answers(edition, typed, places)
    values = typed if wrong_answers else complete(edition.schema, typed, edition.authority)
    meant = MeantProvisions(edition, values, filter(None, editions.values()))
    reader = AmendmentReader(edition, answered(edition.schema, answers), meant)
    shared_amendments = reader.read(federation.document, federation.name) if federation else ()
    amendments = combine(shared_amendments, reader.read(document))
    shared_phrases, _ = read_phrases(federation.document, federation.name) if federation else ((), ())
    own_phrases, wrong_phrases = read_phrases(document)
    problems += [*wrong_answers, *reader.problems, *wrong_phrases, *wrong_partners(document)]
    crest = None
    try:
        crest = find_crest(folder, root)
    except Mistakes as mistakes:
        problems += mistakes.problems
    if problems:
        raise Mistakes(problems)
    return School(
        name=folder.name,
        edition=edition.name,
        values=values,
        amendments=amendments,
        phrases=combine_phrases(shared_phrases, own_phrases),
        crest=crest,
        federation=federation.name if federation else None,
        shared=answered(edition.schema, answers) - answered(edition.schema, own),
        partners=(*partners_of(document), *(partners_of(federation.document) if federation else ())),
        place=document.place(),
        places={path: places.place(path) for path in paths_in(answers)},
    )


def _federation(document: Document, federations: Mapping[str, Federation | None]) -> Federation | None:
    """Return the federation that a school's file names, None if it names none.

    Raises:
        Mistakes: if it names an unknown one, or one with mistakes.
    """
    name = document.data.get("federation")
    if name is None:
        return None
    place = document.place(("federation",))
    if not isinstance(name, str) or name not in federations:
        hint = f"{did_you_mean(str(name), federations)}{known_names('federation', federations)}"
        hint = hint or f" No folder in schools/ contains {FEDERATION_FILE}."
        raise Mistakes([Problem(place, f'federation: unknown federation "{name}".{hint}')])
    if federations[name] is None:
        raise Mistakes([Problem(place, f"federation: {name} has mistakes of its own. Fix them first.")])
    return federations[name]
