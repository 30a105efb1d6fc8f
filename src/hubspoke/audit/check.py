"""What one rule of the audit found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTED = 3
"""Faults named in the detail of a check; the rest are counted."""


class Remark(str):
    """A sentence among the faults of a check that is no fault: how much of the plan the check looked at."""

    __slots__ = ()


@dataclass(frozen=True)
class Check:
    """One rule of the audit and what it found.

    Attributes
    ----------
    name : str
    passed : bool
    detail : str
        The first faults, and how many more there are; empty where the check passed.
    note : str
        How much of the plan was looked at, where that is not all of it.
    """

    name: str
    passed: bool
    detail: str
    note: str = ""


def make_check(name: str, found: Iterable[str]) -> Check:
    """Return a check that passed if all that was found are remarks.

    Parameters
    ----------
    name : str
    found : iterable of str
        A sentence for each fault; those that are a `Remark` count as none.
    """
    sentences = list(found)
    faults = [sentence for sentence in sentences if not isinstance(sentence, Remark)]
    note = "; ".join(sentence for sentence in sentences if isinstance(sentence, Remark))
    more = len(faults) - LISTED
    return Check(name, not faults, "; ".join(faults[:LISTED]) + (f"; and {more:,} more" if more > 0 else ""), note)
