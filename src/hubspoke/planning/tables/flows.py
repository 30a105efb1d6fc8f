"""The tables of black-mass flows and of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.furnaces import lost_jpy_per_t, ore_kg_per_t
from hubspoke.plan.metal_flows import hold_metals
from hubspoke.planning.tables.columns import add_terms, measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes


def tabulate_flows(network: Network, lanes: Lanes, costs: Costs, solution: Solution) -> pd.DataFrame:
    """List every flow of black mass, from hubs and from ports."""
    hub, refinery, grade = np.nonzero(solution.flow > 0)
    tonnes = solution.flow[hub, refinery, grade]
    frame = pd.DataFrame(
        {
            "hub_id": network.origins["id"].to_numpy()[hub],
            "from_kind": np.where(hub < len(network.hubs), "hub", "port"),
            "refinery_id": network.refineries["id"].to_numpy()[refinery],
            "grade": np.array(list(network.settings.grades))[grade],
            "mass_t": tonnes,
            "distance_km": measured(lanes.transfer_distance_km[hub, refinery]),
            "ferry_km": measured(lanes.transfer_ferry_km[hub, refinery]),
            "hours": measured(lanes.transfer_hours[hub, refinery]),
        }
    )
    terms = costs.transfer_terms(hub, refinery, grade)
    frame = add_terms(frame, {name: values * tonnes for name, values in terms.items()})
    frame["co2_kg"] = measured(lanes.transfer_co2_kg_per_t[hub, refinery] * tonnes)
    return frame


def add_sales_lost(
    network: Network, costs: Costs, flows: pd.DataFrame, assignments: pd.DataFrame, imports: pd.DataFrame
) -> pd.DataFrame:
    """Append the metal sales that each flow loses by not being refined in the usual way, in yen per year."""
    chosen = np.array(costs.at_refineries.names, object)[costs.refinery_technology]
    technology = flows["refinery_id"].map(dict(zip(network.refineries["id"], chosen, strict=True)))
    per_t = lost_jpy_per_t(network.settings, technology)
    lost = (hold_metals(network.settings, assignments, imports, flows) * per_t).sum(axis=1)
    return flows.assign(sales_lost_jpy=lost)


def add_ore_co2(
    network: Network, costs: Costs, flows: pd.DataFrame, assignments: pd.DataFrame, imports: pd.DataFrame
) -> pd.DataFrame:
    """Append the CO2 of ore for the metal that each flow loses beyond what refining usually loses, in kg per year."""
    chosen = np.array(costs.at_refineries.names, object)[costs.refinery_technology]
    technology = flows["refinery_id"].map(dict(zip(network.refineries["id"], chosen, strict=True)))
    held = hold_metals(network.settings, assignments, imports, flows)
    return flows.assign(ore_co2_kg=(held * ore_kg_per_t(network.settings, technology)).sum(axis=1))


def tabulate_imports(network: Network, costs: Costs, landed: NDArray[np.float64]) -> pd.DataFrame:
    """List every source abroad with the port where its black mass lands, and what it costs to buy and ship."""
    source, port = np.nonzero(landed > 0)
    abroad, ports = network.overseas.iloc[source], network.ports.iloc[port]
    tonnes = landed[source, port]
    share = tonnes / costs.overseas.mass_t[source]
    grades = np.array(list(network.settings.grades), object)
    frame = pd.DataFrame(
        {
            "source_id": abroad["id"].to_numpy(),
            "source_name": abroad["name"].to_numpy(),
            "source_name_ja": abroad["name_ja"].to_numpy(),
            "country": abroad["country"].to_numpy(),
            "lat": abroad["lat"].to_numpy(np.float64),
            "lon": abroad["lon"].to_numpy(np.float64),
            "port_id": ports["id"].to_numpy(),
            "port_name": ports["name"].to_numpy(),
            "port_name_ja": ports["name_ja"].to_numpy(),
            "region": ports["region"].to_numpy(),
            "port_lat": ports["lat"].to_numpy(np.float64),
            "port_lon": ports["lon"].to_numpy(np.float64),
            "class": abroad["class"].to_numpy(),
            "grade": grades[costs.overseas.grade[source]],
            "share": share,
            "mass_t": tonnes,
            "distance_km": measured(costs.overseas.distance_km[source, port]),
        }
    )
    texts = [name for name in frame if frame[name].dtype == object]
    frame = frame.astype(dict.fromkeys(texts, str))  # texts also where there are no rows to tell by
    frame = add_terms(frame, {name: jpy * share for name, jpy in costs.import_terms(source, port).items()})
    frame["co2_kg"] = measured(costs.overseas.co2_kg_per_t[source, port] * tonnes)
    return frame


def origin_regions(hubs: pd.DataFrame, imports: pd.DataFrame) -> pd.Series:
    """Return the region of every hub, and of every port where black mass lands, by identifier."""
    ports = imports.drop_duplicates("port_id").set_index("port_id")["region"]
    homes: pd.Series = pd.concat([hubs.set_index("id")["region"], ports])
    return homes
