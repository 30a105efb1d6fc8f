"""The numeric ring: a two-echelon facility-location problem in arrays, with no names and no files."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.states import check_states, fill_states
from hubspoke.engine.problem.steps import Steps, check_steps

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


FREE, FORCED_OPEN, FORCED_CLOSED = 0, 1, -1


@dataclass(frozen=True, eq=False, repr=False)
class Problem:
    """Choose hubs, refineries and sizes, and send every site's supply through them at least cost.

    Notation: S sites, P classes of supply, H hubs, K hub sizes, B grades leaving a hub, R refineries, L sizes.

    Attributes
    ----------
    supply : float array, shape (S, P)
        Tonnes per year of each class at each site; the sum over classes counts against hub capacity.
    collection_cost : float array, shape (S, H)
        Cost per year of serving the whole site from the hub; infinite where there is no lane.
    hubs : Steps
    yields : float array, shape (H, P, B)
        Tonnes of grade b per tonne of class p that enters the hub.
    transfer_cost : float array, shape (H, R, B)
        Cost per tonne of grade b from hub to refinery; infinite where there is no lane.
    refineries : Steps
        Capacity in tonnes of all grades together. With R = 0 the hubs are the only echelon.
    single_sourcing : bool
        Each site is served by one hub; otherwise it may be divided.
    hub_counts, refinery_counts : Counts
    hub_state, refinery_state : int array, shape (H,), (R,)
        0 free, 1 forced open, -1 forced closed.
    skip_cost : float array, shape (S,)
        Cost of leaving a site unserved; infinite (the default) where it must be served.
    hub_floor, refinery_floor : float array, shape (H,), (R,)
        Tonnes per year that must at least enter a plant that is open; 0 (the default) for none.
    beside : bool array, shape (H, R)
        Whether a hub and a refinery stand on one ground and share fixed cost; none do by default.
    shared_saving : float array, shape (H, K)
        Yearly cost that a hub open at that size saves while one or more refineries beside it are open: once, and no
        more than its fixed cost. 0 by default.
    """

    supply: NDArray[np.float64]
    collection_cost: NDArray[np.float64]
    hubs: Steps
    yields: NDArray[np.float64]
    transfer_cost: NDArray[np.float64]
    refineries: Steps
    single_sourcing: bool
    hub_counts: Counts
    refinery_counts: Counts
    hub_state: NDArray[np.int64]
    refinery_state: NDArray[np.int64]
    skip_cost: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    hub_floor: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    refinery_floor: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    beside: NDArray[np.bool_] = field(default_factory=lambda: np.empty((0, 0), bool))
    shared_saving: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    def __post_init__(self) -> None:
        """Fill in what was left out, then check."""
        if self.skip_cost.size == 0 and self.n_sites:
            object.__setattr__(self, "skip_cost", np.full(self.n_sites, np.inf))
        if (idle := self._find_idle()).any():
            object.__setattr__(self, "skip_cost", np.where(idle, 0.0, self.skip_cost))
        for name, plants in (("hub_floor", self.n_hubs), ("refinery_floor", self.n_refineries)):
            if getattr(self, name).size == 0:
                object.__setattr__(self, name, np.zeros(plants))
        if self.beside.size == 0:
            object.__setattr__(self, "beside", np.zeros((self.n_hubs, self.n_refineries), bool))
        if self.shared_saving.size == 0:
            object.__setattr__(self, "shared_saving", np.zeros(self.hubs.fixed.shape))
        _check(self)

    def _find_idle(self) -> NDArray[np.bool_]:
        """Return the sites that send nothing and have no lane: nothing has to reach a hub from there, shape (S,)."""
        shapes = self.supply.ndim, self.collection_cost.ndim, self.skip_cost.shape
        if shapes != (2, 2, (len(self.supply),)) or len(self.collection_cost) != len(self.supply):
            return np.zeros(0, np.bool_)  # told by the check
        return np.asarray(~self.supply.any(axis=1) & ~np.isfinite(self.collection_cost).any(axis=1), np.bool_)

    @classmethod
    def build(
        cls,
        supply: ArrayLike,
        collection_cost: ArrayLike,
        hub_capacity: ArrayLike,
        hub_fixed: ArrayLike,
        *,
        hub_variable: ArrayLike = 0.0,
        yields: ArrayLike = 1.0,
        transfer_cost: ArrayLike | None = None,
        refinery_capacity: ArrayLike | None = None,
        refinery_fixed: ArrayLike = 0.0,
        refinery_variable: ArrayLike = 0.0,
        single_sourcing: bool = True,
        hub_counts: Counts | None = None,
        refinery_counts: Counts | None = None,
        hub_state: ArrayLike | None = None,
        refinery_state: ArrayLike | None = None,
        skip_cost: ArrayLike = np.inf,
        hub_floor: ArrayLike = 0.0,
        refinery_floor: ArrayLike = 0.0,
        beside: ArrayLike = False,
        shared_saving: ArrayLike = 0.0,
    ) -> Problem:
        """Make a problem from whatever broadcasts to its shapes; leave refineries out for one echelon.

        Parameters
        ----------
        supply : (S,) or (S, P)
        collection_cost : (S, H)
        hub_capacity, hub_fixed, hub_variable : (H,) or (H, K)
        yields : scalar, (P, B) or (H, P, B)
        transfer_cost : (H, R) or (H, R, B)
        refinery_capacity, refinery_fixed, refinery_variable : (R,) or (R, L)
        skip_cost : scalar or (S,)
        hub_floor, refinery_floor : scalar, (H,) or (R,)
        beside : scalar or (H, R)
        shared_saving : scalar, (H,) or (H, K)
        """
        tonnes = _columns(supply)
        cost = np.asarray(collection_cost, float, order="C")  # loops are compiled for rows that lie in one piece
        hubs = _steps(hub_capacity, hub_fixed, hub_variable)
        n_hubs = len(hubs.capacity)
        transfer = np.zeros((n_hubs, 0, 1)) if transfer_cost is None else np.asarray(transfer_cost, float, order="C")
        transfer = transfer[:, :, None] if transfer.ndim == 2 else transfer
        n_ref, n_grades = transfer.shape[1], transfer.shape[2]
        empty = np.zeros((0, 1))
        refineries = (
            Steps(empty, empty, empty)
            if refinery_capacity is None
            else _steps(refinery_capacity, refinery_fixed, refinery_variable)
        )
        given = np.asarray(yields, float)
        return cls(
            supply=tonnes,
            collection_cost=cost,
            hubs=hubs,
            yields=np.broadcast_to(given, (n_hubs, tonnes.shape[1], n_grades)).copy(),
            transfer_cost=transfer,
            refineries=refineries,
            single_sourcing=single_sourcing,
            hub_counts=hub_counts or Counts.free(n_hubs),
            refinery_counts=refinery_counts or Counts.free(n_ref),
            hub_state=fill_states(hub_state, n_hubs),
            refinery_state=fill_states(refinery_state, n_ref),
            skip_cost=np.broadcast_to(np.asarray(skip_cost, float), (len(tonnes),)).copy(),
            hub_floor=np.broadcast_to(np.asarray(hub_floor, float), (n_hubs,)).copy(),
            refinery_floor=np.broadcast_to(np.asarray(refinery_floor, float), (n_ref,)).copy(),
            beside=np.broadcast_to(np.asarray(beside, bool), (n_hubs, n_ref)).copy(),
            shared_saving=_steps(hub_capacity, shared_saving, 0.0).fixed,
        )

    def derive(self, **changes: Any) -> Problem:
        """Return a copy with other arrays, unchecked.

        For problems made from a checked one by selecting, merging or fixing: what was checked need not be checked
        again, and scanning all lanes for every part of a search takes longer than many a part.

        Parameters
        ----------
        **changes
            Fields by name, in the shapes that the copy's own sizes ask for.

        Raises
        ------
        TypeError
            A name that is no field.
        """
        if unknown := changes.keys() - self.__dataclass_fields__.keys():
            raise TypeError(f"a problem has no {', '.join(sorted(unknown))}")
        made = object.__new__(Problem)
        for name in self.__dataclass_fields__:
            object.__setattr__(made, name, changes.get(name, getattr(self, name)))
        return made

    def __repr__(self) -> str:
        """Return the size of the problem in one line, which notebooks show, too."""
        return f"Problem(sites={self.n_sites}, hubs={self.n_hubs}, refineries={self.n_refineries})"

    _repr_html_ = __repr__

    @property
    def n_sites(self) -> int:
        """Number of sites, S."""
        return len(self.supply)

    @property
    def n_hubs(self) -> int:
        """Number of candidate hubs, H."""
        return len(self.hubs.capacity)

    @property
    def n_refineries(self) -> int:
        """Number of candidate refineries, R."""
        return len(self.refineries.capacity)

    @property
    def n_grades(self) -> int:
        """Number of grades that leave a hub, B."""
        return int(self.yields.shape[2])

    @property
    def mass(self) -> NDArray[np.float64]:
        """Tonnes of each site over all classes, shape (S,)."""
        mass: NDArray[np.float64] = self.supply.sum(axis=1)
        return mass

    @property
    def has_floors(self) -> bool:
        """Whether some open plant must take in a least tonnage."""
        return bool((self.hub_floor > 0).any() or (self.refinery_floor > 0).any())

    @property
    def on_shared_ground(self) -> NDArray[np.bool_]:
        """Which hubs have a refinery beside them, shape (H,)."""
        return np.asarray(self.beside.any(axis=1))

    @property
    def shares(self) -> bool:
        """Whether some hub saves fixed cost beside a refinery."""
        return bool((self.shared_saving[self.on_shared_ground] > 0).any())

    def to_pulp(self, *, strong: bool = True) -> Any:
        """Return the full model in PuLP. Deprecated: `hubspoke.build_model(problem)` does the same."""
        warnings.warn(
            "Problem.to_pulp() is deprecated and goes with hubspoke 0.2; use hubspoke.build_model(problem)",
            DeprecationWarning,
            stacklevel=2,
        )
        # By name: the file that states a problem knows nothing of the rooms above it.
        return import_module("hubspoke.engine.milp.model").build_model(self, strong=strong)


def _columns(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, float, order="C")
    return array[:, None] if array.ndim == 1 else array


def _steps(capacity: ArrayLike, fixed: ArrayLike, variable: ArrayLike) -> Steps:
    size = _columns(capacity)

    def spread(values: ArrayLike) -> NDArray[np.float64]:
        given = np.asarray(values, float)
        given = given[:, None] if given.ndim == 1 else given
        return np.broadcast_to(given, size.shape).copy()

    return Steps(size, spread(fixed), spread(variable))


def _check(problem: Problem) -> None:
    """Raise ValueError where shapes or values make no sense."""
    n_sites, n_hubs, n_ref = problem.n_sites, problem.n_hubs, problem.n_refineries
    n_classes, n_grades = problem.supply.shape[1], problem.n_grades
    shapes: dict[str, tuple[Any, tuple[int, ...]]] = {
        "collection_cost": (problem.collection_cost, (n_sites, n_hubs)),
        "yields": (problem.yields, (n_hubs, n_classes, n_grades)),
        "transfer_cost": (problem.transfer_cost, (n_hubs, n_ref, n_grades)),
        "hub_state": (problem.hub_state, (n_hubs,)),
        "refinery_state": (problem.refinery_state, (n_ref,)),
        "skip_cost": (problem.skip_cost, (n_sites,)),
        "hub_floor": (problem.hub_floor, (n_hubs,)),
        "refinery_floor": (problem.refinery_floor, (n_ref,)),
        "beside": (problem.beside, (n_hubs, n_ref)),
        "shared_saving": (problem.shared_saving, problem.hubs.fixed.shape),
        "hub_counts.group": (problem.hub_counts.group, (n_hubs,)),
        "refinery_counts.group": (problem.refinery_counts.group, (n_ref,)),
    }
    for name, (array, shape) in shapes.items():
        if array.shape != shape:
            raise ValueError(f"{name} has shape {array.shape}, expected {shape}")
    for name, steps in (("hubs", problem.hubs), ("refineries", problem.refineries)):
        check_steps(name, steps)
    check_states(hub_state=problem.hub_state, refinery_state=problem.refinery_state)
    for name in ("supply", "yields", "hub_floor", "refinery_floor", "shared_saving"):
        values = getattr(problem, name)
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(f"{name} must be finite and 0 or more")
    for name in ("collection_cost", "transfer_cost", "skip_cost"):
        values = getattr(problem, name)
        if np.isnan(values).any() or np.isneginf(values).any():
            raise ValueError(f"{name} must be a number or +inf for an absent lane")
    if (problem.shared_saving > np.maximum(problem.hubs.fixed, 0.0)).any():
        raise ValueError("shared_saving must not exceed the fixed cost of its hub and size")
