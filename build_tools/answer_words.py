"""An answer in words: what people read where a program holds `off-and-away`, True or 2018-05-23."""

from collections.abc import Mapping
from typing import Any

from build_tools.dates import is_date, long_date
from build_tools.schema import Field, FieldKind


def answer_in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - any answer
    """Return an answer to a field in words, nothing if there is none."""
    if value is None:
        return ""
    titles = {choice.value: choice.title for choice in field.choices}
    match field.kind:
        case FieldKind.FLAG:
            return "Yes" if value else "No"
        case FieldKind.CHOICES:
            return ", ".join(titles[one] for one in value)
        case FieldKind.RECORDS:
            first = field.children[0].name
            return ", ".join(str(entry.get(first) or next(iter(entry.values()))) for entry in value)
        case FieldKind.DATE if is_date(value):
            return long_date(value)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return str(value["plural"])
    return titles.get(value, str(value))
