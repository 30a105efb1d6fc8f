"""Numbers and places far from all others are told, and honest heavy tails and far islands are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from builders import Row, flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.check.outliers import find_far_above

if TYPE_CHECKING:
    from hubspoke.base.errors import Finding

ROOT = Path(__file__).parents[3]
ALPHA = 1.7
"""Exponent of the tail of the tonnes that ship: the largest of 3,086 sites is 50 times the upper quartile."""


def shares_told(draws: list[np.ndarray]) -> float:
    """Return in how large a share of the draws any number is told."""
    return float(np.mean([np.isfinite(find_far_above(draw)[0]) for draw in draws]))


@pytest.mark.heavy
@pytest.mark.parametrize("count", [12, 100, 3000])
def test_honest_heavy_tails_are_left_alone(count: int) -> None:
    dice = np.random.default_rng(count)
    assert shares_told([dice.pareto(ALPHA, count) + 1 for _ in range(1000)]) <= 0.005
    assert shares_told([dice.lognormal(2, 1.77, count) for _ in range(1000)]) <= 0.005


@pytest.mark.parametrize("count", [12, 100])
def test_a_site_in_kg_among_sites_in_tonnes_is_told(count: int) -> None:
    dice = np.random.default_rng(count)
    for _ in range(200):
        tonnes = dice.lognormal(4, 0.5, count)
        tonnes[0] *= 1000
        assert find_far_above(tonnes)[0] == tonnes[0]


def test_the_order_of_rows_and_the_unit_change_nothing() -> None:
    dice = np.random.default_rng(1)
    tonnes = np.append(dice.pareto(ALPHA, 30) + 1, 1e6)
    told = find_far_above(tonnes)
    assert told[0] == 1e6
    assert find_far_above(dice.permutation(tonnes)).tolist() == told.tolist()
    assert find_far_above(8 * tonnes).tolist() == (8 * told).tolist()


def test_few_numbers_and_many_large_ones_are_no_slips() -> None:
    assert not np.isfinite(find_far_above(np.array([1.0, 1.0, 1e6]))[0])
    assert not np.isfinite(find_far_above(np.array([1.0] * 8 + [1e6] * 2))[0])
    assert not np.isfinite(find_far_above(np.array([0.0, np.inf, np.nan, 5.0]))[0])


def sites(*tonnes: float) -> list[Row]:
    """Return a row for each number of tonnes."""
    return [
        {"id": f"s{at}", "lat": 35.6 + at / 100, "lon": 139.7, "nmc_t": mass_t, "hev_t": 0, "lfp_t": 0}
        for at, mass_t in enumerate(tonnes)
    ]


def find(folder: Path, kind: str = "outlier") -> list[Finding]:
    """Return the findings of a kind."""
    return [found for found in check(folder) if found.kind == kind]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write flat tables with six sites of about 20 t."""
    return write_folder(tmp_path / "kanto", flat_tables() | {"sites": sites(20, 18, 25, 22, 19, 21)})


@pytest.mark.parametrize(
    ("mass_t", "fatal", "cure"),
    [(19800, False, "write 19.8, if these are kg"), (1e6, False, "meant"), (1e8, True, "correct the number")],
)
def test_tonnes_far_above_those_of_all_others_are_told(
    mass_t: float,
    fatal: bool,  # noqa: FBT001
    cure: str,
    folder: Path,
) -> None:
    assert not find(folder)
    write_csv(folder / "sites.csv", sites(20, 18, 25, mass_t, 19, 21))
    (found,) = find(folder)
    assert (found.file, found.row, found.fatal) == ("sites.csv", 5, fatal)
    assert all(word in found.problem for word in (f"{mass_t:,.0f} t of 's3'", "has 25 t", "most 25 t"))
    assert cure in found.cure


def test_a_limit_far_below_all_others_is_told(folder: Path) -> None:
    hubs = [{**flat_tables()["hubs"][0], "id": f"hk{at}", "max_t": size} for at, size in enumerate((9e3, 8e3, 5, 7e3))]
    write_csv(folder / "hubs.csv", hubs)
    (found,) = find(folder)
    assert (found.file, found.row, found.column) == ("hubs.csv", 4, "max_t")


