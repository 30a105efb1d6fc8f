"""Instances of HiGHS that are silent and work on one thread, in every version that is allowed.

HiGHS 1.16 prints a banner on standard output when a process makes its first instance, before any option can be set, and
searches in parallel unless told not to. Standard output is for data alone, and all instances of a process must ask for
the same number of threads; so every instance is made here or configured with `SERIAL`.
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

SERIAL: dict[str, Any] = {"threads": 1, "parallel": "off"}
"""Options of a run on one thread."""

SPEAKS_FROM = (1, 16)
"""First version that prints a banner."""

_ONCE = threading.Lock()


def make_highs(**options: Any) -> highspy.Highs:
    """Return an instance of HiGHS that prints nothing and runs on one thread.

    Parameters
    ----------
    **options
        Further options of HiGHS by name.
    """
    hush()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in {"output_flag": False, **SERIAL, **options}.items():
        highs.setOptionValue(option, setting)
    return highs


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
