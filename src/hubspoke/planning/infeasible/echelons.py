"""Hubs and refineries in one form, to compare tonnes and numbers of plants with what may be open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Rules

LISTED = 5
"""Names written out; the rest are counted."""


@dataclass(frozen=True, eq=False)
class Echelon:
    """Hubs, or refineries, with the tonnes that must pass through them.

    Attributes
    ----------
    one, many, goods, file : str
        Words for messages.
    regions : tuple of str
    ids : object array, shape (plants,)
    group : int array, shape (plants,)
        Region of each plant.
    largest, max_t : float arrays, shape (plants,)
        Largest size of the plant, and the limit of its place, in t per year that enter.
    has_size, closed, forced : bool arrays, shape (plants,)
        Whether the plant has any size, must stay closed, must be open.
    counts : Counts
        How many of these plants may be open.
    tonnes : float array, shape (regions,)
        The least that each region's sites send, in t per year.
    elsewhere : float array, shape (regions,)
        How much of it plants outside the echelon could take, in t per year.
    must_stay_home : bool
        Whether these goods may not leave their region.
    open_policy : str
        The policy under which they may.
    """

    one: str
    many: str
    goods: str
    file: str
    regions: tuple[str, ...]
    ids: NDArray[np.object_]
    group: NDArray[np.int64]
    largest: NDArray[np.float64]
    max_t: NDArray[np.float64]
    has_size: NDArray[np.bool_]
    closed: NDArray[np.bool_]
    forced: NDArray[np.bool_]
    counts: Counts
    tonnes: NDArray[np.float64]
    elsewhere: NDArray[np.float64]
    must_stay_home: bool
    open_policy: str

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Which plants may be open, shape (plants,)."""
        return self.has_size & ~self.closed

    @property
    def needed(self) -> NDArray[np.float64]:
        """The least that these plants must take of what may not leave each region, in t per year, shape (regions,)."""
        return np.maximum(self.tonnes - self.elsewhere, 0.0)

    @property
    def needed_in_total(self) -> float:
        """The least that these plants must take of all regions together, in t per year."""
        return max(float(self.tonnes.sum() - self.elsewhere.sum()), 0.0)

    @property
    def key_each(self) -> str:
        """Setting that limits the number of plants in each region."""
        return f"policy.{self.many}_per_region"

    @property
    def key_total(self) -> str:
        """Setting that limits the number of plants in total."""
        return f"policy.{self.many}_in_total"

    @property
    def key_sizes(self) -> str:
        """Setting that lists the sizes of plants."""
        return f"sizes.{self.one}_t_per_yr"

    def fewest(self, place: str) -> int:
        """Return the fewest plants that a region must open, or all regions together for any other place."""
        if place in self.regions:
            return int(self.counts.fewest[self.regions.index(place)])
        return int(self.counts.fewest_in_total)


def hub_echelon(network: Network, problem: Problem, rules: Rules) -> Echelon:
    """Return the hubs as an echelon; what passes through them are packs."""
    tonnes = _by_region(network, problem.mass)
    return _make(
        ("hub", "hubs", "packs"),
        network,
        network.hubs,
        problem.hubs,
        problem.hub_state,
        problem.hub_counts,
        tonnes=tonnes,
        must_stay_home=not rules.packs_cross_borders,
        open_policy="open",
    )


def refinery_echelon(network: Network, problem: Problem, rules: Rules, refining_scale: float) -> Echelon:
    """Return the refineries as an echelon; what passes through them is black mass.

    Limits of places are stated for `refining_scale` tonnes of each that enters, as the costs have it.

    Its tonnes are the least that any hub allowed makes of the packs. Electric furnaces do not count as refineries: what
    they can take is held in `elsewhere`.
    """
    hubs = problem.hub_state >= 0
    per_t = problem.yields[hubs].sum(axis=2).min(axis=0) if hubs.any() else np.zeros(problem.supply.shape[1])
    tonnes = _by_region(network, problem.supply @ per_t)
    made = _make(
        ("refinery", "refineries", "black mass"),
        network,
        network.refineries,
        problem.refineries,
        problem.refinery_state,
        problem.refinery_counts,
        tonnes=tonnes,
        must_stay_home=not (rules.black_mass_crosses_borders or rules.packs_cross_borders),
        open_policy="shared-refinery",
        beside=network.furnaces,
    )
    return replace(made, max_t=made.max_t / refining_scale)


def _make(  # noqa: PLR0917 - one private table of facts
    words: tuple[str, str, str],
    network: Network,
    table: pd.DataFrame,
    steps: Steps,
    state: NDArray[np.int64],
    counts: Counts,
    *,
    tonnes: NDArray[np.float64],
    must_stay_home: bool,
    open_policy: str,
    beside: NDArray[np.bool_] | None = None,
) -> Echelon:
    """Make an echelon of a table's plants, without those `beside`, which no limit counts but which may take tonnes."""
    one, many, goods = words[0], words[1], in_commodity_words(words[2], network.settings, "en")
    largest = np.where(steps.exists, steps.capacity, 0.0).max(axis=1, initial=0.0)
    kept = np.ones(len(table), np.bool_) if beside is None else ~beside
    standing = ~kept & (state > 0)
    regions = {name: at for at, name in enumerate(network.regions)}
    home = table["region"].map(regions).to_numpy(np.int64)
    return Echelon(
        one=one,
        many=many,
        goods=goods,
        file=f"{many}.csv",
        regions=network.regions,
        ids=table["id"].to_numpy(object)[kept],
        group=counts.group[kept],
        largest=largest[kept],
        max_t=table["max_t"].to_numpy(np.float64)[kept],
        has_size=np.asarray(steps.exists.any(axis=1), np.bool_)[kept],
        closed=(state < 0)[kept],
        forced=(state > 0)[kept],
        counts=counts.without_open(int(standing.sum())),
        tonnes=tonnes,
        elsewhere=np.bincount(home[standing], largest[standing], len(regions)).astype(np.float64),
        must_stay_home=must_stay_home,
        open_policy=open_policy,
    )


def _by_region(network: Network, tonnes: NDArray[np.float64]) -> NDArray[np.float64]:
    places = {name: index for index, name in enumerate(network.regions)}
    group = network.sites["region"].map(places).to_numpy(np.int64)
    return np.asarray(np.bincount(group, tonnes, len(places)), np.float64)


def begin_with(region: str) -> str:
    """Return the beginning of a reason that holds for a region; nothing for one without a name."""
    return f"{region}: " if region else ""


def list_names(names: Iterable[object], listed: int = LISTED) -> str:
    """List the first names in words, and how many more there are.

    Parameters
    ----------
    names : iterable
    listed : int
        Names that are written out.

    Examples
    --------
    >>> list_names(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    every = [str(name) for name in names]
    more = len(every) - listed
    return ", ".join(every[:listed]) + (f" and {more:,} more" if more > 0 else "")
