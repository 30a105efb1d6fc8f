"""Plans over several years: what one year and equal years cost, what is owed, and every choice tried in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import flat_tables, write_folder
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.solution import CasesSolution
from hubspoke.planning.request import Request
from hubspoke.planning.years import search
from hubspoke.planning.years.regret import compare_strategies
from hubspoke.settings.quantity import Quantity
from hubspoke.settings.years import Years
from years_by_trial import STATED, by_year, cheapest_by_trial, network

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.engine.cases.cases import Cases
    from hubspoke.inputs.network import Network


@pytest.mark.heavy
def test_one_year_costs_what_the_plan_of_that_year_costs(tiny_network: Network) -> None:
    for policy in ("regional", "open"):
        alone = hs.solve(tiny_network, policy=policy, year=2040)
        years = hs.solve(tiny_network, policy=policy, years=[2040])
        assert years.objective_value == pytest.approx(alone.cost_jpy, rel=1e-9)
        assert years.plans[2040].hubs["load_t"].tolist() == alone.hubs["load_t"].tolist()
        assert years.status is hs.Status.OPTIMAL


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_equal_years_cost_as_often_as_they_count(tmp_path: Path, policy: hs.PolicyName) -> None:
    for rate in (0.0, 0.05):
        equal = network(tmp_path / f"{rate}", (1.0, 1.0, 1.0), {"finance.discount_rate_per_yr": rate})
        alone = hs.solve(equal, policy=policy, year=2035)
        years = hs.solve(equal, policy=policy, years=[2030, 2035, 2040])
        weight = sum((1 + rate) ** -at for at in range(11))  # 2030 to 2040
        assert years.objective_value == pytest.approx(weight * alone.cost_jpy, rel=1e-9)
        assert years.by_year["last_year"].tolist() == [2034, 2039, 2040]
        assert years.status is hs.Status.OPTIMAL


@pytest.mark.heavy
def test_the_last_year_stands_for_all_up_to_the_end(tmp_path: Path) -> None:
    longer = network(tmp_path, (1.0, 1.0, 1.0), {"years.until": 2044, "finance.discount_rate_per_yr": 0})
    alone = hs.solve(longer, year=2040)
    assert hs.solve(longer, years=[2030, 2040]).objective_value == pytest.approx(15 * alone.cost_jpy, rel=1e-9)


CAPPED: dict[str, object] = {"finance.subsidy_share": 0.5, "finance.subsidy_cap_jpy": 3e8}
"""A subsidy whose cap some plants reach as they grow."""


@pytest.mark.parametrize(
    ("factors", "changes"),
    [
        ((0.2, 1.0, 6.0), {}),
        pytest.param((6.0, 1.0, 0.2), {}, marks=pytest.mark.heavy),
        pytest.param((1.0, 8.0, 1.0), {}, marks=pytest.mark.heavy),
        ((3.0, 0.1, 3.0), {}),
        ((0.2, 1.0, 6.0), CAPPED),
        pytest.param((3.0, 0.1, 3.0), CAPPED, marks=pytest.mark.heavy),
    ],
)
def test_the_plan_is_the_cheapest_of_all_paths(
    tmp_path: Path, factors: tuple[float, float, float], changes: dict[str, object]
) -> None:
    task = network(tmp_path, factors, changes)
    years = hs.solve(task, policy="regional", years=STATED)
    assert years.status is hs.Status.OPTIMAL
    assert years.objective_value == pytest.approx(cheapest_by_trial(task), rel=1e-9)


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "open"])
def test_the_tables_add_up_to_the_objective(tmp_path: Path, policy: hs.PolicyName) -> None:
    falling = network(tmp_path, (6.0, 1.0, 0.2))
    years = hs.solve(falling, policy=policy, years=STATED, gap=0.05)  # tables add up however good the plan is
    assert years.present_cost_jpy == pytest.approx(years.objective_value, rel=1e-12)
    money = years.by_year
    for at, year in enumerate(STATED):
        here = years.schedule[years.schedule["year"] == year]
        assert money["unused_jpy"].iloc[at] == pytest.approx(here["unused_jpy"].sum())
        assert money["plan_jpy"].iloc[at] == pytest.approx(years.plans[year].cost_jpy)
    assert money["unused_jpy"].iloc[0] == pytest.approx(0.0, abs=1.0)
    assert money["unused_jpy"].iloc[2] > 0  # what was built for 2030 is still owed
    assert years.bound_value <= years.objective_value


@pytest.mark.heavy
def test_nothing_new_runs_before_its_lead_time(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "years.decided_from": 2029,
        "hub_technologies.roasting.lead_time_yr": 0,
        "hub_technologies.mechanical.lead_time_yr": 3,
        "refinery_technologies.hydro.lead_time_yr": 0,
    }
    task = network(tmp_path, (1.0, 1.0, 1.0), changes)
    at_once = task.settings.model_copy(update={"years": Years()})
    free = hs.solve(task.with_settings(at_once), years=STATED)
    late = hs.solve(task, years=STATED)
    assert late.objective_value >= free.objective_value
    first = late.schedule[(late.schedule["year"] == 2030) & (late.schedule["stage"] == "open")]
    assert set(first.loc[first["kind"] == "hub", "technology"]) == {"roasting"}
    with pytest.raises(
        hs.InfeasibleError, match=r"2030: there would be a plan if all plants could run by then .* years\.decided_from"
    ):
        hs.solve(network(tmp_path / "later", (1.0, 1.0, 1.0), {"years.decided_from": 2029}), years=STATED)


@pytest.mark.heavy
def test_no_more_is_invested_than_the_budget(tmp_path: Path) -> None:
    task = network(tmp_path / "free", (1.0, 2.0, 6.0))
    free = hs.solve(task, years=STATED)
    most = 0.6 * float(free.by_year["invested_jpy"].iloc[2])
    held = hs.solve(network(tmp_path / "held", (1.0, 2.0, 6.0), {"years.budget_jpy.2040": most}), years=STATED)
    assert held.by_year["invested_jpy"].iloc[2] <= most * (1 + 1e-9)
    assert held.objective_value > free.objective_value
    slow = network(tmp_path / "slow", (1.0, 2.0, 6.0),
                   {"years.budget_jpy.2040": most, "hub_technologies.roasting.ramp_up": [0.4, 0.8],
                    "hub_technologies.mechanical.ramp_up": [0.4, 0.8]})  # fmt: skip
    told = hs.solve(slow, years=STATED[1:], gap=0.02).by_year
    assert told["invested_jpy"].iloc[1] <= most * (1 + 1e-9)
    with pytest.raises(hs.InfeasibleError):
        hs.solve(network(tmp_path / "none", (1.0, 2.0, 6.0), {"years.budget_in_total_jpy": 1e6}), years=STATED)
    with pytest.raises(hs.UsageError, match="2032 is not planned"):
        hs.solve(network(tmp_path / "other", (1.0, 2.0, 6.0), {"years.budget_jpy.2032": 1e9}), years=STATED)
    with pytest.raises(hs.UsageError, match="2150 is over 20 years from"):
        hs.solve(task, years=[2040, 2150])


@pytest.mark.heavy
def test_a_new_plant_that_is_run_in_is_as_large_as_that_asks_for(tmp_path: Path) -> None:
    """Half of its capacity in the first of five years: nine tenths of it on average, for which it must be larger."""
    tables = flat_tables()
    tables["sites"] = by_year(tables["sites"], dict.fromkeys(STATED, 1.0))
    tables["hubs"] = [{**row, "ramp_up": "0.5"} for row in tables["hubs"]]
    slow = hs.read(write_folder(tmp_path, tables))
    plain = network(tmp_path / "plain", (1.0, 1.0, 1.0))
    years = hs.solve(slow, years=[2030, 2035])
    rows = years.schedule[(years.schedule["kind"] == "hub") & (years.schedule["stage"] == "open")]
    assert rows["stands_t"].tolist() == pytest.approx((rows["load_t"] / 0.9).tolist())
    assert years.objective_value > hs.solve(plain, years=[2030, 2035]).objective_value
    averaged = hs.solve(slow, years=[2030, 2040]).schedule  # one of ten years at half of its capacity
    first = averaged[(averaged["kind"] == "hub") & (averaged["year"] == 2030) & (averaged["stage"] == "open")]
    assert first["stands_t"].tolist() == pytest.approx((first["load_t"] / 0.95).tolist())


@pytest.mark.heavy
def test_sites_may_have_to_keep_their_hub_and_a_share_must_be_collected(tiny_network: Network) -> None:
    kept = Years(sites_keep_hub=True)
    free = hs.solve(tiny_network, policy="open", years=[2030, 2040])
    tied = hs.solve(tiny_network.with_settings(tiny_network.settings.model_copy(update={"years": kept})), policy="open",
                    years=[2030, 2040])  # fmt: skip
    hubs = [plan.assignments.set_index("site_id")["hub_id"] for plan in tied.plans.values()]
    assert hubs[0].equals(hubs[1])
    assert tied.objective_value >= free.objective_value * (1 - 1e-9)
    policy = tiny_network.settings.policy.model_copy(update={"shortfall_jpy_per_t": Quantity(1.0)})
    for share in (0.0, 0.6):
        wanted = {"years": Years(least_share={"2035": Quantity(share)}), "policy": policy}
        plan = hs.solve(tiny_network.with_settings(tiny_network.settings.model_copy(update=wanted)), years=[2030, 2040])
        taken = [one.mass_t / (one.mass_t + one.unserved_t) for one in plan.plans.values()]
        assert taken[0] == 0.0  # leaving everything is all but free
        assert taken[1] >= share
        assert (taken[1] > 0) == (share > 0)


@pytest.mark.heavy
def test_a_plant_that_retires_is_not_used_later(tmp_path: Path) -> None:
    tables = flat_tables()
    tables["sites"] = by_year(tables["sites"], dict.fromkeys(STATED, 1.0))
    free = hs.solve(hs.read(write_folder(tmp_path / "free", tables)), years=STATED)
    used = free.schedule.loc[free.schedule["kind"] == "hub", "id"].iloc[0]
    tables["hubs"] = [{**row, "retires": 2035 if row["id"] == used else ""} for row in tables["hubs"]]
    ended = hs.solve(hs.read(write_folder(tmp_path / "ended", tables)), years=STATED)
    rows = ended.schedule[ended.schedule["id"] == used]
    assert not (rows.loc[rows["year"] >= 2035, "stage"] == "open").any()
    assert ended.objective_value > free.objective_value


@pytest.mark.heavy
def test_policies_and_prices_may_differ_from_year_to_year(tiny_network: Network) -> None:
    values = {"policy.name": {"2030": "shared-refinery", "2035": "regional"}}
    changed = tiny_network.replace(settings=tiny_network.settings.model_copy(
        update={"years": Years(values=values)}))  # fmt: skip
    years = hs.solve(changed, years=STATED, gap=0.05)
    assert years.by_year["policy"].tolist() == ["shared-refinery", "regional", "regional"]
    with pytest.raises(hs.UsageError, match=r"years\.values states policy\.name"):
        hs.solve(changed, policy="open", years=STATED)


@pytest.mark.heavy
def test_what_acting_early_or_late_costs(tmp_path: Path) -> None:
    tables = flat_tables()
    tables["sites"] = by_year(tables["sites"], dict(zip(STATED, (1.0, 3.0, 0.5), strict=True)))
    stands = {"status": "open", "existing_t": 2000}
    tables["hubs"] = [{**row, **stands} for row in tables["hubs"][:1]] + [
        {**row, "existing_t": ""} for row in tables["hubs"][1:]
    ]
    tables["refineries"] = [{**row, **stands} for row in tables["refineries"]]
    task = hs.read(write_folder(tmp_path, tables))
    rows = {str(row["strategy"]): row for row in compare_strategies(task, Request(), STATED).to_dict("records")}
    best = rows["together"]["present_jpy"]
    assert list(rows)[:3] == ["together", "each year alone", "last year at once"]
    assert all(row["present_jpy"] >= best * (1 - 1e-9) for row in rows.values() if not row["why_not"])
    weights = hs.solve(task, years=STATED).factors["weight"].to_numpy(float)
    alone = np.array([hs.solve(task, year=year).cost_jpy for year in STATED])
    assert rows["each year alone"]["present_jpy"] >= float(weights @ alone) * (1 - 1e-9)
    assert rows["last year at once"]["why_not"]  # the plants of 2040 are too small for 2035
    waiting = [row for name, row in rows.items() if name.startswith("wait until 2035")]
    assert waiting[0]["present_jpy"] >= best * (1 - 1e-9)
    late = [row for name, row in rows.items() if name.startswith("wait until 2040")]
    assert late[0]["why_not"] or late[0]["present_jpy"] > best
    with pytest.raises(hs.UsageError, match="two years or more"):
        compare_strategies(task, Request(), [2040])


@pytest.mark.heavy
def test_once_time_is_up_no_year_is_planned_alone(tiny_network: Network) -> None:
    """The plan stands; what each year would cost alone is not known, and the plans of the years say so."""
    stop = Stop()

    def stop_after_the_search(phase: str, _: float) -> None:
        if phase == "solve":
            stop.ask()

    years = hs.solve(tiny_network, years=[2030, 2040], stop=stop, progress=stop_after_the_search)
    assert years.status is hs.Status.OPTIMAL
    assert all(np.isinf(plan.gap) and plan.status is hs.Status.FEASIBLE for plan in years.plans.values())
    assert "2030" in years.plans[2030].summary()
    assert years.plans[2040].bound_value == -np.inf


@pytest.mark.heavy
def test_a_statement_without_a_plan_in_its_share_of_time_gets_the_rest(
    tiny_network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[float] = []

    def find_nothing_at_first(cases: Cases, **given: Any) -> CasesSolution:
        left.append(given["stop"].seconds_left)
        nothing = CasesSolution(hs.Status.UNKNOWN, np.inf, -np.inf)
        return nothing if len(left) == 1 else optimize_cases(cases, **given)

    monkeypatch.setattr(search, "optimize_cases", find_nothing_at_first)
    years = hs.solve(tiny_network, years=[2030, 2040], time_limit=1000)
    assert years.status is hs.Status.OPTIMAL
    assert left[0] < 0.8 * left[1]


@pytest.mark.heavy
def test_years_without_tonnes_follow_the_fleet(tiny_network: Network) -> None:
    years = hs.solve(tiny_network, years=[2032, 2038])
    assert set(years.plans) == {2032, 2038}
    assert all(plan.mass_t > 0 for plan in years.plans.values())


def test_what_would_be_without_effect_is_refused(tmp_path: Path) -> None:
    task = network(tmp_path, (1.0, 1.0, 1.0), {"years.least_share": {"2030": 0.5}})
    with pytest.raises(hs.UsageError, match=r"every site is served anyway.*policy\.shortfall_jpy_per_t"):
        hs.solve(task, years=[2030, 2040])
    with pytest.raises(hs.InputError, match="lead_time_yr cannot differ from year to year"):
        network(tmp_path / "b", (1.0, 1.0, 1.0), {"years.values": {"hub_technologies.kiln.lead_time_yr": {"2030": 2}}})
