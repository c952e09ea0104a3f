"""Try one reader with a number of files that Hypothesis makes, and find the smallest that it fails with."""

import dataclasses
import traceback
from collections.abc import Callable

import hypothesis
from hypothesis import HealthCheck, Phase

from build_tools.text.problems import Mistakes
from fuzzing.mutations import File, files
from fuzzing.readers import Reader


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """What a reader raised instead of `Mistakes`, and the smallest file that was found for it."""

    message: str
    file: File


def attempt(read: Callable[[File], object], reader: Reader, number: int, count: int) -> Failure | None:
    """Return how a reader fails with one of `count` files, None if it never does; a number gives the same files."""
    last: list[tuple[File, BaseException]] = []

    @hypothesis.seed(number)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(files(reader.seeds, reader.shape))
    def each(file: File) -> None:
        try:
            read(file)
        except Mistakes:
            pass
        except Exception as error:
            last[:] = [(file, error)]
            raise

    try:
        each()
    except Exception:
        if not last:
            raise
        file, error = last[0]
        frames = "".join(traceback.format_tb(error.__traceback__)[-3:])
        return Failure(f"{frames}{type(error).__name__}: {error}", file)
    return None
