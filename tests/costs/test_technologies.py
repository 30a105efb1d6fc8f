"""Technologies to choose from: sizes of each, what stands belongs to the first, limits and rates by technology."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from builders import flat_tables, write_folder
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.report.page import write_report
from hubspoke.settings.load import change_settings
from hubspoke.settings.technologies import join_technologies, split_technologies

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network

CHANGES = {
    "hub_technologies.mechanical.capital_jpy": 1e8,
    "hub_technologies.mechanical.other_jpy_per_t": 170_000,
    "hub_technologies.mechanical.largest_t_per_yr": 1500,
    **{
        f"hub_technologies.{name}.{share}": 0
        for name in ("roasting", "mechanical")
        for share in ("overhead_share", "disassembly_share", "contingency_share")
    },
}
"""Mechanical plants cheap to build and dear to run, so that they are for small loads."""


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Return one region: a hub of either technology beside one of each, and plain refineries."""
    return one_region(tmp_path_factory.mktemp("either"))


def one_region(folder: Path, cell: str = "roasting；mechanical", existing_t: float = 0.0, **more: object) -> Network:
    tables = flat_tables()
    tables["hubs"] = [{**tables["hubs"][0], "technology": cell, "existing_t": existing_t, **more}]
    return hs.read(write_folder(folder, tables), changes=CHANGES)


def costs_of(network: Network) -> Costs:
    return build_costs(network, build_lanes(network, 2040), 2040)


def with_settings(network: Network, changes: dict[str, float]) -> Network:
    return replace(network, settings=change_settings(network.settings, changes))


def scaled(network: Network, factor: float) -> Network:
    columns = [f"{name}_2040_t" for name in network.classes]
    return replace(network, sites=network.sites.assign(**{name: factor * network.sites[name] for name in columns}))


def load_t(factor: float) -> float:
    return 1100 * factor


def by_hand(network: Network, technology: str, packs_t: float) -> float:
    """Return what a plant of just the size it needs costs in a year, on the line that is cheapest there."""
    made = network.settings.hub_technologies[technology]
    finance, energy = network.settings.finance, network.settings.energy
    size_t = packs_t / 0.9
    cheapest = np.inf
    for class_t in network.settings.sizes.hub_t_per_yr:
        fixed = 0.0
        for jpy, exponent in (
            (
                float(made.capital_jpy) * (finance.capital_recovery_per_yr + float(made.maintenance_share_per_yr)),
                float(made.capital_exponent),
            ),
            (float(made.labour_persons) * float(finance.wage_jpy_per_yr), float(made.labour_exponent)),
        ):
            at_class = jpy * (class_t / float(made.reference_t_per_yr)) ** exponent
            fixed += at_class * (1 + exponent * (size_t / class_t - 1))
        cheapest = min(cheapest, fixed)
    heat, power = float(made.heat_mwh_per_t), float(made.power_mwh_per_t)
    per_t = 1000 * (heat * float(energy.heat_jpy_per_kwh) + power * float(energy.power_jpy_per_kwh))
    return cheapest + packs_t * (per_t + float(made.hf_treatment_jpy_per_t) + float(made.other_jpy_per_t))


@pytest.mark.parametrize(
    "cell",
    ["a;b", " a ; b ;", "a；b", "a、b", "a,b", "a，b", "a／b", "a/b", "a\nb"],
)
def test_technologies_are_separated_by_what_people_write(cell: str) -> None:
    """Half-width and full-width separators, blanks and a trailing separator give the same list."""
    assert split_technologies(cell) == ("a", "b")
    assert join_technologies(cell) == "a;b"


@pytest.mark.parametrize(("factor", "cheaper"), [(0.3, "mechanical"), (0.6, "mechanical"), (1.2, "roasting")])
def test_hub_takes_the_technology_that_is_cheaper_at_its_load(network: Network, factor: float, cheaper: str) -> None:
    """Mechanical below a load, roasting above, at the cost that a calculation by hand gives."""
    plan = hs.solve(scaled(network, factor), gap=0)
    hub = plan.hubs.iloc[0]
    cost = {name: by_hand(network, name, load_t(factor)) for name in ("roasting", "mechanical")}
    assert hub["technology"] == min(cost, key=lambda name: cost[name]) == cheaper
    assert hub["technologies"] == "roasting;mechanical"
    terms = ["hub_heat_jpy", "hub_power_jpy", "hub_hf_treatment_jpy", "hub_other_jpy"]
    paid = float(hub["cost_jpy"] - hub["hub_shared_jpy"] + plan.assignments[terms].to_numpy().sum())
    assert paid == pytest.approx(cost[cheaper], rel=1e-9)


@pytest.mark.heavy
def test_limit_of_a_technology_leaves_the_other(network: Network) -> None:
    """Beyond the largest mechanical plant the hub roasts, however dear that is."""
    costly = with_settings(network, {"hub_technologies.roasting.other_jpy_per_t": 1e6})
    assert hs.solve(scaled(costly, 1.3)).hubs["technology"].tolist() == ["mechanical"]
    assert hs.solve(scaled(costly, 1.4)).hubs["technology"].tolist() == ["roasting"]


