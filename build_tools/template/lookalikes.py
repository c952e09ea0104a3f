"""What looks like a heading, a list item, a table or an attribute list, but would be printed as it is typed.

Markdown has no mistakes: whatever it does not recognise becomes text. These are the slips by which an author's
structure is lost in silence.
"""

import re
from collections.abc import Iterator

from build_tools.policy.model import plain
from build_tools.template.markup import JINJA, parse_inline

_ITEM = re.compile(r"\s*([-*+]|\d{1,3}[.)])\s+\S")
_NO_ITEM = re.compile(r"(?P<mark>[-–—•·▪◦●○*+])(?P<space>\s*)(?=[^\s*+-])")
_HEADING = re.compile(r"(#{1,6})(?=[^\s#])")
_STARS = re.compile(r"\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_LINK = re.compile(r"\]\s?\(\s*(?:https?:|mailto:|tel:|www\.)")
_TABLE = re.compile(r"\s*\|.*\||\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+")
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{2,4}|\d{1,2})\)\s|\(\d{1,2}[A-Z]?\)\s|\d+(?:\.\d+)+[.)]?\s")
_NUMBER = re.compile(r"(\d+(?:\.\d+)+[.)]?|\d{1,2}[.)])\s")
_BRACE = re.compile(r"[{}]")
_NO_LIST = re.compile(r"\{\s*:|\{\s*#|[#.][\w-]+\s*:?\s*\}")


def lookalikes(text: str, *, is_heading: bool) -> Iterator[tuple[int, str]]:
    """Yield what would be printed by mistake in the words of a heading or clause: the line, from 0, and a message.

    The words have no attribute list, because that was recognised.
    """
    found = False
    for index, line in enumerate(text.split("\n")):
        message = _of_number(line) if is_heading else _of_line(line, is_first=index == 0)
        if message:
            found = True
            yield index, message
    bare = JINJA.sub(_blotted, text)
    if not found and (brace := _BRACE.search(bare)):
        yield bare.count("\n", 0, brace.start()), _of_brace(bare)
    printed = plain(parse_inline(bare))
    if _LINK.search(printed):
        yield 0, "This link would be printed as it is typed. Write [words](https://…), with no space between ] and (."
    elif _STARS.search(printed):
        yield 0, "An asterisk here has no match and would be printed. Write **strong** or *emphasis*, or delete it."


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
    if is_first:
        return _of_beginning(line)
    if _ITEM.match(line):
        return (
            "This list item is read as part of the paragraph above it. Begin the lead-in with a hyphen, too, and "
            "indent the items below it by four spaces."
        )
    return None


def _of_beginning(line: str) -> str | None:
    if letter := _LETTER.match(line):
        return f"The program adds the numbers and letters. Delete {letter[0].strip()} from the words."
    # emphasis begins with an asterisk, and ends with another
    item = _NO_ITEM.match(line)
    if item and not (item["mark"] == "*" and line.count("*") > 1):
        wanted = "a hyphen and a space" if item["mark"] != "-" else "a space after the hyphen"
        return f"This list item is read as a paragraph, because it begins with {line[:6].rstrip()}. Type {wanted}."
    return None


def _of_brace(bare: str) -> str:
    if _NO_LIST.search(bare):
        return "This attribute list would be printed. Write {: #id } at the end, with a colon directly after the brace."
    return "A brace here would be printed. A value has two, {{ field }}, and an attribute list has a colon, {: #id }."


def _blotted(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "0", match[0])
