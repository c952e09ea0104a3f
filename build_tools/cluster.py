"""Work on a Dask cluster: the same function over the same orders, on other machines.

They share the folders of the project and of the site with this one, under the same paths, and run the same program.
"""

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from build_tools.engine import Engine
from build_tools.fingerprints import Fingerprints
from build_tools.problems import Mistakes, Place, Problem
from build_tools.project import Project

_Order = TypeVar("_Order")
_Result = TypeVar("_Result")

_PATIENCE = "10s"
_EXTRA = 'pip install "schoolpolicy[dask]"'


def work_on_cluster(
    function: Callable[[_Order], _Result], orders: Sequence[_Order], address: str, here: Fingerprints
) -> Iterator[_Result]:
    """Yield what the function returns for each order, in the order in which they are done.

    What a worker was doing when it was lost is done by another.

    Raises:
        Mistakes: if there is no cluster, or one of its workers would write other bytes than this machine.
    """
    distributed = _library()
    try:
        client = distributed.Client(address, timeout=_PATIENCE)
    except OSError:
        raise _mistake(f"There is no Dask scheduler at {address}.") from None
    with client:
        for worker, found in client.run(_for_pages, here.project, here.engine).items():
            if found != here.for_pages:
                message = (
                    "would write other bytes: its program, layouts or SOURCE_DATE_EPOCH are not those of this one."
                )
                raise _mistake(f"The worker {worker} {message}")
        futures = client.map(function, orders, pure=False)
        for done in distributed.as_completed(futures):
            yield done.result()


def _for_pages(project: Project, engine: Engine) -> str:
    return Fingerprints(project, engine).for_pages


def _library() -> Any:  # noqa: ANN401 - published without types
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError:
        raise _mistake(f"--dask needs the library that talks to the cluster: {_EXTRA}") from None


def _mistake(message: str) -> Mistakes:
    return Mistakes([Problem(Place("policy build --dask"), message)])
