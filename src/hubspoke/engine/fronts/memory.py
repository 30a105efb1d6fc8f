"""What a search asks the solver, kept so that a search that was broken off need not ask again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Remember = Callable[[list[Any], Callable[[], dict[str, Any]]], dict[str, Any]]
"""Takes a question as plain data, and what answers it; returns the answer, from memory where it is there."""


def forget(_question: list[Any], answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Answer every question anew.

    Parameters
    ----------
    _question : list
    answer : callable
    """
    return answer()
