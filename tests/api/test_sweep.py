"""Sweeps from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.heavy
def test_cases_and_plants_are_frames_and_a_second_call_solves_nothing(tiny: Path, tmp_path: Path) -> None:
    told: list[int] = []
    listed = [("dear", {"energy.power_jpy_per_kwh": 40, "finance.life_yr": 9})]
    for _ in range(2):
        found = hs.sweep(
            tiny, out=tmp_path / "out", cases=listed, regions=["kanto"], progress=lambda *far: told.append(far[1])
        )
    assert found.cases["case"].tolist() == ["base", "dear"]
    assert found.cases["cost_jpy"].is_monotonic_increasing
    assert found.plants["share"].max() == 1
    assert "2 of 2 cases" in found.summary()
    assert told == [2, 2, 2, 0]


def test_a_request_that_no_case_knows_is_refused(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(hs.UsageError, match="did you mean 'regions'"):
        hs.sweep(tiny, out=tmp_path / "out", vary={"supply.factor": [1, 2]}, region=["kanto"])
