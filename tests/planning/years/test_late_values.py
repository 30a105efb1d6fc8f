"""Settings by year that begin in a year that is not planned."""

from __future__ import annotations

import logging

import pytest

import hubspoke as hs
from hubspoke.planning.years.late_values import find_late_values
from hubspoke.settings.load import change_settings

LITHIUM = "policy.least_recovery_t_per_t.lithium"


@pytest.mark.parametrize(
    ("series", "told"),
    [
        ({"2028": 0.5, "2032": 0.8}, ["2028, which is not planned: it holds from 2030 on", "it holds from 2035 on"]),
        ({"2028": 0.5, "2029": 0.8}, ["2028 and ends before the next planned year, 2030", "it holds from 2030 on"]),
        ({"2050": 0.95}, ["2050, after the last planned year, 2040: it has no effect"]),
        ({"2020": 0.3, "2025": 0.4, "2030": 0.5, "2040": 0.8}, []),
    ],
)
def test_values_that_hold_late_or_never_are_told(
    tiny_network: hs.Network, series: dict[str, float], told: list[str]
) -> None:
    stated = change_settings(tiny_network.settings, {"years.values": {LITHIUM: series}}).years
    found = list(find_late_values(stated, (2027, 2030, 2035, 2040)))
    assert len(found) == len(told)
    for finding, words in zip(found, told, strict=True):
        assert words in finding.problem
        assert not finding.fatal


def test_numbers_on_a_line_are_not_late(tiny_network: hs.Network) -> None:
    """A year between planned ones bends the line."""
    values = {"energy.power_jpy_per_kwh": {"2028": 20, "2050": 30}}
    stated = change_settings(tiny_network.settings, {"years.values": values}).years
    assert not list(find_late_values(stated, (2027, 2030)))


@pytest.mark.heavy
def test_a_plan_warns_of_shares_and_values_alike(tiny_network: hs.Network, caplog: pytest.LogCaptureFixture) -> None:
    changes = {"years.least_share": {"2032": 0.2}, "policy.shortfall_jpy_per_t": 3e6}
    network = tiny_network.with_settings(change_settings(tiny_network.settings, changes))
    with caplog.at_level(logging.WARNING, logger="hubspoke"):
        hs.solve(network, years=[2030, 2035], policy="regional")
    assert "years.least_share.2032" in caplog.text
    assert "holds from 2035 on" in caplog.text
