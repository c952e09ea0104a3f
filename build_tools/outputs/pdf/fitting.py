"""The size of the letters on a handout: the largest with which it fits one page.

The same for each engine, so it is estimated from the words, with some room to spare. What does not fit one page even in
the smallest letters has several pages in larger ones, so that the last page has more than the lines to sign.
"""

import math
from collections.abc import Iterable

from build_tools.policy.model import Blank, Kind, Node, plain

SIZES = (16.0, 14.0, 12.5, 11.5, 11.0, 10.5, 10.0, 9.5)
"""The sizes in points."""
OVER_PAGES = 12.0
"""The size of what needs several pages."""
_POINT = 0.3528
"""One point in millimetres."""
_WIDTH, _HEIGHT = 170, 248
"""The room for text on a page, in millimetres: that of handout.css and handout.typ, less some to spare."""
_LETTER = 0.435
"""The average width of a letter with the loss at the ends of lines, by the size."""
_LEADING = 1.42
_TITLE_LETTER, _TITLE_LINE = 4.1, 10.6
_HEAD = 18
"""The height of the school's name and the policy's title, with the space around them."""
_GAP = 1.1
"""The space after a line."""
_BLANKS = {Blank.LINE: 4.0, Blank.SIGNATURE: 5.0, Blank.BOX: 21.5, Blank.CHOICES: 9.5, Blank.CHOICE: 0}
"""The height of what is filled in, besides the words."""


def size_for(handout: Node) -> float:
    """Return the size of the letters on a printed handout, in points."""
    return next((size for size in SIZES if _height(handout, size) <= _HEIGHT), OVER_PAGES)


def _height(handout: Node, size: float) -> float:
    """Return about how high a handout is on paper, in millimetres."""
    title = math.ceil(len(plain(handout.text)) * _TITLE_LETTER / _WIDTH) * _TITLE_LINE
    return title + _HEAD + _height_of(handout.children, size, 0)


def _height_of(nodes: Iterable[Node], size: float, depth: int) -> float:
    return sum(_height_of_one(node, size, depth) for node in nodes)


def _height_of_one(node: Node, size: float, depth: int) -> float:
    line = size * _POINT * _LEADING
    if node.kind is not Kind.CLAUSE:
        return line + 5 + _height_of(node.children, size, depth)
    letters = (_WIDTH - 6 * (depth + 1)) / (size * _POINT * _LETTER)
    words = len(plain(node.text)) + 0.8 * len(node.citation)
    blank = _BLANKS[node.blank] if node.blank else 0
    return math.ceil(words / letters) * line + _GAP + blank + _height_of(node.children, size, depth + 1)
