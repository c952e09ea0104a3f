"""How long a layout may run, whatever loops it has: a limit of steps, and one of time.

Jinja has neither. So the compiled form of each layout takes a step at the start of every round of a loop, and before
everything that it includes or imports; the sandbox takes one at every call. Steps make the limit the same on every
computer; the time is for steps that take long.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

STEP = "step"
"""The name of the filter by which a layout takes a step."""
_STEPS = 3_000_000
"""The steps of one page. The largest page of a council with 600 schools takes fewer than a tenth."""
_SECONDS = 60.0

_Statement = TypeVar("_Statement", bound=nodes.Stmt)


class OverLimitError(jinja2.TemplateRuntimeError):
    """A layout runs for too long."""


class _Meter:
    """The steps of one page so far."""

    def __init__(self) -> None:
        self.left = _STEPS
        self.end = time.monotonic() + _SECONDS


_meter: ContextVar[_Meter] = ContextVar("meter")


@contextmanager
def limited() -> Iterator[None]:
    """Limit the steps and the time of what is rendered inside."""
    before = _meter.set(_Meter())
    try:
        yield
    finally:
        _meter.reset(before)


def step() -> None:
    """Take a step.

    Raises:
        OverLimitError: if the layout runs for too long.
    """
    meter = _meter.get()
    meter.left -= 1
    if meter.left < 0 or time.monotonic() > meter.end:
        raise OverLimitError("This layout runs for too long. Check the loops here and around it.")


@jinja2.pass_context  # or Jinja would take the step once, when it compiles the layout
def step_in(_context: Context, _value: None) -> None:
    """Take a step, as a filter.

    Raises:
        OverLimitError: if the layout runs for too long.
    """
    step()


class Stepping(NodeTransformer):
    """Adds the steps to the parsed form of a layout."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the name of the node
        """Return a loop that takes a step in each round."""
        self.generic_visit(node)
        node.body.insert(0, _step(node))
        return node

    def before(self, node: _Statement) -> list[nodes.Stmt]:
        """Return a statement with a step before it."""
        self.generic_visit(node)
        return [_step(node), node]

    visit_Include = visit_Import = visit_FromImport = before  # noqa: N815 - the names of the nodes


def _step(node: nodes.Stmt) -> nodes.Stmt:
    """Return a statement that takes a step, on the line of another."""
    call = nodes.Filter(nodes.Const(None), STEP, [], [], None, None)
    statement = nodes.ExprStmt(call)
    statement.set_lineno(node.lineno)
    return statement
