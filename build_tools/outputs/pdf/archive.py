"""PDF/A-2a and PDF/UA-1 in one file: its metadata, and how its bytes are written."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

from pikepdf import AccessMode, Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from build_tools.outputs.html import environment
from build_tools.text.dates import source_date

TEMPLATE = "pdf/metadata.xml"

_MOVABLE = ("/MediaBox", "/Resources", "/Tabs", "/StructParents")
"""The entries of a page that can be objects of their own; the first is that of the files that are already published."""
_PRINTED = 4
"""The print flag of a link, which PDF/A requires (ISO 19005-2, 6.3.2)."""


def save(pdf: Pdf, templates: tuple[Path, ...], seal: str | None = None) -> bytes:
    """Return a PDF as a file for both standards, the same bytes for the same content; `seal` is the digest in it.

    The metadata is not compressed, so a seal can be found without any library.
    """
    _intend_colours(pdf)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = _PRINTED
    pdf.Root.Metadata = pdf.make_stream(_metadata(pdf, templates, seal), Type=Name.Metadata, Subtype=Name.XML)
    for stream in pdf.objects:
        if isinstance(stream, Stream):
            _end_clearly(stream)
    for _ in _bundlings(pdf):
        finished = BytesIO()
        pdf.save(finished, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        if b"\r\nendstream" not in finished.getvalue():
            return finished.getvalue()
    raise RuntimeError("No bundling of objects ends every stream clearly")


def _bundlings(pdf: Pdf) -> Iterator[None]:
    """Yield when objects are bundled in another way: one more object changes the bytes at the ends of bundles.

    One bundle in 256 ends in CR, so a file of one page needs several ways.
    """
    yield
    for key in _MOVABLE:
        for page in pdf.pages:
            if key in page.obj:
                page.obj[key] = pdf.make_indirect(page.obj[key])
                yield


def _intend_colours(pdf: Pdf) -> None:
    """Define the colour space (ISO 19005-2, 6.2.3) as sRGB, whose profile comes with WeasyPrint."""
    if "/OutputIntents" in pdf.Root:
        return
    profile = pdf.make_stream((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes(), N=3)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile)
    intent.OutputConditionIdentifier = intent.Info = String("sRGB IEC61966-2.1")
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _end_clearly(stream: Stream) -> None:
    """Compress a stream's data so that they do not end in CR.

    LF and `endstream` follow the data, and CR LF would be read as one line ending: the data would seem one byte too
    long (ISO 19005-2, 6.1.7.1). All readers ignore anything after the end of compressed data.
    """
    if "/Filter" not in stream and stream.get("/Type") != Name.Metadata:
        stream.write(zlib.compress(stream.read_bytes(), 9), filter=Name.FlateDecode)
    if stream.read_raw_bytes().endswith(b"\r"):
        kept = {"filter": stream.Filter, "decode_parms": stream.get("/DecodeParms")}
        stream.write(stream.read_raw_bytes() + b"\0", **kept)  # type: ignore[arg-type]


def _metadata(pdf: Pdf, templates: tuple[Path, ...], seal: str | None) -> bytes:
    """Return the file's metadata: its information dictionary, and the standards that it follows."""
    info = pdf.docinfo
    text = (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            title=str(info["/Title"]),
            author=str(info["/Author"]),
            subject=str(info["/Subject"]),
            language=str(pdf.Root.Lang),
            seal=seal,
            producer=str(info["/Producer"]),
            made_at=source_date(),
        )
    )
    return text.encode()


@contextmanager
def opened(made: bytes) -> Iterator[Pdf]:
    """Yield a PDF that can be changed.

    It is read from an unnamed file that pikepdf maps into memory. From bytes in Python it would take twice as long,
    because pikepdf asks Python for a few of them at a time.
    """
    with TemporaryFile() as file:
        file.write(made)
        file.seek(0)
        with Pdf.open(file, access_mode=AccessMode.mmap) as pdf:
            yield pdf
