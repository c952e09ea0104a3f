"""Work on a Dask cluster: the same function over the same orders, on other machines.

The machines share the folders of the project and of the site under the same paths, and run the same program.
"""

import functools
import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from build_tools.building.fingerprints import Fingerprints
from build_tools.engine import Engine
from build_tools.project import Project
from build_tools.text.problems import Mistakes, Place, Problem

_Order = TypeVar("_Order")
_Result = TypeVar("_Result")

_PATIENCE = "10s"
_EXTRA = 'pip install "schoolpolicy[dask]"'


def work_on_cluster(
    function: Callable[[_Order], _Result], orders: Sequence[_Order], address: str, here: Fingerprints
) -> Iterator[_Result]:
    """Yield the function's result for each order, as each is finished.

    The work of a lost worker is done by another.

    Raises:
        Mistakes: if there is no cluster, or one of its workers would write different bytes from this machine.
    """
    distributed = _library()
    try:
        client = distributed.Client(address, timeout=_PATIENCE)
    except OSError:
        raise _mistake(f"No Dask scheduler answers at {address}. Start it, or check the address.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise _mistake(
                f"The Dask scheduler at {address} has no workers. Start one: dask worker {address}"
            ) from None
        checked = functools.partial(_work_alike, function, here.project, here.engine, here.for_pages)
        for done in distributed.as_completed(client.map(checked, orders, pure=False)):
            yield done.result()


def _work_alike(
    function: Callable[[_Order], _Result], project: Project, engine: Engine, expected: str, order: _Order
) -> _Result:
    """Return the function's result for an order; a worker may join at any time, so each checks itself first.

    Raises:
        Mistakes: if its own fingerprint is not `expected`, so that it would write different bytes.
    """
    if _for_pages(project, engine) != expected:
        raise _mistake(
            f"The worker {_library().get_worker().address} would write different files:"
            " its program, layouts or SOURCE_DATE_EPOCH differ from those of this machine."
        )
    return function(order)


@functools.lru_cache(maxsize=1)
def _for_pages(project: Project, engine: Engine) -> str:
    return Fingerprints(project, engine).for_pages


def _library() -> Any:  # noqa: ANN401 - published without types
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError:
        raise _mistake(f"--dask needs a library that is not installed: {_EXTRA}") from None


def _mistake(message: str) -> Mistakes:
    return Mistakes([Problem(Place("policy build --dask"), message)])
