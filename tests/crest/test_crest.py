"""The crest of a school: what may stand in its file, what is taken out in silence, and what is refused."""

import importlib
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, PngImagePlugin

from build_tools.crest.file import MAX_BYTES, find_crest
from build_tools.crest.svg import MOST_DRAWN, clean_svg
from build_tools.policy.model import Crest
from build_tools.text.problems import Mistakes

SHAPE = '<path d="M0 0h10v7l-5 5-5-5z" fill="#7a1f3d"/>'


def svg(inside: str, attributes: str = 'viewBox="0 0 10 12"') -> str:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>\n{inside}\n</svg>"


def png(size: tuple[int, int] = (120, 160), mode: str = "RGBA", **settings: object) -> bytes:
    made = BytesIO()
    Image.new(mode, size, 3).save(made, "PNG", **settings)
    return made.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.fixture
def school(tmp_path: Path) -> Callable[[str, bytes], Crest | None]:
    """Return what reads the crest of a school whose folder holds a file of that name."""

    def reading(name: str, content: bytes) -> Crest | None:
        (tmp_path / name).write_bytes(content)
        return find_crest(tmp_path, tmp_path)

    return reading


def refused(text: str) -> str:
    with pytest.raises(Mistakes) as caught:
        clean_svg(text, "crest.svg")
    return str(caught.value)


# --- SVG: what is kept -----------------------------------------------------------------------------


def test_shapes_and_colours_are_kept() -> None:
    made, ratio = clean_svg(svg(SHAPE), "crest.svg")
    assert etree.fromstring(made)[0].attrib == {"d": "M0 0h10v7l-5 5-5-5z", "fill": "#7a1f3d"}
    assert ratio == 10 / 12


@pytest.mark.parametrize(
    ("attributes", "box"),
    [
        ('viewBox="0 0 10 12"', "0 0 10 12"),
        ('viewBox="-5,-6 10,12"', "-5 -6 10 12"),
        ('width="10" height="12"', "0 0 10 12"),
        ('width="10px" height="12.5px"', "0 0 10 12.5"),
        ('viewBox="0 0 10 12" width="21cm" height="100%"', "0 0 10 12"),
    ],
)
def test_the_size_is_that_of_the_view_box_or_in_pixels(attributes: str, box: str) -> None:
    root = etree.fromstring(clean_svg(svg(SHAPE, attributes), "crest.svg")[0])
    *_, width, height = box.split()
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == (box, width, height)


@pytest.mark.parametrize(
    ("written", "fill"),
    [
        ('<path class="a"/><style>.a{fill:red}</style>', "red"),
        ('<style>.a{fill:red} path.a{fill:blue} path{fill:lime}</style><path class="a" fill="teal"/>', "blue"),
        ('<style>.a{fill:red!important}</style><path class="a" style="fill:blue"/>', "red"),
        ('<style>.a{fill:red}</style><path class="a" style="fill:blue;-inkscape-stroke:none"/>', "blue"),
        ("<style><![CDATA[ g > path, #b { fill: url(#c) } ]]></style><g><path/></g>", "url(#c)"),
    ],
)
def test_styles_become_attributes_as_css_orders_them(written: str, fill: str) -> None:
    root = etree.fromstring(clean_svg(svg(written), "crest.svg")[0])
    assert [path.get("fill") for path in root.iter("{*}path")] == [fill]
    assert not [element for element in root.iter() if "style" in element.attrib or str(element.tag).endswith("style")]


def test_a_gradient_and_a_repeated_shape_are_kept() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="5%" stop-color="rgb(1, 2, 3)"/></linearGradient></defs>'
        '<g id="leaf" transform="rotate(5)"><path d="M0 0h1" fill="url(#g)"/></g><use xlink:href="#leaf" x="4"/>'
    )
    root = etree.fromstring(clean_svg(svg(inside), "crest.svg")[0])
    assert [use.get("href") for use in root.iter("{*}use")] == ["#leaf"]
    assert [path.get("fill") for path in root.iter("{*}path")] == ["url(#g)"]


