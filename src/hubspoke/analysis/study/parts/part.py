"""What an analysis of a study is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hubspoke.analysis.study.study import Study
    from hubspoke.analysis.study.work import Work

Facts = dict[str, Any]
"""Figures of an analysis as plain data, of which findings are made."""


@dataclass(frozen=True)
class Part:
    """An analysis of a study.

    Attributes
    ----------
    name : str
    page : str
        What to open in its folder.
    plans : callable
        Returns about how many plans it makes.
    run : callable
        Writes its folder, and returns its figures.
    needs_plan : bool
        Whether it asks about the plan of the study.
    is_of_futures, is_of_years, varies : bool
        Whether it depends on the futures, the years, and what is varied.
    remembers : bool
        Whether its folder holds what was solved, so that it goes on where it was ended.
    """

    name: str
    page: str
    plans: Callable[[Study], int]
    run: Callable[[Work, Path], Facts]
    needs_plan: bool = False
    is_of_futures: bool = False
    is_of_years: bool = False
    varies: bool = False
    remembers: bool = False
