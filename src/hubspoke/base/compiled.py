"""Compile inner loops where numba is installed; run the same loops as plain Python where it is not.

Both ways give the same answer; plain Python takes a hundred times as long and more. With `HUBSPOKE_COMPILED=0` in the
environment it is used even where numba is installed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Function = TypeVar("Function")


def _find_compiler() -> Any:
    """Return numba's decorator, or None where plain Python is asked for or numba is missing."""
    if os.environ.get("HUBSPOKE_COMPILED") == "0":
        return None
    try:
        from numba import njit as compiler  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    return compiler


_COMPILER = _find_compiler()
IS_COMPILED = _COMPILER is not None
"""Whether loops are compiled in this process."""


def njit(**options: Any) -> Callable[[Function], Function]:
    """Return a decorator that compiles a function, or leaves it as it is where loops run as plain Python.

    Parameters
    ----------
    **options
        Those of `numba.njit`.

    Returns
    -------
    callable
        Takes a function and returns it compiled, or the function itself.
    """

    def keep(function: Function) -> Function:
        return function if _COMPILER is None else _COMPILER(**options)(function)

    return keep


@njit(cache=True, nogil=True)
def copy_into(target: NDArray[Any], source: NDArray[Any]) -> None:
    """Copy one array into another.

    In place of `target[:] = source`: with that numba compiles the words of an error, for lengths that differ, into
    every loop that calls the one with the line.

    Parameters
    ----------
    target : (n,) or longer
        Its first n elements are written.
    source : (n,)
    """
    for i in range(len(source)):
        target[i] = source[i]


@njit(cache=True, nogil=True)
def copy_rows(target: NDArray[Any], source: NDArray[Any]) -> None:
    """Copy one array of two dimensions into another.

    Parameters
    ----------
    target, source : (m, n)
        The first is written.
    """
    for i in range(len(source)):
        copy_into(target[i], source[i])
