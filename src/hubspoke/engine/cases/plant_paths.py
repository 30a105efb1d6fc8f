"""What the plants of one echelon may do from one case to the next, and what each step costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from hubspoke.base.arrays import Bools, Floats, Ints


class Stage(IntEnum):
    """What a plant is in one case."""

    ABSENT = 0
    """It has never been there."""
    BUILDING = 1
    """It is paid for and will be open later."""
    OPEN = 2
    """It is open at a size and takes tonnes."""
    IDLE = 3
    """It stands at a size and takes none."""
    CLOSED = 4
    """It was there, and is no more."""


@dataclass(frozen=True, eq=False)
class PlantPaths:
    """What plants may do, with T cases, N plants of one echelon and K sizes.

    Costs of steps are paid once, in the case in which the step is decided; `Cases.one_time_factor` takes them to the
    objective. An infinite cost forbids the step. What an open plant costs each year stands in the problem of the case.

    Attributes
    ----------
    opening_cost : float array, shape (T, N, K)
        Cost of deciding to build a plant at a size.
    reopening_cost : float array, shape (T, N, K)
        The same for a plant that was closed before.
    resize_cost : float array, shape (T, N, K, K)
        Cost of going from the first size to the second, open or on the way from idle to open; 0 from a size to itself.
    closing_cost : float array, shape (T, N, K)
        Cost of closing for good; below zero for scrap or for savings.
    idle_cost : float array, shape (T, N, K)
        Cost per year of standing idle at a size, weighted like the yearly costs of the case.
    lead_time : int array, shape (N,)
        Cases from the decision to build to the first one in which the plant is open.
    earliest, latest : int array, shape (N,)
        First and last case in which a plant that is built may first be open.
    standing : int array, shape (N,)
        Size at which a plant stands before the first case, -1 where there is none. It may be closed, resized or left
        idle in the first case already.
    standing_until : int array, shape (N,)
        First case in which a standing plant may stand no longer; T where there is none.
    investment : float array, shape (N, K)
        What a plant of a size counts in a budget besides what its steps cost once: all of it when it is built, what is
        added when it grows.
    life : int array, shape (N,)
        Cases for which a built plant may stand, open or idle; T or more where it does not age. A plant at its end is
        closed, at the closing cost, or for nothing where closing before that is forbidden; where it may reopen without
        lead time, it may be renewed in the same case.
    fewest_openings, most_openings : int array, shape (T,)
        Limits of how many plants are opened first or again in a case.
    """

    opening_cost: Floats
    reopening_cost: Floats
    resize_cost: Floats
    closing_cost: Floats
    idle_cost: Floats
    investment: Floats
    lead_time: Ints
    earliest: Ints
    latest: Ints
    standing: Ints
    standing_until: Ints
    life: Ints
    fewest_openings: Ints
    most_openings: Ints

    @classmethod
    def build(
        cls,
        shape: tuple[int, int, int],
        *,
        opening_cost: ArrayLike = 0.0,
        reopening_cost: ArrayLike = np.inf,
        resize_cost: ArrayLike = np.inf,
        closing_cost: ArrayLike = np.inf,
        idle_cost: ArrayLike = np.inf,
        investment: ArrayLike = 0.0,
        lead_time: ArrayLike = 0,
        earliest: ArrayLike = 0,
        latest: ArrayLike | None = None,
        standing: ArrayLike = -1,
        standing_until: ArrayLike | None = None,
        life: ArrayLike | None = None,
        fewest_openings: ArrayLike = 0,
        most_openings: ArrayLike | None = None,
    ) -> PlantPaths:
        """Make the paths of plants from whatever broadcasts to its shapes.

        By default a plant opens at no cost whenever it likes, keeps its size, and stays open to the end.

        Parameters
        ----------
        shape : (T, N, K)
            Numbers of cases, plants and sizes.
        opening_cost, reopening_cost, closing_cost, idle_cost : what broadcasts to (T, N, K)
        investment : what broadcasts to (N, K)
        resize_cost : what broadcasts to (T, N, K, K)
            From a size to itself it is 0, whatever stands there.
        lead_time, earliest, latest, standing, standing_until, life : what broadcasts to (N,)
        fewest_openings, most_openings : what broadcasts to (T,)
        """
        cases, plants, sizes = shape

        def spread(values: ArrayLike) -> Floats:
            return np.broadcast_to(np.asarray(values, float), shape).copy()

        def whole(values: ArrayLike | None, absent: int, count: int) -> Ints:
            return np.broadcast_to(np.asarray(absent if values is None else values, np.int64), (count,)).copy()

        resize = np.broadcast_to(np.asarray(resize_cost, float), (*shape, sizes)).copy()
        resize[..., np.arange(sizes), np.arange(sizes)] = 0.0
        return cls(
            opening_cost=spread(opening_cost),
            reopening_cost=spread(reopening_cost),
            resize_cost=resize,
            closing_cost=spread(closing_cost),
            idle_cost=spread(idle_cost),
            investment=np.broadcast_to(np.asarray(investment, float), (plants, sizes)).copy(),
            lead_time=whole(lead_time, 0, plants),
            earliest=whole(earliest, 0, plants),
            latest=whole(latest, cases - 1, plants),
            standing=whole(standing, -1, plants),
            standing_until=whole(standing_until, cases, plants),
            life=whole(life, cases, plants),
            fewest_openings=whole(fewest_openings, 0, cases),
            most_openings=whole(most_openings, plants, cases),
        )

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of cases, plants and sizes."""
        cases, plants, sizes = self.opening_cost.shape
        return cases, plants, sizes

    @property
    def limits_openings(self) -> Bools:
        """Whether the number of openings is limited in a case, shape (T,)."""
        limited: Bools = (self.fewest_openings > 0) | (self.most_openings < self.shape[1])
        return limited


