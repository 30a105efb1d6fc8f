"""Duties on efficiency, recovery and recycled content: against sums by hand, by plant and for the whole plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

import hubspoke as hs
from hubspoke.metals.account import take_account
from hubspoke.metals.chains import sum_chains, tabulate_chains
from hubspoke.metals.duties import suffices_for, tabulate_duties
from hubspoke.metals.text import metals_answer
from hubspoke.plan.efficiency import measure_efficiency
from hubspoke.settings.load import change_settings
from small_plan import mixed_plan, small_plan


def find(plan: hs.Plan, duty: str, **of: str) -> list[dict[str, object]]:
    """Return the rows of a duty, by other columns too."""
    table = tabulate_duties(plan)
    rows = table[table["duty"] == duty]
    for column, value in of.items():
        rows = rows[rows[column] == value]
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


@pytest.mark.parametrize("plan", [small_plan(), mixed_plan()])
def test_chains_add_up_to_the_plan(plan: hs.Plan) -> None:
    chains, found, metals = tabulate_chains(plan), measure_efficiency(plan), plan.metals()
    whole = sum_chains(chains, "").iloc[0]
    told = [whole[name] for name in ("packs_t", "metals_t", "scrap_t", "plastics_t")]
    assert told == pytest.approx([found.packs_t, found.metals_t, found.scrap_t, found.plastics_t])
    for metal, own in metals.groupby("metal"):
        assert whole[f"{metal}_in_t"] == pytest.approx(own["contained_t"].sum())
        assert whole[f"{metal}_out_t"] == pytest.approx(own["recovered_t"].sum())
    assert whole["copper_out_t"] == pytest.approx(0.95 * whole["copper_in_t"])
    for end in ("hub_id", "refinery_id"):
        assert sum_chains(chains, end).sum().to_numpy() == pytest.approx(whole.to_numpy())


@pytest.mark.heavy
def test_a_furnace_recovers_nothing_and_lowers_what_its_hubs_reach() -> None:
    plan = mixed_plan()
    (furnace,) = find(plan, "eu_recovery_2027", plant_kind="furnace", metal="nickel")
    assert (furnace["reached"], furnace["met"]) == (0.0, "missed")
    (whole,) = find(plan, "eu_recovery_2027", plant_kind="plan", metal="nickel")
    metals = plan.metals().groupby("metal")[["contained_t", "recovered_t"]].sum().loc["nickel"]
    assert whole["reached"] == pytest.approx(metals["recovered_t"] / metals["contained_t"])
    refined = find(plan, "eu_recovery_2027", plant_kind="refinery", metal="nickel")
    assert [row["reached"] for row in refined] == pytest.approx([0.95] * len(refined))


def test_a_duty_that_is_met_exactly_is_met() -> None:
    (row,) = find(small_plan(), "eu_recovery_2031", plant_kind="plan", metal="lithium")
    assert (row["met"], row["margin"]) == ("met", pytest.approx(0.0, abs=1e-12))
    plan = hs.revalue(small_plan(), {"metals.lithium.recovery_t_per_t": 0.79})
    rows = find(plan, "eu_recovery_2031", metal="lithium")
    assert {row["met"] for row in rows} == {"missed"}
    assert {row["plant_kind"] for row in rows} == {"plan", "hub", "refinery"}


@pytest.mark.parametrize(("year", "met"), [(2029, "only_with"), (2030, "missed")])
def test_carbon_may_be_left_out_until_2029(year: int, met: str) -> None:
    """Of 1,805 t of packs at convention yields 40 % are recovered, 48 % with plastics, 58 % with neither carbon."""
    plan = replace(hs.revalue(small_plan(), {"duties.eu_2025.efficiency_t_per_t": 0.55}), year=year)
    (row,) = find(plan, "eu_2025", plant_kind="plan")
    found = measure_efficiency(plan)
    carbon = sum(
        float(plan.assignments[f"{name}_t"].sum()) * float(pack.carbon_t_per_t)
        for name, pack in plan.settings.classes.items()
    )
    got, all_of = found.metals_t + found.scrap_t, found.packs_t
    shares = [row[name] for name in ("reached", "with_plastics", "without_carbon", "without_both")]
    wanted = [(got + more) / of for of in (all_of, all_of - carbon) for more in (0.0, found.plastics_t)]
    assert shares == pytest.approx(wanted)
    assert (row["met"], row["in_force"]) == (met, True)


@pytest.mark.heavy
def test_recycled_content_counts_scrap_of_works_apart() -> None:
    changes = {"demand.cars.by_year": {"2040": 10000}, "classes.lfp.consumer": "pre", "demand.bound_share": 0.5}
    plan = small_plan()
    plan = replace(plan, settings=change_settings(plan.settings, changes))
    (row,) = find(plan, "eu_content_2036", metal="lithium")
    account = take_account(plan)
    needed = 0.5 * float(account.shares["demand_t"]["lithium"])
    assert row["base_t"] == pytest.approx(needed)
    assert row["reached"] == pytest.approx(account.shares["recycled_t"]["lithium"] / needed)
    lfp = 0.8 * 0.066 * float(plan.assignments["lfp_t"].sum())
    assert row["pre"] == pytest.approx(lfp / needed)
    assert "come from scrap of works" in metals_answer(plan)[0]


@pytest.mark.heavy
def test_there_is_enough_for_as_many_batteries_as_the_scarcest_metal_allows() -> None:
    plan = small_plan()
    duties = tabulate_duties(plan)
    own = duties[duties["duty"] == "eu_content_2031"].set_index("metal")
    least = min(
        own["reached"][metal] / asked for metal, asked in (("lithium", 0.06), ("nickel", 0.06), ("cobalt", 0.16))
    )
    assert suffices_for(duties, "eu_content_2031") == pytest.approx(least)
    plenty = tabulate_duties(hs.revalue(plan, {"demand.cars.by_year": {"2040": 10}}))
    assert suffices_for(plenty, "eu_content_2031") == 1.0
    assert suffices_for(duties, "eu_2025") != suffices_for(duties, "eu_2025")
    assert "more of Lithium (LCE) are needed" in metals_answer(plan)[0]


@pytest.mark.heavy
def test_a_duty_not_yet_in_force_is_told_with_its_year_and_no_cure() -> None:
    early = replace(hs.revalue(small_plan(), {"metals.lithium.recovery_t_per_t": 0.4}), year=2030)
    (row,) = find(early, "eu_recovery_2031", plant_kind="plan", metal="lithium")
    assert row["in_force"] is False
    text, data = metals_answer(early)
    assert "missed; holds from 2032" in text
    assert "no technology of the settings reaches 50.0 %" in text
    assert data["year"] == 2030


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_cure_names_the_technology_that_reaches_the_duty(lang: hs.Lang) -> None:
    plan = small_plan()
    only = plan.refineries.assign(technology="pyro_hydro")
    text, _ = metals_answer(replace(plan, refineries=only), lang=lang)
    assert "policy.least_recovery_t_per_t.lithium=0.8" in text


def test_batteries_without_lithium_have_no_duty() -> None:
    plan = small_plan()
    changes = {f"duties.{key}.for_metal": "neodymium" for key in plan.settings.duties}
    assert tabulate_duties(hs.revalue(plan, changes)).empty


def test_a_plan_without_packs_is_told() -> None:
    plan = small_plan()
    empty = replace(plan, assignments=plan.assignments.iloc[:0], flows=plan.flows.iloc[:0])
    text, data = metals_answer(empty)
    assert (data["ledger"], data["duties"]) == ([], [row for row in data["duties"] if row["kind"] == "content"])
    assert "there is enough metal for 0.0 %" in text


def test_packs_without_black_mass_count_in_the_efficiency_of_the_plan() -> None:
    plan = small_plan()
    changes = {
        "classes.nimh.yields_t_per_t.convention.black_mass": 0,
        "classes.nimh.yields_t_per_t.convention.iron": 0.6,
    }
    lanes = plan.assignments.assign(nimh_t=10.0, mass_t=plan.assignments["mass_t"] + 10.0)
    plan = replace(plan, assignments=lanes, settings=change_settings(plan.settings, changes))
    (row,) = find(plan, "eu_2025", plant_kind="plan")
    assert row["reached"] == pytest.approx(measure_efficiency(plan).share)
    assert row["base_t"] == pytest.approx(plan.mass_t)
    assert "" not in {one["plant_id"] for one in find(plan, "eu_2025", plant_kind="refinery")}
