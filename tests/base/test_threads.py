"""Work divided among threads: the order of results, work inside work, errors, and Ctrl-C."""

from __future__ import annotations

import _thread
import threading
from concurrent.futures import wait
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke.base.threads as threads_module
from hubspoke.base.stop import Stop
from hubspoke.base.threads import count_threads, lead, spread, use_threads

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_S = 60.0
"""Seconds after which a thread that waits for another gives up, so that a fault does not hang."""


def lead_alone(work: Callable[[], Any], threads: int) -> Any:
    return lead(work, threads=threads, stop=Stop(), keeps=bool)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items_also_of_work_inside_work(threads: int) -> None:
    def square(number: int) -> list[int]:
        return spread(lambda other: number * other, range(4))

    expected = [[number * other for other in range(4)] for number in range(9)]
    assert lead_alone(lambda: spread(square, range(9)), threads) == expected
    assert spread(square, range(9)) == expected  # no search is at work


def test_two_threads_work_at_once_and_inner_work_takes_who_is_free() -> None:
    both = threading.Barrier(2, timeout=LONG_S)

    def wait(_: int) -> bool:
        both.wait()
        return True

    assert lead_alone(lambda: spread(wait, range(2)), 2) == [True, True]
    assert lead_alone(lambda: spread(lambda _: spread(wait, range(2)), range(1)), 2) == [[True, True]]


def test_no_more_threads_work_than_asked_for() -> None:
    at_work, most, lock = 0, 0, threading.Lock()

    def work(_: int) -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        sum(range(2000))
        with lock:
            at_work -= 1

    lead_alone(lambda: spread(lambda _: spread(work, range(20)), range(4)), 3)
    assert 1 <= most <= 3


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_an_error_comes_out_and_ends_the_rest(threads: int) -> None:
    begun: list[int] = []

    def fail(item: int) -> None:
        begun.append(item)
        if item >= 1:
            raise ValueError(f"item {item}")

    with pytest.raises(ValueError, match="item 1"):
        lead_alone(lambda: spread(fail, range(1000)), threads)
    assert len(begun) <= 1 + threads


class HeardStop(Stop):
    """A stop that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: threading.Event = threading.Event()

    def ask(self) -> None:
        """Ask, and let who waits go on."""
        super().ask()
        self.heard.set()


@pytest.mark.parametrize("plan", ["a plan", ""])
def test_ctrl_c_keeps_a_plan_and_stays_an_interrupt_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, plan: str
) -> None:
    stop, waits = HeardStop(), threading.Event()

    def wait_for(*given: Any, **options: Any) -> Any:
        waits.set()
        return wait(*given, **options)

    def search() -> str:
        waits.wait(LONG_S)
        _thread.interrupt_main()
        stop.heard.wait(LONG_S)
        return plan if stop.asked else "was not told"

    monkeypatch.setattr(threads_module, "wait", wait_for)
    with nullcontext() if plan else pytest.raises(KeyboardInterrupt):
        assert lead(search, threads=2, stop=stop, keeps=bool) == "a plan"


def test_threads_are_those_told_nearest_to_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 7)
    assert count_threads() == 7
    with use_threads(3):
        assert (count_threads(), count_threads(2)) == (3, 2)
        with use_threads(None):
            assert count_threads() == 3
    assert count_threads() == 7
    with pytest.raises(ValueError, match="threads must be 1 or more"):
        count_threads(0)
