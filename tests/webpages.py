"""The kinds of pages that the tests open, and what opens them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from playwright.sync_api import Page
from sites import DRAFT

Opener: TypeAlias = Callable[..., AbstractContextManager[Page]]

SHORT = (
    "index.html",
    "trottiscliffe/index.html",
    "trottiscliffe/devices/index.html",
    "trottiscliffe/glossary/index.html",
    "trottiscliffe/versions/index.html",
    "trottiscliffe/versions/history/index.html",
    "trottiscliffe/versions/2018-10-to-draft/index.html",
    "the-north-school/versions/2018-05-23-to-draft/index.html",
    f"{DRAFT}/index.html",
    f"{DRAFT}/aims/index.html",
)
LONG = (
    "trottiscliffe/policy.html",
    f"{DRAFT}/marked/index.html",
    f"{DRAFT}/differences/index.html",
    "the-north-school/versions/2018-05-23-to-draft/whole/index.html",
    "template/2018-09/index.html",
    "template/2018-09/questions/index.html",
)
KINDS = (*SHORT, *LONG)
"""A page of every kind; those in `LONG` hold a whole policy."""
IN_FRAME = tuple(path for path in KINDS if "/" in path and not path.startswith("template") and "policy" not in path)
"""Those of a school's site, with everything around the text."""
