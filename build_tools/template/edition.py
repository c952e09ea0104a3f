"""Read an edition of the template, and find every mistake in it, independent of any school."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.policy.model import Citation, Condition, LookedUp, Provision
from build_tools.project import EDITION_FILE
from build_tools.schema.fields import Schema
from build_tools.schema.file import read_schema
from build_tools.schema.unmet import unmet
from build_tools.template.basis_marks import with_freedoms
from build_tools.template.conditions import parse_condition
from build_tools.template.contents import misnamed_files
from build_tools.template.edition_file import EDITION_FILES, SCHEMA_FILE, check_edition_file
from build_tools.template.handouts import read_handouts
from build_tools.template.language import Scope
from build_tools.template.law_file import Law, looked_up_in, read_law
from build_tools.template.number import Label, number_edition
from build_tools.template.pages_file import PageWords, read_pages
from build_tools.template.rules import Rules
from build_tools.template.rules_file import read_rules
from build_tools.template.seal import broken_seal, is_published, section_files
from build_tools.template.sections import SectionReader
from build_tools.template.suggestions import Suggestion, read_suggestions
from build_tools.template.upgrading_file import Upgrading, read_upgrading
from build_tools.text.dates import is_date
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, in_order, known_names
from build_tools.text.source import read_text, relative
from build_tools.text.yaml_file import Document, read_yaml


@dataclasses.dataclass(frozen=True, eq=False)
class Edition:
    """One dated issue of the template. It is read once, as one value, so that results made from it can be kept."""

    name: str
    title: str
    policy_kind: str
    """The name of its kind of policy: only editions of one kind are compared."""
    date: str
    """ISO 8601, to the month or day."""
    supersedes: str | None
    publisher: str
    authority: Mapping[str, str]
    cited: Mapping[str, Citation]
    schema: Schema
    sections: tuple[Provision, ...]
    labels: Mapping[str, Label]
    """The number of every provision, by id."""
    conditions: Mapping[str, frozenset[Condition]]
    """All conditions for a school to have a provision, including those of the parts around it, by id."""
    pages: PageWords
    """Its words on the pages around a policy."""
    rules: Rules
    suggestions: Mapping[str, tuple[Suggestion, ...]]
    """What it suggests as answers, by field: the first that fits the earlier answers is offered."""
    applies: Mapping[str, tuple[Condition, ...]] = dataclasses.field(default_factory=dict)
    """The conditions under which law or guidance applies to a school, by its name; any other applies to all."""
    origin: str | None = None
    """Who wrote it and for whom, in a sentence or two, if its publisher alone does not say."""
    handouts: tuple[Provision, ...] = ()
    """Its summaries, agreements and forms."""
    looked_up: LookedUp | None = None
    """Until when its law and guidance was looked up; None if it does not say."""
    is_published: bool = False
    """Whether it has been published, so that schools may ratify with it."""
    upgrading: Upgrading = dataclasses.field(default_factory=Upgrading)
    """What became of the edition before."""

    def walk(self) -> Iterator[Provision]:
        """Yield every provision, in reading order."""
        for section in self.sections:
            yield from section.walk()

    @functools.cached_property
    def by_id(self) -> Mapping[str, Provision]:
        """The provisions by id."""
        return {provision.id: provision for provision in self.walk()}

    @functools.cached_property
    def amendable(self) -> Mapping[str, Provision]:
        """What a school may amend, by id: the provisions, and the parts and lines of the handouts."""
        return {**self.by_id, **{part.id: part for handout in self.handouts for part in handout.walk()}}

    def scope(self, item: str | None = None, given: Iterable[str] = ()) -> Scope:
        """Return what a text in this edition may refer to."""
        owner = self.schema.lookup(item) if item else None
        return Scope(self.schema, frozenset(self.cited), owner, frozenset(given))


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """What could be read of an edition, with or without mistakes."""

    name: str
    problems: tuple[Problem, ...]
    """Everything that is wrong in it, for all schools at once."""
    sections: tuple[Provision, ...]
    """What could be read of its sections."""
    document: Document | None
    """Its `edition.yml`; None if it could not be read."""
    edition: Edition | None
    """None if anything is wrong in it."""


def read_edition(folder: Path, root: Path) -> Edition:
    """Return the edition in a folder; places are relative to `root`.

    Raises:
        Mistakes: everything that is wrong in it, for all schools at once.
    """
    draft = read_draft(folder, root)
    if draft.edition is None:
        raise Mistakes(draft.problems)
    return draft.edition


def read_draft(folder: Path, root: Path) -> Draft:
    """Return what could be read of the edition in a folder; a mistake in one file hides none in another."""
    is_sealed = is_published(folder)
    # the seal of a published edition says what belongs to it
    problems = list(broken_seal(folder, root, EDITION_FILES) if is_sealed else misnamed_files(folder, root))
    document = _attempt(lambda: read_yaml(folder / EDITION_FILE, relative(folder / EDITION_FILE, root)), problems)
    schema = _attempt(lambda: read_schema(folder / SCHEMA_FILE, relative(folder / SCHEMA_FILE, root)), problems)
    if schema:
        problems.extend(unmet(schema))
    wrong = list(check_edition_file(document, schema, folder.name)) if document else []
    problems += wrong
    data = document.data if document and isinstance(document.data, dict) else {}
    pages = _attempt(lambda: read_pages(folder, root, schema, data.get("policy")), problems)
    suggestions = _attempt(lambda: read_suggestions(schema, folder, root), problems) if schema else None
    cited = data.get("cited")
    # without the list of what can be cited, every citation would seem to be a mistake
    known = schema if isinstance(cited, dict) else None
    reader = SectionReader(known, frozenset(cited or ()), is_sealed=is_sealed)
    for path in section_files(folder):
        file = relative(path, root)
        text = _attempt(functools.partial(read_text, path, file), problems)
        if text is not None:
            reader.read(text, file)
    if not reader.sections and not section_files(folder):
        message = "This folder has no sections. Add 01-first-section.md and so on."
        problems.append(Problem(Place(relative(folder, root)), message))
    reader.check_refs()
    reader.check_entries()
    sections = with_freedoms(reader.sections)
    provisions = {provision.id: provision for section in sections for provision in section.walk()}
    # if a section could not be read, an id that seems unknown may be in it
    ids_known = None if problems or reader.problems else provisions.keys()
    rules = _attempt(lambda: read_rules(folder, root, schema, ids_known), problems) if schema else None
    upgrading = _attempt(lambda: read_upgrading(folder, root, schema, ids_known), problems) if schema else None
    if not reader.problems:
        reader.check_bases()
    if is_date(data.get("date")):
        reader.check_beginnings(data["date"])
    handouts: tuple[Provision, ...] = ()
    if schema and isinstance(cited, dict):
        scope = Scope(schema, frozenset(cited))
        handouts = _attempt(lambda: read_handouts(folder, root, scope, provisions, reader.conditions), problems) or ()
    problems += reader.problems
    law = _attempt(lambda: _law(data, folder, root), problems) if document and not wrong else None
    if (
        problems
        or law is None
        or schema is None
        or pages is None
        or rules is None
        or suggestions is None
        or upgrading is None
    ):
        return Draft(folder.name, in_order(problems), sections, document, None)
    edition = Edition(
        name=folder.name,
        title=data["title"],
        policy_kind=data.get("policy") or pages.policy or _kind_of(data["title"]),
        date=data["date"],
        supersedes=data.get("supersedes"),
        publisher=data["publisher"],
        authority=data["authority"],
        cited=law.cited,
        schema=schema,
        sections=sections,
        labels=number_edition(sections, schema.lists),
        conditions=reader.conditions,
        is_published=is_sealed,
        pages=pages,
        rules=rules,
        suggestions=suggestions,
        applies={
            name: parse_condition(entry["when"], schema)[0] for name, entry in data["cited"].items() if "when" in entry
        },
        origin=data.get("origin"),
        handouts=handouts,
        looked_up=law.looked_up,
        upgrading=upgrading,
    )
    return Draft(folder.name, (), sections, document, edition)


def newest(editions: Mapping[str, Edition]) -> str | None:
    """Return the name of the newest edition; None if there are several kinds, of which a school knows its own."""
    return max(editions) if len({edition.policy_kind for edition in editions.values()}) == 1 else None


def of_one_kind(editions: Mapping[str, Edition], kind: str) -> Mapping[str, Edition]:
    """Return the editions of one kind of policy, in their order."""
    return {name: edition for name, edition in editions.items() if edition.policy_kind == kind}


def named_edition(name: Any, place: Place, editions: Mapping[str, Edition | None]) -> Edition:  # noqa: ANN401 - any YAML value
    """Return the edition that a file names; in `editions`, None marks one that has mistakes.

    Raises:
        Mistakes: if it names no edition, an unknown one, or one with mistakes.
    """
    if name is None:
        raise Mistakes([Problem(place, f"edition is missing. Add it.{known_names('edition', editions)}")])
    if not isinstance(name, str) or name not in editions:
        hint = f"{did_you_mean(str(name), editions)}{known_names('edition', editions)}"
        raise Mistakes([Problem(place, f'edition: unknown edition "{name}".{hint}')])
    edition = editions[name]
    if edition is None:
        raise Mistakes([Problem(place, f"edition: {name} has mistakes of its own. Fix them first.")])
    return edition


def _attempt(read: Any, problems: list[Problem]) -> Any:  # noqa: ANN401 - whatever is read
    """Return what is read, or add its mistakes to `problems` and return None."""
    try:
        return read()
    except Mistakes as mistakes:
        problems.extend(mistakes.problems)
        return None


def _kind_of(title: str) -> str:
    """Return the kind of policy of an edition that does not name it: its title without the word policy."""
    return re.sub(r"\s+policy$", "", title, flags=re.IGNORECASE)


def _law(data: Mapping[str, Any], folder: Path, root: Path) -> Law:
    cited = {name: _citation(entry) for name, entry in data["cited"].items()}
    return read_law(folder, root, Law(looked_up_in(data), cited))


def _citation(entry: Mapping[str, str]) -> Citation:
    return Citation(
        entry["title"],
        entry["by"],
        entry.get("year"),
        entry.get("url"),
        entry.get("from"),
        entry.get("until"),
        entry.get("successor"),
    )
