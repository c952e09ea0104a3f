"""Write the findings as a `school.yml`: certain ones as answers, all others as comments to decide on."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from build_tools.adopting.adopt import Adoption
from build_tools.adopting.answer import Answer, Certainty
from build_tools.schema.fields import Field
from build_tools.schema.paths import key_path, with_value
from build_tools.template.needs import made_necessary
from build_tools.text.yaml_words import as_yaml

_WIDTH = 100
_INDENT = "  "


def render_school(adoption: Adoption) -> str:
    """Return the text of a `school.yml`.

    An answer that is sure or likely is written with the place that shows it. Unsure answers, questions without an
    answer and proposed amendments are comments, so that nothing takes effect before somebody has checked it.
    """
    found = {answer.path: answer for answer in adoption.answers}
    needed = _needed(adoption)
    lines = [
        f"# Read from {adoption.document.file}: check every answer. The place where it was found is next to it.",
        "# See schools/README.md for how to fill in this file, and report.html for everything that was found.",
        f"edition: {adoption.edition.name}",
    ]
    for field in adoption.edition.schema.root.children:
        lines += ["", *_field(field, found, needed, 0)]
    if adoption.own:
        lines += ["", *_amendments(adoption)]
    return "\n".join(lines) + "\n"


def _needed(adoption: Adoption) -> AbstractSet[str]:
    """Return the paths of the questions that must be answered: always, or because of the answers that take effect."""
    given: Mapping[str, Any] = {}
    for answer in adoption.answers:
        if answer.certainty is not Certainty.UNSURE:
            given = with_value(given, key_path(answer.path), answer.value)
    always = {field.path for field in adoption.edition.schema.fields if field.required}
    return always | made_necessary(adoption.edition.rules, adoption.edition.schema, given).keys()


def _field(field: Field, found: Mapping[str, Answer], needed: AbstractSet[str], depth: int) -> Iterator[str]:
    indent = _INDENT * depth
    if field.kind.traits.is_block:
        inside = [
            (child, list(_field(child, found, needed, depth + 1))) for child in field.children if not child.is_recorded
        ]
        is_told = any(not line.lstrip().startswith("#") for _, lines in inside for line in lines)
        yield f"{indent}{'' if is_told else '# '}{field.name}:"
        for _, lines in inside:
            yield from lines
        return
    answer = found.get(field.path)
    if answer is None:
        what = "needed but not found" if field.path in needed else "not found"
        default = f" If left out, it is: {_inline(field.default)}." if field.default not in (None, {}) else ""
        title = field.title if field.title.endswith((".", "?")) else f"{field.title}."
        yield from _note(f"{field.name}: {what}. {title}{default}", indent)
        return
    lines = list(_value(field.name, answer.value, indent))
    place = f"  # {answer.evidence[0].spot}"
    if answer.certainty is Certainty.SURE:
        yield from (lines[0] + place, *lines[1:])
    elif answer.certainty is Certainty.LIKELY:
        yield from (f"{lines[0]}{place}, likely", *lines[1:])
    else:
        yield f"{indent}# {lines[0].lstrip()}{place}, unsure: delete the first # if it is right"
        yield from (f"{indent}# {line[len(indent) :]}" for line in lines[1:])


def _value(name: str, value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - any answer
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield f"{indent}{name}:"
        for entry in value:
            for number, (key, text) in enumerate(entry.items()):
                yield f"{indent}{_INDENT}{'- ' if number == 0 else '  '}{key}: {as_yaml(text)}"
        return
    yield f"{indent}{name}: {_inline(value)}"


def _inline(value: Any) -> str:  # noqa: ANN401 - any answer but a list of mappings
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return f"[{', '.join(as_yaml(entry, in_brackets=True) for entry in value)}]"
    return as_yaml(value)


def _note(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")


def _amendments(adoption: Adoption) -> Sequence[str]:
    lines = [
        "# What your policy says and the template does not, as amendments that would add it. To keep one, delete the #",
        "# from each of its lines and from the word amendments, and give your reason: it is published with it.",
        "# amendments:",
    ]
    for own in adoption.own:
        lines += [
            f"#   - insert: {own.id}  # {own.evidence.spot}, {own.certainty}",
            f"#     after: {own.after}",
            "#     text: >",
            *textwrap.wrap(own.text, _WIDTH, initial_indent="#       ", subsequent_indent="#       "),
            "#     because: ",
        ]
    return [line.rstrip() for line in lines]
