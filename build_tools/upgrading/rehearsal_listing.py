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
_LINES = 48
"""Two screens, with what the command prints before and after."""
_LINES_AROUND = 4
"""The lines of a list that are not its questions: the title, and how many more there are."""
_FEWEST_LINES = 10
"""The lines that questions get even if everything else takes many."""


def render_rehearsal(rows: Sequence[Rehearsal], edition: str, *, is_written: bool = False) -> str:
    """Return what a new edition means for all schools: what needs no answer, and each question with its schools.

    `is_written` says whether the files that need no answer were written.
    """
    nothing = "" if is_written else " Nothing was written."
    above = [*_wrapped(f"What edition {edition} means for {_counted(rows)}.{nothing}", ""), ""]
    above += _outcomes(rows, edition, is_written=is_written)
    below = _advice(rows, edition, is_written=is_written)
    wrong = [_group_lines(group, at, "Found at") for at, group in enumerate(own_mistakes(rows), 1)]
    asked = [_group_lines(group, at, "Asked of") for at, group in enumerate(questions(rows), 1)]
    around = _LINES_AROUND * (bool(asked) + bool(wrong))
    room = max(_FEWEST_LINES, _LINES - len(above) - len(below) - around)
    # mistakes get what questions leave, but always some lines
    for_mistakes = min(sum(map(len, wrong)), max(_LINES_OF_MISTAKES, room - sum(map(len, asked))))
    middle = _section("What must be answered", asked, room - for_mistakes, "question")
    middle += _section("Mistakes that files have today", wrong, for_mistakes, "mistake")
    return "\n".join([*above, *middle, *below]) + "\n"


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


def _section(title: str, groups: Sequence[list[str]], most: int, what: str) -> list[str]:
    """Return the lines of groups, as many groups as fit into so many lines, under a title; nothing without groups."""
    lines: list[str] = []
    for index, told in enumerate(groups):
        if lines and len(lines) + len(told) > most:
            left = len(groups) - index
            lines.append(f"And {left:,} more {what}{'' if left == 1 else 's'}: --report FILE.csv lists them all.")
            break
        lines += told
    return ["", f"{title}:", "", *lines] if lines else []


def _group_lines(group: Group, number: int, lead: str) -> list[str]:
    """Return a question or mistake, the answers that it has, and its schools."""
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
    lines: list[str] = []
    for shown in range(1, len(names) + 1):
        left = len(names) - shown
        more = f" and {left:,} more" if left else ""
        longer = _wrapped(f"{lead}{', '.join(names[:shown])}{more}", indent)
        if lines and len(longer) > _LINES_OF_NAMES:
            break
        lines = longer
    return lines


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
