"""Work that one search divides among threads, the same results in the same order however many there are.

Whoever calls works as well, so that work within work never waits for a thread: a helper joins in only while one is
free. Compiled loops, HiGHS and long array operations leave Python to the others while they run.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from hubspoke.base.stop import Stop

Item = TypeVar("Item")
Result = TypeVar("Result")

POLL_S = 0.2
"""Seconds between two looks at a search, so that Ctrl-C is heard on every system."""

_asked: ContextVar[int | None] = ContextVar("threads asked for", default=None)
_team: ContextVar[Team | None] = ContextVar("threads at work", default=None)


@contextmanager
def use_threads(threads: int | None) -> Iterator[None]:
    """Let every search begun within use so many threads, where it is not told another number itself.

    Parameters
    ----------
    threads : int, optional
        None for what holds outside, which is all cores where nothing is said.

    Raises
    ------
    ValueError
        There are fewer than one.
    """
    token = _asked.set(count_threads(threads) if threads is not None else _asked.get())
    try:
        yield
    finally:
        _asked.reset(token)


def count_threads(threads: int | None = None) -> int:
    """Return how many threads a search may use.

    Parameters
    ----------
    threads : int, optional
        What is asked for; else what `use_threads` says, else the cores there are.
    """
    if threads is not None and threads < 1:
        raise ValueError(f"threads must be 1 or more, got {threads}")
    return threads or _asked.get() or os.cpu_count() or 1


def lead(work: Callable[[], Result], *, threads: int | None, stop: Stop, keeps: Callable[[Result], bool]) -> Result:
    """Do work whose `spread` goes to so many threads; inside such work, on those of the search around it.

    It is done beside the thread that asks, which is left to hear Ctrl-C: that ends the work as `stop` does.

    Parameters
    ----------
    work : callable
    threads : int, optional
        As in `count_threads`.
    stop : Stop
        Asked on Ctrl-C.
    keeps : callable
        Returns whether a result is worth having after Ctrl-C; else it stays a KeyboardInterrupt.

    Returns
    -------
    object
        The result of the work.
    """
    if _team.get() is not None:
        return work()
    team = Team(count_threads(threads))
    context = copy_context()
    context.run(_team.set, team)
    leader = ThreadPoolExecutor(1)
    try:
        return _wait(leader.submit(context.run, work), stop, keeps)
    except KeyboardInterrupt:
        stop.ask()  # it may have come before there was anything to wait for
        raise
    finally:
        leader.shutdown(wait=False)
        team.close()


def _wait(leading: Future[Result], stop: Stop, keeps: Callable[[Result], bool]) -> Result:
    try:
        while not leading.done():
            wait([leading], timeout=POLL_S)
        return leading.result()
    except KeyboardInterrupt:
        stop.ask()
        result = leading.result()
        if not keeps(result):
            raise
        return result


class Team:
    """The threads of one search: the one that leads, and helpers who join it where they are free.

    Parameters
    ----------
    threads : int
        All of them.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._free = threading.Semaphore(threads - 1)
        self._pool = ThreadPoolExecutor(max(threads - 1, 1))

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return the results of all items in their order; what the first of them raises ends the rest."""
        round_ = _Round(work, items)
        helpers: list[Future[None]] = []
        try:
            while len(helpers) < len(items) - 1 and self._free.acquire(blocking=False):
                helpers.append(self._pool.submit(copy_context().run, self._help, round_))
            round_.join_in()
            for helper in helpers:
                helper.result()
        finally:
            round_.is_over = True  # Ctrl-C may come at any place: who is still at work begins no further item
        return round_.end()

    def close(self) -> None:
        """Let the threads end once they are idle."""
        self._pool.shutdown(wait=False)

    def _help(self, round_: _Round) -> None:
        try:
            round_.join_in()
        finally:
            self._free.release()


class _Round:
    """Items that several threads take one after the other."""

    def __init__(self, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
        self.work, self.items = work, items
        self.results: list[Any] = [None] * len(items)
        self.errors: dict[int, BaseException] = {}
        self.next = 0
        self.is_over = False
        self.lock = threading.Lock()

    def join_in(self) -> None:
        """Work on items until none is left, or one has failed."""
        while (at := self._take()) is not None:
            try:
                self.results[at] = self.work(self.items[at])
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                self.errors[at] = error

    def _take(self) -> int | None:
        with self.lock:
            if self.is_over or self.errors or self.next == len(self.items):
                return None
            self.next += 1
            return self.next - 1

    def end(self) -> list[Any]:
        """Return all results, or raise what the first item that failed raised."""
        if self.errors:
            raise self.errors[min(self.errors)]
        return self.results


def spread(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Work on items that do not touch each other, on the threads of the search around it; one after the other in none.

    Parameters
    ----------
    work : callable
        Of one item. It may itself spread work.
    items : sequence
        Begun in their order.

    Returns
    -------
    list
        The results, in the order of the items.

    Raises
    ------
    Exception
        What the first item that failed raised; what has not begun by then is left.
    """
    team = _team.get()
    if team is None or team.threads == 1 or len(items) <= 1:
        return [work(item) for item in items]
    return team.map(work, items)
