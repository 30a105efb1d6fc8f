"""What the optimiser answers in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.notebook import as_html, in_one_line
from hubspoke.base.status import relative_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hubspoke.base.status import Status


@dataclass(frozen=True, eq=False, repr=False)
class Solution:
    """A plan in numbers, with the proof of how good it is.

    Attributes
    ----------
    status : Status
    objective : float
        Cost of the plan; infinite when there is none.
    bound : float
        No plan of the problem costs less.
    site, hub : int arrays, shape (assignments,)
        Who delivers where, sorted by site then hub.
    share : float array, shape (assignments,)
        Share of the site's supply, 1 under single sourcing.
    hub_size : int array, shape (H,)
        Size chosen, -1 where closed.
    refinery_size : int array, shape (R,)
    flow : float array, shape (H, R, B)
        Tonnes of each grade from hub to refinery.
    seconds : mapping of str to float
        Time by phase.
    certificate : mapping of str to array
        Prices from which `certificate.check_bound` recomputes a lower bound, without the search; empty where the
        search left none.
    """

    status: Status
    objective: float
    bound: float
    site: NDArray[np.int64]
    hub: NDArray[np.int64]
    share: NDArray[np.float64]
    hub_size: NDArray[np.int64]
    refinery_size: NDArray[np.int64]
    flow: NDArray[np.float64]
    seconds: Mapping[str, float] = field(default_factory=dict)
    certificate: Mapping[str, Any] = field(default_factory=dict)

    def _figures(self) -> dict[str, object]:
        return {
            "status": str(self.status),
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "sites": len(np.unique(self.site)),
            "hubs": int((self.hub_size >= 0).sum()),
            "refineries": int((self.refinery_size >= 0).sum()),
        }

    def __repr__(self) -> str:
        """Return the main figures in one line."""
        return in_one_line("Solution", self._figures())

    def _repr_html_(self) -> str:
        """Return the main figures as a table, for notebooks."""
        return as_html("Solution", self._figures())

    @property
    def gap(self) -> float:
        """Proven distance from the optimum as a share of the objective; infinite without a plan."""
        return relative_gap(self.objective, self.bound)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan at all."""
        return bool(np.isfinite(self.objective))
