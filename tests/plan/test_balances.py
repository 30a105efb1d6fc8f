"""Mass balances: what goes into a plant comes out of it, for every policy, set of yields and source."""

from __future__ import annotations

from dataclasses import replace

import pytest

import hubspoke as hs
from hubspoke.plan.balances import tabulate_balances
from small_plan import small_plan


def test_every_plant_gives_out_what_it_takes_in() -> None:
    """Packs are black mass, by-products and losses at hubs; black mass is metals and residues at refineries."""
    plan = small_plan()
    table = tabulate_balances(plan)
    sums = table.groupby(["plant_id", "direction"])["mass_t"].sum().unstack()
    assert sums["in"].to_numpy() == pytest.approx(sums["out"].to_numpy())
    loads = {**dict(zip(plan.hubs["id"], plan.hubs["load_t"], strict=True))}
    loads |= dict(zip(plan.refineries["id"], plan.refineries["load_t"], strict=True))
    assert sums["in"].to_dict() == pytest.approx({name: loads[name] for name in sums.index})
    assert set(table["plant_id"]) == {name for name, load in loads.items() if load > 0}


def test_black_mass_lost_on_the_way_is_found() -> None:
    plan = small_plan()
    flows = plan.flows.assign(mass_t=plan.flows["mass_t"] * 0.9)
    with pytest.raises(hs.AuditError, match="do not balance"):
        tabulate_balances(replace(plan, flows=flows))
