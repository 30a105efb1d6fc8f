"""A network without a plan is answered by a sentence: where, how many tonnes, and a cure that works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def explain(folder: Path, changes: Mapping[str, Any] | None = None, **call: Any) -> str:
    with pytest.raises(hs.InfeasibleError) as caught:
        hs.solve(hs.read(folder, changes=changes), **call)
    return str(caught.value)


def read_cures(words: str) -> dict[str, str]:
    """Read every `--set key=value` of a message; the last of a key counts."""
    return dict(re.findall(r"--set ([\w.]+)=(\[[\d,]+\]|\w+)", words))


def limit(tables: dict[str, list[dict[str, object]]], table: str, *max_t: float) -> None:
    for row, tonnes in zip(tables[table], max_t, strict=True):
        row["max_t"] = tonnes


def weigh(tables: dict[str, list[dict[str, object]]], *mass_t: float) -> None:
    for row, tonnes in zip(tables["kanto/sites"], mass_t, strict=True):
        row.update({"hev_t": 0, "nmc_t": tonnes, "lfp_t": 0})


@pytest.mark.heavy
def test_too_little_hub_capacity_names_region_tonnes_and_hub(tmp_path: Path) -> None:
    tables = tiny_tables()
    limit(tables, "kanto/hubs", 500, 900)
    folder = write_folder(tmp_path / "n", tables)
    words = explain(folder)
    assert words == (
        "kanto: 1,100 t/yr of packs, but the one hub allowed holds at most 900 t/yr (hk2); "
        "raise max_t, allow 2 hubs (--set policy.hubs_per_region=[1,2]) or open the borders (--policy open)"
    )
    hs.solve(hs.read(folder, changes=read_cures(words)))
    hs.solve(hs.read(folder), policy="open")


def test_too_little_capacity_of_all_hubs_asks_for_another(tmp_path: Path) -> None:
    tables = tiny_tables()
    limit(tables, "kanto/hubs", 500, 400)
    words = explain(write_folder(tmp_path / "n", tables), {"policy.hubs_per_region": [1, 2]})
    assert "kanto: 1,100 t/yr of packs, but the 2 hubs there hold at most 900 t/yr (hk1, hk2)" in words
    assert "raise max_t, add a hub or open the borders" in words


def test_sizes_that_end_below_the_limit_of_a_place_are_named(tiny: Path) -> None:
    words = explain(tiny, {"sizes.hub_t_per_yr": [300, 800]})
    assert "kanto" in words
    assert "add a larger size (sizes.hub_t_per_yr)" in words


def test_too_little_capacity_over_all_regions(tmp_path: Path) -> None:
    tables = tiny_tables()
    limit(tables, "kanto/hubs", 500, 400)
    limit(tables, "chubu/hubs", 300, 200)
    words = explain(write_folder(tmp_path / "n", tables), policy="open")
    assert "all regions: 1,805 t/yr of packs, but the 4 hubs there hold at most 1,400 t/yr" in words


def test_too_little_refinery_capacity_is_told_in_black_mass(tmp_path: Path) -> None:
    tables = tiny_tables()
    limit(tables, "kanto/refineries", 100, 300)
    words = explain(write_folder(tmp_path / "n", tables))
    assert "kanto: 550 t/yr of black mass, but the one refinery allowed holds at most 300 t/yr (rk2)" in words
    assert "(--policy shared-refinery)" in words
    hs.solve(hs.read(tmp_path / "n"), policy="shared-refinery")


def test_a_region_whose_hubs_are_all_closed(tiny: Path) -> None:
    words = explain(tiny, closed=["hk1", "hk2"])
    assert words == (
        "kanto: 1,100 t/yr of packs, but no hub: all 2 are closed (hk1, hk2); "
        "reopen one (--open hk1) or open the borders (--policy open)"
    )


def test_a_region_whose_refinery_is_closed(tiny: Path) -> None:
    assert "chubu: 352 t/yr of black mass, but no refinery: rc1 is closed" in explain(tiny, closed=["rc1"])


def test_a_region_without_any_hub(tmp_path: Path) -> None:
    tables = tiny_tables()
    del tables["chubu/hubs"]
    words = explain(write_folder(tmp_path / "n", tables))
    assert "chubu: 705 t/yr of packs, but no hub stands or could stand there; add a candidate to hubs.csv" in words


@pytest.mark.heavy
def test_more_plants_forced_open_than_allowed(tiny: Path) -> None:
    words = explain(tiny, opened=["hk1", "hk2"])
    assert "kanto: 2 hubs must be open (hk1, hk2), but at most 1 may be" in words
    hs.solve(hs.read(tiny, changes=read_cures(words)), opened=["hk1", "hk2"])


def test_more_plants_asked_for_than_there_are(tiny: Path) -> None:
    words = explain(tiny, {"policy.refineries_per_region": [2, 2]})
    assert "chubu: 2 refineries must be open, but there is only 1; add a refinery" in words


@pytest.mark.parametrize(
    ("changes", "call", "sentence"),
    [
        (
            {"policy.hubs_in_total": [0, 1]},
            {},
            "the regions ask for 2 hubs together, but policy.hubs_in_total allows 1",
        ),
        (
            {"policy.hubs_in_total": [3, 4]},
            {},
            "3 hubs must be open in total, but the regions may open only 2; lower policy.hubs_in_total",
        ),
        ({"policy.hubs_in_total": [9, 9]}, {}, "9 hubs must be open in total, but there are only 4"),
        (
            {"policy.hubs_in_total": [0, 1]},
            {"policy": "open", "opened": ["hk1", "hc1"]},
            "2 hubs must be open, but policy.hubs_in_total allows 1 in total",
        ),
    ],
)
def test_totals(tiny: Path, changes: Mapping[str, Any], call: Mapping[str, Any], sentence: str) -> None:
    assert sentence in explain(tiny, changes, **call)


@pytest.mark.heavy
def test_sites_beyond_the_longest_haul_are_counted_and_the_cure_works(tiny: Path) -> None:
    words = explain(tiny, {"policy.longest_haul_km": 10})
    assert re.search(
        r"kanto: no hub allowed is within 10 km of \d sites? with [\d,]+ t/yr \(.*k1.*\); the nearest is ", words
    )
    hs.solve(hs.read(tiny, changes=read_cures(words)))


@pytest.mark.heavy
def test_a_haul_that_no_one_hub_satisfies_for_all_sites(tiny: Path) -> None:
    words = explain(tiny, {"policy.longest_haul_km": 100}, regions=["chubu"])
    assert "chubu: the one hub allowed must be near enough to all 3 sites" in words
    hs.solve(hs.read(tiny, changes={"policy.longest_haul_km": read_cures(words)["policy.longest_haul_km"]}))
    hs.solve(
        hs.read(tiny, changes={"policy.longest_haul_km": 100, "policy.hubs_per_region": "[1,2]"}), regions=["chubu"]
    )


@pytest.mark.heavy
def test_a_site_larger_than_every_hub(tmp_path: Path) -> None:
    tables = tiny_tables()
    weigh(tables, 950, 300, 200)
    limit(tables, "kanto/hubs", 800, 800)
    folder = write_folder(tmp_path / "n", tables)
    words = explain(folder, {"policy.hubs_per_region": [1, 2]})
    assert "site k1: 950 t/yr, but the largest hub it can reach holds 800 t/yr" in words
    hs.solve(hs.read(folder, changes={"policy.hubs_per_region": [1, 2], **read_cures(words)}))


@pytest.mark.heavy
def test_what_sums_do_not_explain_is_found_by_the_model(tmp_path: Path) -> None:
    tables = tiny_tables()
    weigh(tables, 600, 600, 600)
    limit(tables, "kanto/hubs", 900, 900)
    folder = write_folder(tmp_path / "n", tables)
    words = explain(folder, {"policy.hubs_per_region": [1, 2]}, regions=["kanto"])
    assert re.match(r"kanto: at best 600 t/yr of packs from 1 site \(k[123]\) find no place", words)
    assert "let sites be divided (--set policy.sourcing=split)" in words
    hs.solve(hs.read(folder, changes={"policy.hubs_per_region": [1, 2], **read_cures(words)}), regions=["kanto"])


def test_every_reason_is_told_at_once(tmp_path: Path) -> None:
    tables = tiny_tables()
    limit(tables, "kanto/hubs", 500, 900)
    limit(tables, "chubu/refineries", 100)
    words = explain(write_folder(tmp_path / "n", tables))
    assert [line.split(":")[0] for line in words.splitlines()] == ["kanto", "chubu"]


@pytest.mark.heavy
def test_plants_that_cannot_be_filled_name_the_tonnes_and_the_cure_works(tiny: Path) -> None:
    words = explain(tiny, {"policy.min_throughput_hub_t_per_yr": 800})
    assert words == (
        "chubu: 705 t/yr of packs, but 1 hub must be open and take in 800 t/yr; "
        "lower that (--set policy.min_throughput_hub_t_per_yr=705) or open the borders (--policy open)"
    )
    changes = {"policy.min_throughput_hub_t_per_yr": 705}
    plan = hs.solve(hs.read(tiny, changes=changes))
    assert (plan.hubs.loc[plan.hubs["state"] == "open", "load_t"] >= 705 - 1e-6).all()
    words = explain(tiny, {"policy.min_throughput_refinery_t_per_yr": 500})
    assert words.startswith("chubu: 352 t/yr of black mass, but 1 refinery must be open and take in 500 t/yr")
    plan = hs.solve(hs.read(tiny, changes={"policy.min_throughput_refinery_t_per_yr": 500}), policy="shared-refinery")
    assert (plan.refineries["state"] == "open").sum() == 1
    words = explain(tiny, {"policy.min_throughput_hub_t_per_yr": 1500}, policy="open", opened=["hk1", "hc1"])
    assert words.startswith("all regions: 1,805 t/yr of packs, but 2 hubs must be open and take in 1,500 t/yr each")


def test_closing_every_hub_of_an_open_plan_names_one_to_reopen(tiny: Path) -> None:
    hubs = hs.read(tiny).hubs["id"].tolist()
    words = explain(tiny, policy="open", closed=hubs)
    told = f"1,805 t/yr of packs, but no hub may open: all {len(hubs)} are closed; reopen one (--open {hubs[0]})"
    assert words == told


@pytest.mark.heavy
def test_reasons_speak_of_the_commodity_that_is_planned(tiny: Path) -> None:
    changes = {"commodity.feed_en": "motors", "commodity.intermediate_en": "magnets"}
    words = explain(tiny, {**changes, "policy.min_throughput_hub_t_per_yr": 800})
    assert words.startswith("chubu: 705 t/yr of motors, but")
    words = explain(tiny, {**changes, "policy.min_throughput_refinery_t_per_yr": 500})
    assert words.startswith("chubu: 352 t/yr of magnets, but")
    told = hs.explain(hs.solve(hs.read(tiny, changes=changes)), "k1").summary()
    assert "t of motors a year" in told
    assert "packs" not in told


def test_one_region_without_a_name_is_not_named() -> None:
    places = {"lat": [35.5, 35.6], "lon": [139.6, 139.7]}
    hubs = pd.DataFrame({"id": ["h1", "h2"], **places, "max_t": 300})
    refineries = pd.DataFrame({"id": ["r1", "r2"], **places})
    sites = pd.DataFrame({"id": ["a", "b"], **places, "mass_t": 300})
    with pytest.raises(hs.InfeasibleError, match=r"^600 t/yr of packs, but the one hub allowed holds at most 300 t/yr"):
        hs.solve(hs.Network.from_frames(sites=sites, hubs=hubs, refineries=refineries))


def test_refinery_limits_are_reckoned_by_the_mix_of_the_costs(tmp_path: Path) -> None:
    """A place holds 300 t of the basis; where the mix of classes is stated, it says how many tonnes these are."""
    tables = tiny_tables()
    limit(tables, "kanto/refineries", 100, 300)
    folder = write_folder(tmp_path / "n", tables)
    held = {}
    for name in ("hev", "lfp"):
        changes = {"materials.yields": "physical", "materials.mix.2040": {name: 1.0}}
        words = explain(folder, changes)
        found = re.search(r"holds at most ([\d.,]+) t/yr \(rk2\); raise max_t", words)
        assert found is not None
        held[name] = float(found[1].replace(",", ""))
    assert held["hev"] != held["lfp"]


@pytest.mark.heavy
def test_a_plant_that_must_be_open_and_takes_too_few_grades_is_named(tmp_path: Path) -> None:
    tables = tiny_tables()
    first, second = tables["kanto/refineries"][0], dict(tables["kanto/refineries"][0])
    tables["kanto/refineries"] = [{**first, "grades": "nmc"}, {**second, "id": "any", "lat": 35.6, "grades": ""}]
    folder = write_folder(tmp_path / "n", tables)
    words = explain(folder, opened=[first["id"]])
    assert f"of the grade lfp, which none of the refineries takes that may be open ({first['id']})" in words
    assert "open one that takes it (--open any) in place of another" in words
    hs.solve(hs.read(folder), opened=["any"])
    hs.solve(hs.read(folder, changes=read_cures(words)), opened=[str(first["id"])])
    assert "reopen one that takes it (--open any)" in explain(folder, closed=["any"])


@pytest.mark.heavy
def test_open_plants_beside_which_others_may_be_are_no_reason(tmp_path: Path) -> None:
    tables = tiny_tables()
    first = tables["kanto/refineries"][0]
    tables["kanto/refineries"] = [{**first, "grades": "nmc"}, {**first, "id": "any", "lat": 35.6, "grades": ""}]
    folder = write_folder(tmp_path / "n", tables)
    plan = hs.solve(hs.read(folder), policy="shared-refinery", opened=[str(first["id"])])
    assert plan.status is hs.Status.OPTIMAL
