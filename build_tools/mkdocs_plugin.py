"""The plugin that gives MkDocs our pages. Pages, contents and search are already finished."""

import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from build_tools.building import making
from build_tools.outputs import publication
from build_tools.outputs.hub.hub import hub_folder
from build_tools.outputs.site.build import files_of, page_of, prepare
from build_tools.outputs.site.pages import Site
from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import Mistakes, Problem

QUIET = True
"""`mkdocs.yml` names it in its theme, so that this module, and with it what hides the notice of the theme, is loaded
with that file, before the theme."""

_log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs has no type for it
    """The plugin's own settings: none."""


class SchoolPolicyPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs has no type for it
    """Gives MkDocs the pages of one site; if a user runs `mkdocs build`, it does the same as `policy build`."""

    project: Project | None = None
    site: Site | None = None
    """The site to build; None if a user runs MkDocs, which then builds the hub with all other sites in it."""
    is_whole = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Return the settings with our layouts.

        Raises:
            Abort: if no school has pages to show.
        """
        if self.project is None or self.is_whole:
            self.is_whole = True
            self.project = Project(Path(config.config_file_path).resolve().parent)
            self.site = self._hub(self.project)
        prepare(config, self.project)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002 - ours replace all others
        """Return the files of the site."""
        project, site = self._given()
        return files_of(site, config, project)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Return the finished HTML of a page."""
        _, site = self._given()
        return page_of(site, page.file).html

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Return the context of the layout with the site and the page, as `site` and `sheet`."""
        _, site = self._given()
        values: dict[str, Any] = {**context, "site": site, "sheet": page_of(site, page.file)}
        return cast(TemplateContext, values)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add all other sites and the PDFs to that of the hub.

        Raises:
            Abort: if there are mistakes. Everything without mistakes is written.
        """
        project, _ = self._given()
        if not self.is_whole:
            return
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "site")
            report = making.make(project, (), out, lambda done, _left: _log.info("Built %s", done))
            if out.is_dir():
                shutil.copytree(out, config.site_dir, dirs_exist_ok=True)
        if report.problems:
            raise _aborted(report.problems)

    def on_build_error(self, *, error: Exception) -> None:
        """Report a fault in a layout like any other mistake.

        Raises:
            Abort: if the error is one.
        """
        if self.is_whole and isinstance(error, Mistakes):
            raise _aborted(error.problems) from None

    def _given(self) -> tuple[Project, Site]:
        if self.project is None or self.site is None:
            raise TypeError("MkDocs asked for pages before it gave its settings")
        return self.project, self.site

    def _hub(self, project: Project) -> Site:
        try:
            reading = read(project, project.school_names())
        except Mistakes as mistakes:
            raise _aborted(mistakes.problems) from None
        shown, problems = publication.summaries(project, reading)
        if not shown:
            raise _aborted(problems)
        return hub_folder(project, shown, reading.editions.values()).site


def _aborted(problems: Sequence[Problem]) -> Abort:
    """Report each mistake like an MkDocs error; return the exception that ends MkDocs with status 1."""
    for problem in problems:
        _log.error("%s", problem)
    return Abort(
        "Mistakes were found; each is listed above."
        if problems
        else "schools/ contains no schools. Add one: policy new"
    )