def test_what_an_editor_leaves_behind_is_dropped_in_silence() -> None:
    text = f"""<?xml version="1.0" encoding="ISO-8859-1"?><?xml-stylesheet href="https://example.invalid/x.css"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- made by hand -->
{
        svg(f'''<title>Crest</title><metadata><rdf:RDF xmlns:rdf="urn:x"/></metadata>
<i:layer xmlns:i="urn:editor"><script>alert(1)</script></i:layer><g i:label="x" xmlns:i="urn:editor" data-x="y"
aria-label="z">{SHAPE}</g>''')
    }"""
    made, _ = clean_svg(text, "crest.svg")
    assert {etree.QName(element).localname for element in etree.fromstring(made).iter()} == {"svg", "g", "path"}
    assert not any(
        word in made for word in (b"urn:", b"alert", b"http://www.w3.org/Graphics", b"example", b"label", b"<!")
    )


# --- SVG: what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed in a crest."),
        ('<script href="https://example.invalid/x.js"/>', "<script> is not allowed in a crest."),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject> is not"),
        ('<a href="javascript:alert(1)"><path/></a>', "<a> is not allowed in a crest."),
        ("<text>St X</text>", "Turn them into paths."),
        ('<image href="https://example.invalid/x.png"/>', "<image> is not allowed in a crest."),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "<image> is not allowed in a crest."),
        ('<filter id="f"><feImage href="https://example.invalid/x"/></filter>', "<filter> is not allowed in a crest."),
        ('<path><animate attributeName="d" to="x"/></path>', "<animate> is not allowed in a crest."),
        ('<use id="u"><set attributeName="href" to="javascript:alert(1)"/></use>', "<set> is not allowed in a crest."),
        ('<use href="https://example.invalid/x.svg#a"/>', "The address https://example.invalid/x.svg#a is outside"),
        ('<use xlink:href="data:image/svg+xml,x#a"/>', "The address data:image/svg+xml,x#a is outside"),
        ('<use xlink:href="#a&quot; onload=&quot;x"/>', "is outside the picture"),
        ('<path onclick="alert(1)"/>', "onclick would run a script."),
        ('<path onmouseover="alert(1)" d="M0 0"/>', "onmouseover would run a script."),
        ('<path fill="url(https://example.invalid/x#a)"/>', "fill: url(https://example.invalid/x#a) is not allowed"),
        ('<path fill="u\\72l(//example.invalid/x)"/>', "fill: u\\72l(//example.invalid/x) is not allowed"),
        ('<path mask="image-set(&quot;//example.invalid/x&quot;)"/>', "is not allowed in a crest."),
        ('<path style="fill: url(//example.invalid/x)"/>', "fill: url(//example.invalid/x) is not allowed"),
        ('<path style="fill: expression(alert(1))"/>', "fill: expression(alert(1)) is not allowed"),
        ('<path fill="var(--x)"/>', "fill: var(--x) is not allowed"),
        ('<path style="}"/>', "This style cannot be read."),
        ("<style>@import 'https://example.invalid/x.css';</style>", "Delete all others."),
        ("<style>.a{fill:url(//example.invalid/x)}</style><path class='a'/>", "fill: url(//example.invalid/x) is not"),
        ("<style>.a:::b{fill:red}</style>", "is not a CSS selector. Export it as plain SVG."),
        ('<path d="javascript:alert(1)"/>', "d: javascript:alert(1) is not allowed"),
        ('<g id="x y"/>', "id: x y is not allowed"),
        ("<g>&crest;</g>", "Entity 'crest' not defined"),
        ("<g>", "This is not an SVG file that can be read"),
    ],
)  # fmt: skip
def test_what_could_do_more_than_be_looked_at_is_refused(inside: str, message: str) -> None:
    said = refused(svg(inside))
    assert message in said
    assert said.startswith("crest.svg:2: ") or inside == "<g>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{svg("<g>&a;</g>")}', "<!ENTITY is not allowed"),
        (f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "//example.invalid/x"> %a;]>{svg("")}', "<!ENTITY is not allowed"),
        (f'<!DOCTYPE svg [<!ATTLIST path onclick CDATA "alert(1)">]>{svg("")}', "<!ATTLIST is not allowed"),
        (f'<!DOCTYPE svg SYSTEM "x.dtd">{svg("<g>&a;</g>")}', "The entity &a; is not allowed"),
        (svg(SHAPE, ""), "The size is missing."),
        (svg(SHAPE, 'viewBox="0 0 0 12"'), "The size is missing."),
        (svg(SHAPE, 'viewBox="0 0 nan 12"'), "The size is missing."),
        (svg(SHAPE, 'width="100%" height="100%"'), "The size is missing."),
        (svg(SHAPE, 'viewBox="0 0 200 12"'), "more than 10 times wider than it is high"),
        (svg(SHAPE, 'viewBox="0 0 10 12" onload="alert(1)"'), "onload would run a script."),
        (f"<svg>{SHAPE}</svg>", 'it begins with <svg xmlns="http://www.w3.org/2000/svg">'),
        (f'<html xmlns="http://www.w3.org/1999/xhtml">{svg("")}</html>', "This is not an SVG file"),
        ("", "This is not an SVG file that can be read"),
        (svg('<use id="a" href="#a"/>'), "repeats itself endlessly"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "repeats itself endlessly"),
    ],
)
def test_a_file_that_is_no_plain_picture_is_refused(text: str, message: str) -> None:
    assert message in refused(text)


