"""The environment of all layouts, which may come from strangers: it runs no code but theirs, for a limited time.

Layouts can print the values that they are given, and include files in the folders of layouts; nothing else. A layout
that tries more, or has another fault, is a mistake with a place. The memory that a layout takes is not limited.
"""

import enum
import functools
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from build_tools.outputs.limits import STEP, OverLimitError, Stepping, limited, step, step_in
from build_tools.project import BUNDLED, TEMPLATES, find_template, require_inside
from build_tools.text.problems import Mistakes, Place, Problem

_GIVEN = ("build_tools.", "datetime", "jinja2.runtime", "jinja2.utils", "markupsafe")
"""The modules whose values layouts are given, or make themselves."""
_PLAIN = (str, int, float, tuple, frozenset, range, enum.EnumType, TemplateModule)
_READ_ONLY = {dict: ("get", "items", "keys", "values"), list: ("count", "index"), set: ()}
"""What layouts may use of values that have other methods which would change them."""
_FORMATTING = ("format", "format_map")
"""The methods of text that Jinja replaces by safe ones."""
_RISKY = ("batch", "center", "format", "indent", "pprint", "random", "slice", "urlize", "wordwrap")
"""Jinja's filters that make much of little, can take very long, or give another result each time."""
_ORDINARY = 10**12
"""The largest number that a layout may multiply."""
_PACKAGE = Path(__file__).resolve().parents[1]


def _is_readable(kind: type, name: str) -> bool:
    """Return whether layouts may read an attribute of values of a kind."""
    if name.startswith("_") or name == "mro":
        return False
    for changeable, harmless in _READ_ONLY.items():
        if issubclass(kind, changeable):
            return name in harmless
    return issubclass(kind, _PLAIN) or kind.__module__.startswith(_GIVEN)


_may_read: Callable[[type, str], bool] = functools.lru_cache(maxsize=4096)(_is_readable)
"""Cached, as the pages of a council read attributes a million times."""


class _Layout(jinja2.Template):
    """One layout."""

    environment: "Sandbox"

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - whatever the layout asks for
        """Return what the layout makes of values.

        Raises:
            Mistakes: if the layout has a fault, tries what it may not do, or runs for too long.
        """
        with limited():
            try:
                return super().render(*args, **kwargs)
            except Mistakes:
                raise
            except Exception as error:
                problem = _problem(error, self.environment.folders)
                if problem is None:
                    raise
                raise Mistakes([problem]) from error


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders layouts: HTML is escaped, and an undefined name is an error."""

    template_class = _Layout
    intercepted_binops = frozenset(("*", "%", "**"))

    def __init__(self, folders: Iterable[str | Path], *, keep_trailing_newline: bool = False) -> None:
        """Search the folders for layouts, the first ones first."""
        self.folders = tuple(map(Path, folders))
        super().__init__(
            loader=_Loader(self.folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=keep_trailing_newline,
        )
        self.filters = {name: made for name, made in self.filters.items() if name not in _RISKY} | {STEP: step_in}
        del self.globals["lipsum"]

    def getattr(self, obj: object, attribute: str) -> Any:  # noqa: ANN401 - as Jinja returns it
        """Return an attribute if a layout may read it: as Jinja does, but without its slow tests of every value."""
        value = getattr(obj, attribute, missing)
        if value is missing or attribute in _FORMATTING or not _may_read(type(obj), attribute):
            return super().getattr(obj, attribute)
        return value

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002 - Jinja gives it
        """Return whether a layout may read an attribute: one of a value that it was given, and nothing internal."""
        return _may_read(type(obj), attr)

    def unsafe_undefined(self, obj: object, attribute: str) -> jinja2.Undefined:
        """Return what refuses an attribute as soon as it is used."""
        message = f"A layout may not use {attribute} here. It can only print what it is given."
        return self.undefined(message, obj=obj, name=attribute, exc=SecurityError)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        """Return the result of a call, which is a step. What may be called is decided where it is read."""
        step()
        return context.call(obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Return the result of an operator.

        Raises:
            SecurityError: if the operator could make very much of little: a power, or anything but ordinary numbers.
        """
        if operator == "**":
            raise SecurityError("A layout may not use **. Write the number out.")
        if not (_is_ordinary(left) and _is_ordinary(right)):
            raise SecurityError(f"A layout may use {operator} only for numbers up to {_ORDINARY:,}.")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the parsed form of a layout, with the steps that limit it."""
        parsed: nodes.Template = Stepping().visit(super()._parse(source, name, filename))
        return parsed


class _Loader(jinja2.FileSystemLoader):
    """Loads layouts from their folders."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(folders)
        self._folders = folders

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:  # noqa: ANN401 - as Jinja returns it
        """Return the text of a layout, its file, and what tells whether it is up to date.

        Raises:
            Mistakes: if it is a link to a file outside the folders.
        """
        found = super().get_source(environment, template)
        require_inside(Path(found[1]), self._folders, _named(Path(found[1]), self._folders))
        return found

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> jinja2.Template:
        """Return a layout.

        Raises:
            Mistakes: if it is not valid Jinja, or is nested too deeply.
        """
        line = None
        try:
            return super().load(environment, name, globals)
        except jinja2.TemplateSyntaxError as error:
            name, line, message = error.name or name, error.lineno, error.message or "it is not valid Jinja"
        except (RecursionError, SyntaxError):  # what Python says of the program that Jinja makes of it
            message = "its brackets or blocks are nested too deeply"
        except UnicodeDecodeError:
            message = "it is not saved as UTF-8"
        place = Place(_named(find_template(self._folders, name), self._folders), line)
        raise Mistakes([Problem(place, f"This layout cannot be read: {_ended(message)}")])

    def list_templates(self) -> list[str]:
        """Return an empty list: MkDocs would search ten thousand icons for files to copy."""
        return []


def _is_ordinary(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= _ORDINARY


def _problem(error: Exception, folders: Sequence[Path]) -> Problem | None:
    """Return what is wrong with a layout that failed; None if the program is at fault."""
    frames, traceback = [], error.__traceback__
    while traceback:
        frames.append((Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno))
        traceback = traceback.tb_next
    layouts = [(file, line) for file, line in frames if any(file.is_relative_to(folder) for folder in folders)]
    if not layouts:
        return None
    file, line = layouts[-1]
    is_ours = file.is_relative_to(BUNDLED) and frames[-1][0].is_relative_to(_PACKAGE)
    if is_ours and not isinstance(error, jinja2.TemplateError):
        return None
    words = str(error) or type(error).__name__
    is_refusal = isinstance(error, SecurityError | OverLimitError)
    return Problem(
        Place(_named(file, folders), line), words if is_refusal else f"This layout fails here: {_ended(words)}"
    )


def _ended(words: str) -> str:
    """Return the words of an error as the end of a sentence."""
    return f"{words.rstrip('.')}."


def _named(file: Path, folders: Sequence[Path]) -> str:
    """Return how messages name the file of a layout: from the project's folder, if it is in there."""
    for folder in folders:
        if folder.name == TEMPLATES and file.is_relative_to(folder):
            return f"{TEMPLATES}/{file.relative_to(folder).as_posix()}"
    return str(file)
