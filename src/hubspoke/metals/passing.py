"""What of a ledger comes from one region, or passes one plant.

Origins mix as they do under controlled blending: grade by grade at hubs and ports, all together at refineries and
furnaces. So of each metal every buyer gets a region's share in what its hubs send of that grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.metals.ledger import ALLOY, BLACK_MASS, ENTERS, PRODUCT, RESIDUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.settings.settings import Settings

    Rows = Mapping[str, NDArray[Any]]

ENDS = (PRODUCT, ALLOY, RESIDUE)
COLUMNS = ("stage", "region", "from_id", "to_id", "material", "metal", "metal_kg")


@dataclass(frozen=True, eq=False)
class PassingMetal:
    """Rows of a ledger of the metals that go with black mass; plain arrays, since there is a picture for every plant.

    Attributes
    ----------
    came, sent, left : mapping of str to array, shape (rows,)
        `stage`, `region`, `from_id`, `to_id`, `metal` and `metal_kg` of what comes in (`packs`, `landed`), of what is
        sent (`black_mass`), and of what leaves (`product`, `alloy`, `residue`); the `grade` of the first two.
    """

    came: Rows
    sent: Rows
    left: Rows

    @classmethod
    def of(cls, ledger: pd.DataFrame, settings: Settings) -> PassingMetal:
        """Return the metal of a ledger, as `tabulate_ledger` returns it with packs by region."""
        table = {name: ledger[name].to_numpy() for name in COLUMNS}
        metals, grades = set(settings.metals), {key: pack.grade for key, pack in settings.classes.items()}
        known = list(zip(table["stage"].tolist(), table["metal"].tolist(), strict=True))
        came, sent, left = (
            _take(table, np.array([stage in stages and metal in metals for stage, metal in known], bool))
            for stages in (ENTERS, (BLACK_MASS,), ENDS)
        )
        of_packs = np.array([grades.get(key) for key in came["material"].tolist()], object)
        return cls({**came, "grade": of_packs}, {**sent, "grade": sent["material"]}, left)

    def of_region(self, region: str) -> PassingMetal:
        """Return what comes from a region, its packs and what lands at its ports, to what it becomes."""
        return self._forward(_mark(self.came["region"], region))

    def of_plant(self, plant: str) -> PassingMetal:
        """Return what passes a hub, port, refinery or furnace, from where it comes to what it becomes."""
        came = _mark(self.came["to_id"], plant)
        if came.any():
            return self._forward(came)
        there = _mark(self.sent["to_id"], plant)
        at_came, at_sent = self._at_hubs
        back = _share(at_sent, there, self.sent)
        return self._scale(_find(back, at_came), there, _mark(self.left["from_id"], plant))

    def _forward(self, came: Floats) -> PassingMetal:
        """Follow a share of what comes in, shape (rows,), through hubs and refineries."""
        (at_came, at_sent), (at_taker, at_left) = self._at_hubs, self._at_takers
        sent = _find(_share(at_came, came, self.came), at_sent)
        return self._scale(came, sent, _find(_share(at_taker, sent, self.sent), at_left))

    def _scale(self, came: Floats, sent: Floats, left: Floats) -> PassingMetal:
        """Return a share of each row, without rows of which nothing is left."""
        parts = ((self.came, came), (self.sent, sent), (self.left, left))
        return PassingMetal(
            *(_take({**rows, "metal_kg": rows["metal_kg"] * share}, share > 0) for rows, share in parts)
        )

    @cached_property
    def _at_hubs(self) -> tuple[Ints, Ints]:
        """Numbers of the hub or port, grade and metal: of what comes in, of what is sent."""
        return _number((self.came, ("to_id", "grade", "metal")), (self.sent, ("from_id", "grade", "metal")))

    @cached_property
    def _at_takers(self) -> tuple[Ints, Ints]:
        """Numbers of the refinery or furnace and metal: of what is sent, of what leaves."""
        return _number((self.sent, ("to_id", "metal")), (self.left, ("from_id", "metal")))


def _take(rows: Rows, kept: NDArray[np.bool_]) -> Rows:
    return {name: values[kept] for name, values in rows.items()}


def _mark(cells: NDArray[Any], name: str) -> Floats:
    """Return 1 where a cell bears a name and 0 elsewhere, shape (rows,)."""
    return np.array([float(cell == name) for cell in cells.tolist()])


def _number(one: tuple[Rows, Sequence[str]], other: tuple[Rows, Sequence[str]]) -> tuple[Ints, Ints]:
    """Return a number for every key of two tables, the same for keys that are alike."""
    known: dict[tuple[Any, ...], int] = {}
    first, second = (
        np.array([known.setdefault(key, len(known)) for key in zip(*(rows[name] for name in names), strict=True)], int)
        for rows, names in (one, other)
    )
    return first, second


def _share(keys: Ints, weight: Floats, rows: Rows) -> Floats:
    """Return the share that weighted rows have in all, by number of their key; 0 where there are no kg."""
    own, whole = (np.bincount(keys, kg) for kg in (rows["metal_kg"] * weight, rows["metal_kg"]))
    return np.divide(own, whole, out=np.zeros(len(own)), where=whole > 0)


def _find(share: Floats, keys: Ints) -> Floats:
    """Return the share of each key, 0 for those without one."""
    return np.append(share, np.zeros(max(int(keys.max(initial=-1)) + 1 - len(share), 0)))[keys]
