"""The fonts of pages: other scripts add only the letters that the pages have, and nothing changes without them."""

import io
import re

import pytest
from folders import ROOT
from fontTools.ttLib import TTFont

from build_tools.outputs import web_fonts
from build_tools.outputs.web_fonts import WebFonts, all_fonts, needed_fonts

TEMPLATES = (ROOT / "templates",)
DECLARED = (ROOT / "templates/fonts/fonts.css").read_text(encoding="utf-8")
WORDS = "Al-Noor مدرسة النور, Ms 李伟"


def letters(fonts: WebFonts, name: str) -> set[str]:
    """Return the letters of a file, without signs that every script uses."""
    with TTFont(io.BytesIO(fonts.files[name])) as font:
        return {chr(point) for point in font.getBestCmap()}


def test_english_words_have_only_the_typeface_of_the_text() -> None:
    for words in ("", "A school: “Łódź”, İzmir, Ελλάς, Україна"):
        fonts = all_fonts(TEMPLATES, words)
        assert fonts.faces == DECLARED
        assert set(fonts.files) == {path.name for path in (ROOT / "templates/fonts").glob("*.woff2")}


def test_each_script_brings_the_letters_that_the_words_have() -> None:
    fonts = all_fonts(TEMPLATES, WORDS)
    for style in ("regular", "bold"):
        assert set("مدرسةالنو") <= letters(fonts, f"ibmplexsansarabic-{style}.woff2")
    assert letters(fonts, "notosanssc-regular.woff2") == set("李伟")
    added = set(fonts.files) - set(all_fonts(TEMPLATES, "").files)
    assert len(added) == 3
    assert sum(len(fonts.files[name]) for name in added) < 20_000


def test_a_browser_asks_for_a_script_only_on_a_page_that_has_it() -> None:
    faces = re.findall(r"@font-face \{.*?\}", all_fonts(TEMPLATES, WORDS).faces, re.DOTALL)
    chinese = [face for face in faces if "notosanssc" in face]
    # one for each weight, since browsers join only faces of the same weight
    assert [re.findall(r"font-weight: (.*);", face) for face in chinese] == [["400"], ["700"]]
    assert all("unicode-range: U+4F1F, U+674E;" in face for face in chinese)


def test_a_single_page_has_only_the_fonts_of_its_words() -> None:
    fonts = needed_fonts(TEMPLATES, WORDS)
    assert {name for name in fonts.files if "policy" not in name} == {
        "ibmplexsansarabic-bold.woff2", "ibmplexsansarabic-regular.woff2", "notosanssc-regular.woff2",
    }  # fmt: skip
    assert "policy-sans-regular-latin.woff2" in fonts.files
    assert "policy-sans-regular-more.woff2" not in fonts.files
    assert "policy-sans-regular-more.woff2" in needed_fonts(TEMPLATES, "Ş").files
    assert not any("more" in name for name in needed_fonts(TEMPLATES, "School").files)


@pytest.mark.parametrize("words", ["مدرسة", "בית ספר"])
def test_a_part_of_a_font_does_not_bear_its_name(words: str) -> None:
    fonts = all_fonts(TEMPLATES, words)
    for name in set(fonts.files) - set(all_fonts(TEMPLATES, "").files):
        with TTFont(io.BytesIO(fonts.files[name])) as font:
            assert font["name"].getBestFamilyName() == "Policy Sans"
            assert "Open Font License" in font["name"].getDebugName(13)


def test_the_same_words_give_the_same_bytes() -> None:
    first = all_fonts(TEMPLATES, WORDS)
    web_fonts._part.cache_clear()
    assert all_fonts(TEMPLATES, WORDS) == first
