"""A year that is planned by itself says what of the settings by year it is planned without."""

from __future__ import annotations

import pytest

import hubspoke as hs
from hubspoke.settings.load import change_settings

RATE = "carbon.price_jpy_per_t"


def with_values(network: hs.Network, values: dict[str, dict[str, float]]) -> hs.Network:
    return network.with_settings(change_settings(network.settings, {"years.values": values}))


def test_values_of_the_planned_year_are_named(tiny_network: hs.Network, caplog: pytest.LogCaptureFixture) -> None:
    hs.solve(with_values(tiny_network, {RATE: {"2030": 5000.0}}))
    assert [message for message in caplog.messages if RATE in message and "planned without" in message]


@pytest.mark.heavy
def test_values_that_change_nothing_are_not(tiny_network: hs.Network, caplog: pytest.LogCaptureFixture) -> None:
    now = float(tiny_network.settings.carbon.price_jpy_per_t)
    hs.solve(with_values(tiny_network, {RATE: {"2030": now}}))
    hs.solve(tiny_network)
    assert not [message for message in caplog.messages if "years.values" in message]
