"""Refineries that recover less than the policy asks for are not planned."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from builders import flat_tables, write_folder
from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.audit.audit import recount
from hubspoke.metals.duties import tabulate_duties
from hubspoke.metals.text import metals_answer
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.folder import write_run
from hubspoke.planning.request import Request
from hubspoke.planning.years.solve import solve_years
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from pathlib import Path

ASKED = {"policy.least_recovery_t_per_t.lithium": 0.8}


def folder_with(path: Path, first: str, second: str, **more: Any) -> Path:
    """Write one region with a free, standing refinery of the first technology and a dear one of the second."""
    tables = flat_tables()
    standing = {
        "status": "open",
        "existing_t": 20000,
        "existing_technology": first.split(";", maxsplit=1)[0],
        "sunk_share": 1,
    }
    new = {"existing_t": 0, "existing_technology": "", "sunk_share": 0}
    for row, technology, told in zip(tables["refineries"], (first, second), (standing, new), strict=True):
        row.update(technology=technology, **told)
    return write_folder(path, {**tables, **more})


@pytest.mark.heavy
def test_a_smelter_that_stands_is_used_unless_lithium_must_be_recovered(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    free, bound = (hs.solve(hs.read(folder, changes=changes)) for changes in ({}, ASKED))
    used = [plan.refineries.loc[plan.refineries["load_t"] > 0, "technology"].tolist() for plan in (free, bound)]
    assert used == [["pyro_hydro"], ["hydro"]]
    assert bound.cost_jpy > free.cost_jpy
    assert bound.metals().query("metal == 'lithium'")["recovered_t"].sum() > 0
    assert recount(bound, bound.network).passed


@pytest.mark.heavy
def test_a_plant_keeps_the_technologies_that_reach_it(tmp_path: Path) -> None:
    """What stands of the other one is of no use."""
    folder = folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro")
    table = hs.read(folder, changes=ASKED).refineries.set_index("id")
    assert table["technology"].tolist() == ["hydro", "hydro"]
    assert table["existing_t"].tolist() == [0, 0]
    assert hs.solve(hs.read(folder, changes=ASKED)).refineries["technology"].tolist() == ["hydro", "hydro"]


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_what_stands_and_no_longer_counts_is_told_and_what_it_costs_is_compared(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro")
    free, bound = (hs.solve(hs.read(folder, changes=changes)) for changes in ({}, ASKED))
    told = "rk1: open, but nothing that stands counts under policy.least_recovery_t_per_t (lithium 0.8)"
    assert told in bound.summary()
    assert "rk1は稼働中だが" in bound.summary("ja")
    assert "nothing that stands counts" not in free.summary()
    compared = hs.compare(free, bound, names=["free", "bound"])
    rows = {row["key"]: row["unit"] for row in compared.settings.to_dict("records")}
    assert rows["policy.least_recovery_t_per_t.lithium"] == "t/t"
    sold = compared.totals["metal_sales_jpy"] / 1e6
    assert sold[1] > sold[0]
    page = write_comparison_page(compared)
    for text in (compared.summary(), page):
        assert "Sales of refined metals, million yen/yr" in text
        assert "Sales less cost, million yen/yr" in text
        assert all(f"{value:,.0f}" in text for value in sold)
    alike = hs.compare(free, free, names=["free", "again"])
    assert "refined metals" not in alike.summary() + write_comparison_page(alike)
    terms = compared.costs["term"].nunique()
    assert f"Every cost term, million yen/yr ({terms})" in page
    assert "+0" not in page


def test_sizes_of_barred_technologies_are_left_out(tmp_path: Path) -> None:
    sizes = [
        {"plant_id": "rk1", "capacity_t": tonnes, "fixed_jpy_per_yr": 1e6, "variable_jpy_per_t": 0, "technology": name}
        for tonnes, name in ((1000, ""), (2000, "hydro"), (3000, "pyro_hydro"))
    ]
    folder = folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro", sizes=sizes)
    assert hs.read(folder, changes=ASKED).given_sizes["capacity_t"].tolist() == [2000]
    assert len(hs.read(folder).given_sizes) == 3


def test_none_left_is_told_before_anything_is_planned(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "pyro_hydro")
    with pytest.raises(hs.InputError, match=r"none of 2 refineries recovers .*lithium 80 %"):
        hs.read(folder, changes=ASKED)
    with pytest.raises(hs.InputError, match=r"least_recovery_t_per_t\.lithum"):
        hs.read(folder, changes={"policy.least_recovery_t_per_t.lithum": 0.8})


def test_a_furnace_recovers_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "ferronickel_furnace", "hydro")
    table = hs.read(folder, changes={**ASKED, "policy.refine_all": False}).refineries
    assert table["id"].tolist() == ["rk2"]
    none = hs.read(folder, changes={"policy.least_recovery_t_per_t.nickel": 0, "policy.refine_all": False})
    assert len(none.refineries) == 2


@pytest.mark.heavy
def test_the_audit_finds_a_plan_that_recovers_too_little(tmp_path: Path) -> None:
    plan = hs.solve(hs.read(folder_with(tmp_path / "in", "pyro_hydro", "hydro")))
    asked = replace(plan, settings=change_settings(plan.settings, ASKED))
    failed = {check.name: check.detail for check in recount(asked, None).failed}
    assert "rk1 recovers 0 % of lithium, and 80 % are asked" in failed["least-recovery"]


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_a_plan_that_is_saved_and_read_keeps_the_rule(tmp_path: Path) -> None:
    plan = hs.solve(hs.read(folder_with(tmp_path / "in", "pyro_hydro;hydro", "hydro"), changes=ASKED))
    write_run(plan, tmp_path / "out", maps=False)
    again = hs.load(tmp_path / "out")
    assert again.settings.policy.least_recovery_t_per_t == {"lithium": 0.8}
    assert recount_run(tmp_path / "out").passed


@pytest.mark.heavy
def test_years_share_the_rule(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    plan = hs.solve(hs.read(folder, changes=ASKED), years=(2030, 2040))
    assert set(plan.schedule.loc[plan.schedule["kind"] == "refinery", "id"]) == {"rk2"}


def by_year(**asked: float) -> dict[str, Any]:
    """Ask for lithium from a year on, such as `y2035=0.8`."""
    series = {year.removeprefix("y"): share for year, share in asked.items()}
    return {"years.values": {"policy.least_recovery_t_per_t.lithium": series}}


def stages(plan: hs.YearsPlan) -> dict[tuple[str, int], str]:
    """Return what each refinery does in each year."""
    rows = plan.schedule[plan.schedule["kind"] == "refinery"]
    return dict(zip(zip(rows["id"], rows["year"], strict=True), rows["stage"], strict=True))


@pytest.mark.heavy
def test_a_smelter_is_used_until_the_year_from_which_lithium_must_be_recovered(tmp_path: Path) -> None:
    """A number of this rule holds from its year on, as duties do; it lies on no line between two years."""
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    plan = hs.solve(hs.read(folder, changes=by_year(y2035=0.5, y2040=0.8)), years=(2030, 2035, 2040))
    told = stages(plan)
    assert [told["rk1", year] for year in plan.years] == ["open", "closed", "closed"]
    assert [told["rk2", year] for year in plan.years] == ["absent", "open", "open"]
    asked = [one.settings.policy.least_recovery_t_per_t for one in plan.plans.values()]
    assert asked == [{}, {"lithium": 0.5}, {"lithium": 0.8}]
    late = hs.solve(hs.read(folder, changes=by_year(y2041=0.8)), years=(2030, 2035, 2040))
    assert set(late.schedule.loc[late.schedule["kind"] == "refinery", "id"]) == {"rk1"}
    assert recount(plan.plans[2040], None).passed
    lowered = replace(plan.plans[2030], settings=plan.plans[2040].settings)
    assert "least-recovery" in {check.name for check in recount(lowered, None).failed}


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", pytest.param("open", marks=pytest.mark.heavy)])
def test_the_plan_is_the_cheapest_of_all_technologies_that_may_run(tmp_path: Path, policy: hs.PolicyName) -> None:
    """Of every choice of a technology for each plant, those that recover too little shut by hand from their year on."""
    years = (2030, 2035, 2040)
    ways = ("pyro_hydro", "hydro")
    costs = []
    for number, (first, second) in enumerate(product(ways, repeat=2)):
        one = hs.read(folder_with(tmp_path / str(number), first, second))
        tables = {"refineries": one.refineries.assign(existing_t=0.0, existing_technology="", status="candidate")}
        shut = [plant for plant, name in zip(("rk1", "rk2"), (first, second), strict=True) if name == "pyro_hydro"]
        closed = dict.fromkeys((2035, 2040), shut)
        with suppress(hs.InfeasibleError):
            made = solve_years(one.replace(**tables), Request(policy=policy, gap=1e-9), years, closed)
            costs.append(made.objective_value)
    free = hs.read(folder_with(tmp_path / "free", ";".join(ways), ";".join(ways)), changes=by_year(y2035=0.8))
    free = free.replace(refineries=free.refineries.assign(existing_t=0.0, existing_technology="", status="candidate"))
    plan = hs.solve(free, years=years, policy=policy, gap=1e-9)
    assert len(costs) == 3
    assert plan.objective_value == pytest.approx(min(costs), rel=1e-7)
    used = {
        year: set(one.refineries.loc[one.refineries["load_t"] > 0, "technology"]) for year, one in plan.plans.items()
    }
    assert used[2035] == used[2040] == {"hydro"}


@pytest.mark.heavy
def test_a_furnace_takes_nothing_once_something_must_be_recovered(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "in", "ferronickel_furnace", "hydro")
    changes = {**by_year(y2040=0.1), "policy.refine_all": False}
    plan = hs.solve(hs.read(folder, changes=changes), years=(2030, 2040), policy="open")
    loads = {year: one.refineries.set_index("id")["load_t"] for year, one in plan.plans.items()}
    assert loads[2030]["rk1"] > 0
    assert loads[2040]["rk1"] == 0


@pytest.mark.heavy
def test_who_is_barred_is_told_where_a_year_has_no_plan(tmp_path: Path) -> None:
    network = hs.read(folder_with(tmp_path / "in", "pyro_hydro", "pyro_hydro"), changes=by_year(y2035=0.8))
    for policy in ("regional", "open"):
        with pytest.raises(hs.InfeasibleError, match=r"2040: .*\n.*rk1, rk2 recover less than .* \(lithium 80 %\)"):
            hs.solve(network, years=(2030, 2040), policy=policy)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"years.values": {"policy.least_recovery_t_per_t": {"2040": {"lithium": 0.8}}}}, "no metal is named"),
        ({"years.values": {"policy.least_recovery_t_per_t.lithum": {"2040": 0.8}}}, "did you mean 'lithium'"),
        (by_year(y2040=1.2), "between 0 and 1"),
        ({**by_year(y2040=0.4), **ASKED}, "0.4 in 2040, and 0.8 in all years"),
    ],
)
def test_what_makes_no_rule_by_year_is_refused(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(hs.HubspokeError, match=told):
        hs.solve(hs.read(folder_with(tmp_path / "in", "hydro", "hydro"), changes=changes), years=(2030, 2040))


@pytest.mark.heavy
def test_the_rule_that_is_told_gives_enough_metal_for_the_batteries_that_are_bound(tmp_path: Path) -> None:
    """A part of the batteries made is bound; the plan at least cost recovers no lithium for them."""
    folder = folder_with(tmp_path / "in", "pyro_hydro", "hydro")
    bound = {"demand.bound_share": 0.001}
    free = hs.solve(hs.read(folder, changes=bound))
    text = metals_answer(free)[0]
    told = re.findall(r"suffices where every refinery recovers .* of it: (policy\S+lithium)=([\d.]+)\.\n", text)
    key, least = max(told, key=lambda found: float(found[1]))
    assert 0 < float(least) <= 0.8
    ruled = hs.solve(hs.read(folder, changes={**bound, key: float(least)}))
    missed = tabulate_duties(ruled).query("kind == 'content' and metal == 'lithium' and met == 'missed'")
    assert missed.empty
    assert not tabulate_duties(free).query("kind == 'content' and metal == 'lithium' and met == 'missed'").empty
