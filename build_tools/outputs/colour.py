"""A school's colour, made dark enough to read (WCAG 2.2, 1.4.3 Contrast (Minimum))."""

import colorsys

ENOUGH = 4.5
"""The minimum contrast between text and background for WCAG 2.2 level AA."""
CALM = "#1d4e6b"
"""The colour for schools without one."""

_STEP = 0.005


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable(colour: str, ground: str = "#ffffff") -> str:
    """Return the nearest colour of the same hue that is readable on a background.

    A readable colour is not changed. On a light background it is darkened, on a dark background lightened.
    """
    if contrast(colour, ground) >= ENOUGH:
        return colour
    step = _STEP if _luminance(ground) < 0.18 else -_STEP  # noqa: PLR2004 - black and white contrast equally here
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while contrast(colour, ground) < ENOUGH:
        lightness += step
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        colour = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return colour


def adjustment(colour: str | None) -> str | None:
    """Return a message for the school if its colour is printed differently; None if it is printed unchanged."""
    if colour is None or readable(colour) == colour:
        return None
    return f"The colour {colour} is too pale to read on white, so headings and links use {readable(colour)} instead."


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
