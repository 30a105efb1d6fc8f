"""Freight: yen per trip and CO2, by hand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.base.errors import InputError
from hubspoke.inputs.read import read
from hubspoke.lanes.freight import read_tariff, truck_co2_kg_per_t_km, truck_values
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings

TWO_T, FOUR_T, TEN_T, TWENTY_T = range(4)


@cache
def settings() -> Settings:
    return read().settings


def test_tariff_by_hand() -> None:
    """A 10 t truck over 100 km of free road costs its rate and the loading: 20,850 + 294 x 100 + 6,570 yen."""
    assert read_tariff(settings()).trip_jpy(100.0)[TEN_T] == pytest.approx(56_820)


def test_tariff_meets_the_published_table() -> None:
    """The base rate is within 1.5 % of the table of MLIT notice 209 of 2024 (Kanto) at 100, 200 and 500 km."""
    table = {TWO_T: (33_080, 52_300, 109_750), FOUR_T: (38_290, 60_360, 126_060), TEN_T: (50_480, 80_110, 167_860)}
    loading = truck_values(settings(), lambda truck: truck.loading_jpy_per_trip)
    for truck, rates in table.items():
        made = read_tariff(settings()).trip_jpy(np.array([100.0, 200.0, 500.0]))[truck] - loading[truck]
        assert made == pytest.approx(rates, rel=0.015)


def test_surcharge_is_on_the_base_rate_only() -> None:
    """Waste packs raise the rate per trip and per km; loading, tolls and ferries stay."""
    tariff = read_tariff(settings(), surcharge_factor=1.2)
    # 1.2 x (16,220 + 220 x 50) + 6,120 + toll 2 x 27 x 50 + ferry 2 x 8.5/12 x (40,000 + 110 x 20)
    expected = 1.2 * 27_220 + 6_120 + 2_700 + 2 * 8.5 / 12 * 42_200
    assert tariff.trip_jpy(50.0, 20.0, 1, 50.0)[FOUR_T] == pytest.approx(expected)


def loaded_way() -> Settings:
    return change_settings(settings(), {"carbon.empty_return": 0})


def test_co2_by_hand() -> None:
    """The improved tonne-km formula gives 0.095 kg/t-km for 10 t rated and full, 0.575 for 2 t at 40 %."""
    kg = truck_co2_kg_per_t_km(loaded_way(), np.array([0.8, 3.0, 13.0, 20.0]))
    assert kg[TWO_T] == pytest.approx(0.575, rel=0.01)
    assert kg[FOUR_T] == pytest.approx(2.62 * np.exp(2.71) * 3000**-0.654)
    assert kg[TWENTY_T] == pytest.approx(0.061, rel=0.01)


def test_co2_formula_is_kept_in_its_range() -> None:
    """A nearly empty truck counts as 10 % full, an overloaded one as full."""
    loads = np.array([[0.0, 0.0, 0.0, 0.0], [0.2, 0.3, 1.3, 2.0], [2.0, 3.0, 13.0, 20.0], [9.0, 9.0, 99.0, 99.0]])
    kg = truck_co2_kg_per_t_km(loaded_way(), loads)
    assert kg[0] == pytest.approx(kg[1])
    assert kg[2] == pytest.approx(kg[3])
    assert (kg[1] > kg[2]).all()


def test_empty_return_by_hand() -> None:
    """A 10 t truck drives every loaded km again, empty: 1.3 t x the formula at 10 %, over the 8 t that it brought."""
    formula = 2.62 * np.exp(2.71) * 13_000**-0.654
    there, back = formula * (8 / 13) ** -0.812, formula * 0.1**-0.812 * 1.3 / 8
    kg = truck_co2_kg_per_t_km(settings(), np.array([1.0, 1.0, 8.0, 1.0]))
    assert kg[TEN_T] == pytest.approx(there + back)
    assert back / there == pytest.approx(0.71, abs=0.01)


def test_share_of_empty_km() -> None:
    """Where a fifth of the km are driven empty, a quarter of a km is for each that is loaded; a truck brings little."""
    fifth = change_settings(settings(), {"carbon.empty_return": 0.2})
    loads = np.array([0.02, 2.0, 8.0, 14.0])
    once, whole, part = (truck_co2_kg_per_t_km(which, loads) for which in (loaded_way(), settings(), fifth))
    assert part - once == pytest.approx((whole - once) / 4)
    assert (whole - once)[TWO_T] > 20 * (whole - once)[FOUR_T]


@pytest.mark.parametrize(("key", "value"), [("empty_return", 1), ("load_share_min", 0)])
def test_loads_that_no_formula_holds_for(key: str, value: float) -> None:
    """Trucks that only drive empty, and fuel at no load at all, are refused in words."""
    with pytest.raises(InputError, match=key):
        change_settings(settings(), {f"carbon.{key}": value})
