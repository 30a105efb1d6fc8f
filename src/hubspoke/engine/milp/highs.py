"""Instances of HiGHS that are silent and work on one thread, in every version that is allowed.

HiGHS 1.16 prints a banner on standard output when a process makes its first instance, before any option can be set, and
searches in parallel unless told not to. Standard output is for data alone, so the first instance is made here.

All runs that start in one thread share a pool of workers, of the size that the first of them asked for. From 1.16 on, a
run that asks for another number fails, and the first may have been another program's; so whoever sets `threads` asks
`usable_threads` first, in the thread that is to run.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import highspy

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_THEY_ARE = 0
"""What HiGHS takes for the workers that the thread has."""

SPEAKS_FROM = (1, 16)
"""First version that prints a banner."""

_ONCE = threading.Lock()


def make_highs(**options: Any) -> highspy.Highs:
    """Return an instance of HiGHS that prints nothing and searches on one thread.

    Parameters
    ----------
    **options
        Further options of HiGHS by name.
    """
    serial = serial_options()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in {"output_flag": False, **serial, **options}.items():
        highs.setOptionValue(option, setting)
    return highs


def serial_options() -> dict[str, Any]:
    """Return the options of a run that searches on one thread."""
    return {"threads": usable_threads(1), "parallel": "off"}


def usable_threads(wanted: int) -> int:
    """Return a number of threads that HiGHS accepts in this thread: the one that is wanted, or `AS_THEY_ARE`.

    Parameters
    ----------
    wanted : int

    Returns
    -------
    int
    """
    hush()
    return wanted if _is_accepted(wanted) else AS_THEY_ARE


def _is_accepted(threads: int) -> bool:
    """Return whether a run on so many threads starts, found by running a model of one column.

    Asked anew each time: between two runs of ours, the thread may have run HiGHS for somebody else.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.addVar(0.0, 1.0)
    return bool(highs.run() != highspy.HighsStatus.kError)


def hush() -> None:
    """Make the first instance of the process, so that its banner is lost; later ones print none."""
    with _ONCE:
        _make_first()


@cache
def _make_first() -> None:
    if tuple(int(part) for part in version("highspy").split(".")[:2]) >= SPEAKS_FROM:
        with _nothing_on_stdout():
            highspy.Highs()  # type: ignore[no-untyped-call]


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """Send what libraries write to the standard output of the process to nowhere, for a moment."""
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
