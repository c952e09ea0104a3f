"""Which names of folders every computer accepts."""

import pytest

from build_tools.text.file_names import LONGEST, unfit_name


@pytest.mark.parametrize(
    "name", ["con", "aux", "nul", "prn", "com1", "com9", "lpt1", "lpt9", "CON", "nul.txt", "aux.a.b"]
)
def test_the_names_of_devices_are_refused(name: str) -> None:
    message = unfit_name(name)
    assert message
    assert message.startswith(f"Windows cannot make a folder named {name}. Choose a longer name, such as ")


@pytest.mark.parametrize("name", ["conway", "con-1", "com10", "lpt", "comb", "auxiliary", "null", "st-con"])
def test_names_that_only_resemble_devices_are_fine(name: str) -> None:
    assert unfit_name(name) is None


def test_the_longest_name_is_fine_and_one_more_letter_is_not() -> None:
    assert unfit_name("a" * LONGEST) is None
    message = unfit_name("a" * (LONGEST + 1))
    assert (
        message
        == "This name has 81 characters, and Windows cannot open long paths. Choose a name of at most 80 characters."
    )
