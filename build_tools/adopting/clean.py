"""Remove from a document what is not the policy: headers and footers, page numbers, tables of contents."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_tools.adopting.document import Shape, TextBlock, without_number
from build_tools.adopting.layout import Line

_REPEATED = 4
"""Text that occurs this often, word for word and outside lists, is a header or footer."""
_LONGEST_FURNITURE = 160
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*", re.IGNORECASE)
_OF_PAGES = re.compile(
    r"[|\s]*\b(?:page\s*)?\d{1,3}\s*(?:of|/)\s*\d{1,3}\s*$|[|\s]*\bpage\s*\d{1,3}\s*$", re.IGNORECASE
)
_CONTENTS_ENTRY = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?=.*[A-Za-z]{3}).{2,140}?(?:\t|\s*[.…_]{3,}|\s{2,}|\s)\s*\d{1,3}\s*$"
)
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
    found = list(blocks)
    lines = [(at, line) for at, block in enumerate(found) for line in block.text.split("\n")]
    taken = _contents([line for _, line in lines])
    titles = {_title(block) for block in found if block.shape is Shape.HEADING}
    in_contents = False
    for at, block in enumerate(found):
        rest = [line for number, (of, line) in enumerate(lines) if of == at and number not in taken]
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
    pages: list[int] = []
    for at, line in [*enumerate(lines), (len(lines), "")]:
        if _CONTENTS_ENTRY.match(line) and (not pages or _page(line) >= pages[-1]):
            run.append(at)
            pages.append(_page(line))
            continue
        if not line.strip() and at < len(lines):
            continue
        if len(run) >= _ENTRIES_AT_LEAST:
            taken.update(run)
        run, pages = [], []
        if _CONTENTS_ENTRY.match(line):
            run, pages = [at], [_page(line)]
    return taken


def _page(line: str) -> int:
    found = re.search(r"(\d{1,3})\s*$", line)
    return int(found[1]) if found else 0


def _as_heading(block: TextBlock, after: TextBlock | None) -> TextBlock:
    """Return a block as a heading if it looks like one: a short line in bold, alone above other text."""
    is_short = len(block.words) <= _LONGEST_HEADING and not re.search(r"[.;,]$", block.words)
    is_alone = after is not None and (after.shape is not Shape.HEADING or block.words.endswith(":"))
    is_value = re.search(r":\s+\S", block.text) is not None or "\t" in block.text
    if block.shape is Shape.PARAGRAPH and block.is_strong and is_short and is_alone and not is_value:
        return dataclasses.replace(block, shape=Shape.HEADING, depth=6)
    return block
