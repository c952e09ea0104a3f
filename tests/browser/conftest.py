"""The sites in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sites import write_sites
from webpages import Opener

from build_tools.project import Project


@pytest.fixture(scope="session")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all sites."""
    return write_sites(project, tmp_path_factory.mktemp("site"))


@pytest.fixture
def opened(site: Path, browser: Browser) -> Opener:
    """Return what opens a page of the site as a file, as if it had been copied to a stick."""

    @contextmanager
    def opening(path: str, width: int = 1440, **settings: Any) -> Iterator[Page]:  # noqa: ANN401 - Playwright's own
        context = browser.new_context(viewport={"width": width, "height": 844}, **settings)
        page = context.new_page()
        page.goto((site / path).as_uri())
        yield page
        context.close()

    return opening
