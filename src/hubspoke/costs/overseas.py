"""Gather what black mass from abroad costs to buy and to land, and how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.materials import black_mass_yields
from hubspoke.costs.metals import black_mass_purchase_jpy_per_t
from hubspoke.inputs.tables.schema import FORBIDDEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network


@dataclass(frozen=True, eq=False)
class Overseas:
    """Sources abroad (O) and ports of entry (N), in the order of the network's tables.

    Attributes
    ----------
    mass_t : float array, shape (O,)
        Tonnes of black mass per year.
    grade : int array, shape (O,)
        Grade of each source, in the order of the settings.
    pack_class : int array, shape (O,)
        Class of the packs that the black mass was made from, by which its metals are known.
    price_jpy_per_t : float array, shape (O,)
        Price of a tonne of black mass.
    freight_jpy_per_t : float array, shape (O, N)
        Sea freight; infinite where there is no sea lane, or none with a cost.
    distance_km, co2_kg_per_t : float arrays, shape (O, N)
        0 where they are not given.
    """

    mass_t: Floats
    grade: NDArray[np.int64]
    pack_class: NDArray[np.int64]
    price_jpy_per_t: Floats
    freight_jpy_per_t: Floats
    distance_km: Floats
    co2_kg_per_t: Floats


def read_overseas(network: Network) -> Overseas:
    """Return the sources abroad and ports of a network; an empty price becomes that of black mass sold at home."""
    settings, table = network.settings, network.overseas
    classes, grades = list(settings.classes), list(settings.grades)
    pack_class = np.array([classes.index(name) for name in table["class"]], np.int64)
    made = black_mass_yields(settings).sum(axis=1)
    worth = np.divide(black_mass_purchase_jpy_per_t(settings), made, out=np.zeros_like(made), where=made > 0)
    price = table["price_jpy_per_t"].to_numpy(np.float64)
    lanes = {name: _lay_out(network, name) for name in ("cost_jpy_per_t", "distance_km", "co2_kg_per_t")}
    return Overseas(
        mass_t=table["black_mass_t"].to_numpy(np.float64),
        grade=np.array([grades.index(settings.classes[name].grade) for name in table["class"]], np.int64),
        pack_class=pack_class,
        price_jpy_per_t=np.where(np.isnan(price), worth[pack_class], price),
        freight_jpy_per_t=np.where(np.isnan(lanes["cost_jpy_per_t"]), np.inf, lanes["cost_jpy_per_t"]),
        distance_km=np.nan_to_num(lanes["distance_km"]),
        co2_kg_per_t=np.nan_to_num(lanes["co2_kg_per_t"]),
    )


def _lay_out(network: Network, column: str) -> Floats:
    """Return a column of the given lanes as an array of sources and ports, NaN where none is given."""
    values = np.full((len(network.overseas), len(network.ports)), np.nan)
    given = network.given_lanes[network.given_lanes["status"] != FORBIDDEN]
    row = pd.Index(network.overseas["id"]).get_indexer(pd.Index(given["from_id"]))
    to = pd.Index(network.ports["id"]).get_indexer(pd.Index(given["to_id"]))
    known = (row >= 0) & (to >= 0)
    values[row[known], to[known]] = given[column].to_numpy(np.float64)[known]
    return values
