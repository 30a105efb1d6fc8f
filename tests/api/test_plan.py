"""Tables of a plan: complete, with units, adding up, and telling open, idle and closed apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest
from pandas.testing import assert_frame_equal

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.costs.rates import FURNACE_RATES
from hubspoke.costs.terms import TERMS
from hubspoke.plan.plan import TABLES
from shipped import japan, japan_plan
from text_columns import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network
    from hubspoke.words.language import Lang

UNITS = re.compile(r"_(t|km|jpy|jpy_per_t|kg|t_km|per_yr)$")
PLAIN = {
    "port_lat",
    "port_lon",
    "lat",
    "lon",
    "share",
    "sunk_share",
    "subsidy_share",
    "sites",
    "hubs",
    "refineries",
    "utilisation",
    "hours",
}


@pytest.fixture(scope="module")
def network(tiny_network: Network) -> Network:
    return tiny_network


@pytest.mark.heavy
@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_numbers_names_its_unit(table: str) -> None:
    columns = [name for name in getattr(japan_plan(), table) if name not in TEXTS | PLAIN]
    assert [name for name in columns if not UNITS.search(name)] == []


@pytest.mark.heavy
@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_empty(table: str) -> None:
    frame = getattr(japan_plan(), table)
    bounds = ["opening_more_jpy", "closing_more_low_jpy", "closing_more_jpy", "size_proven_t", "subsidy_cap_jpy"]
    assert not frame.drop(columns=bounds, errors="ignore").isna().to_numpy().any()


@pytest.mark.heavy
@pytest.mark.parametrize("table", ["hubs", "refineries"])
def test_what_opening_costs_is_empty_only_where_no_plan_with_the_plant_is_known(table: str) -> None:
    frame = getattr(japan_plan(), table)
    unknown = frame["opening_more_jpy"].isna()
    assert frame.loc[frame["state"].isin(["open", "idle"]), "opening_more_jpy"].isna().all()
    assert (frame.loc[unknown, "opening_instead_of"] == "").all()
    assert not unknown.all()


@pytest.mark.heavy
def test_every_cost_term_stands_in_the_costs_table_once_per_region() -> None:
    costs = japan_plan().costs
    told = [term.name for term in TERMS if term.name not in FURNACE_RATES]  # all black mass is refined
    assert sorted(costs["term"].unique()) == sorted(told)
    assert len(costs) == len(told) * 8
    assert not costs.duplicated(["term", "region"]).any()


def test_costs_add_up_to_the_objective() -> None:
    plan = japan_plan()
    assert plan.costs["cost_jpy"].sum() == pytest.approx(plan.objective_jpy, abs=1e-3)
    assert plan.mass_t == pytest.approx(japan().supply_t(2040).sum())


def test_an_open_plant_with_nothing_to_do_is_idle(network: Network) -> None:
    plan = hs.solve(network, policy="open", opened=["rk1", "rk2"])
    by_state = plan.refineries.set_index("state")
    assert sorted(by_state.index) == ["idle", "not_chosen", "open"]
    assert float(by_state["cost_jpy"]["idle"]) > 0
    assert "2 refineries open, 1 of them idle (nothing to do)" in plan.summary()
    assert "製錬所2か所（うち不使用1か所）" in plan.summary("ja")


def test_closed_and_unchosen_plants_are_told_apart_and_cost_nothing(network: Network) -> None:
    hubs = hs.solve(network, closed=["hk1"]).hubs.set_index("id")
    assert hubs["state"].to_dict() == {"hc1": "open", "hc2": "not_chosen", "hk1": "closed", "hk2": "open"}
    assert (hubs.loc[["hc2", "hk1"], "cost_jpy"] == 0).all()


@pytest.mark.heavy
def test_a_plant_closed_in_the_tables_can_be_opened_by_the_call(tmp_path: Path) -> None:
    tables = tiny_tables()
    for row in tables["kanto/hubs"]:
        row["status"] = "closed"
    network = hs.read(write_folder(tmp_path / "n", tables))
    with pytest.raises(hs.InfeasibleError, match="reopen one"):
        hs.solve(network)
    assert hs.solve(network, opened=["hk1"]).hubs.set_index("id").loc["hk1", "state"] == "open"


def test_regions_can_be_planned_alone(network: Network, tiny_plan: Plan) -> None:
    alone = hs.solve(network, regions=["kanto"])
    assert alone.regions["region"].tolist() == ["kanto"]
    of_whole = tiny_plan.regions.set_index("region").loc["kanto", "cost_jpy"]
    assert alone.objective_jpy == pytest.approx(of_whole)


@pytest.mark.heavy
def test_the_year_changes_the_tonnes() -> None:
    plan = hs.solve(japan(), year=2030, regions=["shikoku"])
    assert plan.mass_t == pytest.approx(japan().only(("shikoku",)).supply_t(2030).sum())


def test_the_summary_tells_cost_proof_and_regions() -> None:
    words = japan_plan().summary()
    assert words.splitlines()[0] == "Traction batteries in Japan, 2040, policy regional"
    assert "status  optimal: no plan costs less (asked for 0.0001 %)" in words
    assert "8 hubs open; 8 refineries open" in words
    assert "today   uses 3 of 24 existing plants: asaka-iwaki, jx-tsuruga-ref, smm-niihama" in words
    assert re.search(r"Kanto +\S+ +49\.7 +\d+ +\d+ +\d{3}\.\d", words)


def test_a_gap_or_time_that_is_no_number_is_refused(network: Network) -> None:
    with pytest.raises(hs.UsageError, match="the gap must be 0 or more"):
        hs.solve(network, gap=float("nan"))
    with pytest.raises(hs.UsageError, match="time limit must be above 0"):
        hs.solve(network, time_limit=-1)
    with pytest.raises(hs.UsageError, match="threads must be 1 or more"):
        hs.solve(network, threads=0)


@pytest.mark.heavy
def test_threads_change_no_table_and_no_option_of_a_plan(tiny_network: Network) -> None:
    one, two = (hs.solve(tiny_network, policy="open", threads=threads) for threads in (1, 2))
    assert one.options == two.options
    assert (one.objective_value, one.bound_value) == (two.objective_value, two.bound_value)
    for name in TABLES:
        assert_frame_equal(getattr(one, name), getattr(two, name))


def test_a_plan_is_frozen(tiny_plan: Plan) -> None:
    with pytest.raises(AttributeError):
        tiny_plan.year = 2000  # type: ignore[misc]


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_plan_saves_itself_and_draws_itself(tiny_plan: Plan, tmp_path: Path) -> None:
    plan = tiny_plan
    plan.save(str(tmp_path / "out"))
    assert hs.load(tmp_path / "out").objective_jpy == plan.objective_jpy
    plan.map(region="kanto").save(str(tmp_path / "kanto.html"))
    assert (tmp_path / "kanto.html").stat().st_size > 1000


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_summary_lines_up_in_both_languages(lang: Lang) -> None:
    plan = japan_plan()
    lines = plan.summary(lang).splitlines()
    table = lines[1 : lines.index("")]
    assert len(table) == 2 * len(plan.regions) + 3  # heads, a line for each hub, and one for its refinery
    costs = [re.match(r".*?\d+\.\d.*?\d+\.\d", line) for line in table[3::2]]  # up to the second number with a point
    told = ["" if found is None else found[0] for found in costs]
    assert len({sum(2 if east_asian_width(letter) in "WF" else 1 for letter in start) for start in told}) == 1
    assert str(plan.regions[f"name_{lang}"].iloc[0]) in table[3]


@pytest.mark.heavy
def test_a_title_of_ones_own_is_shown_in_both_languages(tiny: Path, tiny_plan: Plan) -> None:
    assert tiny_plan.summary("ja").startswith("車載用電池、2040年")
    (tiny / "japan.toml").write_text('title = "Mine"\n', encoding="utf-8")
    assert hs.solve(hs.read(tiny)).summary("ja").startswith("Mine")
    both = hs.solve(hs.read(tiny, changes={"title_ja": "私の計画"}))
    assert both.summary("ja").startswith("私の計画")
    assert both.summary().startswith("Mine")