def check_paths(name: str, paths: PlantPaths, shape: tuple[int, int, int]) -> None:
    """Raise ValueError where the paths of `name` have odd shapes or values that make no sense.

    Parameters
    ----------
    name : str
        Of the echelon, for the message.
    paths : PlantPaths
    shape : (T, N, K)
    """
    cases, plants, sizes = shape
    for field in ("opening_cost", "reopening_cost", "closing_cost", "idle_cost"):
        _check_costs(f"{name}.{field}", getattr(paths, field), shape)
    _check_costs(f"{name}.resize_cost", paths.resize_cost, (*shape, sizes))
    if (paths.resize_cost[..., np.arange(sizes), np.arange(sizes)] != 0).any():
        raise ValueError(f"{name}.resize_cost must be 0 from a size to itself")
    _check_shape(f"{name}.investment", paths.investment, (plants, sizes))
    if not (np.isfinite(paths.investment).all() and (paths.investment >= 0).all()):
        raise ValueError(f"{name}.investment must be finite and 0 or more")
    for field in ("lead_time", "earliest", "latest", "standing", "standing_until", "life"):
        _check_shape(f"{name}.{field}", getattr(paths, field), (plants,))
    for field in ("fewest_openings", "most_openings"):
        _check_shape(f"{name}.{field}", getattr(paths, field), (cases,))
    if (paths.lead_time < 0).any():
        raise ValueError(f"{name}.lead_time must be 0 or more")
    if (paths.life < 1).any():
        raise ValueError(f"{name}.life must be 1 or more")
    if ((paths.standing < -1) | (paths.standing >= sizes)).any():
        raise ValueError(f"{name}.standing must be a size, 0 to {sizes - 1}, or -1")


def _check_costs(name: str, values: Floats, shape: tuple[int, ...]) -> None:
    _check_shape(name, values, shape)
    if np.isnan(values).any() or np.isneginf(values).any():
        raise ValueError(f"{name} must be a number, or +inf where the step is forbidden")


def _check_shape(name: str, values: Floats | Ints, shape: tuple[int, ...]) -> None:
    if values.shape != shape:
        raise ValueError(f"{name} has shape {values.shape}, expected {shape}")
