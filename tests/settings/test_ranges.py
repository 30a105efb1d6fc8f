"""No setting takes a number that makes no sense there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.settings.load import load_settings, try_settings
from hubspoke.settings.quantity import is_quantity_table
from hubspoke.settings.section import RANGES

if TYPE_CHECKING:
    from collections.abc import Iterator


def numbers(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict) and not is_quantity_table(value):
            yield from numbers(value, (*path, key))
        elif is_quantity_table(value) or (isinstance(value, int | float) and not isinstance(value, bool)):
            yield ".".join((*path, key))


KEYS = tuple(numbers(load_settings().model_dump(mode="json", exclude_none=True)))


@pytest.mark.heavy
@pytest.mark.parametrize(
    "value", [1e20, *(pytest.param(number, marks=pytest.mark.heavy) for number in (1e308, -1e308, 1e-320))]
)
def test_every_number_has_a_range_of_sense(value: float) -> None:
    """Many keys at once; where one finding hides others of its section, these are asked again."""
    assert len(KEYS) > 400
    left = set(KEYS)
    while left:
        sections = {key.rsplit(".", 1)[0]: key for key in sorted(left)}
        asked = set(sections.values())
        settings, findings = try_settings(None, dict.fromkeys(sorted(asked), value))
        assert settings is None
        named = {finding.column for finding in findings}
        found = {key for key in asked if any(key == name or key.startswith(f"{name}.") for name in named)}
        assert found, sorted(asked)
        left -= found


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("finance.life_yr", 1e-320, "write a number from 0.1 to 300"),
        ("price_levels.peak.usd_per_t.nickel", 1e12, "write a number from 0.0001 to 1e+09"),
        ("sizes.hub_t_per_yr", [1.0, 1e15], "write a number from 0.001 to 1e+09"),
        ("roads.access_detour_factor", 0.1, "write a number from 0.5 to 20"),
        ("horizon.years", [2040, 9999], "write a number from 1900 to 2200"),
        ("duties.eu_content_2036.first_year", -1, "write a number from 1900 to 2200"),
        ("metals.nickel.primary_co2_kg_per_t", 1e9, "write a number from 1e-06 to 1e+06"),
        ("hub_technologies.kiln.heat_mwh_per_t", 1e6, "write a number from 1e-06 to 10000"),
    ],
)
def test_the_cure_names_the_range(key: str, value: object, told: str) -> None:
    settings, findings = try_settings(None, {key: value})
    assert settings is None
    assert [finding.cure for finding in findings if finding.column == key] == [told]


def test_zero_is_allowed_where_it_has_a_meaning() -> None:
    settings, findings = try_settings(None, {"finance.discount_rate_per_yr": 0, "carbon.price_jpy_per_t": 0})
    assert settings is not None
    assert findings == []


def test_no_range_stands_behind_one_that_takes_all_its_settings() -> None:
    names = {key.rsplit(".", 1)[-1] for key in KEYS}
    taken: set[str] = set()
    for pattern, _ in RANGES:
        here = {name for name in names if re.fullmatch(pattern, name)}
        assert not here or here - taken, pattern
        taken |= here


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("supply.sales.actual.phv.by_year.2012", True, ""),
        ("supply.sales.slow.bev.by_year.2027", 1e9, ""),
        ("costs.levels.low.settings.hub_technologies.mechanical.capital_jpy", "", "'' is no number"),
        ("costs.levels.low.settings.hub_technologies.mechanical.capital_jpy", [1, 2], "[1, 2] is no number"),
        ("costs.levels.low.settings.hub_technologies.kiln.other_jpy_per_t", True, "True is no number"),
        ("costs.levels.low.settings.hub_technologies.roasting.capital_jpy", -1, "-1 is no number"),
        ("costs.levels.low.settings.refinery_technologies", 1e9, "1000000000.0 stands for a whole section"),
        ("costs.levels.western.settings.refinery_technologies.hydro", [0, 0], "[0, 0] stands for a whole section"),
    ],
)
def test_what_is_not_in_use_is_looked_at_too(key: str, value: object, told: str) -> None:
    settings, findings = try_settings(None, {key: value})
    assert settings is None or any(finding.fatal for finding in findings)
    assert any(finding.problem == told or not told for finding in findings)
