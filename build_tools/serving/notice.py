"""What only a preview has: a script that reloads pages, and pages that say why there is nothing to show."""

from pathlib import Path

from build_tools.outputs.html import environment
from build_tools.outputs.inline import content_hash, render_styles

MISTAKES = "There are mistakes"
FAULT = "This page could not be made"
NOTHING = "This page does not exist"
_EXPLANATIONS = {
    MISTAKES: "The page reloads by itself once they are fixed and saved.",
    FAULT: "The fault is in a template or in the program. See the terminal for more.",
    NOTHING: "It may have been renamed or moved.",
}

CHANGES = "_preview/changes"
"""The address for news of changes. No school or section can have this name."""
SCRIPT = "_preview/preview.js"
SCRIPT_FILE = "site/assets/preview.js"


def follow_changes(page: str, count: int) -> str:
    """Return a page with the script that reloads it after change number `count`, and with permission to load it."""
    script = f'<script src="/{SCRIPT}" data-count="{count}" defer></script>\n</head>'
    head = page.partition("</head>")[0]
    if "script-src 'self'" not in head:  # true for pages that load nothing
        old, new = ("script-src ", "script-src 'self' ")
        if old not in head:
            old, new = ("default-src 'none';", "default-src 'none'; script-src 'self';")
        page = page.replace(old, new, 1)
    return page.replace("</head>", script, 1)


def render_notice(title: str, lines: tuple[str, ...], templates: tuple[Path, ...]) -> str:
    """Return a page that says why there is nothing to show: one of the titles above, and a line for each reason."""
    styles = render_styles(templates, None, "".join(lines))
    return (
        environment(templates)
        .get_template("site/pages/notice.html")
        .render(
            title=title,
            explanation=_EXPLANATIONS[title],
            lines=lines,
            styles=styles,
            styles_hash=content_hash(styles),
        )
    )
