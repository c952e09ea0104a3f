"""The typeface: what it must have, and that the site's parts of it lose nothing."""

import re
import runpy

import pytest
from folders import ROOT
from fontTools.subset import parse_unicodes
from fontTools.ttLib import TTFont

from build_tools.proofreading.typeface import STYLES, known_characters

FONTS = ROOT / "templates/fonts"
RENEW = runpy.run_path(str(FONTS / "renew.py"))


def test_has_what_names_and_policies_need() -> None:
    known = known_characters((FONTS.parent,))
    assert set("ŞşğıŁłŽžŐőŴŵŶŷƏəŊŋ“”‘’„–—…•§→←©£€") <= known
    assert set(map(chr, range(0x20, 0x7F))) | set(map(chr, range(0xA0, 0x180))) <= known


@pytest.mark.parametrize("style", STYLES)
def test_the_parts_for_the_web_lose_no_character(style: str) -> None:
    whole = set(TTFont(FONTS / f"SourceSans3-{style}.ttf").getBestCmap())
    parts = [
        set(TTFont(FONTS / f"policy-sans-{style.lower()}-{part}.woff2").getBestCmap()) for part in ("latin", "more")
    ]
    assert parts[0] | parts[1] == whole
    assert not parts[0] & parts[1]


def test_the_parts_bear_no_reserved_name() -> None:
    for path in FONTS.glob("*.woff2"):
        names = TTFont(path)["name"].names
        assert not [record for record in names if "Source" in str(record) and record.nameID not in (0, 7)], path


def test_the_ranges_of_the_style_sheet_are_those_of_the_files() -> None:
    text = (FONTS / "fonts.css").read_text(encoding="utf-8")
    faces = re.findall(r'url\("(.+?)"\).*?unicode-range:(.*?);', text, re.DOTALL)
    assert {name for name, _ in faces} == {path.name for path in FONTS.glob("*.woff2")}
    for name, ranges in faces:
        declared = set(parse_unicodes(ranges.replace("U+", "").replace(" ", "").replace("\n", "")))
        held = set(TTFont(FONTS / name).getBestCmap())
        assert held <= declared
        other = "more" if "latin" in name else "latin"
        rest = set(TTFont(FONTS / re.sub("latin|more", other, name)).getBestCmap())
        assert not declared & rest
    assert any(set(parse_unicodes(RENEW["LATIN"])) == set(parse_unicodes(re.sub(r"U\+|\s", "", r))) for _, r in faces)
