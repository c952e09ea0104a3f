"""What a new edition means for all schools, as plain text of at most two screens."""

import textwrap
from collections.abc import Iterable, Sequence

from build_tools.schema.fields import Choice
from build_tools.text.problems import one_of
from build_tools.upgrading.grouping import Group, display_name, own_mistakes, questions
from build_tools.upgrading.plan import Outcome, Rehearsal

WIDTH = 80
_LINES_OF_NAMES = 2
_LINES_OF_MISTAKES = 8
_LINES = 46
"""Two screens, with what the command prints before and after."""
_FEWEST_LINES = 10
"""The lines that questions get even if everything else takes many."""


def render_rehearsal(rows: Sequence[Rehearsal], edition: str, *, is_written: bool = False) -> str:
    """Return what a new edition means for all schools: what needs no answer, and each question with its schools.

    `is_written` says whether the files that need no answer were written.
    """
    nothing = "" if is_written else " Nothing was written."
    above = [*_wrapped(f"What edition {edition} means for {_counted(rows)}.{nothing}", ""), ""]
    above += _outcomes(rows, edition, is_written=is_written)
    below = _section("Mistakes that files have today", own_mistakes(rows), _LINES_OF_MISTAKES, ("mistake", "Found at"))
    below += _advice(rows, edition, is_written=is_written)
    room = max(_FEWEST_LINES, _LINES - len(above) - len(below))
    asked = _section("What must be answered", questions(rows), room, ("question", "Asked of"))
    return "\n".join([*above, *asked, *below]) + "\n"


def _outcomes(rows: Sequence[Rehearsal], edition: str, *, is_written: bool) -> list[str]:
    """Return how many schools there are with each outcome, and which."""
    titles = {
        Outcome.READY: "Written" if is_written else "Need no answer",
        Outcome.ASKS: "Must answer questions first",
        Outcome.WAITS: "Wait for others in their federation",
        Outcome.MISTAKES: "Skipped, because their files have mistakes today",
        Outcome.DONE: f"Already use {edition} or a later edition",
    }
    lines = []
    for outcome, title in titles.items():
        found = [row for row in rows if row.outcome is outcome]
        if found:
            lines += _wrapped(f"{title}: {_counted(found)}.", "")
            lines += _names([display_name(row) for row in found], "  ")
    return lines


def _section(title: str, groups: Sequence[Group], most: int, words: tuple[str, str]) -> list[str]:
    """Return a numbered list of groups of at most so many lines; `words` name a group and introduce its schools."""
    what, lead = words
    lines: list[str] = []
    for index, group in enumerate(groups):
        told = _group_lines(group, index + 1, lead)
        if lines and len(lines) + len(told) > most:
            left = len(groups) - index
            lines.append(f"And {left:,} more {what}{'' if left == 1 else 's'}: --report FILE.csv lists them all.")
            break
        lines += told
    return ["", f"{title}:", "", *lines] if lines else []


def _group_lines(group: Group, number: int, lead: str) -> list[str]:
    mark = f"{number}. "
    inside = " " * len(mark)
    lines = _wrapped(group.message, inside, most=3)
    lines[0] = mark + lines[0].removeprefix(inside)
    if not all(choice.title in group.message for choice in group.choices):
        lines += _wrapped(_offered(group.choices), inside, most=2)
    return [*lines, *_names(group.names, inside, f"{lead} {len(group.names):,}: ")]


def _offered(choices: Iterable[Choice]) -> str:
    return f"Answers: {one_of(f'{choice.value} ({choice.title})' for choice in choices)}."


def _names(names: Sequence[str], indent: str, lead: str = "") -> list[str]:
    """Return as many names as fit into two lines, and the number of the others."""
    for shown in range(min(len(names), WIDTH), 0, -1):
        left = len(names) - shown
        more = f" and {left:,} more" if left else ""
        lines = _wrapped(f"{lead}{', '.join(names[:shown])}{more}", indent)
        if len(lines) <= _LINES_OF_NAMES:
            return lines
    return _wrapped(f"{lead}{names[0]}", indent)


def _wrapped(text: str, indent: str, most: int | None = None) -> list[str]:
    # paths and the names of folders have hyphens, and are copied
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=indent, subsequent_indent=indent, max_lines=most, placeholder=" …", break_on_hyphens=False
    )
    return wrapper.wrap(text)


def _counted(rows: Sequence[Rehearsal]) -> str:
    federations = sum(row.is_federation for row in rows)
    schools = len(rows) - federations
    counts = [(schools, "school"), (federations, "federation")]
    return " and ".join(f"{n:,} {what}{'' if n == 1 else 's'}" for n, what in counts if n) or "no school"


def _advice(rows: Sequence[Rehearsal], edition: str, *, is_written: bool) -> list[str]:
    """Return what to type next; commands have lines of their own, to be copied."""
    first = {row.outcome: row.school for row in reversed(rows)}
    told = []
    if Outcome.READY in first and not is_written:
        told += ["To write the files that need no answer:", f"  policy upgrade --all --to {edition} --write"]
    if school := first.get(Outcome.ASKS):
        told += ["To see all that one school must decide, and how (--write changes its file):"]
        told += [f"  policy upgrade {school} --to {edition}"]
    if school := first.get(Outcome.MISTAKES):
        told += ["To see the mistakes of one file, with their lines:", f"  policy check {school}"]
    if told:
        told += ["To see everything, school by school:", "  add --report FILE.csv (for a spreadsheet) or FILE.json"]
        told.insert(0, "")
    return told
