"""Rules in conflict: no part of the set is, and every cure leads to a plan that a smaller change does not."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.cli import app as cli
from hubspoke.costs.costs import build_costs
from hubspoke.engine.optimize import optimize
from hubspoke.lanes.lanes import build_lanes
from hubspoke.planning.infeasible.conflict_words import tell_conflicts
from hubspoke.planning.infeasible.rules import list_rules, state_without
from hubspoke.planning.request import Request, read_task

if TYPE_CHECKING:
    from pathlib import Path

CASES: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"policy.longest_haul_km": 20}, {"policy": "regional"}),
    ({"policy.min_throughput_hub_t_per_yr": 5000}, {"policy": "regional"}),
    ({"policy.hubs_in_total": [1, 1]}, {"policy": "regional"}),
    ({}, {"policy": "regional", "closed": ["hk1", "hk2"]}),
    ({"policy.longest_haul_km": 20, "policy.hubs_in_total": [0, 1]}, {"policy": "open"}),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("conflict") / "in")


@pytest.mark.heavy
@pytest.mark.parametrize(("changes", "asked"), CASES)
def test_a_conflict_is_one_and_no_part_of_it_is(folder: Path, changes: dict[str, Any], asked: dict[str, Any]) -> None:
    """With only its rules there is no plan, and with any of them left out, and no other rule, there is one."""
    network = hs.read(folder, changes=changes)
    found = hs.conflict(network, **asked)
    assert found
    task = read_task(network, Request(objective="cost", **asked))
    lanes = build_lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    keys = {rule.key for rule in list_rules(task)}
    known = {rule.key for rule in found[0].rules}
    assert found[0].is_irreducible
    assert known

    def has_plan(kept: set[str]) -> bool:
        return optimize(state_without(task, lanes, costs, keys - kept), gap=1.0).has_plan

    assert not has_plan(known)
    for part in combinations(known, len(known) - 1):
        assert has_plan(set(part))


@pytest.mark.heavy
@pytest.mark.parametrize(("changes", "asked"), CASES)
def test_a_cure_cures(folder: Path, changes: dict[str, Any], asked: dict[str, Any]) -> None:
    """Written as it is told, each cure leads to a plan; the cheapest stands first."""
    found = hs.conflict(hs.read(folder, changes=changes), **asked)
    cures = found[-1].cures
    assert [cure.share for cure in cures] == sorted(cure.share for cure in cures)
    for cure in cures:
        written = dict(re.findall(r"--set ([\w.]+)=(\[[\d,]+\]|[\w.]+)", cure.english))
        policy = re.search(r"--policy ([\w-]+)", cure.english)
        opened = re.search(r"--open (\w+)", cure.english)
        call = asked | ({"policy": policy[1]} if policy else {})
        if opened:
            call |= {"closed": [one for one in asked["closed"] if one != opened[1]]}
        if written or policy or opened:
            hs.solve(hs.read(folder, changes=changes | written), **call)


@pytest.mark.heavy
def test_the_least_haul_is_told_to_the_kilometre(folder: Path) -> None:
    """A haul of the kilometres that are told has a plan, one kilometre less has none."""
    found = hs.conflict(hs.read(folder, changes={"policy.longest_haul_km": 20}), policy="regional")
    (told,) = [cure.english for cure in found[0].cures if cure.key == "longest_haul"]
    km = int(re.findall(r"longest_haul_km=(\d+)", told)[0])
    hs.solve(hs.read(folder, changes={"policy.longest_haul_km": km}), policy="regional")
    with pytest.raises(hs.InfeasibleError):
        hs.solve(hs.read(folder, changes={"policy.longest_haul_km": km - 1}), policy="regional")


def test_want_of_room_is_told_with_the_share_that_is_missing(tmp_path: Path) -> None:
    """Plants that are too small by a known share are told to grow by it."""
    tables = tiny_tables()
    for row in tables["kanto/hubs"]:
        row["max_t"] = 1000  # 1,100 t/yr are to be taken in
    found = hs.conflict(hs.read(write_folder(tmp_path / "n", tables)), policy="regional")
    assert found[0].regions == ("kanto",)
    (told,) = [cure.english for cure in found[-1].cures if cure.key == "hub_room"]
    assert "10 % larger" in told


@pytest.mark.heavy
def test_solve_tells_the_conflict_where_sums_find_no_reason(folder: Path) -> None:
    """Where only rules together stand against a plan, the message of `solve` lists them with cures that work."""
    changes: dict[str, Any] = {
        "policy.hubs_in_total": [2, 2],
        "policy.hubs_per_region": [0, 1],
        "policy.min_throughput_hub_t_per_yr": 900,
    }
    with pytest.raises(hs.InfeasibleError) as caught:
        hs.solve(hs.read(folder, changes=changes), policy="open")
    told = str(caught.value)
    assert "at least 2 hubs in total" in told
    assert "ask for 1 hub in total" in told
    assert "次の規則は" in caught.value.japanese
    least = int(re.findall(r"min_throughput_hub_t_per_yr=(\d+)", told)[0])
    hs.solve(hs.read(folder, changes=changes | {"policy.min_throughput_hub_t_per_yr": least}), policy="open")


@pytest.mark.heavy
def test_it_is_told_in_both_languages_and_as_data(folder: Path) -> None:
    """The command tells sentences, ends as an infeasible solve does, and says so where there is a plan."""
    words = ["conflict", str(folder), "--policy", "regional"]
    assert CliRunner().invoke(cli.app, words).exit_code == 0
    broken = [*words, "--set", "policy.longest_haul_km=20"]
    told = CliRunner().invoke(cli.app, broken)
    assert told.exit_code == 4
    assert "no site is more than 20 km from its hub" in told.output
    data = json.loads(CliRunner().invoke(cli.app, [*broken, "--json"]).stdout)
    assert data["conflicts"][0]["cures"]
    network = hs.read(folder, changes={"policy.longest_haul_km": 20})
    told_ja = "\n".join(tell_conflicts(hs.conflict(network, policy="regional"), network, "ja"))
    assert "運搬距離は20 km以下" in told_ja
    assert tell_conflicts([], network) == ["There is a plan: no rules are in conflict."]
    with pytest.raises(hs.UsageError, match="left out"):
        hs.conflict(hs.read(folder, changes={"policy.shortfall_jpy_per_t": 1}))
