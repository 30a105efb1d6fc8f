"""What companies and regions gain by working together, on networks."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.decisions.collaboration.words import tell_collaboration
from hubspoke.cli import app as cli

if TYPE_CHECKING:
    from pathlib import Path

OWNERS = {"k1": "北", "k2": "北", "k3": "Sun", "c1": "Sun", "c2": "Moon", "c3": "Moon"}
PLANTS = {"hk1": "北", "hk2": "", "hc1": "Sun", "hc2": "Moon", "rk1": "Smelter", "rk2": "北", "rc1": ""}
Rows = dict[str, list[dict[str, object]]]


def owned(sites: dict[str, str], plants: dict[str, str]) -> Rows:
    """Return the tiny network whose sites and plants name operators."""
    tables = tiny_tables()
    for name, rows in tables.items():
        if name.endswith(("sites", "hubs", "refineries")):
            for row in rows:
                row["operator"] = {**sites, **plants}.get(str(row["id"]), "")
    return tables


def frames(tables: Rows) -> dict[str, Any]:
    """Join the regions of tables into frames."""
    made: dict[str, list[pd.DataFrame]] = {}
    for name, rows in tables.items():
        region, _, table = name.rpartition("/")
        frame = pd.DataFrame(rows)
        made.setdefault(table or name, []).append(frame.assign(region=region) if region else frame)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in made.items()}


@cache
def network(**changes: Any) -> hs.Network:
    return hs.Network.from_frames(**frames(owned(OWNERS, PLANTS)), settings=changes or None)


@cache
def together() -> hs.Collaboration:
    return hs.collaborate(network(), policy="open", gap=0)


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_each_coalition_is_planned_with_its_own_sites_and_the_plants_it_may_use() -> None:
    """The same as a network of these rows alone, whose mix of packs is that of the whole."""
    found = together()
    assert found.members["member"].tolist() == ["Moon", "Sun", "北"]
    whole = network().with_mix()
    by_name = found.coalitions.set_index("members")
    for size in (1, 2, 3):
        for names in combinations(found.members["member"], size):
            row = by_name.loc[" + ".join(names)]
            sites = whole.sites[whole.sites["operator"].isin(names)]
            plants = [
                table[table["operator"].isin([*names, "", "Smelter"])] for table in (whole.hubs, whole.refineries)
            ]
            alone = whole.replace(sites=sites, hubs=plants[0], refineries=plants[1])
            plan = hs.solve(alone, policy="open", gap=0)
            assert row["cost_jpy"] == pytest.approx(plan.cost_jpy, rel=1e-9)
            assert row["mass_t"] == pytest.approx(plan.assignments["mass_t"].sum())
            assert set(row["hubs"].split()) == set(plan.hubs.loc[plan.hubs["size_t"] > 0, "id"])
    assert found.left_out_t == 0


@pytest.mark.heavy
def test_every_division_adds_up_to_the_plan_of_all() -> None:
    found = together()
    plan = hs.solve(network(), policy="open", gap=0)
    assert found.together_jpy == pytest.approx(plan.cost_jpy)
    assert found.gain_jpy == pytest.approx(found.members["alone_jpy"].sum() - plan.cost_jpy)
    assert found.gain_jpy > 0
    for one in found.divisions:
        assert found.members[f"{one.method}_jpy"].sum() == pytest.approx(plan.cost_jpy)
        assert one.stability is not None
    nucleolus = next(one.stability for one in found.divisions if one.method == "nucleolus")
    assert nucleolus is not None
    assert -nucleolus.gains == pytest.approx(found.least_core_jpy)


@pytest.mark.heavy
def test_regions_with_closed_borders_gain_nothing() -> None:
    found = hs.collaborate(network(), by="region", policy="regional")
    assert found.members["member"].tolist() == ["kanto", "chubu"]
    assert found.gain_jpy == pytest.approx(0, abs=1)
    assert not found.no_operators
    alone = [hs.solve(network(), policy="regional", regions=(name,)).cost_jpy for name in ("kanto", "chubu")]
    assert found.members["alone_jpy"].tolist() == pytest.approx(alone)
    assert "関東" in tell_collaboration(found, "ja")


@pytest.mark.heavy
def test_regions_stand_for_companies_where_no_site_names_one_and_that_is_told() -> None:
    bare = hs.Network.from_frames(**frames(tiny_tables()))
    found = hs.collaborate(bare, policy="regional")
    assert found.by == "region"
    assert "No site names an operator, so that regions stand for companies" in tell_collaboration(found)
    assert "地域を参加者とした" in tell_collaboration(found, "ja")


@pytest.mark.heavy
def test_one_hub_in_each_region_is_asked_of_those_who_have_sites_there() -> None:
    """Moon has sites in Chubu alone: by itself it opens no hub in Kanto."""
    found = hs.collaborate(network(), policy="regional")
    row = found.coalitions.set_index("members").loc["Moon"]
    assert (row["hubs"], row["refineries"]) == ("hc2", "rc1")


@pytest.mark.heavy
def test_who_lends_a_plant_is_paid_for_it() -> None:
    """A smelter without sites costs nothing alone; with it the others save, so that it pays less than nothing."""
    tables = owned(OWNERS, {**PLANTS, "rk2": "Far", "rc1": "Far"})
    lent = hs.Network.from_frames(**frames(tables))
    found = hs.collaborate(lent, members=["北", "Sun", "Moon", "Smelter", "Far"], policy="open", gap=0)
    members = found.members.set_index("member")
    assert members.loc[["Smelter", "Far"], "alone_jpy"].tolist() == [0, 0]
    outcome = found.coalitions.set_index("members")["outcome"]
    assert outcome["Smelter + Far"] == "no packs"
    assert outcome["Sun"] == "infeasible"
    assert math.isinf(float(members["alone_jpy"]["Sun"]))
    told = tell_collaboration(found)
    assert "No plan alone, so no cost alone: 北" in told
    assert "Shapley: no answer" in told
    priced = hs.Network.from_frames(**frames(tables), settings={"policy.shortfall_jpy_per_t": 1e6})
    shapley = hs.collaborate(
        priced, members=["北", "Sun", "Moon", "Smelter", "Far"], policy="open", gap=1e-6
    ).members.set_index("member")["shapley_jpy"]
    assert shapley["Smelter"] < 0
    assert shapley["Far"] < 0


@pytest.mark.heavy
def test_who_sends_nothing_owes_nothing() -> None:
    """Sites of 0 t open no plant for a coalition, and no region needs one for them."""
    tables = owned(OWNERS, PLANTS)
    for row in tables["kanto/sites"]:
        if row["operator"] == "北":
            row.update({"hev_t": 0, "nmc_t": 0, "lfp_t": 0})
    still = hs.Network.from_frames(**frames(tables))
    for policy in ("open", "shared-refinery"):
        found = hs.collaborate(still, policy=policy, gap=0)
        alone = found.coalitions.set_index("members").to_dict("index")["北"]
        assert (alone["outcome"], alone["cost_jpy"], alone["hubs"], alone["refineries"]) == ("no packs", 0, "", "")
        share = found.members.set_index("member").to_dict("index")["北"]
        assert (share["alone_jpy"], share["by_cost_jpy"]) == (0, 0)
        assert "equal profit: no answer, as 北 pays nothing alone" in tell_collaboration(found)


def test_sites_of_nobody_take_no_part_and_plants_of_those_who_stay_away_are_closed() -> None:
    found = hs.collaborate(network(), members=["Sun", "Moon"], policy="open", gap=0)
    assert found.left_out_t == pytest.approx(50 + 400 + 100 + 30 + 250 + 60)
    used = set(" ".join(found.coalitions["hubs"] + " " + found.coalitions["refineries"]).split())
    assert not used & {"hk1", "rk2"}
    assert "t/yr at sites that are no member's are left out" in tell_collaboration(found)


@pytest.mark.parametrize(
    ("asked", "changes", "told"),
    [
        ({"by": "colour"}, {}, "members cannot be told by 'colour'"),
        ({"members": ["Sun"]}, {}, "two members or more, and --member names Sun alone; add --member Moon"),
        ({"members": ["Sun", "Mooon"]}, {}, r"unknown member 'Mooon'.*Moon"),
        ({}, {"policy.hubs_in_total": [1, 3]}, "count the plants of all members"),
        ({}, {"policy.objective": "co2"}, "divides cost"),
        ({}, {"orders.open": ["rc1"]}, "rc1: must be open, and is no member's"),
    ],
)
def test_what_cannot_be_divided_is_refused(asked: dict[str, Any], changes: dict[str, Any], told: str) -> None:
    whole = hs.Network.from_frames(**frames(owned(OWNERS, PLANTS)), settings=changes or None)
    with pytest.raises(hs.UsageError, match=told):
        hs.collaborate(whole, **asked)


def test_more_members_than_can_be_planned_are_refused_with_a_cure() -> None:
    tables = owned({}, {})
    row = tables["kanto/sites"][0]
    tables["kanto/sites"] = [dict(row, id=f"s{at}", operator=f"firm {at}") for at in range(11)]
    crowd = hs.Network.from_frames(**frames(tables))
    with pytest.raises(hs.UsageError, match=r"11 members make 2,047 coalitions.*--member"):
        hs.collaborate(crowd)


def test_no_plan_together_and_no_time_are_told() -> None:
    with pytest.raises(hs.InfeasibleError, match="have no plan together"):
        hs.collaborate(network(), closed=["hk1", "hk2"], policy="regional")
    with pytest.raises(hs.NoPlanFoundError, match="of 7 coalitions planned"):
        hs.collaborate(network(), time_limit=1e-9)


@pytest.mark.heavy
def test_the_command_writes_tables_and_speaks_both_languages(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", owned(OWNERS, PLANTS))
    asked = ("collaborate", folder, "--policy", "open", "--gap", "0")
    told = run(*asked, "-o", tmp_path / "out")
    assert told.exit_code == 0
    assert "3 members (operators of sites)" in told.stdout
    assert "working together saves" in told.stdout
    assert "alone, yen/kg" in told.stdout
    for line in (
        "Shapley: what each adds",
        "nucleolus: the coalition",
        "equal profit: all save",
        "core: the divisions",
    ):
        assert line in told.stdout
    plants = told.stdout.split("Open together: ")[1].splitlines()[0]
    named = pd.concat([network().hubs, network().refineries]).set_index("id")["name"]
    opened = together().coalitions.iloc[-1]
    assert all(named[known] in plants for known in f"{opened['hubs']} {opened['refineries']}".split())
    members = pd.read_csv(tmp_path / "out" / "members.csv")
    assert members["shapley_jpy"].sum() == pytest.approx(together().together_jpy)
    assert len(pd.read_csv(tmp_path / "out" / "coalitions.csv")) == 7
    data = json.loads(run(*asked, "--json").stdout)
    assert [one["method"] for one in data["divisions"]] == [
        "shapley",
        "nucleolus",
        "equal_profit",
        "by_cost",
        "by_tonnes",
    ]
    assert np.isclose(sum(data["divisions"][0]["pays_jpy"].values()), data["together_jpy"])
    assert "シャープレイ値" in run(*asked, "--lang", "ja").stdout
    assert run("collaborate", write_folder(tmp_path / "bare"), "--by", "operator").exit_code == 2