def lanes(*costs: float) -> list[Row]:
    """Return a lane from each site of the flat tables to each of the hubs, with its cost."""
    pairs = [(f"s{site}", f"hk{hub}") for site in range(6) for hub in (1, 2)]
    return [
        {"from_id": one, "to_id": to, "cost_jpy_per_t": cost} for (one, to), cost in zip(pairs, costs, strict=False)
    ]


@pytest.mark.parametrize(("cost", "words"), [(9000000, "far above"), (9, "far below")])
def test_costs_of_lanes_far_from_all_others_are_told(cost: float, words: str, folder: Path) -> None:
    write_csv(folder / "lanes.csv", lanes(8000, 9000, 8500, 7000, 9100))
    assert not find(folder)
    write_csv(folder / "lanes.csv", lanes(8000, 9000, cost, 7000, 9100))
    (found,) = find(folder)
    assert (found.file, found.row, found.column, found.fatal) == ("lanes.csv", 4, "cost_jpy_per_t", False)
    assert words in found.problem


@pytest.mark.parametrize("cost", [1e-320, 1e308])
def test_numbers_at_the_ends_of_what_a_computer_holds_are_told_without_a_warning(cost: float, folder: Path) -> None:
    write_csv(folder / "lanes.csv", lanes(8000, 9000, cost, 7000, 9100))
    told = [found for found in check(folder) if found.file == "lanes.csv"]
    assert "senseless" in {found.kind for found in told}
    assert all(len(found.problem) < 200 for found in told)


def test_sizes_whose_cost_lies_far_from_all_others_are_told(folder: Path) -> None:
    rows = [
        {"plant_id": "hk1", "capacity_t": size, "fixed_jpy_per_yr": 20000 * size, "variable_jpy_per_t": 30000}
        for size in (1000, 3000, 10000, 20000)
    ]
    write_csv(folder / "sizes.csv", rows)
    assert not find(folder)
    rows[2]["fixed_jpy_per_yr"], rows[1]["variable_jpy_per_t"] = 200000, 30
    write_csv(folder / "sizes.csv", rows)
    told = [(found.row, found.column) for found in find(folder)]
    assert told == [(3, "variable_jpy_per_t"), (4, "fixed_jpy_per_yr")]


def test_a_road_in_metres_is_told(tiny: Path) -> None:
    (tiny / "roads.csv").write_text((tiny / "roads.csv").read_text().replace(",35,", ",3500,"))
    (found,) = find(tiny, "long-road")
    assert (found.row, found.column, found.fatal) == (2, "km", False)


GERMANY = ROOT / "examples" / "germany_returns"


@pytest.mark.parametrize(
    ("lat", "lon", "kind", "words"),
    [
        (-33.87, 151.21, "remote", "km from the middle of all 325 places"),  # Sydney
        (35.7, 139.7, "remote", "km from the middle"),  # Tokyo, which lies on the road graph that ships
        (13.4, 52.5, "swapped", "swapped"),
        (-52.5, 13.4, "remote", "another sign"),
    ],
)
def test_a_place_far_from_its_country_is_told(lat: float, lon: float, kind: str, words: str, tmp_path: Path) -> None:
    for name in ("sites.csv", "hubs.csv", "refineries.csv", "germany.toml"):
        (tmp_path / name).write_bytes((GERMANY / name).read_bytes())
    lines = (tmp_path / "sites.csv").read_text().splitlines()
    cells = lines[4].split(",")
    lines[4] = ",".join([*cells[:4], str(lat), str(lon), *cells[6:]])
    (tmp_path / "sites.csv").write_text("\n".join(lines))
    told = [found for found in check(tmp_path) if found.kind != "straight-lines"]
    assert [(found.file, found.row, found.kind, found.fatal) for found in told] == [
        ("sites.csv", 5, kind, kind == "swapped")
    ]
    assert words in told[0].problem


@pytest.mark.heavy
def test_islands_and_the_ends_of_japan_are_not_far() -> None:
    assert not [found for found in check(changes={"roads.distances": "straight"}) if found.kind != "straight-lines"]


def test_examples_have_no_outliers() -> None:
    for name in ("germany_returns", "japan_eu", "magnets", "shikoku_planner"):
        assert not [found for found in check(ROOT / "examples" / name) if found.kind in ("outlier", "remote")]
