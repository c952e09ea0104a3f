"""The typefaces: what they must have, what is said where none has a letter, and that the site's parts lose nothing."""

import re
import runpy
from pathlib import Path

import pytest
from folders import ROOT
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import parse_unicodes
from fontTools.ttLib import TTFont

from build_tools.proofreading.typeface import STYLES, absences, fonts_for, lacking, text_characters, weights_of

FONTS = ROOT / "templates/fonts"
TEMPLATES = (FONTS.parent,)
RENEW = runpy.run_path(str(FONTS / "renew.py"))


def test_has_what_names_and_policies_need() -> None:
    known = text_characters(TEMPLATES)
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


# --- other scripts ----------------------------------------------------------------------------------------------------

NAMES = {
    "Arabic": "مدرسة النور",
    "Urdu": "ٹھیک ہے، پڑھائی گھر",
    "Persian": "می‌خواهیم",
    "Hebrew": "בֵּית סֵפֶר",
    "simplified Chinese": "中国学校，李伟",
    "traditional Chinese": "中國學校：陳偉",
    "Punjabi": "ਗੁਰੂ ਨਾਨਕ",
    "Hindi": "विद्यालय।",
    "Bengali": "বিদ্যালয়",
    "Gujarati": "શાળા",
    "Tamil": "பள்ளி",
    "Greek": "Σχολείο",
    "Ukrainian": "Школа імені",
    "Polish": "Żółć Łódź",
    "Turkish": "İğdır Şişli",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_in_the_languages_of_families_can_be_printed(name: str) -> None:
    assert lacking(name, TEMPLATES) == []


def test_each_font_is_used_only_for_what_others_lack() -> None:
    assert fonts_for("The School: 1 – 2, Łódź", TEMPLATES) == ()
    fonts = fonts_for("Al-Noor (النور) 2", TEMPLATES)
    assert [file.name for file, _ in fonts] == ["IBMPlexSansArabic-Bold.ttf", "IBMPlexSansArabic-Regular.ttf"]
    assert {characters for _, characters in fonts} == {frozenset("النور")}


def test_a_letter_of_every_font_is_in_each_of_its_weights() -> None:
    for name in NAMES.values():
        fonts = fonts_for(name, TEMPLATES)
        assert len({characters for _, characters in fonts}) <= 1
        assert sorted(weight for file, _ in fonts for weight in weights_of(file, TEMPLATES)) in ([], [400, 700])


def test_a_script_without_a_font_is_one_message() -> None:
    (message,) = lacking("โรงเรียน and โรง", TEMPLATES)
    told = "the PDF has no font for ง น ย ร ี เ โ (script: Thai). Write it in other letters, or add a font that has them"
    assert message.startswith(told)
    (many,) = absences("".join(map(chr, range(0x0E01, 0x0E20))), TEMPLATES)
    assert many == "the PDF has no font for ก ข ฃ ค ฅ ฆ ง จ … (script: Thai)"


def test_a_sign_without_a_script_is_a_message_of_its_own() -> None:
    assert lacking("🙂 โ 🙃", TEMPLATES)[:2] == [
        "the PDF's typeface does not contain 🙂 (U+1F642, SLIGHTLY SMILING FACE). Write it another way.",
        "the PDF's typeface does not contain 🙃 (U+1F643, UPSIDE-DOWN FACE). Write it another way.",
    ]


def test_a_project_can_add_a_font(tmp_path: Path) -> None:
    own = tmp_path / "templates/fonts/scripts/Runes-Regular.ttf"
    own.parent.mkdir(parents=True)
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "fehu"])
    builder.setupCharacterMap({ord("ᚠ"): "fehu"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "fehu")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "fehu"), (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Runes"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(own)
    assert len(lacking("ᚠ", TEMPLATES)) == 1
    templates = (tmp_path / "templates", *TEMPLATES)
    assert lacking("ᚠ", templates) == []
    assert fonts_for("ᚠ", templates) == ((own, frozenset("ᚠ")),)
    assert weights_of(own, templates) == (400, 700)


def test_the_font_of_common_chinese_has_all_of_it() -> None:
    common = runpy.run_path(str(FONTS / "scripts/renew.py"))["common_chinese"]()
    held = set(TTFont(FONTS / "scripts/NotoSansSC-Regular.ttf").getBestCmap())
    assert len(common) > 8800
    assert common <= held


def test_the_licence_names_the_authors_of_each_font() -> None:
    licence = (FONTS / "scripts/OFL.txt").read_text(encoding="utf-8")
    for file in (FONTS / "scripts").glob("*.ttf"):
        copyright_notice = TTFont(file)["name"].getDebugName(0)
        owner = re.search(r"The Noto Project|IBM|Adobe", copyright_notice)
        assert owner, copyright_notice
        assert owner[0] in licence
