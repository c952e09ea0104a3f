"""Build one site with MkDocs, which gets finished pages and only puts the theme around them."""

import contextlib
import functools
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.templates import url_filter

from build_tools.outputs.sandbox import Sandbox
from build_tools.outputs.site.pages import Folder, Page, Site, render_colours, render_foot
from build_tools.outputs.site.search_index import render_search_index
from build_tools.outputs.web_fonts import DECLARED, all_fonts
from build_tools.project import Project, find_template

# hides Material's notice about its own end of life, because the people at the terminal cannot act on it
os.environ["NO_MKDOCS_2_WARNING"] = "true"

_ASSETS = ("site.css", "site.js", "icon.svg")
_SEARCH = ("search.js", "stemmer.js")
PLUGIN = "schoolpolicy"
_SETTINGS = {
    "site_name": PLUGIN,
    "exclude_docs": "*",
    "theme": {"name": "material", "font": False},
    "plugins": {PLUGIN: {}},
}
_SPOKEN = re.compile(r'<span lang="[^>]*>([^<]*)')


def write_site(project: Project, site: Site, out: Path) -> None:
    """Write a site into a folder, whose previous contents are deleted."""
    with _configured(site.name, out) as config:
        plugin: Any = config.plugins[PLUGIN]
        plugin.project, plugin.site = project, site
        build(config)


def write_folder(project: Project, folder: Folder, out: Path) -> None:
    """Write a site and the files next to its pages into a folder; what else was in the folder is gone."""
    write_site(project, folder.site, out)
    for name, make in folder.files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(make())


def read_layout(project: Project) -> jinja2.Template:
    """Return the layout of every page, for pages that are shown without a build."""
    with _configured("", project.site_folder) as config:
        prepare(config, project)
        return config.theme.get_env().get_template("main.html")


def render_laid_out(layout: jinja2.Template, site: Site, page: Page) -> str:
    """Return a complete page, as a build writes it."""
    return layout.render(site=site, sheet=page)


@contextlib.contextmanager
def _configured(name: str, out: Path) -> Iterator[MkDocsConfig]:
    """Yield the settings for one site, with a temporary, empty folder of pages."""
    with tempfile.TemporaryDirectory() as empty, _quiet():
        config = _settings()
        config.site_name, config.site_dir, config.docs_dir = name, str(out), empty
        yield config


@functools.lru_cache(maxsize=1)
def _settings() -> MkDocsConfig:
    """Return the settings of all sites of a run, to which no project's `mkdocs.yml` adds anything."""
    with tempfile.TemporaryDirectory() as empty:
        config = MkDocsConfig()
        config.load_dict({**_SETTINGS, "docs_dir": empty})
        failed, _ = config.validate()
    if failed:
        raise failed[0][1]
    return config


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Stop MkDocs from reporting each of many sites; it expects to build only one. Its errors are also raised."""
    log = logging.getLogger("mkdocs")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def prepare(config: MkDocsConfig, project: Project) -> None:
    """Set what every site needs: our layouts before those of the theme, and only our pages.

    There is no sitemap of MkDocs: it knows only one folder at a time, and `sitemap.py` has what is listed.
    """
    own = [str(folder / part) for part in ("site/theme", "") for folder in project.template_folders]
    config.theme.dirs = list(dict.fromkeys([*own, *config.theme.dirs]))
    config.theme.static_templates = set()
    config.theme.get_env = functools.partial(_environment, tuple(config.theme.dirs))  # type: ignore[method-assign]  # MkDocs offers no other way


@functools.lru_cache(maxsize=4)
def _environment(folders: tuple[str, ...]) -> jinja2.Environment:
    """Return the environment of the layouts, which are compiled once for all sites of a run."""
    made = Sandbox(folders)
    made.filters["url"] = url_filter
    return made


def files_of(site: Site, config: MkDocsConfig, project: Project) -> Files:
    """Return the files for MkDocs: our pages and what they load, and nothing from the theme."""
    made = [_file(config, _source(page), b"") for page in site.pages]
    return Files(made + [_file(config, name, data) for name, data in loaded(site, project).items()])


def loaded(site: Site, project: Project) -> Mapping[str, bytes]:
    """Return what the pages of a site load, by name: styles, scripts, fonts, colours, the crest, the search."""
    folders = project.template_folders
    scripts = sorted({name for page in site.pages for name in page.scripts})
    files = {f"assets/{name}": _read(folders, f"site/assets/{name}") for name in (*_ASSETS, *scripts)}
    fonts = all_fonts(folders, _in_other_languages(site))
    files[f"assets/fonts/{DECLARED}"] = fonts.faces.encode()
    files |= {f"assets/fonts/{name}": font for name, font in fonts.files.items()}
    files["assets/colours.css"] = f"{render_colours(site.colour)}{render_foot(site.name, site.title)}".encode()
    if site.entries:
        files |= {f"assets/{name}": _read(folders, f"site/assets/{name}") for name in _SEARCH}
        files["assets/search-index.js"] = render_search_index(site).encode()
    if site.crest and site.crest_path:
        files[site.crest_path] = site.crest.data
    return files


def _in_other_languages(site: Site) -> str:
    """Return all words on the pages of a site that are marked as those of another language or script."""
    around = map(site.spoken, (site.name, site.title, *site.footer))
    boxes = (site.report.html,) if site.report else ()
    pages = (page.html for page in site.pages)
    return "".join(words for html in (*around, *boxes, *pages) for words in _SPOKEN.findall(html))


def page_of(site: Site, file: File) -> Page:
    """Return our page for a file of MkDocs."""
    return next(page for page in site.pages if page.path == file.dest_uri)


def _source(page: Page) -> str:
    """Return the name of the Markdown file from which MkDocs would make the page."""
    return page.path.removesuffix(".html") + ".md"


def _read(folders: tuple[Path, ...], name: str) -> bytes:
    return find_template(folders, name).read_bytes()


def _file(config: MkDocsConfig, path: str, content: bytes) -> File:
    """Return a file of the site, marked as included, because `mkdocs.yml` excludes all files in folders."""
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)
