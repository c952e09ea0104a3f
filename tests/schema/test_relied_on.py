"""The fields that the program reads from any edition: every one is on the list, and the list is in the guide."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

import build_tools
from build_tools.schema.fields import Schema
from build_tools.schema.file import read_schema
from build_tools.schema.relied_on import OF_ENTRIES, OF_OWN_WORDS, RELIED_ON, ReliedOn
from build_tools.schema.unmet import unmet

PACKAGE = Path(build_tools.__file__).parent
LIST = "schema/relied_on.py"


@pytest.fixture(scope="module")
def schema() -> Schema:
    folder = max((ROOT / "policy_src").glob("*/school.schema.yml")).parent
    return read_schema(folder / "school.schema.yml", "school.schema.yml")


# --- nothing else is read ------------------------------------------------------------------------


def test_no_other_module_names_a_field(schema: Schema) -> None:
    paths = {field.path for field in schema.fields if "." in field.path}
    groups = {field.path for field in schema.root.children}
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        # what adopting finds is dropped where an edition has no such field
        if path.relative_to(PACKAGE).parts[0] != "adopting"
        for name in named_in(path.read_text(encoding="utf-8"), paths, groups)
    }
    assert {(module, name) for module, name in found if module != LIST} == set()
    assert {name for module, name in found if module == LIST} <= {relied.path for relied in RELIED_ON}


@pytest.mark.parametrize(
    "read",
    [
        'school.values["school"]',
        'school.values["school"]["name"]',
        'values.get("school")',
        'get(school.values, "school")',
        'get(values, "school.name")',
        'schema.lookup("school")',
        'f"{{{{ school.name }}}}"',
        '"Not used at {{ school.name }}"',
        '_READ = ("school.name",)',
    ],
)
def test_a_field_that_is_named_would_be_found(read: str) -> None:
    assert list(named_in(read, {"school.name"}, {"school"}))


def test_what_only_looks_like_a_field_is_not_found() -> None:
    assert not list(named_in('record["school"], require(name, "school"), "school.name.x"', {"school.name"}, {"school"}))


def named_in(source: str, paths: set[str], groups: set[str]) -> Iterator[str]:
    """Yield the fields that a module names: by a path, or by a group of a school's values."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(text)):
                yield from paths & {text, *re.findall(r"\{ ([\w.]+)", text)}
            case ast.Subscript(value=values, slice=ast.Constant(value=str(name))) if ast.unparse(values).endswith(
                "values"
            ):
                yield from groups & {name}
            case ast.Call(func=ast.Attribute(value=values, attr="get"), args=[ast.Constant(value=str(name)), *_]):
                yield from groups & {name} if ast.unparse(values).endswith("values") else ()
            case ast.Call(func=ast.Name(id="get"), args=[_, ast.Constant(value=str(name))]):
                yield from groups & {name}
            case ast.Call(func=ast.Attribute(attr="lookup"), args=[ast.Constant(value=str(name))]):
                yield from groups & {name}


# --- what the list says --------------------------------------------------------------------------


def test_the_published_editions_have_all_of_it(schema: Schema) -> None:
    assert list(unmet(schema)) == []
    assert [relied.path for relied in RELIED_ON if not schema.lookup(relied.path)] == []


def test_the_guide_has_the_list() -> None:
    text = (ROOT / "policy_src" / "README.md").read_text(encoding="utf-8")
    section = text.partition("## What the program relies on\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    entries = [row_of(relied, "in an entry of a list") for relied in OF_ENTRIES]
    words = [row_of(relied, "in a school's own word") for relied in OF_OWN_WORDS]
    assert rows == [*map(row_of, RELIED_ON), *entries, *words]


def row_of(relied: ReliedOn, inside: str = "") -> str:
    """Return the row about a field as the guide has it."""
    kind = relied.kind.value.partition(", such as ")[0]
    return f"| `{relied.path}`{f' {inside}' if inside else ''} | {kind} | {relied.need.value} | {relied.use} |"
