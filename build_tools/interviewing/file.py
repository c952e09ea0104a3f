"""Answers in files and on the command line, and the file that stores an interview until it is finished.

schools/NAME/interview.yml    the answers so far, what was skipped, and which blocks are asked
"""

from collections.abc import Iterable, Mapping
from typing import Any

from build_tools.interviewing.asking import Progress
from build_tools.interviewing.form import form_for
from build_tools.interviewing.school_file import render_yaml
from build_tools.schema.answers import coerce, merge, validate, wrong_so_far
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import key_path, with_value
from build_tools.schools.federation import Federation
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean
from build_tools.text.typed_dates import read_typed_date
from build_tools.text.yaml_file import Document, KeyPath, parse_yaml

_ON_THE_COMMAND_LINE = "--set"


def render_interview(progress: Progress, name: str) -> str:
    """Return the text of the file that stores an interview."""
    data = {
        "answers": progress.answers,
        "passed": sorted(map(_joined, progress.passed)),
        "opened": sorted(map(_joined, progress.opened)),
    }
    return f"# This interview is not finished. To continue: policy new {name}\n{render_yaml(data)}"


def parse_interview(
    document: Document, editions: Mapping[str, Edition], federations: Mapping[str, Federation]
) -> Progress:
    """Return the progress of the interview in a file.

    Raises:
        Mistakes: if the file is no longer a valid interview, or its answers no longer fit the edition.
    """
    data = document.data
    kinds = {"answers": dict, "passed": list, "opened": list}
    is_ours = isinstance(data, dict) and all(isinstance(data.get(key), kind) for key, kind in kinds.items())
    if not is_ours or not all(isinstance(path, str) for path in (*data["passed"], *data["opened"])):
        message = "This file was not written by policy new."
        raise Mistakes([Problem(document.place(), f"{message} Delete it to start again.")])
    schema = form_for(editions, federations, data["answers"]).schema
    typed = coerce(schema, data["answers"])
    problems = [
        Problem(document.place(("answers", *at)), message) for at, message in wrong_so_far(schema, schema.root, typed)
    ]
    if problems:
        raise Mistakes(problems)
    return Progress(typed, frozenset(map(_split, data["passed"])), frozenset(map(_split, data["opened"])))


def given_answers(
    document: Document | None,
    assignments: Iterable[tuple[str, str]],
    editions: Mapping[str, Edition],
    federations: Mapping[str, Federation],
) -> Mapping[str, Any]:
    """Return the answers in a file and in assignments (path, value); an assignment overrides the file.

    Raises:
        Mistakes: everything that is wrong in them, except missing answers.
    """
    problems: list[Problem] = []
    in_file = document.data if document else {}
    if document and not isinstance(in_file, dict):
        raise Mistakes([Problem(document.place(), "A file of answers is written like a school.yml.")])
    pairs = tuple(assignments)
    first = {path: value for path, value in pairs if "." not in path}
    form = form_for(editions, federations, {**in_file, **first})
    schema = form.schema
    if document and "amendments" in in_file:
        message = "amendments are not answers. Add them to school.yml once it is written."
        problems.append(Problem(document.place(("amendments",)), message))
        in_file = {name: value for name, value in in_file.items() if name != "amendments"}
    assigned: Any = {}
    for path, text in pairs:
        field = schema.lookup(path)
        if field is None and form.edition is None:
            continue  # the fields are unknown; the unknown edition is reported below
        if field is None:
            hint = did_you_mean(path, (known.path for known in schema.fields))
            problems.append(Problem(Place(_ON_THE_COMMAND_LINE), f"{path}: unknown question.{hint}"))
        else:
            # lists and blocks are given as YAML, in brackets; everything else is used as it is
            is_typed = (
                field.kind.traits.is_list
                or field.kind.traits.is_block
                or (field.other is not None and text.startswith("{"))
            )
            value = parse_yaml(text, f"{_ON_THE_COMMAND_LINE} {path}").data if is_typed else _as_meant(field, text)
            assigned = with_value(assigned, key_path(path), value)
    own, wrong_own = validate(schema, _CommandLine(), assigned, is_whole=False)
    typed, wrong = validate(schema, document, in_file, is_whole=False) if document else ({}, [])
    if problems or wrong or wrong_own:
        raise Mistakes([*problems, *wrong, *wrong_own])
    return merge(own, typed, schema.root)


def _as_meant(field: Field, text: str) -> str:
    """Return a text as a file needs it; a date that may mean another remains as it is, and is refused."""
    typed = read_typed_date(text) if field.kind is FieldKind.DATE else None
    return typed.date if typed and typed.is_sure and typed.date else text


class _CommandLine:
    """Gives the place of entries from the command line."""

    def place(self, path: KeyPath = ()) -> Place:  # noqa: ARG002 - the message names the path
        return Place(_ON_THE_COMMAND_LINE)


def _joined(path: KeyPath) -> str:
    return ".".join(map(str, path))


def _split(path: str) -> KeyPath:
    # the names of fields begin with a letter
    return tuple(int(key) if key.isdecimal() else key for key in path.split("."))
