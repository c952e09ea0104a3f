"""Read an edition's handouts: summaries on one page, agreements to sign, and forms to fill in.

    policy_src/EDITION/summary-NAME.md       clauses of the policy, word for word
    policy_src/EDITION/agreements/NAME.md    clauses of the policy in the words of those who sign

Every line of a handout is a clause of the policy, or says in other words what clauses of it say, or is to be filled in.
So a school's handouts cannot say what its policy does not.
"""

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

from build_tools.policy.model import Blank, Condition, Kind, Provision
from build_tools.template.blocks import Block, parse_blocks
from build_tools.template.language import Scope
from build_tools.template.seal import handout_files
from build_tools.template.sections import checked, is_id, read_when
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of
from build_tools.text.source import read_text, relative

_COPY = re.compile(r'\{\{ *clause\("(?P<id>[^"]*)"\) *\}\}')
_TITLE_LEVEL, _PART_LEVEL = 1, 2
_BLANKS = {(".", blank.value): blank for blank in Blank if blank is not Blank.SIGNATURE}
_SIGN = (".", "sign")
_OF = "of"
_NAMELESS = "handout"
"""The beginning of the ids of lines of a handout without an id, which is reported."""
NESTED = "These lines cannot be nested. Make each one a line of its own."
NO_NUMBERS = "Agreements, forms and summaries have no numbers, so they cannot refer to a clause. Delete the ref(…)."
_WORD = re.compile(r"[a-z0-9]+")
_ID_WORDS = 5
"""The most words of a part or line that make its id."""


def read_handouts(
    folder: Path,
    root: Path,
    scope: Scope,
    provisions: Mapping[str, Provision],
    conditions: Mapping[str, frozenset[Condition]],
) -> tuple[Provision, ...]:
    """Return the handouts of an edition; places are relative to `root`.

    `provisions` are the edition's sections and clauses, and `conditions` are those under which a school has each.

    Raises:
        Mistakes: everything that is wrong in any of them.
    """
    reader = _HandoutReader(scope, provisions, conditions)
    for path in handout_files(folder):
        file = relative(path, root)
        try:
            reader.read(read_text(path, file), file)
        except Mistakes as mistakes:
            reader.problems.extend(mistakes.problems)
    if reader.problems:
        raise Mistakes(reader.problems)
    return tuple(reader.handouts)


