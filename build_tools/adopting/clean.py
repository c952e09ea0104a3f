"""Remove from a document what is not the policy: headers and footers, page numbers, tables of contents."""

import dataclasses
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_tools.adopting.document import Shape, TextBlock, without_number
from build_tools.adopting.layout import Line

_REPEATED = 4
"""Text that occurs this often, word for word and outside lists, is a header or footer."""
_LONGEST_FURNITURE = 160
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*", re.IGNORECASE)
_OF_PAGES = re.compile(
    r"(?<![|\s])[|\s]*\b(?:page\s*)?\d{1,3}\s*(?:of|/)\s*\d{1,3}\s*$|(?<![|\s])[|\s]*\bpage\s*\d{1,3}\s*$",
    re.IGNORECASE,
)
_BEFORE_ENTRY = re.compile(r"\W*(?:\d+(?:\.\d+)*\.?\s+)?")
_WORD = re.compile("[A-Za-z]{3}")
_LEADERS = ".…_"
_LEADERS_AT_LEAST = 3
_LONGEST_ENTRY = 140
_CONTENTS_TITLE = re.compile(r"\W*(?:table of )?contents\b.{0,12}$|\W*index\W*$|\W*page no\W*$", re.IGNORECASE)
_ENTRIES_AT_LEAST = 3
_LONGEST_HEADING = 120


def without_edges(edges: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Return the lines at the edges of pages that belong to the text, and the words of those that do not.

    A line there is a header or footer if it is a page number, or if other pages have one that begins or ends alike.
    """
    seen = Counter(end for line in edges for end in set(_ends(line.text)))
    own: list[str] = []
    rest: list[Line] = []
    for line in edges:
        is_own = _PAGE_NUMBER.fullmatch(line.text) or any(seen[end] > _REPEATED // 2 for end in _ends(line.text))
        if is_own:
            own.append(_OF_PAGES.sub("", line.text).strip())
        else:
            rest.append(line)
    parts = dict.fromkeys(part.strip() for words in own for part in words.split("\t"))
    return rest, [part for part in parts if part and not _PAGE_NUMBER.fullmatch(part)]


def without_contents_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a document without its table of contents."""
    taken = _contents([line.text for line in lines])
    return [line for at, line in enumerate(lines) if at not in taken]


def cleaned(blocks: Iterable[TextBlock]) -> tuple[list[TextBlock], list[str]]:
    """Return blocks without repetitions, page numbers and contents, and the words that were repeated."""
    found = list(_split_contents(blocks))
    seen = Counter(_without_digits(block.words) for block in found if block.shape is not Shape.ITEM)
    repeated = {words for words, count in seen.items() if count >= _REPEATED and len(words) < _LONGEST_FURNITURE}
    repeated = {words for words in repeated if words and not words.endswith(":")}
    furniture: dict[str, None] = {}
    kept = []
    for block in found:
        if block.shape is not Shape.ITEM and _without_digits(block.words) in repeated:
            furniture[block.words] = None
        elif not _PAGE_NUMBER.fullmatch(block.words):
            kept.append(block)
    return [_as_heading(block, after) for block, after in zip(kept, [*kept, None][1:], strict=True)], list(furniture)


def _ends(text: str) -> tuple[str, str]:
    """Return the beginning and the end of a line, without its numbers."""
    words = _without_digits(text).split()
    return "^ " + " ".join(words[:3]), " ".join(words[-3:]) + " $"


def _without_digits(text: str) -> str:
    return " ".join(re.sub(r"\d+", "0", text).lower().split())


def _split_contents(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Yield blocks without the lines of a table of contents; one block may have several of them."""
    found = [(block, block.text.split("\n")) for block in blocks]
    taken = _contents([line for _, lines in found for line in lines])
    titles = {_title(block) for block, _ in found if block.shape is Shape.HEADING}
    in_contents = False
    first = 0
    for block, lines in found:
        rest = [line for at, line in enumerate(lines, first) if at not in taken]
        first += len(lines)
        if _CONTENTS_TITLE.match(block.words):
            in_contents = True
            continue
        # a table of contents without page numbers lists the headings that come after it
        in_contents = in_contents and block.shape is not Shape.HEADING and (_title(block) in titles or not any(rest))
        if not in_contents and any(map(str.strip, rest)):
            yield dataclasses.replace(block, text="\n".join(rest))


def _title(block: TextBlock) -> str:
    return re.sub(r"\W+", " ", without_number(block.words)).strip().lower()


def _contents(lines: Sequence[str]) -> set[int]:
    """Return the indexes of a table of contents' lines: several in a row that end in a page number."""
    taken: set[int] = set()
    run: list[int] = []
    last = 0
    for at, line in [*enumerate(lines), (len(lines), "")]:
        page = _page(line)
        if page is not None and (not run or page >= last):
            run.append(at)
            last = page
            continue
        if not line.strip() and at < len(lines):
            continue
        if len(run) >= _ENTRIES_AT_LEAST:
            taken.update(run)
        run = []
        if page is not None:
            run, last = [at], page
    return taken


def _page(line: str) -> int | None:
    """Return the page number at the end of a contents line: a title, a space or leaders, and at most three digits."""
    whole = line.rstrip()
    before = whole.rstrip(string.digits)
    number = whole[len(before) :]
    title = before.rstrip()
    bare = title.rstrip(_LEADERS)
    has_space, has_leaders = title != before, len(title) - len(bare) >= _LEADERS_AT_LEAST
    if len(number) not in (1, 2, 3) or not (has_space or has_leaders) or not _WORD.search(title):
        return None
    numbering = _BEFORE_ENTRY.match(line)
    begins = numbering.end() if numbering else 0
    return int(number) if len(bare.rstrip() if has_leaders else title) - begins <= _LONGEST_ENTRY else None


def _as_heading(block: TextBlock, after: TextBlock | None) -> TextBlock:
    """Return a block as a heading if it looks like one: a short line in bold, alone above other text."""
    is_short = len(block.words) <= _LONGEST_HEADING and not re.search(r"[.;,]$", block.words)
    is_alone = after is not None and (after.shape is not Shape.HEADING or block.words.endswith(":"))
    is_value = re.search(r":\s+\S", block.text) is not None or "\t" in block.text
    if block.shape is Shape.PARAGRAPH and block.is_strong and is_short and is_alone and not is_value:
        return dataclasses.replace(block, shape=Shape.HEADING, depth=6)
    return block
