"""The tables of black-mass flows and of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.furnaces import lost_jpy_per_t, ore_kg_per_t
from hubspoke.plan.metal_flows import hold_metals
from hubspoke.planning.tables.columns import add_terms, measured, pick

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.tables.columns import Columns


def tabulate_flows(network: Network, lanes: Lanes, costs: Costs, solution: Solution) -> Columns:
    """List every flow of black mass, from hubs and from ports."""
    hub, refinery, grade = np.nonzero(solution.flow > 0)
    tonnes = solution.flow[hub, refinery, grade]
    table: Columns = {
        "hub_id": network.origins["id"].to_numpy()[hub],
        "from_kind": np.where(hub < len(network.hubs), "hub", "port").astype(object),
        "refinery_id": network.refineries["id"].to_numpy()[refinery],
        "grade": np.array(list(network.settings.grades), object)[grade],
        "mass_t": tonnes,
        "distance_km": measured(lanes.transfer_distance_km[hub, refinery]),
        "ferry_km": measured(lanes.transfer_ferry_km[hub, refinery]),
        "hours": measured(lanes.transfer_hours[hub, refinery]),
    }
    terms = costs.transfer_terms(hub, refinery, grade)
    add_terms(table, {name: values * tonnes for name, values in terms.items()})
    table["co2_kg"] = measured(lanes.transfer_co2_kg_per_t[hub, refinery] * tonnes)
    return table


def add_sales_lost(network: Network, costs: Costs, flows: Columns, assignments: Columns, imports: Columns) -> None:
    """Append the metal sales that each flow loses by not being refined in the usual way, in yen per year."""
    held, technology = _hold(network, costs, flows, assignments, imports)
    flows["sales_lost_jpy"] = (held * lost_jpy_per_t(network.settings, technology)).sum(axis=1)


def add_ore_co2(network: Network, costs: Costs, flows: Columns, assignments: Columns, imports: Columns) -> None:
    """Append the CO2 of ore for the metal that each flow loses beyond what refining usually loses, in kg per year."""
    held, technology = _hold(network, costs, flows, assignments, imports)
    flows["ore_co2_kg"] = (held * ore_kg_per_t(network.settings, technology)).sum(axis=1)


def _hold(
    network: Network, costs: Costs, flows: Columns, assignments: Columns, imports: Columns
) -> tuple[Floats, list[str]]:
    """Return the metal in every flow, t per year, and the technology of the refinery that takes it."""
    chosen = np.array(costs.at_refineries.names, object)[costs.refinery_technology].tolist()
    technology = dict(zip(network.refineries["id"].tolist(), chosen, strict=True))
    tables = (pd.DataFrame(table) for table in (assignments, imports, flows))
    return hold_metals(network.settings, *tables), [technology[name] for name in flows["refinery_id"].tolist()]


def tabulate_imports(network: Network, costs: Costs, landed: NDArray[np.float64]) -> Columns:
    """List every source abroad with the port where its black mass lands, and what it costs to buy and ship."""
    source, port = np.nonzero(landed > 0)
    tonnes = landed[source, port]
    share = tonnes / costs.overseas.mass_t[source]
    grades = np.array(list(network.settings.grades), object)
    at_source = {f"source_{name}": name for name in ("id", "name", "name_ja")}
    at_source |= {name: name for name in ("country", "lat", "lon", "class")}
    at_port = {f"port_{name}": name for name in ("id", "name", "name_ja", "lat", "lon")} | {"region": "region"}
    table = pick(network.overseas, source, at_source) | pick(network.ports, port, at_port)
    table["grade"] = grades[costs.overseas.grade[source]]
    table["share"], table["mass_t"] = share, tonnes
    table["distance_km"] = measured(costs.overseas.distance_km[source, port])
    add_terms(table, {name: jpy * share for name, jpy in costs.import_terms(source, port).items()})
    table["co2_kg"] = measured(costs.overseas.co2_kg_per_t[source, port] * tonnes)
    return table


def origin_regions(hubs: Columns, imports: Columns) -> dict[str, str]:
    """Return the region of every hub, and of every port where black mass lands, by identifier."""
    ports = dict(zip(imports["port_id"].tolist(), imports["region"].tolist(), strict=True))
    return ports | dict(zip(hubs["id"].tolist(), hubs["region"].tolist(), strict=True))
