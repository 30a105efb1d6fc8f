"""What less of another measure costs, as people and programs see it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.comparison.totals import figures_of
from hubspoke.analysis.decisions.fronts.page import write_front_page
from hubspoke.analysis.decisions.fronts.words import tell_front
from hubspoke.cli import app as cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("front") / "in")


@pytest.fixture(scope="module")
def network(folder: Path) -> hs.Network:
    return hs.read(folder)


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_ends_are_the_plans_at_least_cost_and_at_least_co2(network: hs.Network) -> None:
    """The front begins at the plan that `solve` finds at least cost, and ends at the CO2 of that at least CO2."""
    found = hs.front(network, against="co2", policy="shared-refinery", every=True)
    points = found.points
    assert found.is_complete
    assert len(points) > 1
    assert points["cost_jpy"].iloc[0] == pytest.approx(hs.solve(network, policy="shared-refinery", gap=0.0).cost_jpy)
    least = hs.solve(network, policy="shared-refinery", objective="co2", gap=0.0)
    assert points["co2_t"].iloc[-1] == pytest.approx(least.objective_value / 1000)
    assert points["cost_jpy"].is_monotonic_increasing
    assert points["co2_t"].is_monotonic_decreasing
    assert (points["bound_jpy"] <= points["cost_jpy"]).all()
    for row in points.to_dict("records")[1:]:
        assert row["jpy_per_unit"] == pytest.approx(row["more_jpy"] / row["less_co2_t"], nan_ok=True)


@pytest.mark.heavy
def test_no_plan_with_the_plants_of_a_point_is_better_in_both(network: hs.Network) -> None:
    """With the plants of a point alone the cheapest plan costs no more, and has no less CO2; the first point is one."""
    found = hs.front(network, against="co2", policy="shared-refinery", every=True)
    for row in found.points.to_dict("records"):
        number = str(row["point"])
        there = {plant["id"] for plant in found.plants.to_dict("records") if number in plant["at"].split(";")}
        shut = [*network.hubs["id"], *network.refineries["id"]]
        plan = hs.solve(
            network, policy="shared-refinery", closed=[plant for plant in shut if plant not in there], gap=0.0
        )
        assert plan.cost_jpy <= row["cost_jpy"] * (1 + 1e-9)
        assert figures_of(plan)["co2_t"] >= row["co2_t"] * (1 - 1e-9)
        if row["point"] == 1:
            assert plan.cost_jpy == pytest.approx(row["cost_jpy"])


@pytest.mark.heavy
def test_hauls_are_limits_that_plans_keep(folder: Path, network: hs.Network) -> None:
    """Every point is the plan that `solve` finds where its haul is the longest allowed."""
    found = hs.front(network, against="longest-haul", policy="open", gap=0.0)
    assert found.is_complete
    for row in found.points.to_dict("records"):
        limited = hs.read(folder, changes={"policy.longest_haul_km": row["longest_haul_km"] + 1e-3})
        assert hs.solve(limited, policy="open", gap=0.0).cost_jpy == pytest.approx(row["cost_jpy"])
    few = hs.front(network, against="longest-haul", policy="open", gap=0.0, points=2)
    assert len(few.points) == min(2, len(found.points))


@pytest.mark.heavy
@pytest.mark.parametrize("against", ["co2", "longest-haul", "hubs", "refined-at-home"])
def test_every_measure_is_told_in_both_languages(network: hs.Network, against: str) -> None:
    """Sentences, table and page exist for every measure, and name the knee where there is one."""
    found = hs.front(network, against=against, policy="open")
    for lang in ("en", "ja"):
        told, page = tell_front(found, lang), write_front_page(found, lang=lang)
        assert "{" not in told
        assert page.startswith("<!DOCTYPE html>")
        assert (f"point {found.knee}" in told) == (found.knee is not None and lang == "en")
    if against == "hubs":
        assert (found.points["open_hubs"] == found.points["hubs"]).all()
    if against == "refined-at-home":
        assert found.points["refined_away_t"].iloc[-1] >= 0.0


@pytest.mark.heavy
def test_the_command_goes_on_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run in the same folder asks the solver nothing, and writes the same bytes."""
    folder, out = write_folder(tmp_path / "in"), tmp_path / "out"
    words = ("front", folder, "--against", "co2", "--policy", "open", "-o", out, "--json")
    first = run(*words)
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert pd.read_csv(out / "front.csv")["cost_jpy"].tolist() == pytest.approx(
        [row["cost_jpy"] for row in told["points"]]
    )
    written = {name: (out / name).read_bytes() for name in ("front.csv", "plants.csv", "front.html", "front.json")}

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the solver was asked again")

    monkeypatch.setattr("hubspoke.engine.fronts.model.PairModel.solve", refuse)
    assert run(*words).exit_code == 0
    assert written == {name: (out / name).read_bytes() for name in written}


def test_what_cannot_be_held_against_cost_is_refused(folder: Path, network: hs.Network, tmp_path: Path) -> None:
    """Unknown measures, numbers of points, other objectives and foreign folders are refused with a cure."""
    with pytest.raises(hs.UsageError, match="did you mean 'co2'"):
        hs.front(network, against="co")
    with pytest.raises(hs.UsageError, match="2 or more"):
        hs.front(network, against="co2", points=1)
    with pytest.raises(hs.UsageError, match="give one"):
        hs.front(network, against="co2", points=3, every=True)
    priced = hs.read(folder, changes={"policy.shortfall_jpy_per_t": 1e6})
    with pytest.raises(hs.UsageError, match="every site served"):
        hs.front(priced, against="co2")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(hs.UsageError, match="no front"):
        hs.front(network, against="co2", out=tmp_path / "other")
    with pytest.raises(hs.InfeasibleError):
        hs.front(network, against="hubs", closed=list(network.hubs["id"]))


@pytest.mark.heavy
def test_a_search_that_time_ended_says_so(network: hs.Network) -> None:
    """Where time ended the search the first sentence says that there may be better plans."""
    found = replace(hs.front(network, against="longest-haul", policy="open"), was_ended=True, is_complete=False)
    assert "ended before" in tell_front(found)
    assert "打ち切り" in tell_front(found, "ja")


@pytest.mark.heavy
def test_fewer_points_than_asked_for_are_told_with_the_reason(network: hs.Network) -> None:
    """A number of points is given, or a sentence says why there are fewer; the first of many are called so."""
    every = hs.front(network, against="co2", policy="shared-refinery", every=True)
    assert "Fewer" not in tell_front(every)
    many = hs.front(network, against="co2", policy="shared-refinery", points=60)
    assert len(many.points) == 60 or "Fewer than the 60 asked for" in tell_front(many)
    assert "より少ない" in tell_front(many, "ja") or len(many.points) == 60
    hauls = hs.front(network, against="longest-haul", policy="open")
    first = hs.front(network, against="longest-haul", policy="open", points=2)
    assert len(hauls.points) > 2
    assert "The first 2 points" in tell_front(first)
