"""All that is wrong in the settings is found at once, and nothing that only follows from what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.settings.load import change_settings, load_settings, try_settings

if TYPE_CHECKING:
    from pathlib import Path


def told(changes: dict[str, Any], path: Path | None = None) -> set[str]:
    """Return the keys that are found wrong."""
    settings, findings = try_settings(path, changes)
    assert settings is None
    return {finding.column for finding in findings}


WRONG: dict[str, Any] = {
    "policy.hubs_in_total": [6, 4],
    "policy.refineries_in_total": [3, 1],
    "trucks.10t.distance_jpy_per_km": -1,
    "orders.close": ["a"],
    "classes.nmc.grade": "x",
    "classes.lfp.grade": "y",
    "horizon.year": 2050,
    "nonsense": 1,
}
"""Faults of values, of rules within a section, and of rules between sections; more than one of most rules."""


def test_faults_of_values_and_of_rules_are_told_together() -> None:
    assert told({**WRONG, "orders.open": ["a"]}) == set(WRONG)


@pytest.mark.parametrize("key", ["scenario", "costs.level", "policy.name"])
def test_a_name_that_is_not_known_hides_nothing(key: str) -> None:
    found = told({key: "zz", "policy.hubs_in_total": [6, 4], "supply.scenario": "yy"})
    assert {"policy.hubs_in_total", "supply.scenario"} < found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"horizon.years": [2045, 2030], "horizon.year": 2045}, "horizon.years"),
        ({"classes.hev.default_share": 0.5, "classes.nmc.default_share": "a quarter"}, "classes.nmc.default_share"),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(changes: dict[str, Any], key: str) -> None:
    assert told(changes) == {key}


def test_settings_without_a_fault_are_those_that_are_stated() -> None:
    assert load_settings(None, {"policy.hubs_in_total": [4, 6]}).policy.hubs_in_total == (4, 6)
    assert change_settings(load_settings(), {"policy.hubs_in_total": [4, 6]}).policy.hubs_in_total == (4, 6)


def test_a_section_that_is_replaced_by_nothing_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("title = 'x'\nreplaces = ['trucks']\n", encoding="utf-8")
    _, findings = try_settings(own, {})
    assert [(found.row, found.column) for found in findings] == [(2, "trucks")]
