"""Files as Hypothesis draws them: real ones with some bytes or parts changed, and ones of words that matter.

A file is changed by its parts: lines, the members of a Word document, the chunks of a PNG file. So what is around the
change stays valid, and a reader does not stop at a wrong checksum.
"""

import dataclasses
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file with a name that says which of its reader's files it is."""

    name: str
    content: bytes = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """How files of one kind are taken apart and put together, and the words that mean something in them."""

    split: Callable[[bytes], list[bytes]]
    join: Callable[[Sequence[bytes]], bytes]
    words: tuple[bytes, ...] = dataclasses.field(repr=False)


def files(seeds: Sequence[File], shape: Shape) -> SearchStrategy[File]:
    """Return changed copies of some files, and files under the same names that are made from nothing."""
    names = st.sampled_from(sorted({seed.name for seed in seeds}))
    made = st.lists(st.sampled_from(shape.words), max_size=40).map(b"".join) | st.binary(max_size=300)
    return _changed(tuple(seeds), shape) | st.builds(File, names, made)


@st.composite
def _changed(draw: st.DrawFn, seeds: tuple[File, ...], shape: Shape) -> File:
    seed = draw(st.sampled_from(seeds))
    parts = shape.split(seed.content)
    for _ in range(draw(st.integers(1, 4))):
        parts = draw(_with_a_part_changed(parts, shape))
    content = shape.join(parts)
    if draw(st.integers(0, 3)) == 0:
        content = draw(_with_bytes_changed(content, shape))
    return File(seed.name, content)


@st.composite
def _with_a_part_changed(draw: st.DrawFn, parts: list[bytes], shape: Shape) -> list[bytes]:
    if not parts:
        return [draw(st.sampled_from(shape.words))]
    at, other = (draw(st.integers(0, len(parts) - 1)) for _ in range(2))
    match draw(st.integers(0, 6)):
        case 0:
            return [*parts[:at], *parts[at + 1 :]]
        case 1:
            return [*parts[:at], parts[other], *parts[at:]]
        case 2:
            return [*parts[:at], *([parts[at]] * draw(st.integers(2, 60))), *parts[at + 1 :]]
        case 3:
            return [*parts[:at], parts[other], *parts[at + 1 :]]
        case _:
            return [*parts[:at], draw(_with_bytes_changed(parts[at], shape)), *parts[at + 1 :]]


@st.composite
def _with_bytes_changed(draw: st.DrawFn, content: bytes, shape: Shape) -> bytes:
    start = draw(st.integers(0, len(content)))
    end = min(len(content), start + draw(st.integers(0, 12)))
    match draw(st.integers(0, 5)):
        case 0:
            put = b""
        case 1:
            put = draw(st.binary(min_size=1, max_size=6))
        case 2:
            put = content[start:end] * draw(st.integers(2, 300))
        case 3:
            return content[:start]
        case _:
            put = draw(st.sampled_from(shape.words))
    return content[:start] + put + content[end:]


# --- the shapes ----------------------------------------------------------------------------------

_TEXT = tuple(
    word.encode()
    for word in (
        *(
            "\n",
            " ",
            "  ",
            "\t",
            "\r\n",
            ":",
            ": ",
            "- ",
            "-",
            "#",
            "# ",
            "## ",
            "|",
            ">",
            "|\n  ",
            "*",
            "**",
            "_",
            "`",
        ),
        *("'", '"', "“", "’", "[", "]", "{", "}", "(", ")", "<", "&", "!", "%", "@", ",", "?", "? ", "=", "\\", "\\n"),
        *("null", "~", "true", "no", "off", "0", "-1", "1e999", "3.10", "2018-05-23", "2030-02-30", "12:30", "9" * 40),
        *("{{", "}}", "{%", "%}", "{{ school.name }}", "{% if phones.learners %}", "{% endif %}", "{% else %}", "{#"),
        *(
            "{: #a }",
            "{: #a when='x' }",
            '{: #a each="people.dsl" }',
            "{: .group }",
            "](#a)",
            "](javascript:x)",
            "![](x)",
        ),
        *("<b>", "<!--", "<script>", "&amp;", "\x00", "\x07", "\u202e", "\ue000", "\ufffd", "\ufeff", "日本", "é"),
        *(
            "&a ",
            "*a",
            "!!python/object:x ",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "!a ",
            "$ref: '#'",
            "$ref: '#/$defs/x'",
        ),
        *(
            "type: object",
            "type: string",
            "oneOf:",
            "const: x",
            "items:",
            "properties:",
            "default: x",
            "pattern: '(a+)+$'",
        ),
        *("amendments:", "replace: x", "omit: x", "insert_after: x", "reason: x", "when: a=b", "x: y\n"),
    )
)


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


TEXT = Shape(_lines, b"".join, _TEXT)

_JSON_PARTS = (
    b"null",
    b"[]",
    b"{}",
    b"0",
    b"-1",
    b"1e999",
    b'""',
    b'"x"',
    b"true",
    b"[" * 3000,
    b'"\\ud800"',
    b",",
    b":",
)
JSON = Shape(_lines, b"".join, (*_JSON_PARTS, *_TEXT))


