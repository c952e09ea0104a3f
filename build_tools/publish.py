"""Put a finished site in the place of the last one: whole, or not at all.

A build writes into a folder beside the site. Only when it is complete do the two change places, so
that a build that fails or is interrupted leaves the last good site as it was.
"""

import contextlib
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from build_tools.problems import Mistakes, Place, Problem

Step: TypeAlias = Callable[[str], None]
"""Is told of each piece of work that is done, in a word or two."""

MARK = ".schoolpolicy"
"""The file that tells a site of ours from a folder of somebody's own, which must never be replaced."""


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    built: tuple[str, ...]
    """The schools whose pages are new."""
    kept: tuple[str, ...]
    """The schools that have mistakes and keep the pages of the last build."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in the schools that were to be built."""


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Give an empty folder to write a site into; put it in the place of `out` if the block ends well.

    Raises:
        Mistakes: if `out` holds something else than a site.
    """
    _restore(out)
    if out.exists() and not (out / MARK).is_file() and not _is_empty_folder(out):
        raise Mistakes(
            [
                Problem(
                    Place(str(out)),
                    "This is not a site that policy has built, so it is not replaced. Choose another --out.",
                )
            ]
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}-new-", dir=out.parent))
    try:
        staging.chmod(0o755)
        yield staging
        (staging / MARK).write_text(
            "Built by policy; replaced as a whole by the next build.\n", encoding="utf-8", newline="\n"
        )
        _swap(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def carry_over(name: str, out: Path, staging: Path) -> bool:
    """Keep a folder of the last site in the new one; return whether there was one."""
    last = out / name
    if not last.is_dir():
        return False
    shutil.copytree(last, staging / name, copy_function=_link_or_copy)
    return True


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(staging: Path, out: Path) -> None:
    aside = _aside(out)
    if out.exists():
        out.rename(aside)
    staging.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


def _restore(out: Path) -> None:
    """Bring back the last site, if a build was killed between the two steps of a swap."""
    aside = _aside(out)
    if aside.exists() and not out.exists():
        aside.rename(out)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}-last")


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
