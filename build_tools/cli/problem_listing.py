"""Mistakes for people at a terminal, for programs, and for the annotations of GitHub."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from build_tools.policy.storage import render_json
from build_tools.text.problems import Problem


def render_problems(problems: Iterable[Problem], form: str) -> str:
    """Return mistakes in one of `FORMS`, ready to print."""
    return _FORMS[form](problems)


def problems_data(problems: Iterable[Problem]) -> Sequence[Mapping[str, str | int | None]]:
    """Return mistakes as JSON values; `line` is null for a whole file or folder."""
    return [
        {"file": p.place.file, "line": p.place.line, "severity": p.severity, "message": p.message} for p in problems
    ]


def _text(problems: Iterable[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def _json(problems: Iterable[Problem]) -> str:
    return render_json(problems_data(problems))


def _github(problems: Iterable[Problem]) -> str:
    """Return a workflow command for each mistake, which GitHub shows next to its line.

    Escapes like https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
    """
    return "".join(f"{_annotation(problem)}\n" for problem in problems)


def _annotation(problem: Problem) -> str:
    where = {"file": problem.place.file, "line": problem.place.line}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in where.items() if value is not None)
    return f"::{'warning' if problem.is_warning else 'error'} {said}::{_data(problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMS: Mapping[str, Callable[[Iterable[Problem]], str]] = {"text": _text, "json": _json, "github": _github}
FORMS = tuple(_FORMS)
