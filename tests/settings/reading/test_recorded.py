"""Settings that note what is read of them: nothing that is read escapes, and nothing else counts."""

from __future__ import annotations

import copy

import pytest

from hubspoke.settings.load import load_settings
from hubspoke.settings.reading.recorded import EVERYTHING, record, sections_equal


def test_sections_are_noted_when_they_are_read_by_whatever_way() -> None:
    settings, noted = record(load_settings())
    assert noted == set()
    assert float(settings.energy.power_jpy_per_kwh) > 0
    assert list(settings.takers)  # a property that reads two sections
    assert noted == {"energy", "furnaces", "refinery_technologies"}


@pytest.mark.parametrize(
    "look",
    [
        lambda settings: settings.model_dump(),
        lambda settings: settings.model_dump_json(),
        lambda settings: settings.model_copy(update={"title": "x"}),
        dict,
        vars,
        copy.copy,
    ],
)
def test_looking_at_all_of_them_counts_as_everything(look: object) -> None:
    settings, noted = record(load_settings())
    look(settings)  # type: ignore[operator]
    assert EVERYTHING in noted


def test_only_sections_that_are_named_count_and_sources_do() -> None:
    one, other = load_settings(), load_settings(None, {"energy.power_jpy_per_kwh": 31})
    assert sections_equal(one, other, {"trucks", "classes"})
    assert not sections_equal(one, other, {"energy"})
    assert not sections_equal(one, other, {EVERYTHING})
    same = load_settings(None, {"energy.power_jpy_per_kwh": float(one.energy.power_jpy_per_kwh)})
    assert not sections_equal(one, same, {"energy"})  # set by the user, which reports tell