class _HandoutReader:
    """Reads one handout after the other, and collects all mistakes."""

    def __init__(
        self, scope: Scope, provisions: Mapping[str, Provision], conditions: Mapping[str, frozenset[Condition]]
    ) -> None:
        self.scope = scope
        self.provisions = provisions
        self.conditions = conditions
        self.handouts: list[Provision] = []
        self.problems: list[Problem] = []
        self._taken: dict[str, Place] = {}

    def read(self, text: str, file: str) -> None:
        blocks, problems = parse_blocks(text, file)
        self.problems.extend(problems)
        if not blocks or blocks[0].kind != "heading" or blocks[0].level != _TITLE_LEVEL:
            self._problem(Place(file, 1), "A handout must begin with its title: # Title {: #id }")
            return
        title = self._heading(blocks[0], Kind.SECTION, ())
        if title.id:
            self._identify(title.id, blocks[0].place)
        else:
            self._problem(blocks[0].place, "This handout has no id. End its title with {: #id }.")
            title = dataclasses.replace(title, id=_NAMELESS)
        parts: list[tuple[Provision, list[Provision]]] = []
        loose: list[Provision] = []
        notes: list[str] = []
        is_signed = False
        for block in blocks[1:]:
            if block.kind == "guidance":
                notes.append(block.text)
            elif block.kind == "heading" and block.level == _PART_LEVEL:
                is_signed = _SIGN in block.attributes
                parts.append((self._part(block, title), []))
            elif block.kind == "heading":
                self._problem(block.place, "A handout has one title and parts: # Title, then ## Part. Write ## here.")
            else:
                line = self._line(block, title, is_signed=is_signed)
                (parts[-1][1] if parts else loose).append(line)
        children = (*loose, *(dataclasses.replace(part, children=tuple(lines)) for part, lines in parts))
        self.handouts.append(dataclasses.replace(title, children=children, guidance=tuple(notes)))

    def _heading(self, block: Block, kind: Kind, extra: tuple[tuple[str, str], ...]) -> Provision:
        self._check_attributes(block, {"id", "when"}, extra, f"a {'title' if kind is Kind.SECTION else 'part'}")
        when = self._when(block)
        self._check(block, {condition.field for condition in when})
        return Provision(kind, block.attribute("id") or "", block.text, when, place=block.place)

    def _part(self, block: Block, title: Provision) -> Provision:
        return dataclasses.replace(self._heading(block, Kind.GROUP, (_SIGN,)), id=self._name(block, title, ()))

    def _line(self, block: Block, title: Provision, *, is_signed: bool) -> Provision:
        self._check_attributes(block, {"id", "when", "says", _OF}, tuple(_BLANKS), "a line of a handout")
        if block.children:
            self._problem(block.place, NESTED)
        blank, choices, wrong = read_blank(block, is_signed=is_signed)
        self.problems.extend(wrong)
        copied = _COPY.fullmatch(block.text.strip())
        says = (copied["id"],) if copied else tuple((block.attribute("says") or "").split())
        self._check_clauses(says, block, needed=blank is None)
        when = self._when(block)
        if not copied and (block.text or blank is None):
            given = {condition.field for condition in (*title.when, *when)}
            granted = {c.field for identity in says for c in self.conditions.get(identity, frozenset[Condition]())}
            self._check(block, given | granted)
        return Provision(
            Kind.CLAUSE,
            self._name(block, title, says),
            "" if copied else block.text,
            when,
            place=block.place,
            says=says,
            blank=blank,
            choices=choices,
        )

    def _name(self, block: Block, title: Provision, says: tuple[str, ...]) -> str:
        """Return the id of a part or line: its own, or one made of the handout's and its clause, or else its words."""
        own = block.attribute("id")
        stem = own or "-".join((title.id, *(says[:1] or _words_of_id(block))))
        identity, count = stem, 1
        while not own and identity in self._taken:
            count += 1
            identity = f"{stem}-{count}"
        self._identify(identity, block.place)
        return identity

    def _identify(self, identity: str, place: Place) -> None:
        if not is_id(identity):
            self._problem(place, f"The id {identity} must be lower-case words with hyphens.")
        elif identity in self.provisions:
            self._problem(place, f"The id {identity} is used twice; it is also at {self.provisions[identity].place}.")
        elif identity in self._taken:
            self._problem(place, f"The id {identity} is used twice; it is also at {self._taken[identity]}.")
        self._taken[identity] = place

    def _check_clauses(self, says: tuple[str, ...], block: Block, *, needed: bool) -> None:
        if needed and not says:
            message = 'This line does not say which clause it is made of. Write {{ clause("id") }}, or add says="id".'
            self._problem(block.place, message)
        for identity in says:
            if identity not in self.provisions:
                hint = did_you_mean(identity, self.provisions)
                self._problem(block.place, f"{identity}: no section or clause has this id.{hint}")
            elif self.provisions[identity].each:
                self._problem(block.place, f"{identity} repeats for each entry of a list. Name the clause above it.")

    def _when(self, block: Block) -> tuple[Condition, ...]:
        conditions, wrong = read_when(block, self.scope.schema)
        self.problems.extend(wrong)
        return conditions

    def _check(self, block: Block, given: set[str]) -> None:
        scope = dataclasses.replace(self.scope, given=frozenset(given))
        uses, problems = checked(block.text, block.place, scope)
        self.problems.extend(problems)
        if uses.refs:
            self._problem(block.place, NO_NUMBERS)

    def _check_attributes(self, block: Block, names: set[str], classes: tuple[tuple[str, str], ...], what: str) -> None:
        known = [*(f"{name}=" for name in sorted(names - {"id"})), *(f".{value}" for _, value in classes)]
        for name, value in block.attributes:
            if name not in names and (name, value) not in classes:
                wrong = f"{name}{value if name == '.' else ''} is not an attribute of {what}."
                self._problem(block.place, f"{wrong} Use {one_of(['#id', *known])}.")

    def _problem(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))


def read_blank(block: Block, *, is_signed: bool) -> tuple[Blank | None, tuple[str, ...], list[Problem]]:
    """Return what is to be filled in on a line, the words next to its boxes, and what is wrong with them.

    `is_signed` says whether its part is for signatures.
    """
    own = next((_BLANKS[a] for a in block.attributes if a in _BLANKS), None)
    blank = own or (Blank.SIGNATURE if is_signed else None)
    choices = tuple(filter(None, (word.strip() for word in (block.attribute(_OF) or "").split("|"))))
    wrong = (blank is Blank.CHOICES) != bool(choices)
    return blank, choices, [Problem(block.place, 'Write both: {: .choices of="One|Another" }.')] if wrong else []


def is_of_blank(attribute: tuple[str, str]) -> bool:
    """Return whether an attribute says what is to be filled in."""
    return attribute in _BLANKS or attribute[0] == _OF


def _words_of_id(block: Block) -> tuple[str, ...]:
    """Return the first words of a part or line for its id; the kind of its blank if it has none."""
    blank = next((value for name, value in block.attributes if name == "."), "line")
    return tuple(_WORD.findall(block.text.lower())[:_ID_WORDS]) or (blank,)
