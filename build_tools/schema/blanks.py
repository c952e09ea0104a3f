"""Blanks among a school's answers: texts that say that an answer is missing instead of giving it.

A blank in any field is a mistake, because clauses and pages would print it. An option that may truly be "none" has a
choice that says so, and what an option offers is never a blank.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.schema.fields import AUTHORITY_GROUP, PEOPLE_GROUP, SCHOOL_GROUP, Field, FieldKind
from build_tools.schema.wording import Message, label
from build_tools.text.blanks import folded, is_blank
from build_tools.text.problems import one_of
from build_tools.text.yaml_file import KeyPath

_X = "X"


def blank_answers(root: Field, answers: Any) -> Iterator[Message]:  # noqa: ANN401 - any answers
    """Yield the place and message of every blank in the answers to a field, or to the fields in it."""
    for path, field, holder, text in _texts(root, answers):
        if _is_blank(field, holder, text, is_entry=_is_entry(path)):
            yield (
                path,
                f'{label(path, field)}"{text}" is a blank, not an answer. {_instead(path, field, holder, answers)}',
            )


def is_blank_answer(field: Field, text: object) -> bool:
    """Return whether an answer to a field, or an entry of a list, is only words for "no answer"."""
    return isinstance(text, str) and _is_blank(field, None, text, is_entry=field.kind.traits.is_list)


def _texts(
    field: Field,
    value: Any,  # noqa: ANN401 - any answer
    path: KeyPath = (),
    holder: Field | None = None,
) -> Iterator[tuple[KeyPath, Field, Field | None, str]]:
    """Yield every text in an answer: its place, its field, the list or group around that, and the text."""
    if isinstance(value, str) and not field.kind.traits.is_block:
        yield path, field, holder, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if child := (field.other or field).child(str(name)):
                yield from _texts(child, inner, (*path, name), field)
    elif isinstance(value, list) and field.kind.traits.is_list:
        for index, entry in enumerate(value):
            yield from _texts(field, entry, (*path, index), holder)


def _is_entry(path: KeyPath) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _is_blank(field: Field, holder: Field | None, text: str, *, is_entry: bool) -> bool:
    if not text or text in (choice.value for choice in field.choices):
        return False
    if is_entry and text == _X:
        return False  # a service has this name
    group = field.path.partition(".")[0]
    is_name = group in (PEOPLE_GROUP, SCHOOL_GROUP) and not field.choices
    return is_blank(text, is_name=is_name) or _is_title(field, holder, text) or _is_example(field, text)


def _is_title(field: Field, holder: Field | None, text: str) -> bool:
    """Return whether a text repeats what is asked for: the title of its question, or the label of its list.

    A body of the authority may be called what it is, such as "Children's social care", and so may anything that the
    schema gives as an example or by default.
    """
    if field.path.partition(".")[0] == AUTHORITY_GROUP or field.kind.traits.is_option:
        return False
    titles = [field.title]
    if holder is not None and _begins_entry(field, holder):
        titles += [holder.title, *(holder.labels or ())]
    allowed = {folded(words) for words in (*_examples(field), str(field.default or ""))}
    return folded(text) in {folded(title) for title in titles} - allowed


def _begins_entry(field: Field, holder: Field | None) -> bool:
    """Return whether every entry of the list around a field has an answer to it."""
    return holder is not None and holder.kind is FieldKind.RECORDS and field.name in holder.needs


def _is_example(field: Field, text: str) -> bool:
    """Return whether a text is an example that cannot be true of any school.

    A schema says with `x-invented` that its examples are invented; an address at example.org always is. Other examples
    are real products, bodies and words, which a school may well have.
    """
    form = field.kind.traits.form
    if form and form.is_invented(text):
        return True
    return field.declared.get("x-invented", False) and folded(text) in map(folded, _examples(field))


def _examples(field: Field) -> Iterator[str]:
    for example in field.declared.get("examples", ()):
        yield from (str(entry) for entry in (example if isinstance(example, list) else [example]))


def _instead(path: KeyPath, field: Field, holder: Field | None, answers: Any) -> str:  # noqa: ANN401 - any answers
    """Return what to type instead of a blank."""
    real = _real(field)
    is_entry = _is_entry(path)
    if not is_entry and not _begins_entry(field, holder):
        return f"{real}; every school needs it." if field.required else f"{real}, or delete the line."
    at, listed = (path, field) if is_entry else (path[:-1], holder or field)
    others = answers
    for key in at[:-1]:
        others = others[key]
    if len(others) > 1:
        return f"{real}, or delete the entry."
    return f"{real}; every school needs it." if listed.required else f"{real}, or delete the whole list."


def _real(field: Field) -> str:
    if field.choices:
        return f"Answer with {one_of(choice.value for choice in field.choices)}"
    return "Answer yes or no" if field.kind.traits.is_option else "Type the real one"
