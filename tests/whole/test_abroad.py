"""Another country is planned without roads, in its own currency, and no word of Japan's reaches what people read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.audit.audit import recount
from hubspoke.base.geodesy import geodesic_km
from hubspoke.inputs.check.check import check
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.runs.kept_input import read_kept_input
from hubspoke.outputs.runs.load import load_plan
from hubspoke.plan.summary import summarise
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network

GERMANY = Path(__file__).resolve().parents[2] / "examples" / "germany_returns"
JAPANESE = re.compile(r"\byen\b|\bJapan\w*|\bJPY\b|[\u3040-\u30ff\u4e00-\u9fff]|mizuho", re.IGNORECASE)
EURO = {"currency.code": "EUR", "currency.name_en": "euro", "currency.name_ja": "ユーロ", "currency.jpy_per_unit": 200}


def tables() -> dict[str, pd.DataFrame]:
    """Return a small German network."""
    sites = {"id": ["S1", "S2", "S3"], "lat": [52.5, 50.9, 48.1], "lon": [13.4, 7.0, 11.6], "mass_t": [900, 800, 700]}
    hubs = {"id": ["H1", "H2"], "lat": [52.4, 49.5], "lon": [9.7, 8.5]}
    return {
        "sites": pd.DataFrame({**sites, "origin": "synthetic"}),
        "hubs": pd.DataFrame(hubs),
        "refineries": pd.DataFrame({"id": ["R1"], "lat": [51.4], "lon": [12.0]}),
    }


def network(changes: dict[str, Any] | None = None, **more: pd.DataFrame) -> Network:
    """Return that network under the open policy."""
    return hs.Network.from_frames(**tables(), **more, settings={"policy.name": "open", **(changes or {})})


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run folder of a part of the example."""
    read = hs.read(GERMANY)
    few = read.replace(sites=read.sites.iloc[::10], hubs=read.hubs.iloc[::4], refineries=read.refineries.iloc[:2])
    out = tmp_path_factory.mktemp("de") / "plan"
    hs.solve(few).save(str(out))
    return out


def shown(text: str) -> str:
    """Return the texts of a page that people read, without scripts, styles and tags."""
    text = re.sub(r"(?s)<(script|style).*?</\1>", " ", text)
    return re.sub(r"(?s)<[^>]+>", " ", text)


def test_the_example_is_checked_and_says_that_it_is_synthetic_and_straight() -> None:
    findings = check(GERMANY)
    assert [finding for finding in findings if finding.fatal] == []
    told = [finding for finding in findings if finding.kind == "straight-lines"]
    assert len(told) == 1
    assert "6,100 of 6,100 distances are straight lines over the globe, times 1.3" in told[0].problem
    read = hs.read(GERMANY)
    assert len(read.sites) == 300
    assert set(read.sites["origin"]) == {"synthetic"}
    assert read.outlines.empty


@pytest.mark.heavy
def test_map_and_report_speak_of_neither_yen_nor_japan(run: Path) -> None:
    report = (run / "report.html").read_text(encoding="utf-8")
    decided = shown(report[: report.index('id="assumptions"')])  # sources of settings say whence they are
    assert "euro" in decided
    assert "straight lines over the globe, times 1.3" in decided
    assert "synthetic" in decided
    assert JAPANESE.findall(decided) == []
    for page in (run / "map.html", *(run / "maps").glob("*.html")):
        text = page.read_text(encoding="utf-8")
        strings = " ".join(re.findall(r':"((?:[^"\\]|\\.)*)"', text))
        assert JAPANESE.findall(strings + shown(text)) == [], page.name
        assert "Germany" in text
    plan = load_plan(run)
    assert JAPANESE.findall(summarise(plan)) == []
    assert "million euro/yr" in summarise(plan)


def test_a_saved_plan_abroad_is_the_plan_that_was_solved(run: Path) -> None:
    plan = load_plan(run)
    assert plan.outlines.empty
    assert not any(name.startswith("shipped/roads") for name in plan.hashes)
    kept = read_kept_input(plan, run)
    assert kept is not None
    assert kept.cities.empty
    checks = recount(plan, kept).checks
    assert [check.name for check in checks if not check.passed] == []
    assert "sampled-freight" in {check.name for check in checks}


