"""Solve cases on a cluster of Dask; a worker that is lost, or the scheduler, loses no case that came back."""

from __future__ import annotations

import importlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.solve_case import FAILED, CaseSolver, tell_no_plan
from hubspoke.base.errors import HubspokeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CURE = "run the same command again, here or on another cluster: it goes on where this one ended"
WAIT_S = 10.0
"""Seconds to wait for a scheduler to answer."""
WORKERS_S = 120.0
"""Seconds to wait for a worker where there is none, or none any more."""
KILLED = "the workers that solved the case died"
_solvers: dict[str, CaseSolver] = {}
"""Of this worker, by folder and request; what cases have in common is read once."""


class ClusterError(HubspokeError):
    """The cluster is gone in the middle of a sweep."""


def solve_on_cluster(
    cases: Sequence[tuple[str, Mapping[str, Any]]], folder: Path | None, asked: Mapping[str, Any], *, address: str
) -> Iterator[tuple[str, str]]:
    """Yield digest and result of every case as they come from the workers of a cluster.

    No more cases are handed out than there are threads, so that a case whose worker dies is told from those that only
    waited there.

    Parameters
    ----------
    cases : sequence of (str, mapping)
        Digest and changes of each.
    folder : Path or None
        Where the workers find the input; with the same content.
    asked : mapping of str to any
    address : str
        Of the scheduler, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    UsageError
        dask.distributed is not installed, or no scheduler answers.
    ClusterError
        The scheduler is gone before the last case.
    """
    try:
        distributed: Any = importlib.import_module("distributed")  # an optional extra, untyped
    except ImportError as error:
        raise UsageError("--cluster needs dask.distributed: pip install 'hubspoke[cluster]'") from error
    try:
        client = distributed.Client(address, timeout=WAIT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"no scheduler answers at {address} ({error}); start one with `dask scheduler`") from error
    try:
        yield from _solve(distributed, client, cases, None if folder is None else str(folder.absolute()), dict(asked))
    finally:
        client.close(timeout=1)


def _solve(
    distributed: Any,
    client: Any,
    cases: Sequence[tuple[str, Mapping[str, Any]]],
    folder: str | None,
    asked: dict[str, Any],
) -> Iterator[tuple[str, str]]:
    waiting = list(reversed(cases))
    at: dict[Any, str] = {}
    try:
        while waiting or at:
            if not client.nthreads():
                client.wait_for_workers(1, timeout=WORKERS_S)
            threads = max(sum(client.nthreads().values()), 1)
            while waiting and len(at) < threads:
                digest, changes = waiting.pop()
                at[client.submit(solve_one, folder, asked, dict(changes), digest, key=f"hubspoke-{digest}")] = digest
            with suppress(TimeoutError), client.as_current():  # some cases take long
                distributed.wait(list(at), timeout=WAIT_S, return_when="FIRST_COMPLETED")
            if client.status != "running":
                raise ClusterError(f"the scheduler is gone; {CURE}")
            for future in [future for future in at if future.done()]:
                digest = at.pop(future)
                yield digest, _result(future, digest)
                future.release()
    except TimeoutError as error:
        raise ClusterError(f"the cluster at {client.scheduler.address} has no workers; {CURE}") from error
    except OSError as error:
        raise ClusterError(f"the scheduler is gone ({error}); {CURE}") from error


def _result(future: Any, digest: str) -> str:
    if future.status in {"cancelled", "lost"}:
        raise ClusterError(f"the scheduler is gone; {CURE}")
    if future.status == "error":
        error = future.exception()
        if type(error).__name__ == "KilledWorker":
            return tell_no_plan(digest, FAILED, KILLED)
        return tell_no_plan(digest, FAILED, f"{type(error).__name__}: {error}")
    return str(future.result())


def solve_one(folder: str | None, asked: Mapping[str, Any], changes: Mapping[str, Any], digest: str) -> str:
    """Solve a case on a worker, and return what `CaseSolver.solve` returns.

    Parameters
    ----------
    folder : str or None
    asked : mapping of str to any
    changes : mapping of str to any
    digest : str
    """
    key = repr((folder, sorted(asked.items())))
    if key not in _solvers:
        _solvers[key] = CaseSolver(None if folder is None else Path(folder), asked)
    return _solvers[key].solve(changes, digest)
