"""Times of day as people write them. A time is text with the hour and the minute of a day of 24 hours: 14:30."""

import re

PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""What every time matches, as a regular expression that editors know too."""

_NAMES = {"00:00": "midnight", "12:00": "noon"}
_NOON = 12


def is_time(value: object) -> bool:
    """Return whether a text is a time: two digits for the hour, two for the minute."""
    return re.fullmatch(PATTERN.strip("^$"), str(value)) is not None


def spoken_time(text: str) -> str:
    """Return a time as schools print it: "9 am", "2.30 pm", "noon", "midnight"."""
    if text in _NAMES:
        return _NAMES[text]
    hour, minute = text.split(":")
    after = int(hour) >= _NOON
    return f"{int(hour) % _NOON or _NOON}{'' if minute == '00' else f'.{minute}'} {'pm' if after else 'am'}"
