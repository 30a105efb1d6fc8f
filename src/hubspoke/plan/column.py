"""A column of a table of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number"]


@dataclass(frozen=True)
class Column:
    """A column of a table of a plan.

    Attributes
    ----------
    name : str
        Name in the header; one with `{class}` in it stands for a column of each class of packs.
    kind : {"text", "whole", "number"}
        Whole numbers are counts and never empty; of other numbers an empty cell is NaN.
    unit : str
        Empty for texts, counts and shares.
    en, ja : str
        What the column holds: in English in the documentation, in Japanese as the head of the workbook. Written in the
        words of batteries.
    given : str
        The column of the input that it repeats, as `table.column`; empty where a plan computes it.
    only : str
        The plans that have the column; empty where every plan has it.
    """

    name: str
    kind: Kind
    unit: str
    en: str
    ja: str
    given: str = ""
    only: str = ""
