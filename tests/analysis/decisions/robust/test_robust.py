"""Plants that are decided before it is known which scenario comes."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.decisions.robust.scenarios import list_possible
from hubspoke.analysis.decisions.robust.words import tell_robust
from hubspoke.cli import app as cli

FAR = "table = 'sites'\nwhere = { region = 'chubu' }\nset = { supply_t = 'x3' }"
SCENARIOS = f"""
[little]
[[little.rows]]
table = "sites"
where = {{ region = "kanto" }}
set = {{ supply_t = "x0.4" }}
[much]
[[much.rows]]
{FAR}
[shut]
close = ["hk1"]
[nowhere]
close = ["hk1", "hk2", "hc1", "hc2"]
"""
THREE = ("", "little", "much")


@cache
def folder() -> Path:
    made = write_folder(Path(tempfile.mkdtemp()) / "in", tiny_tables())
    (made / "scenarios.toml").write_text(SCENARIOS, encoding="utf-8")
    return made


@cache
def plan(measure: str, policy: hs.PolicyName = "open") -> hs.RobustPlan:
    return hs.robust(folder(), scenarios=THREE, weights=(2, 1, 1), measure=measure, policy=policy, gap=1e-6)


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_each_measure_is_least_with_its_own_plants() -> None:
    expected, worst, regret, tail = (plan(measure) for measure in ("expected", "worst", "regret", "cvar"))
    for one in (expected, worst, regret, tail):
        cost, share = one.scenarios["cost_jpy"].to_numpy(), one.scenarios["probability"].to_numpy()
        assert share.tolist() == [0.5, 0.25, 0.25]
        assert one.expected_jpy == pytest.approx(float(share @ cost))
        assert one.expected_jpy >= expected.bound_jpy * (1 - 1e-9)
        assert cost.max() >= worst.bound_jpy * (1 - 1e-9)
        assert one.scenarios["regret_jpy"].max() >= regret.bound_jpy - 1.0
        assert one.scenarios["regret_jpy"].min() >= -1e-5 * cost.max()
    assert expected.value_jpy == pytest.approx(expected.expected_jpy)
    assert worst.value_jpy == pytest.approx(worst.worst_jpy)
    assert regret.value_jpy == pytest.approx(regret.scenarios["regret_jpy"].max())
    # the dearest fifth of all lies within one scenario of a quarter
    assert tail.value_jpy == pytest.approx(tail.worst_jpy)


@pytest.mark.heavy
def test_what_plants_cost_lies_between_a_plan_alone_and_a_design_that_stands() -> None:
    robust = plan("expected", "regional")
    built = robust.plants["id"].tolist()
    networks = [hs.read(folder(), changes={"scenario": name} if name else None) for name in THREE]
    alone = [hs.solve(network, policy="regional", opened=built) for network in networks]
    most = {
        region: max(alone, key=lambda one: float(one.hubs.loc[one.hubs["region"] == region, "load_t"].sum()))
        for region in ("kanto", "chubu")
    }
    for region, largest in most.items():
        hubs = robust.plants[robust.plants["kind"] == "hub"]
        hub = hubs[hubs["region"] == region].iloc[0]
        assert hub["size_t"] == pytest.approx(largest.hubs.set_index("id").loc[hub["id"], "load_t"])
        assert hub["most_t"] == pytest.approx(hub["size_t"])
    for one, cost in zip(alone, robust.scenarios["cost_jpy"], strict=True):
        assert cost >= one.cost_jpy * (1 - 1e-9)
    standing = hs.solve(networks[1], policy="regional", design=alone[0])  # as large as the input as it is asks for
    twice = hs.robust(folder(), scenarios=("", "little"), policy="regional", opened=built)
    assert alone[1].cost_jpy < twice.scenarios["cost_jpy"][1] <= standing.cost_jpy * (1 + 1e-9)
    assert twice.scenarios["cost_jpy"][0] == pytest.approx(alone[0].cost_jpy)


@pytest.mark.heavy
def test_information_is_worth_what_it_saves() -> None:
    robust = plan("expected")
    told = robust.information
    assert told.waiting_jpy == pytest.approx(
        float(robust.scenarios["probability"] @ robust.scenarios["alone_jpy"].to_numpy())
    )
    assert told.evpi_jpy == pytest.approx(robust.value_jpy - told.waiting_jpy)
    assert 0 <= told.evpi_low_jpy <= told.evpi_jpy <= told.evpi_high_jpy
    if not told.mean_fails:
        assert told.vss_jpy == pytest.approx(told.mean_plants_jpy - robust.value_jpy, abs=1.0)


@pytest.mark.heavy
def test_a_plant_that_a_scenario_closes_is_paid_all_the_same_and_there_is_no_mean() -> None:
    robust = hs.robust(folder(), scenarios=("", "shut"), policy="open", opened=())
    assert robust.information.no_mean == ("shut",)
    assert np.isnan(robust.information.vss_jpy)
    assert "no mean scenario" in tell_robust(robust)
    assert "平均シナリオがない" in tell_robust(robust, "ja")


@pytest.mark.heavy
def test_a_scenario_without_a_plan_is_named_with_its_cure() -> None:
    with pytest.raises(hs.InfeasibleError, match=r"(?s)nowhere.*policy\.shortfall_jpy_per_t"):
        hs.robust(folder(), scenarios=("", "nowhere"))
    priced = hs.robust(
        folder(), scenarios=("", "nowhere"), policy="open", changes={"policy.shortfall_jpy_per_t": 400000}
    )
    left = dict(zip(priced.scenarios["scenario"], priced.scenarios["unserved_t"], strict=True))
    assert left["nowhere"] == pytest.approx(priced.scenarios["supply_t"].max())
    assert priced.scenarios["shortfall_jpy"].to_numpy() == pytest.approx(
        400000 * priced.scenarios["unserved_t"].to_numpy()
    )
    assert "policy.shortfall_jpy_per_t" in tell_robust(priced)
    one = hs.robust(
        folder(), scenarios={"all": {}, "some": {"policy.shortfall_jpy_per_t": 100}}, policy="open", gap=1e-6
    )
    assert one.scenarios["unserved_t"].tolist() == pytest.approx([0.0, one.scenarios["supply_t"][1]])
    assert "Every tonne is taken" not in tell_robust(one)


def test_lists_cross_and_bad_ones_are_refused() -> None:
    names = [one.name for one in list_possible(("",), ("mizuho", "late"), ("low",), weights=(3, 1))]
    assert names == ["mizuho / low", "late / low"]
    for wrong in (
        {"scenarios": ("",)},
        {"scenarios": ("little", "little")},
        {"scenarios": "little"},
        {"supply": ("mizuho", "late"), "weights": (1,)},
        {"supply": ("mizuho", "late"), "weights": (0, 0)},
        {"supply": ("mizuho", "late"), "weights": (1, float("nan"))},
    ):
        with pytest.raises(hs.UsageError):
            list_possible(**wrong)
    with pytest.raises(hs.UsageError, match="expected"):
        hs.robust(folder(), scenarios=THREE, measure="expect")
    with pytest.raises(hs.UsageError, match="alpha"):
        hs.robust(folder(), scenarios=THREE, measure="cvar", alpha=1.0)


@pytest.mark.heavy
def test_the_command_tells_and_writes(tmp_path: Path) -> None:
    asked = ("robust", folder(), "--scenario", "", "--scenario", "little", "--region", "chubu")
    out = tmp_path / "out"
    told = run(*asked, "-o", out, "--json")
    assert told.exit_code == 0, told.output
    data = json.loads(told.stdout)
    assert data["information"]["vss_jpy"] == 0.0  # nothing changes in Chubu
    assert pd.read_csv(out / "plants.csv")["id"].tolist() == [row["id"] for row in data["plants"]]
    assert pd.read_csv(out / "scenarios.csv")["scenario"].tolist() == ["as it is", "little"]
    assert run("robust", folder(), "--supply", "mizuho").exit_code == 2
