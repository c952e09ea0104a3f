"""What a site tells search engines besides its pages: which addresses it has, and which to leave out.

Sitemaps (sitemaps.org) must give full addresses, so a site whose address is not known has none. Each folder has its
own, and that of the hub names them, so that each part of the site is written without the others.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from build_tools.outputs.site.pages import Site

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
_FORMAT = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(site: Site, files: Iterable[str] = ()) -> bytes:
    """Return the sitemap of a folder: its pages, without drafts, and the files of that name next to them."""
    pages = (site.canonical(page) for page in site.pages)
    return _render("urlset", "url", [*filter(None, pages), *(f"{site.address}{name}" for name in files)])


def render_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """Return the sitemap that names others, by their full addresses."""
    return _render("sitemapindex", "sitemap", sitemaps)


def render_robots(drafts: Iterable[str], sitemap: str | None) -> bytes:
    """Return the file that asks search engines to pass over the files of drafts that cannot ask for it themselves.

    `drafts` are the folders of drafts, from the root of the server. Their pages are not in it: a search engine that may
    not read a page does not find that it asks to be ignored, and may list its address.
    """
    rules = [f"Disallow: {folder}*.{kind}$" for folder in drafts for kind in ("ics", "json", "pdf")]
    lines = ["User-agent: *", *(rules or ["Allow: /"]), *([f"Sitemap: {sitemap}"] if sitemap else [])]
    return "".join(f"{line}\n" for line in lines).encode()


def _render(root: str, entry: str, addresses: Iterable[str]) -> bytes:
    made = ET.Element(root, {"xmlns": _FORMAT})
    for address in addresses:
        ET.SubElement(ET.SubElement(made, entry), "loc").text = address
    ET.indent(made)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(made, encoding="unicode").encode() + b"\n"
