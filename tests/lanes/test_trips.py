"""Trips a year, by payload, stock, pick-ups and packs, by hand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from builders import tiny_tables, write_folder
from hubspoke.inputs.read import read
from hubspoke.lanes.freight import truck_values
from hubspoke.lanes.trips import count_packs, count_trips

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

TWO_T, FOUR_T, TEN_T, TWENTY_T = range(4)
NO_LIMIT = float("inf")


@cache
def settings() -> Settings:
    return read().settings


def supply(*, hev: float = 0.0, nmc: float = 0.0, scrap: float = 0.0) -> Floats:
    """Return the tonnes of one site."""
    told = {"hev": hev, "nmc": nmc, "scrap": scrap}
    return np.array([[told.get(name, 0.0) for name in settings().classes]])


def trips_of(stock_t: float = NO_LIMIT, **tonnes: float) -> list[float]:
    return [float(trips) for trips in count_trips(settings(), supply(**tonnes), np.array([stock_t]))[0]]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("mass_t", "trips"), [(0.0, 0), (5.0, 6), (48.0, 6), (48.001, 7), (56.0, 7), (800.0, 100), (800.0000001, 101)]
)
def test_trips_by_pickups_and_payload(mass_t: float, trips: int) -> None:
    """A 10 t truck (8 t of packs) comes at least six times a year, and as often as the mass demands."""
    assert trips_of(nmc=mass_t)[TEN_T] == trips


@pytest.mark.heavy
def test_no_more_trips_than_packs() -> None:
    """18 kg are one hybrid pack and one trip; 0.32 t in hybrid packs are 13 and six trips, in EV packs 2 and two."""
    assert trips_of(hev=0.018) == [1, 1, 1, 1]
    assert trips_of(hev=0.32) == [6, 6, 6, 6]
    assert trips_of(nmc=0.32) == [2, 2, 2, 2]
    assert trips_of(hev=0.08, nmc=0.24) == [5, 5, 5, 5]
    assert count_packs(settings(), supply(hev=0.075, nmc=0.48)).tolist() == [5]


@pytest.mark.heavy
def test_packs_of_unknown_mass_are_not_counted() -> None:
    """Scrap of cell works comes in no packs: six pick-ups whatever there is of it."""
    assert trips_of(scrap=0.018) == [6, 6, 6, 6]
    assert trips_of(hev=0.018, scrap=0.018) == [6, 6, 6, 6]


def test_stock_limits_what_a_trip_fetches() -> None:
    """30 t a year at 6 t in stock are five pick-ups, so the six of the least; 60 t are ten, though trailers take 14 t.

    Trucks that take less than 6 t come as often as they must anyway.
    """
    assert trips_of(6.0, nmc=30.0) == [25, 15, 6, 6]
    assert trips_of(6.0, nmc=60.0) == [50, 30, 10, 10]
    assert trips_of(NO_LIMIT, nmc=60.0) == [50, 30, 8, 6]
    assert trips_of(6.0, nmc=60.001) == [51, 31, 11, 11]


def test_stock_below_a_pack_asks_for_one_trip_a_pack() -> None:
    """A site that may not even keep one pack hands over every pack by itself, and not in parts."""
    assert trips_of(0.01, nmc=2.4) == [10, 10, 10, 10]


@pytest.mark.heavy
@hypothesis_settings(deadline=None)
@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=20), st.sampled_from([NO_LIMIT, 6.0, 0.5]))
def test_trips_carry_the_mass(mass: list[float], stock_t: float) -> None:
    """Whatever the masses, the trips carry them within the stock, none is idle, and none fetches nothing."""
    mass_t = np.zeros((len(mass), len(settings().classes)))
    mass_t[:, list(settings().classes).index("nmc")] = mass
    trips = count_trips(settings(), mass_t, np.full(len(mass), stock_t))
    most = np.minimum(truck_values(settings(), lambda truck: truck.payload_packs_t), stock_t)
    whole = mass_t.sum(axis=1)[:, None]
    assert (trips * most >= whole * (1 - 1e-8)).all()
    assert ((trips - 1) * most <= np.maximum(whole, 5 * most)).all()
    assert (trips <= np.maximum(np.ceil(whole / 0.24), np.ceil(whole / most))).all()
    assert (trips[whole[:, 0] == 0] == 0).all()


@pytest.mark.heavy
def test_sites_have_the_stock_of_the_settings_or_their_own(tmp_path: Path) -> None:
    """A dismantler may keep 6 t, one that states 20 t keeps those, a cell works any amount; 0 lifts the limit."""
    tables = tiny_tables()
    kinds = {"k1": ("", ""), "k2": ("dismantler", 20), "k3": ("cell-works", "")}
    for row in tables["kanto/sites"]:
        row["kind"], row["stock_max_t"] = kinds[str(row["id"])]
    folder = write_folder(tmp_path / "in", tables)
    for limit, wanted in ((6, {"k1": 6.0, "k2": 20.0, "k3": NO_LIMIT}), (0, {"k1": NO_LIMIT, "k2": 20.0})):
        sites = read(folder, changes={"sources.factory_scrap": True, "collection.stock_max_t": limit}).sites
        stock = dict(zip(sites["id"], sites["stock_max_t"], strict=True))
        assert wanted.items() <= stock.items()
