"""Read section files: turn Markdown into provisions, and find every mistake in them."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from build_tools.policy.model import GOOD_PRACTICE, Basis, Condition, Freedom, Kind, PromiseMark, Provision
from build_tools.schema.fields import Schema
from build_tools.template import markup
from build_tools.template.basis_marks import CHANGE, RESTS_ON, claims_law, read_basis, read_freedom
from build_tools.template.beginning_marks import FROM, due_too_early, read_beginning, too_early
from build_tools.template.blocks import Block, parse_blocks
from build_tools.template.conditions import contradicted, parse_condition
from build_tools.template.language import Scope, Uses, check_text
from build_tools.template.lookalikes import lookalikes, printed_marks, wrong_indent, wrong_level
from build_tools.template.promise_marks import MARK, PARTS, read_mark
from build_tools.text.problems import Place, Problem, did_you_mean

MAX_CLAUSE_DEPTH = 4

_OF_HEADINGS = f"#id, when=, {RESTS_ON}=, {CHANGE}=, {FROM}= or .group"
_ATTRIBUTES = {
    Kind.SECTION: _OF_HEADINGS,
    Kind.GROUP: _OF_HEADINGS,
    Kind.CLAUSE: f"#id, when=, each=, {RESTS_ON}=, {CHANGE}=, {FROM}=, or .promise with who=, every= and by=",
}
_ITEM = re.compile(r"\bitem\b")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclasses.dataclass(slots=True)
class _Open:
    """A heading whose contents are still being read."""

    level: int
    provision: Provision
    children: list[Provision]


class SectionReader:
    """Reads section files into provisions and collects all mistakes."""

    def __init__(self, schema: Schema | None, cited: frozenset[str], *, is_sealed: bool = False) -> None:
        """Start without any section; without a schema, whatever depends on one is not checked.

        How a sealed edition is typed is not checked: nobody could change it, and it is read as it always was.
        """
        self.schema = schema
        self.is_sealed = is_sealed
        self.cited = cited
        self.sections: list[Provision] = []
        self.problems: list[Problem] = []
        self.conditions: dict[str, frozenset[Condition]] = {}
        self._places: dict[str, Place] = {}
        self._refs: list[tuple[str, str, Place]] = []
        self._lines: list[str] = []
        self._beginnings: list[tuple[str, Place]] = []

    def read(self, text: str, file: str) -> None:
        """Read one section file."""
        blocks, problems = parse_blocks(text, file)
        self.problems.extend(problems)
        self._lines = text.split("\n")
        if not blocks or blocks[0].kind != "heading" or blocks[0].level != 1:
            self._problem(Place(file, 1), "A section file must begin with its title: # Title {: #id }")
            return
        stack: list[_Open] = []
        guidance: list[Block] = []
        for block in blocks:
            if block.kind == "guidance":
                guidance.append(block)
                continue
            notes = tuple(note.text for note in guidance)
            for note in guidance:
                self._check_note(note)
            guidance = []
            if block.kind == "heading":
                if block.level == 1 and stack:
                    self._problem(
                        block.place, "A file can have only one top-level section. Start a new file for this one."
                    )
                while stack and stack[-1].level >= block.level:
                    self._close(stack)
                self._check_form(block, stack[-1].level if stack else 0)
                around = [opened.provision for opened in stack]
                stack.append(_Open(block.level, self._heading(block, around, notes), []))
            else:
                around = [opened.provision for opened in stack]
                stack[-1].children.append(self._clause(block, around, notes, depth=1))
        for note in guidance:
            self._problem(
                note.place,
                "Guidance must be above the clause or heading that it is about, but nothing follows it. Move it.",
            )
        while stack:
            self._close(stack)

    def check_refs(self) -> None:
        """Check the clauses' citations of one another, once all files are read."""
        provisions = {provision.id: provision for section in self.sections for provision in section.walk()}
        for source, target, place in self._refs:
            if target not in self._places:
                self._problem(
                    place, f'ref("{target}"): no section or clause has this id.{did_you_mean(target, self._places)}'
                )
            elif why := why_not_citable(provisions[target]):
                self._problem(place, f'ref("{target}"): {why}')
            elif not self.conditions[target] <= self.conditions.get(source, frozenset()):
                self._problem(
                    place,
                    (
                        f'ref("{target}"): not every school has that clause or section. Put its when= on this clause '
                        "too."
                    ),
                )

    def check_entries(self) -> None:
        """Check, once all files are read, that no id is the same as that of an entry of a school's list."""
        repeated = {provision.id for section in self.sections for provision in section.walk() if provision.each}
        for identity, place in self._places.items():
            if lead := entry_of(identity, repeated):
                self._problem(place, f"The id {identity} is used for an entry of {lead}. Choose another.")

    def check_bases(self) -> None:
        """Check, once all files are read, that what claims the law names it, if any clause names its basis."""
        provisions = [provision for section in self.sections for provision in section.walk()]
        if not any(provision.rests_on for provision in provisions):
            return
        for provision in provisions:
            if provision.kind is not Kind.CLAUSE:
                continue
            first, *_ = (*provision.rests_on, Basis(GOOD_PRACTICE))
            is_practice = all(basis.source == GOOD_PRACTICE for basis in provision.rests_on)
            if is_practice and claims_law(provision.source):
                message = f"This clause says that something is required, but not by what law. Name it in {RESTS_ON}=."
                self._problem(provision.place, message)
            elif provision.freedom is Freedom.FIXED and first.source == GOOD_PRACTICE:
                message = f"This clause is marked as fixed by law. Name the law first in {RESTS_ON}=, or write"
                self._problem(provision.place, f'{message} {CHANGE}="{Freedom.FREE}".')

    def check_beginnings(self, date: str) -> None:
        """Check that what comes into force later does so after the date of the edition."""
        for begins, place in self._beginnings:
            if message := too_early(begins, date):
                self._problem(place, message)

    def _close(self, stack: list[_Open]) -> None:
        done = stack.pop()
        provision = dataclasses.replace(done.provision, children=tuple(done.children))
        if stack:
            stack[-1].children.append(provision)
        else:
            self.sections.append(provision)

    def _heading(self, block: Block, around: list[Provision], notes: tuple[str, ...]) -> Provision:
        is_called_group = (".", "group") in block.attributes
        if is_called_group and block.level == 1:
            self._problem(block.place, "The title of a file is a section, so it cannot be a .group.")
        is_group = block.level > 2 or is_called_group  # noqa: PLR2004 - # and ## are sections
        kind = Kind.GROUP if is_group else Kind.SECTION
        return self._provision(block, kind, around, notes, ())

    def _clause(self, block: Block, around: list[Provision], notes: tuple[str, ...], depth: int) -> Provision:
        if depth > MAX_CLAUSE_DEPTH:
            self._problem(block.place, f"Clauses can be nested at most {MAX_CLAUSE_DEPTH} levels deep.")
        self._check_form(block, depth - 1)
        bare = self._provision(block, Kind.CLAUSE, around, notes, ())
        children = tuple(self._clause(child, [*around, bare], (), depth + 1) for child in block.children)
        if any(child.each for child in children) and len(children) > 1:
            self._problem(
                block.place,
                (
                    "A clause with each= must be the only one under its lead-in, so that the list does not change "
                    "other letters."
                ),
            )
        if bare.each and (depth == 1 or children):
            self._problem(block.place, "A clause with each= must be under a lead-in, with nothing under it.")
        return dataclasses.replace(bare, children=children)

    def _provision(
        self,
        block: Block,
        kind: Kind,
        around: list[Provision],
        notes: tuple[str, ...],
        children: tuple[Provision, ...],
    ) -> Provision:
        identity = block.attribute("id") or ""
        lost = [] if self.is_sealed else list(lookalikes(block.text, is_heading=block.kind == "heading"))
        for line, message in lost:
            self._problem(dataclasses.replace(block.place, line=(block.place.line or 1) + line), message)
        self._check_attributes(block, kind)
        self._check_id(identity, kind, block, is_lost=bool(lost))
        when = self._when(block)
        each = self._each(block)
        granted = frozenset[Condition]().union(*(outer.when for outer in around))
        self.conditions.setdefault(identity, granted.union(when))
        if impossible := self._impossible(granted.union(when)):
            self._problem(block.place, impossible)
        if each and kind is Kind.CLAUSE and not self.is_sealed and not _ITEM.search(block.text):
            self._problem(block.place, "A clause with each= must print its entry. Write {{ item }} or a part of it.")
        # the title of a section is shown even if its own condition leaves the section out
        needed = {c.field for c in (granted if kind is Kind.SECTION else granted.union(when))}
        needed |= {each} if each else set()
        promise: PromiseMark | None = None
        if not lost and each == block.attribute("each"):
            scope = self._scope(each, frozenset(needed))
            self._check_text(block, scope, identity)
            promise = self._promise(block, kind, scope)
        rests_on, freedom = self._basis(block, around)
        begins = self._beginning(block, around)
        if promise and (too_early := due_too_early(promise.by, begins)):
            self._problem(block.place, too_early)
        return Provision(
            kind, identity, block.text, when, each, notes, children, block.place, promise, rests_on, freedom, begins
        )

    def _basis(self, block: Block, around: list[Provision]) -> tuple[tuple[Basis, ...], Freedom | None]:
        """Return what a part rests on and how free a school is to change it: what it says, or what is around it."""
        rests_on, wrong = read_basis(block, self.cited)
        freedom, others = read_freedom(block)
        self.problems.extend([*wrong, *others])
        outer = around[-1] if around else None
        return rests_on or (outer.rests_on if outer else ()), freedom or (outer.freedom if outer else None)

    def _beginning(self, block: Block, around: list[Provision]) -> str | None:
        """Return from when a part is in force: what it says, or what is around it."""
        begins, wrong = read_beginning(block, around[-1].begins if around else None)
        self.problems.extend(wrong)
        if FROM in dict(block.attributes) and begins and not wrong:
            self._beginnings.append((begins, block.place))
        return begins

    def _scope(self, each: str | None, needed: frozenset[str]) -> Scope | None:
        """Return what the words of a part may refer to; None without a schema."""
        if self.schema is None:
            return None
        return Scope(self.schema, self.cited, self.schema.lookup(each) if each else None, needed)

    def _promise(self, block: Block, kind: Kind, scope: Scope | None) -> PromiseMark | None:
        if kind is not Kind.CLAUSE or scope is None:
            return None
        promise, wrong = read_mark(block, scope)
        self.problems.extend(wrong)
        return promise

    def _check_form(self, block: Block, depth: int) -> None:
        """Check how deep a heading or list item is, `depth` levels below the highest; a paragraph is no deeper."""
        line = self._lines[(block.place.line or 1) - 1]
        wrong = None
        if block.kind == "heading":
            wrong = wrong_level(block.level, depth)
        elif block.is_item:
            wrong = wrong_indent(line, depth)
        if wrong and not self.is_sealed:
            self._problem(block.place, wrong)

    def _check_id(self, identity: str, kind: Kind, block: Block, *, is_lost: bool) -> None:
        place = block.place
        if not identity:
            # an attribute list that cannot be read has its own message
            if not is_lost and not any(problem.place == place for problem in self.problems):
                self._problem(place, f"This {kind} has no id. End it with {{: #id }}.")
        elif not is_id(identity):
            self._problem(place, f"The id {identity} must be lower-case words with hyphens.")
        elif identity in self._places:
            self._problem(place, f"The id {identity} is used twice; it is also at {self._places[identity]}.")
        else:
            self._places[identity] = place

    def _check_attributes(self, block: Block, kind: Kind) -> None:
        names = Counter(name for name, _ in block.attributes if name != ".")
        for name in (name for name, count in names.items() if count > 1):
            self._problem(block.place, f"The attribute {name} is here twice. Keep one.")
        is_clause = kind is Kind.CLAUSE
        known = {"id", "when", RESTS_ON, CHANGE, FROM, *(("each", *PARTS) if is_clause else ())}
        for name, value in block.attributes:
            if name not in known and (name, value) != (MARK if is_clause else (".", "group")):
                wrong = f"{name}{value if name == '.' else ''} is not an attribute of a {kind}."
                self._problem(block.place, f"{wrong} Use {_ATTRIBUTES[kind]}.")

    def _when(self, block: Block) -> tuple[Condition, ...]:
        if self.schema is None:
            return ()
        conditions, wrong = read_when(block, self.schema)
        self.problems.extend(wrong)
        return conditions

    def _impossible(self, conditions: frozenset[Condition]) -> str | None:
        """Return why no school can have a clause, if its conditions exclude one another."""
        if self.schema is None or self.is_sealed:
            return None
        field = contradicted(conditions, self.schema)
        if field is None:
            return None
        return f"when: no school has this: it and the parts around it ask for different answers to {field}."

    def _each(self, block: Block) -> str | None:
        path = block.attribute("each")
        if path is None or self.schema is None:
            return path
        field = self.schema.lookup(path)
        if field is None or not field.kind.traits.has_entries:
            self._problem(block.place, f"each: {path} is not a list in the schema.")
            return None
        return path

    def _check_text(self, block: Block, scope: Scope | None, identity: str) -> None:
        if scope is None:
            self.problems.extend(_markup_problems(block.text, block.place))
            return
        uses, problems = checked(block.text, block.place, scope)
        if not (problems or self.is_sealed):
            problems = [Problem(block.place, message) for message in printed_marks(block.text)]
        self.problems.extend(problems)
        self._refs.extend((identity, ref, block.place) for ref in uses.refs)

    def _check_note(self, note: Block) -> None:
        if self.schema is None:
            self.problems.extend(_markup_problems(note.text, note.place, is_note=True))
            return
        # a note is shown on the page of the template, where the value of each field is its name
        every = frozenset(field.path for field in self.schema.fields)
        _uses, problems = checked(note.text, note.place, Scope(self.schema, self.cited, None, every), is_note=True)
        self.problems.extend(problems)

    def _problem(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))


