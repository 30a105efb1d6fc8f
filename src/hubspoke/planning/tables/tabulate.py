"""Turn a solution into the tables of a plan: names, tonnes, kilometres and yen by term."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.metals import recovers_unusually
from hubspoke.plan.columns import find_column, order
from hubspoke.planning.formulation.overseas import land
from hubspoke.planning.tables.cheapest_sizes import take_cheapest_sizes
from hubspoke.planning.tables.flows import add_ore_co2, add_sales_lost, tabulate_flows, tabulate_imports
from hubspoke.planning.tables.plants import add_closing, tabulate_hubs, tabulate_refineries
from hubspoke.planning.tables.sites import tabulate_assignments
from hubspoke.planning.tables.totals import sum_costs, tabulate_regions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.closing import PlantClosing
    from hubspoke.engine.solution.alternatives import Alternatives
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.tables.columns import Columns
    from hubspoke.settings.rules import Rules

TYPES: dict[str, type[str | int | float]] = {"text": str, "whole": int, "number": float}


def tabulate(
    network: Network,
    lanes: Lanes,
    costs: Costs,
    rules: Rules,
    solution: Solution,
    *,
    closed: NDArray[np.bool_],
    shut: NDArray[np.bool_],
    ports: NDArray[np.int64],
) -> dict[str, Columns]:
    """Return the tables of a plan by name.

    Parameters
    ----------
    network : Network
    lanes : Lanes
    costs : Costs
    rules : Rules
        These four are what the problem was made of.
    solution : Solution
        With a plan, in the order of the network's tables; sources abroad stand behind its sites and hubs.
    closed, shut : bool arrays, shape (H + O,), (R,)
        Hubs (sources abroad behind them) and refineries that were not allowed to open.
    ports : int array, shape (O, R)
        The port by which black mass of each source abroad goes to each refinery.

    Returns
    -------
    dict of str to dict
        By column: `hubs`, `refineries`, `assignments`, `flows`, `imports`, `costs` and `regions`. Tonnes and yen are
        per year.
    """
    n_hubs, at_home = len(network.hubs), solution.site < len(network.sites)
    landed, onward = land(costs.overseas, ports, solution.flow[n_hubs:], len(network.ports))
    solution = replace(
        solution,
        site=solution.site[at_home],
        hub=solution.hub[at_home],
        share=solution.share[at_home],
        hub_size=solution.hub_size[:n_hubs],
        refinery_size=np.where(network.furnaces & ~solution.flow.any(axis=(0, 2)), -1, solution.refinery_size),
        flow=np.concatenate([solution.flow[:n_hubs], onward]),
    )
    if rules.objective == "co2":
        solution = take_cheapest_sizes(solution, costs)
    costs = costs.of_sizes(solution.hub_size, solution.refinery_size)
    assignments = tabulate_assignments(network, lanes, costs, rules, solution)
    flows = tabulate_flows(network, lanes, costs, solution)
    imports = tabulate_imports(network, costs, landed)
    if recovers_unusually(network.settings, network.refineries["technology"]):
        add_sales_lost(network, costs, flows, assignments, imports)
    if rules.counts_ores:
        add_ore_co2(network, costs, flows, assignments, imports)
    hubs = tabulate_hubs(network, costs, solution, closed=closed[:n_hubs], tables=(assignments, flows))
    refineries = tabulate_refineries(network, costs, solution, shut, flows)
    tables = {"hubs": hubs, "refineries": refineries, "assignments": assignments, "flows": flows, "imports": imports}
    tables["costs"] = sum_costs(tables, network)
    tables["regions"] = tabulate_regions(tables, network)
    return tables


def tabulate_alternatives(
    tables: Mapping[str, Columns],
    network: Network,
    solution: Solution,
    others: Alternatives,
    closing: tuple[PlantClosing, PlantClosing],
) -> dict[str, pd.DataFrame]:
    """Add to the tables of sites and plants what other choices would cost, and put all columns in their order.

    Parameters
    ----------
    tables : mapping of str to dict
        As `tabulate` returns them.
    network : Network
    solution : Solution
        The one that the tables were made from.
    others : Alternatives
        Of the same solution, sources abroad included.
    closing : pair of PlantClosing
        What closing each hub, and each refinery, would cost; sources abroad stand behind the hubs.

    Returns
    -------
    dict of str to DataFrame
        All tables, with the columns of `plan/columns.py`: `assignments` now has `runner_up_hub_id` and
        `runner_up_more_jpy`, `hubs` and `refineries` have `opening_more_jpy`, `opening_instead_of`,
        `closing_more_low_jpy`, `closing_more_jpy`, `closing_opens` and `firmness`. These yen are per year and rounded
        to whole yen. Where nothing is known, identifiers are empty and amounts NaN.

    Raises
    ------
    ValueError
        A table has other columns than `plan/columns.py`.
    """
    hubs = np.array([*network.hubs["id"], *[""] * (len(network.overseas) + 1)], object)  # none behind the hubs
    refineries = np.array([*network.refineries["id"], ""], object)
    own, at_home = slice(len(network.hubs)), solution.site < len(network.sites)
    sites = network.sites["id"].to_numpy()[solution.site[at_home]].tolist()
    runner_up = hubs[others.runner_up[at_home]].tolist()  # -1: none, the last entry
    more = np.round(others.runner_up_more[at_home], 0).tolist()
    next_to = dict(
        zip(
            zip(sites, hubs[solution.hub[at_home]].tolist(), strict=True),
            zip(runner_up, more, strict=True),
            strict=True,
        )
    )
    lanes = dict(tables["assignments"])
    told = [
        next_to.get(lane, ("", np.nan))
        for lane in zip(lanes["site_id"].tolist(), lanes["hub_id"].tolist(), strict=True)
    ]
    lanes["runner_up_hub_id"] = np.array([hub for hub, _ in told], object)
    lanes["runner_up_more_jpy"] = np.array([jpy for _, jpy in told], np.float64)
    whole = {**tables, "assignments": lanes}
    for name, ids, instead, jpy, found in (
        ("hubs", hubs, others.hub_instead[own], others.hub_more[own], closing[0]),
        ("refineries", refineries, others.refinery_instead, others.refinery_more, closing[1]),
    ):
        whole[name] = tables[name] | {"opening_more_jpy": np.round(jpy, 0), "opening_instead_of": ids[instead]}
        add_closing(whole[name], found, tables["regions"], network.settings.firmness)
    return {name: _as_frame(name, table, network.classes) for name, table in whole.items()}


def _as_frame(name: str, table: Columns, classes: Collection[str]) -> pd.DataFrame:
    """Return a table as a data frame, its columns in their order; one without rows has the types of others, too."""
    frame = pd.DataFrame({column: table[column] for column in order(name, list(table), classes)})
    if len(frame):
        return frame
    known = {column: find_column(name, column) for column in table}
    return frame.astype({column: TYPES[one.kind] for column, one in known.items() if one})
