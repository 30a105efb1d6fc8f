"""No setting takes a number that makes no sense there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.settings.load import load_settings, try_settings
from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Iterator


def numbers(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict) and not is_quantity_table(value):
            yield from numbers(value, (*path, key))
        elif is_quantity_table(value) or (isinstance(value, int | float) and not isinstance(value, bool)):
            yield ".".join((*path, key))


KEYS = tuple(numbers(load_settings().model_dump(mode="json", exclude_none=True)))


@pytest.mark.parametrize("value", [1e20, 1e308, -1e308, 1e-320])
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
