"""Write a `school.yml`: the answers in the order of the schema, under the title of each question and its choices.

PyYAML writes the YAML, and quotes what would otherwise mean something else. It does not support comments, so fields are
written one by one, each under its comment.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from build_tools.schema.fields import Field
from build_tools.template.edition import Edition
from build_tools.text.yaml_words import looks_mistyped

_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes YAML as our schools do: `yes` and `no`, dates without quotation marks, hyphens indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's own
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - any value; an alias would be refused
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if looks_mistyped(text) else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(
    bool, lambda dumper, flag: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if flag else "no")
)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def render_yaml(data: Any, *, on_one_line: bool = False) -> str:  # noqa: ANN401 - any answers
    """Return data as YAML; `on_one_line` puts each list or block that contains only texts on one line."""
    style = None if on_one_line else False
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, width=math.inf, sort_keys=False, default_flow_style=style
    )
    return text


def render_school_file(edition: Edition, answers: Mapping[str, Any]) -> str:
    """Return the text of a `school.yml` with these answers, including `edition` and `federation`."""
    first = {name: value for name, value in answers.items() if edition.schema.root.child(name) is None}
    parts = [
        f"{schema_line(edition.name)}\n# schools/README.md says how to fill in this file.\n{render_yaml(first)}",
        *("".join(_lines(field, answers, "")) for field in edition.schema.root.children if field.name in answers),
    ]
    return "\n".join(parts)


def schema_line(edition: str) -> str:
    """Return the comment that shows editors the schema of a school's file."""
    return f"# yaml-language-server: $schema=../{edition}.schema.json"


def _lines(field: Field, answers: Mapping[str, Any], indent: str) -> Iterator[str]:
    yield f"{indent}# {field.title}\n"
    value = answers[field.name]
    if field.kind.traits.is_block and value:
        yield f"{indent}{field.name}:\n"
        for child in field.children:
            if child.name in value:
                yield from _lines(child, value, f"{indent}  ")
        return
    for choice in field.choices:
        yield f"{indent}#   {choice.value}: {choice.title}\n"
    yield from _indented(_value(field, value), indent)


def _value(field: Field, value: Any) -> str:  # noqa: ANN401 - any answer
    is_short = isinstance(value, list | dict) and not field.kind.traits.has_fields
    text = render_yaml({field.name: value}, on_one_line=is_short)
    return text if max(map(len, text.splitlines())) <= _WIDTH else render_yaml({field.name: value})


def _indented(text: str, indent: str) -> Iterable[str]:
    return (f"{indent}{line}\n" for line in text.splitlines())
