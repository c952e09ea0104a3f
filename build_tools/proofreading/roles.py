"""Clauses that name a role which not every school has: a condition could leave the words out."""

from collections.abc import Iterable, Iterator

from jinja2 import nodes

from build_tools.policy.model import Provision
from build_tools.template.edition import Edition
from build_tools.template.language import granted
from build_tools.template.rules import Role
from build_tools.template.syntax import parse_text
from build_tools.text.names import mentions_words
from build_tools.text.problems import Problem


def unguarded_roles(edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each provision that names a role whether or not a school has it."""
    for role in edition.rules.roles:
        field = edition.schema.lookup(role.field)
        for provision in edition.walk():
            if words := _named(role, provision, edition):
                message = f"{provision.id}: “{words}” names a role that not every school has"
                instead = f'Put when="{role.field}" on the clause, or {{% if {role.field} %}} around the words.'
                yield Problem(provision.place, f"{message} ({field.title if field else role.field}). {instead}")


def _named(role: Role, provision: Provision, edition: Edition) -> str | None:
    """Return the words with which a provision names a role, None if it does so only where a school has it."""
    if any(condition.field == role.field for condition in edition.conditions[provision.id]):
        return None
    text = " ".join(_always_printed(parse_text(provision.source).body, role.field))
    return next((words for words in role.words if mentions_words(text, words)), None)


def _always_printed(body: Iterable[nodes.Node], path: str) -> Iterator[str]:
    """Yield the plain words of a text, except those that are printed only if a field has an answer."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield from (part.data if isinstance(part, nodes.TemplateData) else "" for part in node.nodes)
        elif isinstance(node, nodes.If):
            if path not in granted(node.test):
                yield from _always_printed(node.body, path)
            yield from _always_printed([*node.elif_, *node.else_], path)
