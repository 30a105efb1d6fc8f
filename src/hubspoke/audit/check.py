"""What one rule of the audit found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    faults : tuple of str
        A sentence for each.
    remarks : tuple of str
        How much of the plan was looked at, where that is not all of it.
    """

    name: str
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there is no fault."""
        return not self.faults

    @property
    def more(self) -> int:
        """Faults beyond those that are named."""
        return max(len(self.faults) - LISTED, 0)

    @property
    def detail(self) -> str:
        """The first faults, and how many more there are; empty where the check passed."""
        return "; ".join(self.faults[:LISTED]) + (f"; and {self.more:,} more" if self.more else "")

    @property
    def note(self) -> str:
        """The remarks in one text."""
        return "; ".join(self.remarks)

    def to_dict(self) -> dict[str, Any]:
        """Return name, verdict and words as plain data."""
        return {"name": self.name, "passed": self.passed, "detail": self.detail, "note": self.note}


def make_check(name: str, found: Iterable[str]) -> Check:
    """Return a check that passed if all that was found are remarks.

    Parameters
    ----------
    name : str
    found : iterable of str
        A sentence for each fault; those that are a `Remark` count as none.
    """
    sentences = list(found)
    return Check(
        name,
        tuple(sentence for sentence in sentences if not isinstance(sentence, Remark)),
        tuple(sentence for sentence in sentences if isinstance(sentence, Remark)),
    )
