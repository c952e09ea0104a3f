"""How much a policy can contain: asked while a file is read, so that a larger one is not read to its end.

The longest policies of schools have some sixty pages; these limits are those of a book.
"""

from collections.abc import Iterable, Iterator

from build_tools.adopting.document import TextBlock

MAX_CHARACTERS = 500_000
MAX_LINES = 30_000
MAX_PARAGRAPHS = 6_000
MAX_SENTENCES = 6_000


class TooLong(Exception):  # noqa: N818 - reported as a mistake
    """A file with more of something than a policy has."""

    def __init__(self, most: int, what: str) -> None:
        """Store how many there may be, and of what."""
        super().__init__(f"{most:,} {what}")


def limited(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Yield the blocks of a file as they are read.

    Raises:
        TooLong: as soon as there are more than a policy has.
    """
    characters = 0
    for number, block in enumerate(blocks, 1):
        characters += len(block.text)
        need_characters(characters)
        if number > MAX_PARAGRAPHS:
            raise TooLong(MAX_PARAGRAPHS, "paragraphs")
        yield block


def need_characters(number: int) -> None:
    """Check a number of characters.

    Raises:
        TooLong: if a policy does not have so many.
    """
    if number > MAX_CHARACTERS:
        raise TooLong(MAX_CHARACTERS, "characters")


def need_lines(number: int) -> None:
    """Check a number of lines with words.

    Raises:
        TooLong: if a policy does not have so many.
    """
    if number > MAX_LINES:
        raise TooLong(MAX_LINES, "lines")