def _members(content: bytes) -> list[bytes]:
    """Return the members of a zip archive, each with its name before it."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [name.encode() + b"\n" + archive.read(name) for name in archive.namelist()]


def _archive(parts: Sequence[bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {part.partition(b"\n")[0]: part.partition(b"\n")[2] for part in parts}.items():
            archive.writestr(_member_name(name), content)
    return made.getvalue()


def _member_name(name: bytes) -> str:
    return name.decode("utf-8", "replace").partition("\0")[0] or "x"


WORD = Shape(
    _members,
    _archive,
    (
        *(
            b"<w:p>",
            b"</w:p>",
            b"<w:p/>",
            b"<w:r>",
            b"</w:r>",
            b"<w:t>x</w:t>",
            b"<w:tbl>",
            b"</w:tbl>",
            b"<w:tr/>",
            b"<w:tc/>",
        ),
        *(
            b"<w:tab/>",
            b"<w:br/>",
            b'<w:pStyle w:val="Heading1"/>',
            b'<w:pStyle w:val="Heading99999999999999"/>',
            b"<w:del>",
        ),
        *(
            b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
            b"&a;",
            b"&#0;",
            b"<?x?>",
            b"<![CDATA[",
            b'xmlns="x"',
            b'w:val="-1"',
            b'Target="/"',
        ),
        *_TEXT,
    ),
)


def _chunks(content: bytes) -> list[bytes]:
    """Return the chunks of a PNG file, each as its type and data (PNG 3, 5.3)."""
    found, at = [], 8
    while at + 12 <= len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        found.append(content[at + 4 : at + 8 + size])
        at += size + 12
    return found


def _picture(parts: Sequence[bytes]) -> bytes:
    chunks = (struct.pack(">I", max(0, len(part) - 4)) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PNG = Shape(
    _chunks,
    _picture,
    (
        *(
            b"IHDR",
            b"IDAT",
            b"IEND",
            b"PLTE",
            b"tRNS",
            b"acTL",
            b"fcTL",
            b"fdAT",
            b"iCCP",
            b"eXIf",
            b"zTXt\0\0",
            b"iTXt",
            b"tEXt",
        ),
        *(b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1"),
        *(bytes((8, kind, 0, 0, interlaced)) for kind in range(7) for interlaced in range(2)),
        zlib.compress(bytes(10_000)),
    ),
)

_SVG_WORDS = (
    *(
        "<g>",
        "</g>",
        "<path/>",
        '<path d="M0 0h9v9z"/>',
        '<use href="#p"/>',
        '<use href="#a"/>',
        'id="a"',
        "<defs>",
        "</defs>",
    ),
    *(
        "<style>a{b:c}</style>",
        "<style>",
        "</style>",
        'style="fill:red"',
        'fill="url(#a)"',
        'viewBox="0 0 9 9"',
        'width="9"',
    ),
    *(
        'viewBox="0 0 nan inf"',
        'viewBox="0 0 1e-320 1e308"',
        'width="1e400"',
        'class="a b"',
        "<!ENTITY a 'b'>",
        "&a;",
        "<?x y?>",
    ),
    *(
        "<text>x</text>",
        "<script/>",
        "<image/>",
        'onload="x"',
        "<!--",
        "-->",
        "<![CDATA[",
        "xmlns:a='b'",
        "<a:b/>",
        ":not(",
        "{",
        "}",
    ),
)
SVG = Shape(_lines, b"".join, (*map(str.encode, _SVG_WORDS), *_TEXT))

PDF = Shape(
    _lines,
    b"".join,
    (
        *(
            b"obj",
            b"endobj",
            b"stream\n",
            b"endstream\n",
            b"xref\n",
            b"trailer\n",
            b"startxref\n",
            b"%%EOF",
            b"<<",
            b">>",
            b"/Type",
        ),
        *(
            b"/Kids",
            b"/Parent",
            b"/Count -1",
            b"/Pages",
            b"/Font",
            b"/ToUnicode",
            b"/Length 0",
            b"/Length 99999999",
            b"/W [1 9 1]",
        ),
        *(
            b"/Filter /FlateDecode",
            b"/Filter /LZWDecode",
            b"/Filter /ASCII85Decode",
            b"/Filter /Crypt",
            b"/Encrypt 1 0 R",
            b"/MediaBox",
        ),
        *(
            b"1 0 R",
            b"2 0 R",
            b"3 0 R",
            b"0 0 R",
            b"99999 0 R",
            b"null",
            b"true",
            b"[",
            b"]",
            b"(",
            b")",
            b"<",
            b">",
            b"-1",
            b"0",
            b"1e99",
        ),
        *(
            b"9" * 30,
            b" Tj\n",
            b" Tf\n",
            b" Tm\n",
            b" Td\n",
            b" cm\n",
            b" q\n",
            b" Q\n",
            b" BT\n",
            b" ET\n",
            b" Do\n",
            b"/DeviceN",
            b"\n",
        ),
    ),
)
