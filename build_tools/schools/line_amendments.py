"""Read what a school inserts into the handouts of its edition: lines of its own."""

from collections.abc import Iterator, Sequence

from build_tools.policy.model import Blank, Kind, Provision
from build_tools.template.blocks import Block
from build_tools.template.handouts import NESTED, is_of_blank, read_blank
from build_tools.text.problems import Place, Problem


def why_not_a_line(after: Provision, *, has_title: bool) -> str | None:
    """Return why something cannot be inserted into a handout after a part of it; None if it can."""
    if has_title:
        return "a handout of your own is not possible. Insert lines into the edition's handouts, without a title."
    if after.kind is not Kind.CLAUSE:
        what = "the title of a handout" if after.kind is Kind.SECTION else "a heading"
        return f"a line must follow a line, but {after.id} is {what}."
    return None


def read_line(
    blocks: Sequence[Block], identity: str, after: Provision, place: Place
) -> tuple[Provision | None, list[Problem]]:
    """Return the line that is inserted after another, and what is wrong with it.

    A line after one to sign is to be signed too.
    """
    problems = list(_wrong(blocks, identity, place))
    if problems:
        return None, problems
    block = blocks[0]
    blank, choices, wrong = read_blank(block, is_signed=after.blank is Blank.SIGNATURE)
    return Provision(Kind.CLAUSE, identity, block.text, place=block.place, blank=blank, choices=choices), wrong


def _wrong(blocks: Sequence[Block], identity: str, place: Place) -> Iterator[Problem]:
    if len(blocks) != 1:
        yield Problem(place, f"insert {identity}: a line must be one paragraph. Insert each line by itself.")
    elif blocks[0].children:
        yield Problem(place, f"insert {identity}: {NESTED}")
    elif not all(map(is_of_blank, blocks[0].attributes)):
        message = 'a line can only have {: .line }, {: .box }, {: .choice } or {: .choices of="One|Another" }.'
        yield Problem(place, f"insert {identity}: {message}")
