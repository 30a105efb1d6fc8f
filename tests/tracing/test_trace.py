"""Every kilogram of a source has its ends, and every kilogram of an end its sources, under each chain of custody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.base.errors import UsageError
from hubspoke.metals.ledger import ABROAD, ENTERS, HOME, LEAVES, tabulate_ledger
from hubspoke.outputs.runs.folder import write_run
from hubspoke.outputs.runs.load import load_plan
from hubspoke.tracing.custody import MODELS, choose_custody
from hubspoke.tracing.lots import MIXED, keep_lots
from hubspoke.tracing.trace import trace_plans
from redrawn_plan import redrawn, two_years
from small_plan import mixed_plan, small_plan
from trials import examples

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.plan.plan import PlanData
    from hubspoke.tracing.trace import Trace


def one(plan: PlanData, name: str | None = None, custody: str = "controlled_blending") -> Trace:
    return trace_plans({plan.year: plan}, name, custody=custody)


def check_closed(trace: Trace) -> None:
    """Check that all kg of the sources are those of the ends, lot by lot and metal by metal."""
    lots = trace.ledger.lots.set_index("lot_id")
    for key, part in (("source_lot_id", trace.focus.sources), ("end_lot_id", trace.focus.ends)):
        own = trace.ledger.lots.loc[part, "lot_id"]
        sums = trace.paths.groupby([key, "metal"])["kg"].sum().unstack(fill_value=0)
        for metal in trace.ledger.metals:
            kg = lots.loc[own, f"{metal}_kg"].to_numpy(float)
            found = sums.get(metal, 0.0)
            traced = np.zeros(len(own)) if isinstance(found, float) else found.reindex(own).fillna(0.0).to_numpy()
            assert traced == pytest.approx(kg, rel=1e-9, abs=1e-9)


@pytest.mark.heavy
@given(st.data(), st.sampled_from(MODELS))
@settings(max_examples=examples(5), deadline=None)
def test_no_metal_is_lost_or_found_on_the_way(draw: st.DataObject, custody: str) -> None:
    """Whatever is divided among refineries and furnaces, of several grades, from home and abroad, packs and scrap."""
    plan = redrawn(mixed_plan(), draw)
    trace = one(plan, custody=custody)
    check_closed(trace)
    ledger = tabulate_ledger(plan, by_site=True)
    lots = trace.ledger.lots
    for stage in (*ENTERS, *LEAVES):
        rows = ledger[ledger["stage"] == stage]
        sums = rows.groupby(["from_id", "metal"])["metal_kg"].sum().reset_index()
        for place, metal, kg in sums.itertuples(index=False, name=None):
            own = lots[(lots["step"] == stage) & (lots["facility_id"] == place)]
            assert own[f"{metal}_kg"].sum() == pytest.approx(kg, rel=1e-9, abs=1e-9)


def by_plain_arithmetic(plan: PlanData) -> dict[tuple[str, str, str], Fraction]:
    """Return kg of every metal that a source has in the products of a refinery, in exact fractions."""
    made, kept = plan.settings, plan.flows[plan.flows["mass_t"] > 0]
    total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    ways = kept[["hub_id", "grade", "refinery_id", "mass_t"]].to_dict("split", index=False)["data"]
    for place, grade, _, mass_t in ways:
        total[place, grade] += Fraction(mass_t)
    brought = [
        (row["site_id"], row["hub_id"], pack.grade, pack.metals_in(made.materials.contents), Fraction(row[f"{key}_t"]))
        for row in plan.assignments.to_dict("records")
        for key, pack in made.classes.items()
    ]
    for row in plan.imports.to_dict("records"):
        pack = made.classes[row["class"]]
        share = pack.yields_t_per_t[made.materials.yields]["black_mass"]
        packs_t = Fraction(row["mass_t"]) / Fraction(share)
        brought.append((row["source_id"], row["port_id"], pack.grade, pack.metals_in(made.materials.contents), packs_t))
    technology = dict(zip(plan.refineries["id"], plan.refineries["technology"], strict=True))
    found: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for source, place, grade, metals, tonnes in brought:
        for hub, sent, taker, mass_t in ways:
            if (hub, sent) != (place, grade):
                continue
            refinery = made.refinery_technologies.get(technology[taker])
            for name, content in metals.items():
                metal = made.metals[name]
                own = float(refinery.recovery_t_per_t.get(name, metal.recovery_t_per_t)) if refinery else 0.0
                kg = 1000 * tonnes * Fraction(float(content)) * Fraction(float(metal.element_t_per_t))
                part = Fraction(mass_t) / total[place, grade]
                found[source, taker, name] += kg * part * Fraction(own)
    return {key: kg for key, kg in found.items() if kg > 0}


@pytest.mark.heavy
@given(st.data(), st.sampled_from(["segregated", "controlled_blending"]))
@settings(max_examples=examples(5), deadline=None)
def test_shares_are_those_of_plain_arithmetic(draw: st.DataObject, custody: str) -> None:
    plan = redrawn(mixed_plan(), draw)
    paths = one(plan, custody=custody).paths
    sold = paths[paths["end_step"] == "product"]
    sums = sold.groupby(["source_id", "end_id", "metal"])["kg"].sum()
    exact = by_plain_arithmetic(plan)
    assert set(sums.index) == set(exact)
    assert sums.to_numpy() == pytest.approx([float(exact[key]) for key in sums.index], rel=1e-9)


def test_mass_closes_at_every_process() -> None:
    for plan in (small_plan(), mixed_plan()):
        for custody in MODELS:
            ledger = one(plan, custody=custody).ledger
            sums = [frame.groupby("process_id")["mass_kg"].sum() for frame in (ledger.uses, ledger.makes)]
            assert sums[0].sort_index().to_numpy() == pytest.approx(sums[1].sort_index().to_numpy(), rel=1e-9)
            assert sums[0].sum() > 0


@pytest.mark.heavy
def test_segregated_lots_hold_metal_of_one_origin_and_others_may_not() -> None:
    segregated = one(mixed_plan(), custody="segregated")
    assert set(segregated.ledger.lots["comes_from"]) == {HOME, ABROAD}
    lots = segregated.ledger.lots.set_index("lot_id")
    for origin in ("comes_from", "consumer"):
        ends = lots.loc[segregated.paths["end_lot_id"], origin].to_numpy()
        assert (segregated.paths[origin].to_numpy() == ends).all()
    blended = one(mixed_plan()).ledger.lots
    assert MIXED in set(blended.loc[blended["step"] == "product", "comes_from"])
    sums = [trace.share("comes_from").groupby(["end_id", "metal", "comes_from"])["kg"].sum() for trace in
            (segregated, one(mixed_plan()))]  # fmt: skip
    assert sums[0].to_numpy() == pytest.approx(sums[1].reindex(sums[0].index).to_numpy())


def test_a_mass_balance_attributes_by_plant_whatever_the_grade() -> None:
    plan = small_plan()
    trace = one(plan, custody="mass_balance")
    packs = trace.ledger.lots[trace.ledger.lots["step"] == "packs"]
    paths = trace.paths[trace.paths["metal"] == "lithium"]
    for hub, own in packs.groupby("to_id"):
        through = paths[paths["enters_id"] == hub]
        for _, part in through.groupby("end_lot_id"):
            expected = own.set_index("lot_id")["lithium_kg"] / own["lithium_kg"].sum()
            got = part.set_index("source_lot_id")["kg"] / part["kg"].sum()
            assert got.to_numpy() == pytest.approx(expected.reindex(got.index).to_numpy())
            assert len(got) == (expected > 0).sum()


@pytest.mark.heavy
def test_a_mass_balance_over_a_period_pools_its_years_and_no_others() -> None:
    plans = two_years(small_plan())
    for period, crossing in ((1, False), (5, False), (6, True)):
        trace = trace_plans(plans, custody="mass_balance", period_yr=period)
        check_closed(trace)
        assert (trace.paths["source_year"] != trace.paths["end_year"]).any() == crossing
    for custody in MODELS:
        yearly = trace_plans(plans, custody=custody)
        check_closed(yearly)
        assert (yearly.paths["source_year"] == yearly.paths["end_year"]).all()


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_names_of_lots_are_stable_and_those_of_another_plan_differ(tmp_path: Path) -> None:
    plan = small_plan()
    named = set(one(plan).ledger.lots["lot_id"])
    assert len(named) == len(one(plan).ledger.lots)
    write_run(plan, tmp_path / "plan", maps=False)
    assert set(one(load_plan(tmp_path / "plan")).ledger.lots["lot_id"]) == named
    changed = plan.assignments.copy()
    changed["nmc_t"] *= 1 + 1e-12
    assert named.isdisjoint(one(replace(plan, assignments=changed)).ledger.lots["lot_id"])
    kept = named & set(one(plan, custody="mass_balance").ledger.lots["lot_id"])
    assert {name.partition("-")[0] for name in kept} == {"packs"}


@pytest.mark.heavy
def test_every_place_can_be_traced_by_its_name() -> None:
    plan = mixed_plan()
    lots = one(plan).ledger.lots
    for name, kind in (("p", "port"), ("o", "abroad"), ("f", "furnace"), ("kanto", "region")):
        if name in {*lots["facility_id"], *lots["region"]}:
            assert one(plan, name).focus.kind == kind
    hub = plan.assignments["hub_id"].iloc[0]
    site = plan.assignments.loc[plan.assignments["hub_id"] == hub, "site_id"].iloc[0]
    for name, kind in ((hub, "hub"), (site, "site")):
        trace = one(plan, name)
        assert trace.focus.kind == kind
        assert set(trace.paths["source_id"]) >= {site}
        assert set(trace.paths["enters_id"]) == {hub}
    lot = lots.loc[lots["step"] == "black_mass", "lot_id"].iloc[0]
    held = lots.set_index("lot_id").loc[lot]
    for way in (one(plan, lot).sources, one(plan, lot).ends):
        for metal, kg in way.groupby("metal")["kg"].sum().items():
            assert kg == pytest.approx(held[f"{metal}_kg"])


@pytest.mark.heavy
def test_a_region_is_told_what_ends_there_and_where_its_own_ends() -> None:
    plan = small_plan()
    whole = one(plan).paths
    for region in plan.regions["region"]:
        trace = one(plan, region)
        for way, key in ((trace.sources, "end_region"), (trace.ends, "source_region")):
            assert way["kg"].sum() == pytest.approx(whole.loc[whole[key] == region, "kg"].sum())


def test_what_cannot_be_traced_is_refused_with_the_reason() -> None:
    plan = mixed_plan()
    with pytest.raises(UsageError, match="did you mean 'kanto'"):
        one(plan, "kantou")
    idle = next(name for name in plan.hubs["id"] if name not in set(plan.assignments["hub_id"]))
    with pytest.raises(UsageError, match="nothing goes through it"):
        one(plan, idle)
    for custody, words in (("identity preserved", "keeps the identity"), ("book_and_claim", "nothing to trace")):
        with pytest.raises(UsageError, match=words):
            choose_custody(custody)
    for custody, period, words in (
        ("segregate", 1, "did you mean 'segregated'"),
        ("segregated", 2, "leave it out"),
        ("mass_balance", 0, "1 year or more"),
    ):
        with pytest.raises(UsageError, match=words):
            choose_custody(custody, period)


@pytest.mark.heavy
def test_a_plan_without_packs_has_nothing_to_trace() -> None:
    plan = small_plan()
    empty = replace(plan, assignments=plan.assignments.iloc[:0], flows=plan.flows.iloc[:0])
    for custody in MODELS:
        assert keep_lots({empty.year: empty}, choose_custody(custody)).lots.empty
        assert one(empty, custody=custody).to_dict()["ends"] == []