def test_a_picture_that_repeats_its_parts_too_often_is_refused() -> None:
    doubled = "".join(f'<g id="x{i}"><use href="#x{i - 1}"/><use href="#x{i - 1}"/></g>' for i in range(1, 60))
    message = f"crest.svg:1: The picture draws more than {MOST_DRAWN:,} shapes, counting repetitions. Export it as PNG."
    assert refused(svg(f'<g id="x0"/>{doubled}')) == message


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    said = refused(svg('<script/>\n<path onclick="x"/>\n<use href="//example.invalid"/>')).splitlines()
    assert [line.split(": ")[0] for line in said] == ["crest.svg:2", "crest.svg:3", "crest.svg:4"]


# --- PNG ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_pixels(school: Callable[[str, bytes], Crest], mode: str) -> None:
    raw = png(mode=mode)
    crest = school("crest.png", raw)
    assert (crest.media_type, crest.file_name, crest.ratio) == ("image/png", "crest.png", 120 / 160)
    with Image.open(BytesIO(raw)) as old, Image.open(BytesIO(crest.data)) as new:
        assert old.convert("RGBA").tobytes() == new.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["RGBA", "I;16"])
def test_a_png_of_the_most_pixels_is_taken(school: Callable[[str, bytes], Crest], mode: str) -> None:
    assert school("crest.png", png((4000, 4000), mode)).ratio == 1


def test_a_png_loses_all_but_its_picture(school: Callable[[str, bytes], Crest]) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>", zip=True)
    raw = png(pnginfo=notes, icc_profile=b"profile", exif=b"Exif\0\0secret", dpi=(300, 300))
    end = raw.index(b"IEND") - 4
    raw = raw[:end] + chunk(b"prVt", b"secret") + raw[end:] + b"PK<script>secret</script>"
    data = school("crest.png", raw).data
    kinds, at = [], 8
    while at < len(data):
        kinds.append(data[at + 4 : at + 8])
        at += 12 + struct.unpack(">I", data[at : at + 4])[0]
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert kinds[-1] == b"IEND"


def test_an_animated_png_stands_still(school: Callable[[str, bytes], Crest]) -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    raw = BytesIO()
    frames[0].save(raw, "PNG", save_all=True, append_images=frames[1:])
    data = school("crest.png", raw.getvalue()).data
    assert b"acTL" in raw.getvalue()
    assert b"acTL" not in data
    assert b"fdAT" not in data


def test_the_same_crest_gives_the_same_bytes(school: Callable[[str, bytes], Crest]) -> None:
    raw = png()
    assert school("crest.png", raw) == school("crest.png", raw)


WHOLE = png()


def _with_second_header(width: int, height: int) -> bytes:
    return WHOLE[:33] + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) + WHOLE[33:]


