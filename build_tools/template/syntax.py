"""Parse the texts of clauses into Jinja syntax trees; `language` checks what may be in them."""

import functools
import re

import jinja2
from jinja2 import nodes
from jinja2.parser import Parser

# Only blocks and values: comments and line statements would be one more thing to learn.
_PARSER = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - it only parses
_MAX_DEPTH = 40
_HINTS = {
    "unknown tag 'end'": "Write {% endif %} as one word.",
    "Unexpected end of template": "This {% if … %} is not closed. Write {% endif %} where its words end.",
    "unknown tag 'endif'": "This {% endif %} has no {% if … %} before it. Add one, or delete it.",
    "unknown tag 'else'": "This {% else %} has no {% if … %} before it. Add one, or delete it.",
    "got 'end of print statement'": "Nothing is between {{ and }}. Name a field, or delete the braces.",
    "Expected an expression, got 'end of statement block'": "Nothing follows if. Name a field: {% if field %}.",
    "unexpected '}'": "A value ends in two braces: {{ field }}. One is missing.",
    "unexpected end of template": "A value is not closed: end it with }}, or a condition with %}.",
    "expected token ':', got '}'": "A value has two braces on each side, {{ field }}, not three.",
}
"""What the parser's words mean, for people who do not know Jinja."""
_TOO_DEEP = "Too many things are inside one another"


@functools.lru_cache(maxsize=8192)
def parse_text(source: str) -> nodes.Template:
    """Return the syntax tree of a text.

    Raises:
        jinja2.TemplateSyntaxError: if it is not valid Jinja, or nested too deeply for Jinja to render.
    """
    try:
        tree = _PARSER.parse(source)
    except RecursionError:
        raise jinja2.TemplateSyntaxError(_TOO_DEEP, 1) from None
    _refuse_depth(tree)
    return tree


@functools.lru_cache(maxsize=1024)
def parse_expression(source: str) -> nodes.Expr:
    """Return the syntax tree of a condition, as in `{% if … %}`.

    Raises:
        jinja2.TemplateSyntaxError: if it is not one valid expression, or nested too deeply.
    """
    try:
        parser = Parser(_PARSER, source, state="variable")
        tree = parser.parse_expression()
    except RecursionError:
        raise jinja2.TemplateSyntaxError(_TOO_DEEP, 1) from None
    if not parser.stream.eos:
        raise jinja2.TemplateSyntaxError(f"unexpected '{parser.stream.current.value}'", 1)
    _refuse_depth(tree)
    return tree


def _refuse_depth(tree: nodes.Node) -> None:
    level = [tree]
    for _ in range(_MAX_DEPTH):
        level = [child for node in level for child in node.iter_child_nodes()]
    if level:
        raise jinja2.TemplateSyntaxError(_TOO_DEEP, level[0].lineno)


def explained(message: str, source: str) -> str:
    """Return what is wrong with a text that cannot be parsed, in plain words; `message` is the parser's own."""
    if curly := re.search("[“”‘’]", message):
        return f'Use straight quotation marks between the braces: " instead of {curly[0]}'
    if re.search(r"\{\{-?\s*(?:if|elif|else|endif)\b", source):
        return "A condition is written in {% … %}, not in {{ … }}."
    if re.search(r"\{%-?\s*else\s+if\b", source):
        return "Write elif instead of else if."
    if re.search(r"\{\s+%|%\s+\}", source):
        return "A condition begins with {% and ends with %}, with no space between the two signs."
    for words, hint in _HINTS.items():
        if words in message:
            return hint
    if re.search(r"\{%[^%]*[^=!<>]=[^=]", source):
        return 'Compare with two equals signs: {% if field == "answer" %}.'
    return f"{message.rstrip('.')} (in {{{{ }}}} or {{% %}})."


@functools.lru_cache(maxsize=8192)
def cited_by(source: str) -> frozenset[str]:
    """Return the ids of the sections and clauses that a valid text cites."""
    calls = parse_text(source).find_all(nodes.Call)
    return frozenset(call.args[0].as_const() for call in calls if getattr(call.node, "name", "") == "ref")


def path_of(node: nodes.Node) -> str | None:
    """Return the dotted name of an expression, None if it is anything else."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        parent = path_of(node.node)
        return f"{parent}.{node.attr}" if parent else None
    return None
