"""Build one site with MkDocs, as the last and thinnest step: it gets finished pages and puts the theme around them."""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from build_tools.pages import find_template
from build_tools.project import Project
from build_tools.site_pages import Page, Site, render_colours, render_search_index

_ASSETS = ("site.css", "site.js", "icon.svg")
PLUGIN = "schoolpolicy"


def write_site(project: Project, site: Site, out: Path) -> None:
    """Write a site into a folder; what else is in the folder stays."""
    # MkDocs empties the folder that it builds into, so it gets one of its own
    with tempfile.TemporaryDirectory() as folder, _quiet():
        empty, built = Path(folder, "docs"), Path(folder, "site")
        empty.mkdir()
        settings: dict[str, Any] = {"site_name": site.name, "docs_dir": str(empty), "site_dir": str(built), "watch": []}
        config = load_config(str(project.mkdocs_file), **settings)
        plugin: Any = config.plugins[PLUGIN]
        plugin.project, plugin.site = project, site
        build(config)
        shutil.copytree(built, out, dirs_exist_ok=True)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep MkDocs from telling of each of many sites, as it would of the one that it expects."""
    log = logging.getLogger("mkdocs")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)


def prepare(config: MkDocsConfig, project: Project) -> None:
    """Set what every site needs: our layouts before those of the theme, and no page but ours.

    A sitemap needs to know where each site will stand, which nobody knows: a school copies its folder where it likes.
    """
    own = [str(folder / "site" / "theme") for folder in project.template_folders]
    config.theme.dirs = list(dict.fromkeys([*own, *config.theme.dirs]))
    config.theme.static_templates = set()


def files_of(site: Site, config: MkDocsConfig, project: Project) -> Files:
    """Return what MkDocs is to build: our pages and what they load, nothing that the theme ships."""
    folders = project.template_folders
    made = [_file(config, _source(page), b"") for page in site.pages]
    scripts = sorted({name for page in site.pages for name in page.scripts})
    made += [_file(config, f"assets/{name}", _read(folders, f"site/assets/{name}")) for name in (*_ASSETS, *scripts)]
    declared = find_template(folders, "fonts/fonts.css")
    fonts = (declared, *sorted(declared.parent.glob("*.woff2")))
    made += [_file(config, f"assets/fonts/{font.name}", font.read_bytes()) for font in fonts]
    made.append(_file(config, "assets/colours.css", render_colours(site.colour).encode()))
    if site.entries:
        made.append(_file(config, "assets/search-index.js", render_search_index(site.entries, site.phrases).encode()))
    if site.crest and site.crest_path:
        made.append(_file(config, site.crest_path, site.crest.data))
    return Files(made)


def page_of(site: Site, file: File) -> Page:
    """Return our page of a file of MkDocs."""
    return next(page for page in site.pages if page.path == file.dest_uri)


def _source(page: Page) -> str:
    """Return the name of the Markdown file that MkDocs would make the page from."""
    return page.path.removesuffix(".html") + ".md"


def _read(folders: tuple[Path, ...], name: str) -> bytes:
    return find_template(folders, name).read_bytes()


def _file(config: MkDocsConfig, path: str, content: bytes) -> File:
    """Return a file of the site, which says that it is in, since `mkdocs.yml` leaves out all that stands in folders."""
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)