def test_distances_are_the_great_circle_times_the_factor() -> None:
    made = network({"roads.straight_detour_factor": 1.5, "roads.straight_km_per_h": 50})
    lanes = build_lanes(made, 2040)
    places = made.sites[["lon", "lat"]].to_numpy(float), made.hubs[["lon", "lat"]].to_numpy(float)
    for site in range(3):
        for hub in range(2):
            km = 1.5 * float(geodesic_km(places[0][[site]], places[1][[hub]])[0])
            assert lanes.distance_km[site, hub] == pytest.approx(km, rel=1e-5)
            assert lanes.hours[site, hub] == pytest.approx(km / 50, rel=1e-5)
    assert lanes.ferry_km.sum() == 0


@pytest.mark.heavy
def test_a_matrix_of_distances_is_enough() -> None:
    pairs = [(f"S{site}", f"H{hub}") for site in (1, 2, 3) for hub in (1, 2)] + [("H1", "R1"), ("H2", "R1")]
    matrix = pd.DataFrame(pairs, columns=["from_id", "to_id"]).assign(distance_km=np.arange(100.0, 180.0, 10.0))
    made = network(lanes=matrix)
    assert build_lanes(made, 2040).distance_km.ravel().tolist() == [100, 110, 120, 130, 140, 150]
    plan = hs.solve(made)
    assert plan.cost_jpy > 0
    part = hs.solve(network(lanes=matrix.iloc[:3]))
    assert part.options["distances"] == "straight"


def test_one_place_in_japan_is_told_and_no_fault_of_all_others(caplog: pytest.LogCaptureFixture) -> None:
    moved = tables()
    moved["sites"].loc[0, ["lat", "lon"]] = (35.6, 139.7)
    hs.Network.from_frames(**moved)  # type: ignore[arg-type]
    assert "sites, row 2, column lat: lat 35.6, lon 139.7 is 9,245 km from the middle" in caplog.text


def test_some_places_in_japan_are_no_other_country() -> None:
    moved = tables()
    moved["sites"].loc[:1, ["lat", "lon"]] = (35.6, 139.7)
    with pytest.raises(hs.InputError, match="km from the nearest city"):
        hs.Network.from_frames(**moved)  # type: ignore[arg-type]


def test_japanese_places_with_exchanged_axes_are_told_as_before() -> None:
    moved = tables()
    for frame in moved.values():
        frame["lat"], frame["lon"] = 139.7, 35.6
    with pytest.raises(hs.InputError, match="swapped"):
        hs.Network.from_frames(**moved)  # type: ignore[arg-type]


@pytest.mark.heavy
def test_straight_lines_may_be_asked_for_and_refused() -> None:
    with pytest.raises(hs.InputError, match=r"roads\.distances"):
        network({"roads.distances": "graph"})
    japan = hs.read(changes={"roads.distances": "straight"})
    assert japan.cities.empty
    assert len(japan.outlines)


def test_amounts_that_ship_are_brought_into_the_currency_and_own_ones_stand() -> None:
    yen, euro = load_settings(), load_settings(None, {**EURO, "finance.wage_jpy_per_yr": 55000})
    truck, theirs = yen.trucks["10t"].distance_jpy_per_km, euro.trucks["10t"].distance_jpy_per_km
    assert float(theirs) == pytest.approx(float(truck) / 200)
    assert (theirs.unit, theirs.low) == ("EUR/km", None if truck.low is None else truck.low / 200)
    assert "200 JPY/EUR" in theirs.source
    assert float(euro.finance.wage_jpy_per_yr) == 55000
    assert float(euro.market.jpy_per_usd) == pytest.approx(float(yen.market.jpy_per_usd) / 200)
    assert euro.price_levels["current"].usd_per_t == yen.price_levels["current"].usd_per_t
    assert euro.reference.market_jpy == {}


@pytest.mark.heavy
def test_a_plan_in_another_currency_is_the_same_plan() -> None:
    yen, euro = hs.solve(network()), hs.solve(network(EURO))
    assert euro.cost_jpy * 200 == pytest.approx(yen.cost_jpy, rel=1e-6)
    assert euro.hubs["state"].tolist() == yen.hubs["state"].tolist()


@pytest.mark.parametrize("rate", [0, -1, "x", True])
def test_a_rate_without_sense_is_refused(rate: object) -> None:
    with pytest.raises(hs.InputError, match="jpy_per_unit"):
        load_settings(None, {**EURO, "currency.jpy_per_unit": rate})
