"""How firm a plant is, and how that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.base.errors import InputError
from hubspoke.plan.firmness import describe_closing, format_closing, list_close_calls, rate_firmness
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network

COLUMNS = ["closing_more_low_jpy", "closing_more_jpy", "closing_opens", "firmness"]


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 0.0, "toss-up"),
        (4e6, 4.9e6, "toss-up"),
        (4e6, 6e6, "close"),
        (5e6, 5e6, "close"),
        (29e6, 29e6, "close"),
        (29e6, 31e6, "close"),
        (30e6, 30e6, "firm"),
        (30e6, np.nan, "firm"),
        (4e6, 31e6, ""),
        (0.0, np.nan, ""),
        (np.nan, np.nan, ""),
        (np.inf, np.nan, "needed"),
    ],
)
def test_firmness_follows_from_the_range_and_the_limits(low: float, high: float, told: str) -> None:
    assert rate_firmness(low, high, 1e9, limits=load_settings().firmness) == told


def test_a_toss_up_cannot_be_less_close_than_close() -> None:
    with pytest.raises(InputError, match="tossup_share"):
        load_settings(changes={"firmness.tossup_share": 0.2})


def test_an_amount_is_never_rounded_to_nothing() -> None:
    row = {"closing_more_low_jpy": 49_540.0, "closing_more_jpy": 49_540.0, "firmness": "toss-up"}
    assert describe_closing(row, "en") == "toss-up, +49.5 thousand yen"
    assert describe_closing(row, "ja") == "ほぼ同等、+4.95万円"
    assert (
        format_closing({"closing_more_low_jpy": 2e6, "closing_more_jpy": np.nan}, "en") == "+2.00 million yen or more"
    )


@pytest.fixture(scope="module")
def near_tie(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Plan a network in which every hub of Kanto has a twin on the same spot."""
    tables = tiny_tables()
    hubs = tables["kanto/hubs"]
    tables["kanto/hubs"] = [*hubs, *({**row, "id": f"{row['id']}-twin"} for row in hubs)]
    return hs.solve(hs.read(write_folder(tmp_path_factory.mktemp("tie") / "tables", tables)), policy="regional")


def test_a_toss_up_is_told_in_the_summary_and_the_report(near_tie: Plan) -> None:
    closest = list_close_calls(near_tie).iloc[0]
    assert (closest["firmness"], closest["closing_more_jpy"]) == ("toss-up", 0)
    assert f"{closest['id']} (+0 yen a year without it)" in near_tie.summary()
    assert "ほぼ同等" in near_tie.summary("ja")
    assert "twin" in closest["closing_opens"] or "twin" in closest["id"]


def test_figures_of_closing_are_told_of_plants_in_use_only(near_tie: Plan) -> None:
    for plants in (near_tie.hubs, near_tie.refineries):
        used = plants["state"] == "open"
        assert (plants.loc[used, "firmness"] != "").all()
        assert plants.loc[~used, COLUMNS[:2]].isna().all(axis=None)
        assert (plants.loc[~used, COLUMNS[2:]] == "").all(axis=None)


def test_a_plant_that_nothing_can_replace_is_needed(near_tie: Plan) -> None:
    needed = near_tie.refineries[near_tie.refineries["firmness"] == "needed"]
    regions = near_tie.refineries["region"].value_counts()
    assert len(needed) > 0
    assert (regions[needed["region"]] == 1).all()
    assert needed[COLUMNS[:2]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("firmness", "firm"),
        ("closing_more_low_jpy", -5.0),
        ("closing_more_jpy", -5.0),
        ("closing_opens", "nowhere"),
    ],
)
def test_the_audit_finds_a_false_figure(near_tie: Plan, column: str, value: str | float) -> None:
    hubs = near_tie.hubs.copy()
    hubs.loc[hubs.index[hubs["firmness"] == "toss-up"][0], column] = value
    assert recount(near_tie, None).passed
    failed = recount(replace(near_tie, hubs=hubs), None).failed
    assert {check.name for check in failed} == {"firmness"}


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_saved_plan_keeps_how_firm_its_plants_are(near_tie: Plan, tmp_path: Path) -> None:
    near_tie.save(str(tmp_path / "plan"))
    again = hs.load(tmp_path / "plan")
    assert again.hubs[COLUMNS].equals(near_tie.hubs[COLUMNS])
    assert again.refineries[COLUMNS].equals(near_tie.refineries[COLUMNS])


def test_a_plan_that_rates_no_plant_says_why(tiny_network: Network) -> None:
    told = hs.solve(tiny_network, objective="co2").summary()
    assert "choice  not rated: told only of plans of least cost that serve every site" in told
