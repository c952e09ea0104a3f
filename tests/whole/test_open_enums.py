"""A new kind of field, engine, origin or change is said in its traits; mypy lists every other place that must know it.

That holds only where each `match` over them ends in `assert_never`, and no dictionary or list of members decides.
"""

import ast
import enum
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools import project
from build_tools.comparing.compare import ChangeKind
from build_tools.engine import Engine
from build_tools.policy.model import Origin
from build_tools.schema.fields import FieldKind

ENUMS: tuple[type[enum.Enum], ...] = (FieldKind, Engine, Origin, ChangeKind)
PACKAGE = Path(project.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*.py"))


def closed(source: str, module: str) -> Iterator[str]:
    """Yield what in a module would go wrong in silence, or when it is run, if a member were added."""
    foreign = [each.__name__ for each in ENUMS if each.__module__ != module]
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Match() if any(_members(case.pattern) for case in node.cases) and not _is_whole(node):
                yield f"line {node.lineno}: a match that does not end in assert_never"
            case ast.Dict() if any(_members(key, foreign) for key in node.keys if key):
                yield f"line {node.lineno}: a dictionary keyed by members"
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple() | ast.List() | ast.Set() as group]):
                if _members(group, foreign):
                    yield f"line {node.lineno}: a list of members that decides"


def _members(node: ast.AST, names: list[str] | None = None) -> list[str]:
    """Return the members of our enums that a part of a module names."""
    known = [each.__name__ for each in ENUMS] if names is None else names
    return [
        f"{part.value.id}.{part.attr}"
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known
    ]


def _is_whole(node: ast.Match) -> bool:
    last = node.cases[-1]
    match last.pattern, last.body:
        case ast.MatchAs(pattern=None, name=None), [ast.Expr(value=ast.Call(func=ast.Name(id="assert_never")))]:
            return last.guard is None
    return False


@pytest.mark.parametrize("module", MODULES)
def test_no_module_leaves_a_new_member_out(module: str) -> None:
    name = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert not list(closed((PACKAGE.parent / module).read_text(encoding="utf-8"), name))


@pytest.mark.parametrize("member", [member for each in ENUMS for member in each], ids=repr)
def test_every_member_has_its_traits(member: FieldKind | Engine | Origin | ChangeKind) -> None:
    assert type(member.traits).__dataclass_params__.frozen  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("match kind:\n    case FieldKind.DATE:\n        pass", "a match that does not end in assert_never"),
        ("match kind:\n    case FieldKind.DATE | FieldKind.TEXT:\n        pass\n    case _:\n        pass", "a match"),
        ("match e, 1:\n    case Engine.TYPST, 1:\n        pass\n    case _ if e:\n        assert_never(e)", "a match"),
        ("WORDS = {Origin.FILLED: 'filled in'}", "a dictionary keyed by members"),
        ("if change.kind in (ChangeKind.MOVED, ChangeKind.REASON):\n    pass", "a list of members that decides"),
        ("is_it = kind not in {FieldKind.DATE}", "a list of members that decides"),
        ("match kind:\n    case FieldKind.DATE:\n        pass\n    case _:\n        assert_never(kind)", None),
        ("match node:\n    case ast.Dict():\n        pass", None),
        ("KINDS = {'listed': FieldKind.NAMES}", None),
    ],
)
def test_what_would_leave_one_out_is_found(source: str, found: str | None) -> None:
    told = list(closed(source, "build_tools.outputs.pdf"))
    assert [line.partition(": ")[2].startswith(found or "?") for line in told] == ([True] if found else [])


def test_the_traits_themselves_may_be_a_dictionary() -> None:
    source = "TRAITS = {Engine.TYPST: 1}"
    assert not list(closed(source, "build_tools.engine"))
    assert list(closed(source, "build_tools.ratifying"))