def read_when(block: Block, schema: Schema) -> tuple[tuple[Condition, ...], list[Problem]]:
    """Return the conditions under which a school has a part, and what is wrong with them."""
    text = block.attribute("when")
    if text is None:
        return (), []
    conditions, wrong = parse_condition(text, schema)
    return conditions, [Problem(block.place, message) for message in wrong]


def checked(text: str, place: Place, scope: Scope, *, is_note: bool = False) -> tuple[Uses, list[Problem]]:
    """Return what a clause's words refer to, and every mistake in their language and Markdown."""
    uses, problems = check_text(text, place, scope)
    return uses, [*problems, *_markup_problems(text, place, is_note=is_note)]


def _markup_problems(text: str, place: Place, *, is_note: bool = False) -> Iterator[Problem]:
    """Yield every mistake in the Markdown of a clause's words, which needs no schema."""
    for message in markup.inline_mistakes(text, is_note=is_note):
        yield Problem(place, message)
    if not markup.has_words(text):
        yield Problem(place, "This clause has no words. Write some, or delete it.")


def why_not_citable(provision: Provision) -> str | None:
    """Return why a provision cannot be cited; None for sections and clauses, which have numbers."""
    if provision.kind is Kind.GROUP:
        return "a group has no number. Cite its section, or one of its clauses."
    if provision.each:
        return "it becomes a clause for each entry of a list. Cite the clause above it."
    return None


def entry_of(identity: str, repeated: AbstractSet[str]) -> str | None:
    """Return the repeated clause whose entry has this id (`platform` for `platform-3`); None if there is none."""
    lead, _, index = identity.rpartition("-")
    return lead if index.isdigit() and lead in repeated else None


def is_id(text: str) -> bool:
    """Return whether a text can be an id: lower-case words with hyphens."""
    return _ID.fullmatch(text) is not None
