"""What looks like a heading, a list item, a table or an attribute list, but would be printed as it is typed.

Markdown has no mistakes: whatever it does not recognise becomes text. These are the slips by which an author's
structure is lost in silence.
"""

import re
from collections.abc import Iterator

from build_tools.policy.model import plain
from build_tools.template.markup import JINJA, parse_inline

MAX_HEADING_LEVEL = 4
INDENT = 4
"""The spaces by which a list item is indented for each item that it is in."""

_ITEM = re.compile(r"\s*([-*+]|\d{1,3}[.)])\s+\S")
_NO_ITEM = re.compile(r"(?P<mark>[-–—•·▪◦●○*+])(?P<space>\s*)(?=[^\s*+-])")
_HEADING = re.compile(r"(#{1,6})(?=[^\s#])")
_TOO_DEEP = re.compile(r"#{7,}")
_STARS = re.compile(r"\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_LINK = re.compile(r"\]\s?\(\s*(?:https?:|mailto:|tel:|www\.)")
_TABLE = re.compile(r"\s*\|.*\||\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+")
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{2,4}|\d{1,2}[A-Z]?)\)\s|\d+(?:\.\d+)+[.)]?\s|\d+(?:\.\d+)*(?:\(\w{1,3}\))+\s")
_NUMBER = re.compile(r"(\d+(?:\.\d+)+[.)]?|\d{1,2}[.)])\s")
_BRACE = re.compile(r"[{}]")
_LIST = re.compile(r"\{:[^{}]*\}\s*$")
_NO_LIST = re.compile(r"\{\s+:|\{\s*#[a-z][^#]*\}|[{[]\s*:?\s*#[\w-]+[^\]}]*[\]}]\s*$")
_LOST_LIST = "This attribute list would be printed. Write {: #id } at the end, with a colon directly after the brace."
_SWALLOWED = (
    "This is read as part of the clause above it. Leave a line empty between them, or begin an item with a hyphen."
)
_BOLD = re.compile(r"\*\*[^*]+[^*.!?:]\*\*$")


def wrong_level(level: int, above: int) -> str | None:
    """Return what is wrong with the level of a heading below one of level `above`, 0 for the title; None if nothing is.

    A heading is at most one level below the one that it is in, and no group is in a group of a group.
    """
    if level > MAX_HEADING_LEVEL:
        return "A group can be in a group (####), but no deeper. Delete a #."
    if not above or level <= above + 1:
        return None
    group = " For a group directly under the title, write ## Title {: #id .group }." if above == 1 else ""
    typed = "#" * level
    return f"{typed} is a level too deep here: the heading above is {typed[:above]}. Write {typed[: above + 1]}.{group}"


def wrong_indent(line: str, depth: int) -> str | None:
    """Return what is wrong with how a list item begins that is in `depth` others; None if nothing is.

    Fewer than four spaces for each level can end the nesting without a word.
    """
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "There is a tab here. Indent with four spaces for each level."
    if line[len(indent) : len(indent) + 1] in "*+":
        return "Begin every item with a hyphen: another sign begins another list."
    if len(indent) == INDENT * depth:
        return None
    spaces = f"{len(indent)} space{'s' if len(indent) != 1 else ''}"
    return (
        f"This item is indented by {spaces}, but is read as level {depth + 1} of its list, which is indented by "
        f"{INDENT * depth}. Indent each level by four."
    )


def lookalikes(text: str, *, is_heading: bool) -> Iterator[tuple[int, str]]:
    """Yield the slips of structure in the words of a heading or clause: the line, from 0, and a message.

    The words have no attribute list, because that was recognised. Where there are any, they are not what was meant.
    """
    ended = False
    for index, line in enumerate(text.split("\n")):
        message = _of_number(line) if is_heading else _of_line(line, is_first=index == 0 or ended)
        if message or ended:
            yield index, message or _SWALLOWED
        # an attribute list before the last line ended another clause
        ended = _LIST.search(line) is not None
        if not ended and _NO_LIST.search(JINJA.sub(_blotted, line)):
            yield index, _LOST_LIST


def printed_marks(text: str) -> Iterator[str]:
    """Yield the marks of Markdown and of values that would be printed in a heading or clause, as they are typed."""
    bare = JINJA.sub(_blotted, text)
    printed = plain(parse_inline(bare))
    if _BRACE.search(bare):
        yield "A brace here would be printed. A value has two, {{ field }}; an attribute list has a colon, {: #id }."
    if _LINK.search(printed):
        yield "This link would be printed as it is typed. Write [words](https://…), with no space between ] and (."
    elif _FOOTNOTE.search(printed):
        yield "A footnote would be printed as it is typed. Say it in the clause, or write a clause for it."
    elif "~~" in printed:
        yield "Words cannot be struck out in a clause. Delete them, or the signs ~~."
    elif _STARS.search(printed):
        yield "An asterisk here has no match and would be printed. Write **strong** or *emphasis*, or delete it."


def _of_number(line: str) -> str | None:
    if number := _NUMBER.match(line):
        return f"The program adds the numbers. Delete {number[1]} from this heading."
    return None


def _of_line(line: str, *, is_first: bool) -> str | None:
    """Return what a line of a clause was meant to be, and what to type; None if it is plain words."""
    if _TABLE.match(line):
        return "Tables are not allowed here. Write a clause for each row."
    if heading := _HEADING.match(line):
        return f"This heading is read as a paragraph. Put a space after {heading[1]}."
    if _TOO_DEEP.match(line):
        return "A heading has at most four number signs. Delete the others."
    if is_first:
        return _of_beginning(line)
    if _ITEM.match(line):
        return (
            "This list item is read as part of the paragraph above it. Begin the lead-in with a hyphen, too, and "
            "indent the items below it by four spaces."
        )
    if line.startswith(": "):
        return "A list of terms is not allowed here. Write a clause for each."
    return None


def _of_beginning(line: str) -> str | None:
    if _BOLD.fullmatch(line.strip()):
        return "A bold line is not a heading. Write ## before it, without the asterisks, and {: #id } after it."
    if letter := _LETTER.match(line):
        return f"The program adds the numbers and letters. Delete {letter[0].strip()} from the words."
    # emphasis begins with an asterisk, and ends with another
    item = _NO_ITEM.match(line)
    if item and not (item["mark"] == "*" and line.count("*") > 1):
        is_hyphen = item["mark"] == "-"
        wanted = "a space after the hyphen" if is_hyphen else f"a hyphen and a space instead of {item['mark']}"
        return f"This list item is read as a paragraph. Type {wanted}."
    return None


def _blotted(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "0", match[0])
