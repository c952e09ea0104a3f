"""Join the lines of a PDF's page or a plain text into headings, paragraphs and list items."""

import dataclasses
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_tools.adopting.document import Shape, Spot, TextBlock


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line on the page."""

    text: str
    spot: Spot
    left: float
    """Where it begins, in the unit of the page."""
    right: float
    gap: float = 0.0
    """The space above it, in line heights: more than zero if the author left some."""
    size: float = 1.0
    is_strong: bool = False


_SIGNS = "•∙·▪◦‣●○■□➢►✓❖❑\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071*"
BULLET = re.compile(rf"^\s*(?:[{_SIGNS}]\s*|[-–—o]\s+)(?=\S)")
LETTER = re.compile(r"^\s*(?:\(?[a-hj-z]\)|\(?[ivx]{1,4}\)|[a-h]\.)\s+(?=[A-Za-z])")
NUMBER = re.compile(r"^\s*\(?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.:;!?][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(?P<head>[A-Za-z]{2,})-$")
_LONGEST_WORD = 60
_LONGEST_HEADING = 110
_OTHER_SIZE = 0.6
_MEANT_GAP = 0.55
"""More than half a line is an intended space."""
_MARGIN = 0.82
"""A line that ends before this share of the width was broken by its author, not by the page's edge."""


def blocks_of(lines: Iterable[Line]) -> Iterator[TextBlock]:
    """Yield the blocks formed by the lines of one column."""
    found = [line for line in lines if line.text.strip()]
    if not found:
        return
    body = _Body.of(found)
    for group in _groups(found, body):
        yield _block(group, body)


@dataclasses.dataclass(frozen=True, slots=True)
class _Body:
    """The usual appearance of a document's lines."""

    size: float
    left: float
    right: float
    steps: tuple[float, ...]
    """The indents of list items, each depth once."""
    words: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Body":
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        lefts = Counter(round(line.left) for line in lines if not _is_item(line))
        items = Counter(round(line.left) for line in lines if BULLET.match(line.text) or LETTER.match(line.text))
        return cls(
            size=sizes.most_common(1)[0][0],
            left=lefts.most_common(1)[0][0] if lefts else 0.0,
            right=statistics.quantiles([line.right for line in lines], n=20)[-1] if len(lines) > 1 else lines[0].right,
            steps=_steps(items),
            words=frozenset(re.findall(r"[a-z]{3,}", " ".join(line.text for line in lines).lower())),
        )


def _steps(lefts: Counter[int]) -> tuple[float, ...]:
    steps: list[float] = []
    for left in sorted(lefts):
        if not steps or left - steps[-1] > 1:
            steps.append(float(left))
    return tuple(steps)


def _is_item(line: Line) -> bool:
    return any(sign.match(line.text) for sign in (BULLET, LETTER, NUMBER))


def _groups(lines: Sequence[Line], body: _Body) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins_block(group, line, body):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins_block(group: Sequence[Line], line: Line, body: _Body) -> bool:
    last = group[-1]
    if BULLET.match(line.text) or LETTER.match(line.text):
        return True
    if (NUMBER.match(line.text) or last.text.rstrip().endswith(":")) and _ends_line(last, body):
        return True
    if _looks_label(line) and _looks_label(group[0]):
        return True
    if abs(line.size - last.size) > _OTHER_SIZE or (line.is_strong != last.is_strong and _ends_line(last, body)):
        return True
    if line.spot.page != last.spot.page:
        return _SENTENCE_END.search(last.text.rstrip()) is not None or line.text.lstrip()[:1].isupper()
    if line.gap > _MEANT_GAP:
        return True
    return _ends_line(last, body) and (_SENTENCE_END.search(last.text.rstrip()) is not None or _looks_label(line))


def _ends_line(line: Line, body: _Body) -> bool:
    return line.right < body.left + (body.right - body.left) * _MARGIN


def _looks_label(line: Line) -> bool:
    return re.match(r"\s*[A-Z][\w’'() /-]{2,60}:\s", line.text) is not None


def _block(group: Sequence[Line], body: _Body) -> TextBlock:
    first = group[0]
    text = _joined(group, body)
    is_strong = all(line.is_strong for line in group)
    sign = BULLET.match(text) or LETTER.match(text)
    if sign:
        words = text[sign.end() :].strip()
        return TextBlock(words, Shape.ITEM, first.spot, _depth(first.left, body), is_strong)
    number = NUMBER.match(text)
    if number and text.startswith("("):
        return TextBlock(text[number.end() :].strip(), Shape.ITEM, first.spot, 1, is_strong)
    is_short = len(text) <= _LONGEST_HEADING and not re.search(r"[.;,]$", text)
    if is_short and (first.size > body.size * 1.08 or is_strong or _is_title(text, number)):
        return TextBlock(text.strip(), Shape.HEADING, first.spot, _level(first, number, body), is_strong)
    if number and "." not in number["number"]:
        return TextBlock(text[number.end() :].strip(), Shape.ITEM, first.spot, _depth(first.left, body), is_strong)
    return TextBlock(text.strip(), Shape.PARAGRAPH, first.spot, 0, is_strong)


def _is_title(text: str, number: re.Match[str] | None) -> bool:
    """Return whether a short line reads as a heading by its words alone."""
    if text.isupper() and len(text) > 3:  # noqa: PLR2004 - an abbreviation is not a heading
        return True
    return number is not None and text[number.end() : number.end() + 1].isupper() and not text.endswith(":")


def _level(line: Line, number: re.Match[str] | None, body: _Body) -> int:
    """Return the level of a heading: from its number if it has one, otherwise from its size."""
    if number:
        return number["number"].strip(".").count(".") + 1
    if line.size > body.size * 1.5:
        return 1
    return 2 if line.size > body.size * 1.2 else 3


def _depth(left: float, body: _Body) -> int:
    return 1 + sum(1 for step in body.steps if step < left - 1)


def _joined(group: Sequence[Line], body: _Body) -> str:
    text = [group[0].text.strip()]
    tail = text[0][-_LONGEST_WORD:]
    for line in group[1:]:
        words = line.text.strip()
        hyphen = _HYPHEN.search(tail)
        if hyphen and words[:1].islower():
            rest = re.match(r"[A-Za-z]*", words)
            whole = (hyphen["head"] + (rest[0] if rest else "")).lower()
            # a word that the document has elsewhere without a hyphen was only divided at the line's end
            if whole in body.words:
                text[-1] = text[-1].removesuffix("-")
                tail = tail.removesuffix("-")
            text.append(words)
            tail = (tail + words)[-_LONGEST_WORD:]
        else:
            text += [" ", words]
            tail = words[-_LONGEST_WORD:]
    return "".join(text)
