"""Times of day, as people write them and as policies print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.times import is_time, spoken_time


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("00:00", "midnight"),
        ("00:05", "12.05 am"),
        ("01:00", "1 am"),
        ("09:00", "9 am"),
        ("11:59", "11.59 am"),
        ("12:00", "noon"),
        ("12:01", "12.01 pm"),
        ("14:30", "2.30 pm"),
        ("23:59", "11.59 pm"),
    ],
)
def test_a_time(text: str, words: str) -> None:
    assert (is_time(text), spoken_time(text)) == (True, words)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "9:00",
        "24:00",
        "14:60",
        "14.30",
        "2.30 pm",
        "1430",
        "14:30:00",
        "14:30Z",
        " 14:30",
        "14:30\n",
        "١٤:٣٠",
        None,
        870,
    ],
)
def test_no_time(value: object) -> None:
    assert not is_time(value)


@given(st.times(), st.times())
def test_times_that_differ_are_printed_differently(one: object, other: object) -> None:
    texts = [f"{time:%H:%M}" for time in (one, other)]
    assert (texts[0] == texts[1]) == (spoken_time(texts[0]) == spoken_time(texts[1]))
