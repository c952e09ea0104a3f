"""Brand colours that can be read: a school's own colour, changed no more than contrast needs."""

import colorsys

MINIMUM = 4.5
"""The contrast of text of any size with what is behind it (WCAG 2.2, success criterion 1.4.3)."""

_STEPS = 200


def readable(colour: str, on: str = "#ffffff") -> tuple[str, bool]:
    """Return a colour that can be read on a background, and whether it had to be changed.

    Hue and saturation stay; it is made darker on a light background and lighter on a dark one, by the least step that gives the
    contrast of `MINIMUM`. Both colours are six hexadecimal digits after a number sign.
    """
    if contrast(colour, on) >= MINIMUM:
        return colour.lower(), False
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    goal = 0.0 if contrast("#000000", on) > contrast("#ffffff", on) else 1.0
    for step in range(1, _STEPS + 1):
        moved = lightness + (goal - lightness) * step / _STEPS
        candidate = _hexadecimal(colorsys.hls_to_rgb(hue, moved, saturation))
        if contrast(candidate, on) >= MINIMUM:
            break
    return candidate, True


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hexadecimal(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
