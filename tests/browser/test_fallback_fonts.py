"""The fonts that are shown until ours has arrived are as wide and as high, so that nothing on a page moves."""

import re
import runpy
from pathlib import Path

import pytest
from folders import ROOT
from fontTools.ttLib import TTFont

FONTS = ROOT / "templates/fonts"
FACE = re.compile(
    r'font-family: "Policy Sans like (?P<like>\w+)";\s+font-weight: (?P<weight>\d+);.*?(?P<figures>size-adjust.*?)\}',
    re.DOTALL,
)
OF_THE_SYSTEM = Path("/usr/share/fonts/truetype/dejavu")
STYLES = {"400": ("Regular", "DejaVuSans.ttf"), "700": ("Bold", "DejaVuSans-Bold.ttf")}


def declared() -> dict[tuple[str, str], dict[str, str]]:
    """Return the figures of each fallback in `fonts.css`, by font and weight."""
    css = (FONTS / "fonts.css").read_text(encoding="utf-8")
    return {
        (face["like"], face["weight"]): dict(re.findall(r"([\w-]+): ([\d.]+%);", face["figures"]))
        for face in FACE.finditer(css)
    }


def test_every_fallback_is_declared_for_both_weights() -> None:
    assert set(declared()) == {(name, weight) for name in ("Arial", "Roboto", "DejaVu") for weight in STYLES}
    css = (ROOT / "templates/site/assets/site.css").read_text(encoding="utf-8")
    assert re.findall(r'"(Policy Sans[^"]*)"', css) == [
        "Policy Sans",
        *(f"Policy Sans like {name}" for name in ("Arial", "Roboto", "DejaVu")),
    ]


@pytest.mark.parametrize("weight", STYLES)
def test_the_figures_are_those_of_the_fonts(weight: str) -> None:
    style, file = STYLES[weight]
    tool = runpy.run_path(str(FONTS / "fallbacks.py"))
    if not (OF_THE_SYSTEM / file).exists():
        pytest.skip("this computer has no DejaVu Sans")
    ours = TTFont(FONTS / f"SourceSans3-{style}.ttf")
    assert tool["figures"](TTFont(OF_THE_SYSTEM / file), ours) == declared()["DejaVu", weight]


def test_heights_are_ours_whatever_the_width() -> None:
    for weight, (style, _) in STYLES.items():
        font = TTFont(FONTS / f"SourceSans3-{style}.ttf")
        units = font["head"].unitsPerEm
        for like in ("Arial", "Roboto", "DejaVu"):
            found = {name: float(value[:-1]) / 100 for name, value in declared()[like, weight].items()}
            assert found["ascent-override"] * found["size-adjust"] == pytest.approx(
                font["hhea"].ascent / units, abs=1e-3
            )
            assert found["descent-override"] * found["size-adjust"] == pytest.approx(
                -font["hhea"].descent / units, abs=1e-3
            )
