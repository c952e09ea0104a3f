"""What an edition lacks of the fields that the program itself reads."""

from collections.abc import Iterator

from build_tools.schema.answers import complete
from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.schema.relied_on import OF_ENTRIES, OF_OWN_WORDS, RELIED_ON, Need, ReliedOn
from build_tools.text.problems import Place, Problem


def unmet(schema: Schema) -> Iterator[Problem]:
    """Yield each field that the program reads and that an edition lacks, or declares as something else."""
    for relied in RELIED_ON:
        field = schema.lookup(relied.path)
        if field is None:
            yield from _missing(schema, relied)
        elif field.kind is not relied.kind:
            yield _of_another_kind(schema.place(field.path), field.path, field, relied)
        elif relied.need is Need.REQUIRED:
            yield from _not_everywhere(schema, field, relied)
        elif relied.need is Need.RECORDED:
            yield from _not_recorded(schema, field, relied)
    for field in schema.root.walk():
        if field.kind is FieldKind.RECORDS:
            yield from _inside(schema.place(field.path), field, OF_ENTRIES)
        elif field.other:
            yield from _inside(schema.place(field.path), field.other, OF_OWN_WORDS)


def _missing(schema: Schema, relied: ReliedOn) -> Iterator[Problem]:
    """Yield that a field is missing; if its whole group is, each field that belongs there is reported instead."""
    group = relied.path.rpartition(".")[0]
    holder = schema.lookup(group) if group else None
    is_reported = holder is not None and holder.kind is not FieldKind.RECORD
    if relied.need is Need.REQUIRED and group and not is_reported:
        yield Problem(schema.place(group), f"{relied.path} is missing. {relied.use} {_typed(relied, group)}")


def _of_another_kind(place: Place, path: str, field: Field, relied: ReliedOn) -> Problem:
    takes, declared = field.kind.traits.name, relied.kind.traits.declared
    return Problem(place, f"{path} takes {takes}. {relied.use} Declare it with {declared}.")


def _not_everywhere(schema: Schema, field: Field, relied: ReliedOn) -> Iterator[Problem]:
    """Yield that a school may leave out what every school needs; a group is needed for the fields in it."""
    if field.kind is FieldKind.RECORD or field.always:
        return
    group, _, name = field.path.rpartition(".")
    holder = schema.lookup(group)
    wanted = [] if holder and name in holder.needs else [f"{name} to required in {group}"]
    wanted += [] if holder and holder.required else [f"{group} to required at the top of the file"]
    message = f"A school may leave out {field.path}. {relied.use}"
    yield Problem(schema.place(field.path), f"{message} Add {' and '.join(wanted)}, or give a default.")


def _not_recorded(schema: Schema, field: Field, relied: ReliedOn) -> Iterator[Problem]:
    """Yield that a draft may have a value which only a ratified version has."""
    message = f"{field.path}: a draft cannot have a value here. {relied.use}"
    if not field.is_recorded:
        yield Problem(schema.place(field.path), f"{message} Add readOnly: true.")
    elif field.required or relied.of(complete(schema, {}, {})) is not None:
        yield Problem(schema.place(field.path), f"{message} Do not require it, and delete its default.")


def _inside(place: Place, holder: Field, relied_on: tuple[ReliedOn, ...]) -> Iterator[Problem]:
    """Yield what is wrong with the fields inside an entry of a list, or inside a school's own word."""
    for relied in relied_on:
        child = holder.child(relied.name)
        if child and child.kind is not relied.kind:
            yield _of_another_kind(place, f"{holder.path}: {relied.name}", child, relied)
        elif relied.need is Need.REQUIRED and not (child and relied.name in holder.needs):
            message = f"{holder.path}: a school's own word needs {relied.name}. {relied.use}"
            yield Problem(place, f"{message} {_typed(relied, 'that block')}")


def _typed(relied: ReliedOn, group: str) -> str:
    """Return what to type for a required field that is missing."""
    declared = f"{relied.name}: {{title: …, {relied.kind.traits.declared}}}"
    return f"Add {declared} to the properties of {group}, and {relied.name} to its required."
