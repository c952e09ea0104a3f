"""Random files: every reader returns a value or refuses them; `make fuzz` tries many more."""

from pathlib import Path

import pytest
from fuzzing.mutations import File
from fuzzing.readers import READERS
from fuzzing.trying import attempt

from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

FEWER = {"pdf": 5, "word": 20}
"""The readers that take longest."""


@pytest.mark.parametrize("reader", READERS)
def test_random_files_are_read_or_refused(reader: str, tmp_path: Path) -> None:
    made = READERS[reader](tmp_path)
    assert attempt(made.read, made, 0, FEWER.get(reader, 50)) is None


@pytest.mark.parametrize("reader", READERS)
def test_the_real_files_are_fit_to_begin_with(reader: str, tmp_path: Path) -> None:
    made = READERS[reader](tmp_path)
    results = [_is_read(made.read, seed) for seed in made.seeds]
    assert any(results)


def _is_read(read: object, file: File) -> bool:
    assert callable(read)
    try:
        read(file)
    except Mistakes:
        return False
    return True


def test_what_a_reader_raises_is_found_with_a_small_file(tmp_path: Path) -> None:
    made = READERS["yaml"](tmp_path)

    def read(file: File) -> None:
        if b"[" in file.content:
            raise ValueError("a bracket")

    failure = attempt(read, made, 0, 500)
    assert failure is not None
    assert failure.message.endswith("ValueError: a bracket")
    assert b"[" in failure.file.content
