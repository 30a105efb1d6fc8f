"""Changes of a number against what stands: +20%, -10%, x0.8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.base.errors import InputError
from hubspoke.settings.load import change_settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path

KEY = "trucks.20t.distance_jpy_per_km"
SHIPPED = load_settings()


@pytest.mark.parametrize(
    ("text", "factor"),
    [("+20%", 1.2), ("-10%", 0.9), ("- 10 %", 0.9), ("+0.5%", 1.005), ("x0.8", 0.8), ("×2", 2), ("* 1.5", 1.5),
     ("+20％", 1.2), ("-100%", 0)],
)  # fmt: skip
def test_a_number_is_changed_by_a_share_or_a_factor(text: str, factor: float) -> None:
    old = SHIPPED.trucks["20t"].distance_jpy_per_km
    for made in (load_settings(None, {KEY: text}), change_settings(SHIPPED, {KEY: text})):
        new = made.trucks["20t"].distance_jpy_per_km
        assert float(new) == pytest.approx(float(old) * factor)
        assert (new.unit, new.confidence) == (old.unit, "user")


def test_the_number_is_that_of_the_planners_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[trucks.20t]\ndistance_jpy_per_km = 100\n", encoding="utf-8")
    assert float(load_settings(own, {KEY: "+20%"}).trucks["20t"].distance_jpy_per_km) == pytest.approx(120)


def test_numbers_by_year_and_whole_numbers_are_changed_too() -> None:
    made = load_settings(None, {"supply.sales.slow.bev.by_year.2030": "+10%", "collection.pickups_min_per_yr": "x2"})
    assert made.supply.sales["slow"].bev.points[2030] == pytest.approx(257_400)  # type: ignore[union-attr]
    assert float(made.collection.pickups_min_per_yr) == 2 * float(SHIPPED.collection.pickups_min_per_yr)


@pytest.mark.parametrize(
    ("key", "text", "cure"),
    [
        (KEY, "20%", "write +20%, -10% or x0.8"),
        (KEY, "+-5%", "write +20%, -10% or x0.8"),
        (KEY, "0.8x", "write +20%, -10% or x0.8"),
        (KEY, "+1,5%", "write +20%, -10% or x0.8"),
        (KEY, "-120%", "write 0 or a positive number"),
        ("sizes.hub_t_per_yr", "x2", "write +20%, -10% or x0.8"),
        ("trucks.20t", "x2", "write +20%, -10% or x0.8"),
        ("policy.shortfall_jpy_per_t", "+5%", "write a number"),
        ("supply.factr", "x2", "'supply.factor'"),
        ("policy.name", "+20%", "'regional'"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused_with_a_cure(key: str, text: str, cure: str) -> None:
    with pytest.raises(InputError) as caught:
        load_settings(None, {key: text})
    (found,) = caught.value.findings
    assert (found.file, found.column) == ("changes", key)
    assert cure in found.cure


def test_texts_may_look_like_a_change() -> None:
    assert load_settings(None, {"title": "+20%"}).title == "+20%"