def test_what_stands_is_of_the_first_technology(tmp_path: Path) -> None:
    """Capital is spared where the plant is built as it stands, and paid in full with the other technology."""
    new, stands = (costs_of(one_region(tmp_path / str(size), existing_t=size)).hub_steps for size in (0.0, 4000.0))
    for at, (technology, spared) in enumerate((("roasting", True), ("mechanical", False))):
        cheapest = [
            np.where(steps.technology == position, steps.fixed + steps.variable * 1000, np.inf).min()
            for steps in (new, stands)
            for position in (list(CHANGES_ORDER).index(technology),)
        ]
        assert (cheapest[1] < cheapest[0]) == spared, at


@pytest.mark.heavy
@pytest.mark.parametrize(("standing", "added_t"), [("roasting", "all"), ("mechanical", "less"), ("", "all")])
def test_what_stands_is_of_the_technology_that_is_named(tmp_path: Path, standing: str, added_t: str) -> None:
    """The order of the technologies says only what stands where no column does; what is added is told of the rest."""
    costly = {"hub_technologies.roasting.other_jpy_per_t": 1e6}
    network = with_settings(one_region(tmp_path, existing_t=400.0, existing_technology=standing), costly)
    plan = hs.solve(network, gap=0)
    hub = plan.hubs.iloc[0]
    assert hub["technology"] == "mechanical"
    assert hub["existing_technology"] == (standing or "roasting")
    assert hub["capacity_t"] == pytest.approx(load_t(1) / 0.9)
    assert hub["added_t"] == pytest.approx(hub["capacity_t"] - (400 if added_t == "less" else 0))
    extended = "1 of them extended by more than half of what stands: hk1 (400 t/yr stand, 822 added)"
    assert (extended in plan.summary()) == (added_t == "less")
    assert ("400 t stand today and 822 are added" in hs.explain(plan, "hk1").summary()) == (added_t == "less")
    assert "400 t/yr of" in hs.explain(plan, "hk1").summary()


def test_what_stands_of_a_technology_that_a_plant_may_not_have_is_of_no_use(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    network = one_region(tmp_path / "n", cell="roasting", existing_t=400.0, existing_technology="mechanical")
    assert network.hubs["existing_t"].tolist() == [0]
    assert "mechanical stands there, which is none of the plant's technologies: it is of no use" in caplog.text
    with pytest.raises(hs.InputError, match="is 'mechanical' meant"):
        one_region(tmp_path / "m", existing_t=400.0, existing_technology="mechanicl")


@pytest.mark.heavy
def test_what_smelting_loses_to_slag_is_told_by_the_year(network: Network) -> None:
    """Smelting recovers no lithium: all that refining usually recovers is lost, in summary and report."""
    smelted = network.replace(refineries=network.refineries.assign(technology="pyro_hydro"))
    plan = hs.solve(smelted)
    pack = dict(smelted.settings.classes)
    packs_t = {name: float(plan.assignments[f"{name}_t"].sum()) for name in pack}
    held = sum(packs_t[name] * float(pack[name].metal_t_per_t.get("lithium", 0.0)) for name in pack)
    lost = f"{held * float(smelted.settings.metals['lithium'].recovery_t_per_t):,.0f} t/yr"
    assert f"lost: {lost} Lithium (LCE)" in plan.summary()
    assert f"Lithium (LCE) {lost}" in write_report(plan)


CHANGES_ORDER = ("roasting", "kiln", "mechanical")


@pytest.mark.heavy
def test_co2_and_its_price_follow_the_technology(network: Network) -> None:
    """Least CO2 chooses the technology that emits less, and a price of CO2 that makes it cheaper does so too."""
    assert hs.solve(scaled(network, 1.2), objective="co2").hubs["technology"].tolist() == ["mechanical"]
    taxed = with_settings(network, {"carbon.price_jpy_per_t": 1e6})
    assert hs.solve(scaled(network, 1.2)).hubs["technology"].tolist() == ["roasting"]
    assert hs.solve(scaled(taxed, 1.2)).hubs["technology"].tolist() == ["mechanical"]


@pytest.mark.heavy
@pytest.mark.parametrize("objective", ["cost", pytest.param("co2", marks=pytest.mark.heavy)])
@pytest.mark.parametrize("policy", ["regional", "open"])
def test_another_technology_never_costs_more(
    network: Network, objective: hs.ObjectiveName, policy: hs.PolicyName
) -> None:
    """The least cost, or CO2, of a network is that of the better of its technologies, or less."""
    least = {}
    for cell in ("roasting", "mechanical", "roasting;mechanical"):
        hubs = network.hubs.assign(technology=cell)
        least[cell] = hs.solve(replace(network, hubs=hubs), objective=objective, policy=policy, gap=0).objective_value
    assert least.pop("roasting;mechanical") == pytest.approx(min(least.values()), rel=1e-9)


def test_plants_of_one_technology_keep_their_rates_out_of_the_sizes(network: Network) -> None:
    """What a tonne costs is reckoned by the cheaper technology; only a size of the other adds to it."""
    costs, hubs, refineries = costs_of(network).of_least(kg=False)
    assert costs.hub_technology.tolist() == [0]
    assert (hubs >= 0).all()
    assert not refineries.any()
    assert set(np.unique(costs.hub_steps.technology[hubs > 0])) == {2}
