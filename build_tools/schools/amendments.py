"""Read the amendments of a school, and those of its federation, checked against its edition."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_tools.policy.model import Action, Amendment, Kind, Provision
from build_tools.schools.line_amendments import read_line, why_not_a_line
from build_tools.schools.meant_provision import MeantProvisions
from build_tools.template.blocks import Block, parse_blocks
from build_tools.template.edition import Edition
from build_tools.template.handouts import NO_NUMBERS
from build_tools.template.language import Scope
from build_tools.template.promise_marks import MARK, PARTS, read_mark
from build_tools.template.sections import MAX_CLAUSE_DEPTH, checked, entry_of, is_id, why_not_citable
from build_tools.text.problems import Place, Problem, did_you_mean, one_of
from build_tools.text.yaml_file import Document

_KEYS = {
    Action.REPLACE: ({"with", "because"}, set[str]()),
    Action.INSERT: ({"after", "text", "because"}, {"title"}),
    Action.OMIT: ({"because"}, set[str]()),
}


class AmendmentReader:
    """Reads lists of amendments, a federation's before its school's, and collects all mistakes."""

    def __init__(self, edition: Edition, given: Iterable[str], meant: MeantProvisions) -> None:
        """Start without amendments.

        `given` has the paths of the fields that have an answer; `meant` explains what is not an id.
        """
        self.document: Document
        self._meant = meant
        self.edition = edition
        self._given = frozenset(given)
        self.problems: list[Problem] = []
        self._of_edition = edition.amendable
        self._known = dict(self._of_edition)
        self._depths = {identity: label.citation.count("(") for identity, label in edition.labels.items()}
        self._lines = {part.id for handout in edition.handouts for part in handout.walk()}
        """The parts and lines of handouts, those that are inserted too."""
        self._amended: dict[str, int] = {}
        self._repeated = {p.id for p in edition.walk() if p.each}
        self._shared: dict[str, str] = {}
        """The federation's insertions: the id of the whole insertion, by the id of each part."""

    def read(self, document: Document, by: str | None = None) -> tuple[Amendment, ...]:
        """Return the amendments of a file that have no mistakes; `problems` has what is wrong with the others.

        `by` is the federation's name if the file is a federation's, None if it is a school's.
        """
        self.document = document
        self._amended.clear()
        data = document.data.get("amendments", [])
        if not isinstance(data, list):
            self._problem(("amendments",), "amendments must be a list. Begin each one with a hyphen: - replace: id")
            return ()
        read = [(index, self._amendment(entry, index)) for index, entry in enumerate(data)]
        found = tuple(
            dataclasses.replace(amendment, by=by, reason_place=document.text_place(("amendments", index, "because")))
            for index, amendment in read
            if amendment
        )
        if by:
            self._shared = {part.id: top.id for amendment in found for top in amendment.inserted for part in top.walk()}
        return found

    def _amendment(self, entry: Any, index: int) -> Amendment | None:  # noqa: ANN401 - any YAML value
        at = ("amendments", index)
        actions = [action for action in Action if isinstance(entry, dict) and action in entry]
        if len(actions) != 1:
            self._problem(
                at, "Begin an amendment with one of replace, insert and omit, and the id of a clause or section."
            )
            return None
        action = actions[0]
        needed, optional = _KEYS[action]
        wrong = False
        for key in entry.keys() - needed - optional - {action}:
            hint = did_you_mean(key, needed | optional) or f" It has {one_of(sorted(needed | optional))}."
            self._problem((*at, key), f"{action} {entry[action]}: unknown part {key}.{hint}")
            wrong = True
        for key in sorted(needed - entry.keys()):
            self._problem(at, f"{action} {entry[action]}: {key} is missing.{_WHY[key]}")
            wrong = True
        for key in entry:
            if not isinstance(entry[key], str) or not entry[key].strip():
                self._problem((*at, key), f"{action}: {key} must be text. Write it after the colon.")
                wrong = True
        if wrong:
            return None
        because = " ".join(entry["because"].split())
        place = self.document.place(at)
        if action is Action.INSERT:
            return self._insertion(entry, because, at, place)
        target = self._target(entry[action], action, (*at, action))
        if target is None:
            return None
        if action is Action.OMIT:
            return Amendment(action, target.id, because, place=place)
        return self._replacement(entry["with"], target, because, at)

    def _target(self, identity: str, action: Action, at: tuple[str | int, ...]) -> Provision | None:
        said = f"{'after' if action is Action.INSERT else action} {identity}"
        target = self._known.get(identity)
        if target is None:
            if meant := self._meant.explain(identity, lambda meant: f"{at[-1]}: {meant}"):
                self._problem(at, f"{said}: {meant}")
                return None
            hint = did_you_mean(identity, self._known) or " The page of the template lists every id."
            self._problem(at, f"{said}: edition {self.edition.name} has no clause or section {identity}.{hint}")
            return None
        if identity in self._repeated:
            self._problem(at, f"{said}: this clause lists the school's own answers. Amend the clause above it.")
            return None
        if action is Action.INSERT:
            return target
        top = self._shared.get(identity)
        if top and (top != identity or action is Action.REPLACE):
            self._problem(
                at, f"{said}: the federation inserted this. Insert your own {top} instead, or omit the whole of it."
            )
            return None
        if identity not in self._of_edition and not top:
            self._problem(at, f"{said}: your own amendment inserted this. Change it there.")
            return None
        if first := self._amended.get(identity):
            self._problem(at, f"{said}: it is already amended on line {first}. Keep one of them.")
            return None
        self._amended[identity] = self.document.place(at).line or 0
        return target

    def _replacement(self, text: str, target: Provision, because: str, at: tuple[str | int, ...]) -> Amendment | None:
        place = self.document.text_place((*at, "with"))
        blocks, problems = self._blocks(text, place)
        if not problems and (
            len(blocks) != 1 or blocks[0].kind != "clause" or blocks[0].children or blocks[0].attributes
        ):
            self._problem(
                (*at, "with"),
                f"replace {target.id}: its new words must be one paragraph. The clauses under it stay as they are.",
            )
            return None
        if problems:
            return None
        source = blocks[0].text
        self._check(source, place, target.id, target.each)
        return Amendment(Action.REPLACE, target.id, because, source=source, place=place)

    def _insertion(
        self, entry: Mapping[str, str], because: str, at: tuple[str | int, ...], place: Place
    ) -> Amendment | None:
        identity = entry["insert"]
        after = self._target(entry["after"], Action.INSERT, (*at, "after"))
        self._give_way(identity)
        if self._is_taken(identity):
            self._problem((*at, "insert"), f"insert {identity}: this id is already used. Choose another.")
            return None
        if not is_id(identity):
            self._problem((*at, "insert"), f"insert {identity}: an id must be lower-case words with hyphens.")
            return None
        blocks, problems = self._blocks(entry["text"], self.document.text_place((*at, "text")))
        if after is None or problems:
            return None
        make = self._line if after.id in self._lines else self._part
        inserted = make(blocks, identity, after, entry.get("title"), at)
        if inserted is None:
            return None
        return Amendment(Action.INSERT, after.id, because, inserted=(inserted,), place=place)

    def _part(
        self, blocks: Sequence[Block], identity: str, after: Provision, title: str | None, at: tuple[str | int, ...]
    ) -> Provision | None:
        """Return what is inserted after a clause or section."""
        expected = Kind.CLAUSE if title is None else Kind.SECTION
        if after.kind is not expected:
            what = (
                "a clause must follow a clause" if title is None else "a section (it has a title) must follow a section"
            )
            self._problem((*at, "after"), f"insert {identity}: {what}, but {after.id} is a {after.kind}.")
            return None
        if title is None and (why := _why_not_one_clause(blocks)):
            self._problem((*at, "text"), f"insert {identity}: {why}")
            return None
        if title is None:
            provision = self._clause(blocks[0], identity, after.id, self._depths[after.id])
        else:
            self._depths[identity] = 0
            children = tuple(self._clause(b, f"{identity}-{i}", after.id, 1) for i, b in enumerate(blocks, 1))
            self._check(title, self.document.text_place((*at, "title")), after.id, None)
            provision = Provision(Kind.SECTION, identity, title, children=children, place=self.document.place(at))
        for part in provision.walk():
            if self._is_taken(part.id):
                self._problem((*at, "text"), f"insert {identity}: the id {part.id} is already used. Choose another.")
            elif not is_id(part.id):
                self._problem((*at, "text"), f"insert {part.id}: an id must be lower-case words with hyphens.")
            self._known[part.id] = part
        return provision

    def _line(
        self, blocks: Sequence[Block], identity: str, after: Provision, title: str | None, at: tuple[str | int, ...]
    ) -> Provision | None:
        """Return what is inserted after a line of a handout."""
        if why := why_not_a_line(after, has_title=title is not None):
            self._problem((*at, "after"), f"insert {identity}: {why}")
            return None
        line, wrong = read_line(blocks, identity, after, self.document.text_place((*at, "text")))
        self.problems.extend(wrong)
        if line:
            self._check(line.source, line.place, after.id, None)
            self._known[identity] = line
            self._lines.add(identity)
        return line

    def _give_way(self, identity: str) -> None:
        """Forget the federation's insertion with an id, because the school's own words replace it."""
        if self._shared.get(identity) == identity:
            for part in self._known[identity].walk():
                del self._known[part.id], self._shared[part.id]

    def _is_taken(self, identity: str) -> bool:
        return identity in self._known or entry_of(identity, self._repeated) is not None

    def _clause(self, block: Block, identity: str, beside: str, depth: int) -> Provision:
        own = block.attribute("id") or identity
        self._depths[own] = depth
        if depth > MAX_CLAUSE_DEPTH:
            self.problems.append(Problem(block.place, f"Clauses can be nested at most {MAX_CLAUSE_DEPTH} levels deep."))
        if any(pair[0] != "id" and not _is_of_promise(pair) for pair in block.attributes):
            message = "An inserted clause can only have an id and .promise: {: #id }. It is always in the policy."
            self.problems.append(Problem(block.place, message))
        self._check(block.text, block.place, beside, None)
        promise, wrong = read_mark(block, self._scope(beside, None))
        self.problems.extend(wrong)
        children = tuple(
            self._clause(child, f"{own}-{i}", beside, depth + 1) for i, child in enumerate(block.children, 1)
        )
        return Provision(Kind.CLAUSE, own, block.text, children=children, place=block.place, promise=promise)

    def _blocks(self, text: str, place: Place) -> tuple[tuple[Block, ...], list[Problem]]:
        blocks, problems = parse_blocks(text, place.file, place.line or 1)
        problems += [
            Problem(b.place, "An amendment can only contain clauses. Delete headings and guidance.")
            for b in blocks
            if b.kind != "clause"
        ]
        self.problems.extend(problems)
        return blocks, problems

    def _check(self, source: str, place: Place, beside: str, each: str | None) -> None:
        """Check words next to a provision of the edition, where that provision's conditions are satisfied."""
        uses, problems = checked(source, place, self._scope(beside, each))
        self.problems.extend(problems)
        if uses.refs and beside in self._lines:
            self.problems.append(Problem(place, NO_NUMBERS))
            return
        for ref in sorted(uses.refs):
            if ref in self._lines:
                self.problems.append(Problem(place, f'ref("{ref}"): a handout has no numbers. Refer to a clause.'))
            elif ref not in self._known:
                unknown = self._meant.explain(ref, lambda meant: f'ref("{meant}")')
                unknown = unknown or f"no section or clause has this id.{did_you_mean(ref, self._known)}"
                self.problems.append(Problem(place, f'ref("{ref}"): {unknown}'))
            elif why := why_not_citable(self._known[ref]):
                self.problems.append(Problem(place, f'ref("{ref}"): {why}'))

    def _scope(self, beside: str, each: str | None) -> Scope:
        given = {condition.field for condition in self.edition.conditions.get(beside, ())}
        return self.edition.scope(each, given | self._given)

    def _problem(self, at: tuple[str | int, ...], message: str) -> None:
        self.problems.append(Problem(self.document.place(at), message))


def _why_not_one_clause(blocks: Sequence[Block]) -> str | None:
    """Return why a text cannot be inserted as a clause; None if it can."""
    if len(blocks) != 1:
        return "a clause must be one paragraph, or one item with others indented under it."
    if not all(map(_is_of_promise, blocks[0].attributes)):
        return "its id is given here, so its text can only have {: .promise … }."
    return None


def _is_of_promise(attribute: tuple[str, str]) -> bool:
    return attribute == MARK or attribute[0] in PARTS


_WHY = {
    "because": " Say in a sentence why the school departs from the template.",
    "with": " Give the new words.",
    "after": " Name the clause or section that it follows.",
    "text": " Give the words.",
}
