"""What an audit looks at, and how it words a difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.rules import Rules

TONNES = 1e-6
"""Rounding allowed in a sum of tonnes."""
YEN = 0.01
"""Rounding allowed in one amount of yen."""
MEASURED = 2e-3
"""Rounding allowed where tables keep three decimals."""


@dataclass(frozen=True, eq=False)
class Case:
    """A plan with the network it is checked against, if that is at hand.

    Attributes
    ----------
    lanes, left_out : DataFrame
        Assignments with a hub, and those of packs left at their sites.
    site, hub : int arrays, shape (lanes,)
        Rows of the network's tables; -1 for an id it does not know.
    left_site : int array, shape (left_out,)
    flow_hub, flow_refinery, flow_grade : int arrays, shape (flows,)
        `flow_hub` counts the ports behind the hubs.
    source, port : int arrays, shape (imports,)
    """

    plan: PlanData
    rules: Rules
    lanes: pd.DataFrame
    left_out: pd.DataFrame
    network: Network | None = None
    costs: Costs | None = None
    site: NDArray[np.int64] | None = None
    hub: NDArray[np.int64] | None = None
    left_site: NDArray[np.int64] | None = None
    flow_hub: NDArray[np.int64] | None = None
    flow_refinery: NDArray[np.int64] | None = None
    flow_grade: NDArray[np.int64] | None = None
    source: NDArray[np.int64] | None = None
    port: NDArray[np.int64] | None = None


def make_case(plan: PlanData, network: Network | None = None, costs: Costs | None = None) -> Case:
    """Gather what the checks need."""
    rules = resolve_policy(plan.settings.policy)
    if network is not None and costs is not None and _lists_the_same(plan, network):
        costs = costs.of_tables(plan.hubs["technology"], plan.refineries["technology"])
    served = plan.assignments["hub_id"] != ""
    lanes, left_out = (plan.assignments[kept].reset_index(drop=True) for kept in (served, ~served))
    if network is None:
        return Case(plan, rules, lanes, left_out)

    def rows(known: Iterable[Any], wanted: pd.Series) -> NDArray[np.int64]:
        return np.asarray(pd.Index(list(known)).get_indexer(pd.Index(wanted)), np.int64)

    return Case(
        plan,
        rules,
        lanes,
        left_out,
        network,
        costs,
        site=rows(network.sites["id"], lanes["site_id"]),
        hub=rows(network.hubs["id"], lanes["hub_id"]),
        left_site=rows(network.sites["id"], left_out["site_id"]),
        flow_hub=rows(network.origins["id"], plan.flows["hub_id"]),
        flow_refinery=rows(network.refineries["id"], plan.flows["refinery_id"]),
        source=rows(network.overseas["id"], plan.imports["source_id"]),
        port=rows(network.ports["id"], plan.imports["port_id"]),
        flow_grade=rows(network.settings.grades, plan.flows["grade"]),
    )


def _lists_the_same(plan: PlanData, network: Network) -> bool:
    """Return whether the tables of plants list those of the network, in its order."""
    pairs = ((plan.hubs, network.hubs), (plan.refineries, network.refineries))
    return all(plants["id"].tolist() == known["id"].tolist() for plants, known in pairs)


def compare_numbers(
    what: str, of: ArrayLike, found: ArrayLike, wanted: ArrayLike, *, within: float, relative: float = 1e-9
) -> Iterator[str]:
    """Word every number that is not the recounted one; one that is no number never is."""
    have, want = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    names = np.asarray(of, object)
    for at in np.flatnonzero(~(np.abs(have - want) <= within + relative * np.abs(want))).tolist():
        yield f"{what} of {names[at]} is {have[at]:,.12g}, recounted {want[at]:,.12g}"


def compare_texts(what: str, of: ArrayLike, found: ArrayLike, wanted: ArrayLike) -> Iterator[str]:
    """Word every text that is not the expected one."""
    have, want, names = (np.asarray(values, object) for values in (found, wanted, of))
    for at in np.flatnonzero(have != want).tolist():
        yield f"{what} of {names[at]} is {have[at]!r}, expected {want[at]!r}"


def find_sizes(plants: pd.DataFrame, steps: PlantSteps, technology: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the size of each plant of a plan's table by its size class, -1 where it has none such or is not built.

    `technology` is the position of that of each plant.
    """
    return steps.find(plants["size_t"].to_numpy(np.float64), plants["load_t"].to_numpy(np.float64), technology)


def sums_by(keys: pd.Series, values: pd.Series, wanted: pd.Series) -> NDArray[np.float64]:
    """Sum values by key and give the sums in the order of `wanted`, 0 where a key is absent; a NaN makes its sum NaN.

    Plain Python, since most tables are so short that setting up a grouping costs more than all of their rows.
    """
    sums: dict[object, float] = defaultdict(float)
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        sums[key] += value
    return np.array([sums.get(key, 0.0) for key in wanted.tolist()], np.float64)


def count_by(keys: pd.Series, wanted: pd.Series) -> NDArray[np.float64]:
    """Count keys, in the order of `wanted`."""
    counts = Counter(keys.tolist())
    return np.array([counts[key] for key in wanted.tolist()], np.float64)


def rows_where(table: pd.DataFrame, wrong: pd.Series) -> Iterable[Any]:
    """Return the rows where something is wrong, as named tuples; mostly there are none, and then this is cheap."""
    return table[wrong].itertuples() if wrong.any() else ()


def homes_of(plan: PlanData) -> pd.Series:
    """Return the region of every hub and port, by id."""
    ports = plan.imports.drop_duplicates("port_id").set_index("port_id")["region"]
    homes: pd.Series = pd.concat([plan.hubs.set_index("id")["region"], ports])
    return homes
