"""How many plants may open, by group and in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Counts:
    """How many plants of each group, and in total, may be open.

    Attributes
    ----------
    group : int array, shape (plants,)
        Group (region) of each plant, 0..groups-1.
    fewest, most : int arrays, shape (groups,)
    fewest_in_total, most_in_total : int
    """

    group: NDArray[np.int64]
    fewest: NDArray[np.int64]
    most: NDArray[np.int64]
    fewest_in_total: int = 0
    most_in_total: int = int(NO_LIMIT)

    @classmethod
    def free(cls, plants: int) -> Counts:
        """One group with no limits."""
        return cls(np.zeros(plants, np.int64), np.zeros(1, np.int64), np.full(1, NO_LIMIT, np.int64))

    @classmethod
    def between(cls, fewest: int, most: int, plants: int) -> Counts:
        """One group, of which at least and at most so many are open."""
        group = np.zeros(plants, np.int64)
        return cls(group, np.array([fewest], np.int64), np.array([most], np.int64), fewest, most)

    @property
    def in_total(self) -> tuple[int, int]:
        """How many plants must open at least and may at most, of all together; one group of all counts as well."""
        fewest, most, groups = self.fewest_in_total, self.most_in_total, np.unique(self.group)
        if len(groups) == 1:
            fewest, most = max(fewest, self.fewest[groups[0]]), min(most, self.most[groups[0]])
        return max(int(fewest), 0), min(int(most), len(self.group))

    def leave_uncounted(self, plants: NDArray[np.bool_], *, always_open: int) -> Counts:
        """Return the counts with plants, shape (plants,), that no limit counts; some of them are open in every plan."""
        if not plants.any():
            return self
        return Counts(
            group=np.where(plants, len(self.fewest), self.group),
            fewest=np.append(self.fewest, 0),
            most=np.append(self.most, NO_LIMIT),
            fewest_in_total=self.fewest_in_total + always_open if self.fewest_in_total else 0,
            most_in_total=min(self.most_in_total, int(NO_LIMIT) - always_open) + always_open,
        )

    def without_open(self, plants: int) -> Counts:
        """Return the counts as they were without that many plants that `leave_uncounted` had as always open."""
        if not plants:
            return self
        fewest = self.fewest_in_total - plants if self.fewest_in_total else 0
        most = self.most_in_total if self.most_in_total == NO_LIMIT else self.most_in_total - plants
        return Counts(self.group, self.fewest, self.most, fewest, int(most))

    def allows(self, is_open: NDArray[np.bool_]) -> bool:
        """Return whether a choice of open plants, shape (plants,), keeps every limit."""
        open_in = np.bincount(self.group[is_open], minlength=len(self.fewest))
        in_groups = (open_in >= self.fewest).all() and (open_in <= self.most).all()
        return bool(in_groups and self.fewest_in_total <= is_open.sum() <= self.most_in_total)

    def may_add(self, is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for every closed plant whether all limits hold once it is open as well, shape (plants,).

        Parameters
        ----------
        is_open : bool array, shape (plants,)
        """
        total = int(is_open.sum()) + 1
        if not self.fewest_in_total <= total <= self.most_in_total:
            return np.zeros(len(is_open), bool)
        inside = np.bincount(self.group[is_open], minlength=len(self.fewest))
        after = inside[None, :] + np.eye(len(self.fewest), dtype=np.int64)
        fine = np.asarray(((after >= self.fewest[None, :]) & (after <= self.most[None, :])).all(axis=1))
        return np.asarray(fine[self.group] & ~is_open)
