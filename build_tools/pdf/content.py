"""The content of pages (ISO 32000-1, 14.6): which marked pieces of it show anything, and which are artifacts."""

from collections.abc import Iterator
from typing import TypeAlias

from pikepdf import ContentStreamInlineImage as InlineImage
from pikepdf import ContentStreamInstruction as Instruction
from pikepdf import Dictionary, Name, Operator, Page, Pdf, unparse_content_stream

Stream: TypeAlias = list[Instruction | InlineImage]

_PAINTS = {"Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "EI"}


def painted(stream: Stream) -> set[int]:
    """Return the numbers of the marked contents that show anything."""
    return {
        mcid
        for mcid, begin, end in _marks(stream)
        if any(str(instruction.operator) in _PAINTS for instruction in stream[begin:end])
    }


def mark_artifacts(pdf: Pdf, page: Page, stream: Stream, held: set[int]) -> None:
    """Turn the marked content that the tree does not hold into artifacts of pagination (ISO 32000-1, 14.8.2.2)."""
    kind = Dictionary(Type=Name.Pagination)
    for mcid, begin, _end in _marks(stream):
        if mcid not in held:
            stream[begin] = Instruction([Name.Artifact, kind], Operator("BDC"))
    page.Contents = pdf.make_stream(unparse_content_stream(stream))


def _marks(stream: Stream) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each marked content, and the indexes of its begin and its end."""
    opened: list[tuple[int, int | None]] = []
    for index, instruction in enumerate(stream):
        match str(instruction.operator):
            case "BMC":
                opened.append((index, None))
            case "BDC":
                properties = instruction.operands[1]
                opened.append((index, int(properties["/MCID"]) if "/MCID" in properties else None))
            case "EMC":
                begin, mcid = opened.pop()
                if mcid is not None:
                    yield mcid, begin, index