WITHOUT_COLOURS = png((12, 100), "L").replace(
    chunk(b"IHDR", struct.pack(">IIBBBBB", 12, 100, 8, 0, 0, 0, 0)),
    chunk(b"IHDR", struct.pack(">IIBBBBB", 12, 100, 8, 3, 0, 0, 0)),
)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "This is not a PNG file"),
        (b"GIF89a<script>alert(1)</script>", "This is not a PNG file"),
        (svg(SHAPE).encode(), "This is not a PNG file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "This is not a PNG file"),
        (WHOLE[:-30], "This PNG file is broken"),
        (_with_second_header(120, 161), "This PNG file is broken: it has two sizes."),
        (_with_second_header(10_000, 10_000), "This PNG file is broken: it has two sizes."),
        (_with_second_header(60_000, 60_000), "This PNG file is broken: it has two sizes."),
        (WHOLE[:-12] + chunk(b"iCCP", b"profile\0") + WHOLE[-12:], "This PNG file is broken"),
        (WITHOUT_COLOURS, "This PNG file is broken: its colours are missing."),
        (WHOLE[:60] + b"\0\0\0\0" + WHOLE[64:], "This PNG file is broken"),
        (WHOLE[:16] + struct.pack(">II", 60000, 60000) + WHOLE[24:], "Its longer side is 60,000 pixels."),
        (png((99, 40)), "Its longer side is 99 pixels. Export it with 100 to 4,000 pixels."),
        (WHOLE[:16] + struct.pack(">II", 100, 100_000) + WHOLE[24:], "Its longer side is 100,000 pixels."),
        (png((4001, 1)), "Its longer side is 4,001 pixels."),
        (WHOLE + bytes(MAX_BYTES), "This file is larger than 300,000 bytes."),
        (WHOLE[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**8))) + WHOLE[33:], "This PNG file is broken"),
    ],
)
def test_a_png_that_is_none_is_refused(school: Callable[[str, bytes], Crest], raw: bytes, message: str) -> None:
    with pytest.raises(Mistakes, match=r"^crest\.png: ") as caught:
        school("crest.png", raw)
    assert message in str(caught.value)


def test_a_broken_png_is_refused_though_weasyprint_is_loaded(school: Callable[[str, bytes], Crest]) -> None:
    importlib.import_module("weasyprint")
    with pytest.raises(Mistakes, match="This PNG file is broken"):
        school("crest.png", WHOLE[:-30])


def test_no_damage_to_a_png_is_more_than_a_mistake(school: Callable[[str, bytes], Crest]) -> None:
    broken = 0
    whole = png((100, 4))
    for at in range(8, len(whole)):
        for byte in (0x00, 0xFF, whole[at] ^ 1):
            try:
                school("crest.png", whole[:at] + bytes((byte,)) + whole[at + 1 :])
            except Mistakes:
                broken += 1
    assert broken > len(whole)


# --- the file ------------------------------------------------------------------------------------------


def test_a_school_needs_no_crest(tmp_path: Path) -> None:
    assert find_crest(tmp_path, tmp_path) is None


@pytest.mark.parametrize("name", ["crest.jpg", "crest.SVG", "Crest.png", "crest.svgz", "crest"])
def test_a_crest_of_another_kind_or_name_is_not_passed_over(
    school: Callable[[str, bytes], Crest | None], name: str
) -> None:
    with pytest.raises(Mistakes, match=rf"^{name}: A crest must be called crest\.svg or crest\.png\."):
        school(name, svg(SHAPE).encode())


def test_of_two_crests_one_is_kept(school: Callable[[str, bytes], Crest | None]) -> None:
    school("crest.svg", svg(SHAPE).encode())
    with pytest.raises(Mistakes, match=r"^crest\.svg: There is also a crest\.png\. Keep one of them\."):
        school("crest.png", png())


def test_an_svg_in_another_encoding_is_refused(school: Callable[[str, bytes], Crest | None]) -> None:
    with pytest.raises(Mistakes, match="This file has the encoding UTF-16"):
        school("crest.svg", svg(SHAPE).encode("utf-16"))
