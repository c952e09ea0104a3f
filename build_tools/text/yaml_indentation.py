"""Lines of a YAML file that are not indented like the lines that they belong with."""

from collections.abc import Collection

from build_tools.text.yaml_corrections import UNREADABLE, Cause, line_below, no_colon, without
from build_tools.text.yaml_lines import Line, Lines
from build_tools.text.yaml_slips import written


def first_indented(line: Line, lines: list[str]) -> Cause:
    """Return the cause of a file whose first lines are indented, and this one is not."""
    first = next(iter(Lines(lines)))
    own = len(first.indent)
    if first.number >= line.number or not own or first.indent.strip(" "):
        return Cause(line.number, UNREADABLE, without(lines, line.number - 1), is_sure=False)
    changed = [text.removeprefix(first.indent) if at < line.number else text for at, text in enumerate(lines, 1)]
    message = f"This line is indented by {_spaces(own)}, and line {line.number} is not. Delete the spaces before it."
    return Cause(first.number, message, changed, is_sure=True)


def out_of_line(line: Line, lines: list[str], told: Collection[int]) -> Cause:
    """Return the cause of a line that is indented by a number of spaces that no line above it has."""
    above = _places_above(line, lines)
    at = line.number - 1
    if not above or line.rest.startswith(":"):
        message = "A name is missing before the colon. Write the name of a question."
        return Cause(line.number, message, without(lines, at), is_sure=False)
    own = len(line.indent)
    places = [place for place in above if bool(place.hyphens) == bool(line.hyphens) or not line.hyphens]
    # a line that begins a block is indented less than what is in it
    below = line_below(line, lines).column
    fitting = [place for place in places if not own < below <= _indent_like(place, line)]
    # people put a blank line before what begins further left
    is_new_part = at > 0 and not lines[at - 1].strip()
    nearest = min(
        fitting or places or above,
        key=lambda place: (abs(_indent_like(place, line) - own), is_new_part * len(place.indent)),
    )
    wanted = _indent_like(nearest, line)
    if nearest.hyphens and not line.hyphens and own == len(nearest.indent):
        entry = f"If it is an entry of the list, write: - {written(line.rest)}"
        unless = "if not, indent it like the lines that it belongs with."
        message = f"This line is below the hyphens of a list. {entry}; {unless}"
        return Cause(line.number, message, without(lines, at), is_sure=False)
    if wanted == own and nearest.name is None:
        return no_colon(nearest, lines)
    if wanted == own:
        check = "Check how far both are indented, and that a space follows each hyphen."
        message = f"This line does not fit the one above it. {check}"
        return Cause(line.number, message, without(lines, at), is_sure=False)
    if _is_first_to_blame(nearest, line, lines, told):
        return _shifted(nearest, nearest.column - wanted + own, line, lines, upto=at)
    return _shifted(line, wanted, nearest, lines, upto=line.number)


def _shifted(line: Line, wanted: int, like: Line, lines: list[str], *, upto: int) -> Cause:
    """Return the cause of a line that has to be indented like another; what is below it moves with it."""
    own = line.column if line.number < like.number else len(line.indent)
    name = f"{like.name} on line {like.number}" if like.name else f"line {like.number}"
    do = f"Indent it by {_spaces(len(line.indent) + wanted - own)}" if wanted else "Delete the spaces"
    is_indented = f"indented by {_spaces(len(line.indent))}" if line.indent else "not indented"
    message = f"This line is {is_indented}, which fits nothing around it. {do}, like {name}."
    changed = list(lines)
    for at in range(line.number - 1, upto):
        if changed[at].strip():
            bare = changed[at].lstrip(" ")
            changed[at] = " " * (len(changed[at]) - len(bare) + wanted - own) + bare
    return Cause(line.number, message, changed, is_sure=abs(wanted - own) == 1)


def _is_first_to_blame(first: Line, line: Line, lines: list[str], told: Collection[int]) -> bool:
    """Return whether the line above is out of line: more of those that follow are indented like the line below it."""
    if first.number in told or line.number in told:
        return first.number in told
    lowest = min(len(first.indent), len(line.indent))
    before = sum(
        other.column == first.column for other in Lines(lines[: line.number - 1]) if other.number >= first.number
    )
    after = 0
    for other in Lines(lines[line.number - 1 :]):
        if len(other.indent) < lowest:
            break
        after += other.column == line.column
    return after > before or (after == before and first.column % 2 > line.column % 2)


def _indent_like(place: Line, line: Line) -> int:
    """Return how far a line has to be indented to be next to another."""
    return len(place.indent) if line.hyphens else place.column


def _places_above(line: Line, lines: list[str]) -> list[Line]:
    """Return the lines above one that it could be next to, the nearest first."""
    found: list[Line] = []
    lowest = None
    for other in reversed(list(Lines(lines[: line.number - 1]))):
        if lowest is None or len(other.indent) < lowest:
            found.append(other)
            lowest = len(other.indent)
    return found


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"
