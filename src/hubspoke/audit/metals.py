"""Checks of what the metals of black mass lose where it is not refined as usual: sales, and CO2 of ore."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.case import UNIT, YEN, compare_numbers
from hubspoke.audit.table import is_among
from hubspoke.costs.metals import metal_prices_jpy_per_t
from hubspoke.fleet.sales import interpolate
from hubspoke.plan.metal_flows import tabulate_metals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.audit.case import Case
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings


def check_furnaces(case: Case) -> Iterator[str]:
    """Check that all is refined where it must be, and what black mass loses where it is not refined as usual."""
    settings = case.plan.settings
    if settings.policy.refine_all:
        for name in case.refineries["id"][find_furnaces(case)].tolist():
            yield f"{name} is an electric furnace, and all black mass must be refined"
    technology = _technology(case)
    unpaid = {used: _unpaid_shares(used, settings) for used in ["", *technology.values()]}
    contained = _contained_t(case) if any(map(any, (shares.values() for shares in unpaid.values()))) else {}
    prices = dict(zip(settings.metals, metal_prices_jpy_per_t(settings).tolist(), strict=True))
    for row, lost in zip(case.flows.records(), sales_lost(case).tolist(), strict=True):
        shares = unpaid[technology.get(row["refinery_id"], "")]
        lane = row["hub_id"], row["refinery_id"], row["grade"]
        wanted = sum(contained.get((*lane, name), 0.0) * prices[name] * share for name, share in shares.items())
        name = f"{row['hub_id']} to {row['refinery_id']}"
        yield from compare_numbers("sales_lost_jpy", [name], [lost], [wanted], within=YEN)


def check_content(case: Case) -> Iterator[str]:
    """Check that refineries give new batteries as much recycled metal as the policy asks for."""
    settings = case.plan.settings
    duty = settings.duties.get(settings.policy.recycled_content)
    demand = settings.demand
    if duty is None or demand is None:
        return
    year, refineries = case.plan.year, case.plan.refineries
    kg = 0.0
    for train, part in demand.share:
        mass = getattr(demand.pack_kg, train)
        kg += 0.0 if part is None or mass is None else interpolate(part.points, year) * float(mass)
    packs_t = float(demand.bound_share) * interpolate(demand.cars.points, year) * kg / 1000
    parts = {key: interpolate(series.points, year) for key, series in demand.class_share.items()}
    keeps = {
        str(name)
        for name, country in zip(refineries["id"], refineries["country"], strict=True)
        if country and country not in settings.policy.metal_returns_from
    }
    table = tabulate_metals(case.plan)
    for metal, share in duty.content_t_per_t.items():
        held = sum(
            part * float(settings.classes[key].metals_in(settings.materials.contents).get(metal, 0.0))
            for key, part in parts.items()
        )
        needed = float(share) * packs_t * held / sum(parts.values())
        own = (table["metal"] == metal) & ~table["refinery_id"].isin(list(keeps))
        given = float(table.loc[own, "recovered_t"].sum())
        if given < needed * (1 - 1e-6):
            yield f"{given:,.3f} t of {metal} are recycled, and {needed:,.3f} t are asked for new batteries"


def _unpaid_shares(used: str, settings: Settings) -> dict[str, float]:
    """Return of each metal what is paid for it after refining as usual and not at a plant of some technology."""
    furnace, refinery = settings.furnaces.get(used), settings.refinery_technologies.get(used)
    shares = {}
    for name, metal in settings.metals.items():
        usual = paid = float(metal.recovery_t_per_t)
        if furnace is not None:
            paid = float(furnace.alloyed_t_per_t.get(name, 0.0)) * float(furnace.alloy_price_share.get(name, 0.0))
        elif refinery is not None:
            paid = float(refinery.recovery_t_per_t.get(name, usual))
        shares[name] = usual - paid
    return shares


def check_ores(case: Case) -> Iterator[str]:
    """Check that the CO2 of ore for metal that is lost stands where it counts, flow by flow."""
    settings = case.plan.settings
    if case.rules.counts_ores != ("ore_co2_kg" in case.flows):
        lacks, has = "flows.csv has no column ore_co2_kg", "flows.csv has a column ore_co2_kg"
        yield lacks if case.rules.counts_ores else has
        return
    if not case.rules.counts_ores:
        return
    contained, technology = _contained_t(case), _technology(case)
    for row in case.flows.records():
        used, wanted = technology.get(row["refinery_id"], ""), 0.0
        refinery = settings.refinery_technologies.get(used)
        for name, metal in settings.metals.items():
            held = contained.get((row["hub_id"], row["refinery_id"], row["grade"], name), 0.0)
            usual = float(metal.recovery_t_per_t)
            reached = 0.0 if refinery is None else float(refinery.recovery_t_per_t.get(name, usual))
            wanted += held * float(metal.primary_co2_kg_per_t or 0.0) * (usual - reached)
        lane = [f"{row['hub_id']} to {row['refinery_id']}"]
        yield from compare_numbers("ore_co2_kg", lane, [row["ore_co2_kg"]], [wanted], within=UNIT)


def sales_lost(case: Case) -> Floats:
    """Return what the metals of each flow sell for less than after refining."""
    return case.flows.floats("sales_lost_jpy") if "sales_lost_jpy" in case.flows else np.zeros(len(case.flows))


def find_furnaces(case: Case) -> NDArray[np.bool_]:
    """Return which rows of the refineries are electric furnaces."""
    return is_among(case.refineries["technology"], case.plan.settings.furnaces)


def _technology(case: Case) -> dict[str, str]:
    """Return the technology of every refinery, by id."""
    return dict(zip(case.refineries["id"].tolist(), case.refineries["technology"].tolist(), strict=True))


def _contained_t(case: Case) -> dict[tuple[str, ...], float]:
    """Return the tonnes of metal in black mass, by hub or port, refinery, grade and metal."""
    contained: dict[tuple[str, ...], float] = defaultdict(float)
    metals = tabulate_metals(case.plan)
    keys = zip(*(metals[key].tolist() for key in ("hub_id", "refinery_id", "grade", "metal")), strict=True)
    for key, tonnes in zip(keys, metals["contained_t"].tolist(), strict=True):
        contained[key] += tonnes
    return contained
