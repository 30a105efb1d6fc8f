"""What an audit looks at, and how it words a difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.audit.table import Table
from hubspoke.plan.plan import TABLES
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
UNIT = 1.0
"""Rounding allowed in the sum of a whole plan, yen or kg."""
MEASURED = 2e-3
"""Rounding allowed where tables keep three decimals."""
REPEATED = ("sites", "hubs", "refineries", "ports", "overseas")
"""Tables of a network that those of a plan repeat columns of."""


@dataclass(frozen=True, eq=False)
class Case:
    """A plan with the network it is checked against, if that is at hand.

    Attributes
    ----------
    hubs, refineries, assignments, imports, flows, costs_table, regions : Table
        Those of the plan.
    lanes, left_out : Table
        Assignments with a hub, and those of packs left at their sites.
    known : mapping of str to Table
        Tables of the network that the plan repeats columns of, by name.
    site, hub : int arrays, shape (lanes,)
        Rows of the network's tables; -1 for an id it does not know.
    left_site : int array, shape (left_out,)
    flow_hub, flow_refinery, flow_grade : int arrays, shape (flows,)
        `flow_hub` counts the ports behind the hubs.
    source, port : int arrays, shape (imports,)
    """

    plan: PlanData
    rules: Rules
    hubs: Table
    refineries: Table
    assignments: Table
    imports: Table
    flows: Table
    costs_table: Table
    regions: Table
    lanes: Table
    left_out: Table
    known: Mapping[str, Table] = field(default_factory=dict)
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
    hubs, refineries, assignments, imports, flows, terms, regions = (Table.of(getattr(plan, name)) for name in TABLES)
    served = assignments["hub_id"] != ""
    lanes, left_out = (assignments.take(kept) for kept in (served, ~served))
    case = Case(plan, rules, hubs, refineries, assignments, imports, flows, terms, regions, lanes, left_out)
    if network is None:
        return case
    known = {name: Table.of(getattr(network, name)) for name in REPEATED}
    ids = {name: table["id"].tolist() for name, table in known.items()}
    return replace(
        case,
        known=known,
        network=network,
        costs=costs,
        site=_find_rows(ids["sites"], lanes["site_id"]),
        hub=_find_rows(ids["hubs"], lanes["hub_id"]),
        left_site=_find_rows(ids["sites"], left_out["site_id"]),
        flow_hub=_find_rows([*ids["hubs"], *ids["ports"]], flows["hub_id"]),
        flow_refinery=_find_rows(ids["refineries"], flows["refinery_id"]),
        source=_find_rows(ids["overseas"], imports["source_id"]),
        port=_find_rows(ids["ports"], imports["port_id"]),
        flow_grade=_find_rows(network.settings.grades, flows["grade"]),
    )


def _find_rows(known: Iterable[object], wanted: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each name stands among those known, -1 for one that does not."""
    place = {name: at for at, name in enumerate(known)}
    return np.array([place.get(name, -1) for name in wanted.tolist()], np.int64)


def _lists_the_same(plan: PlanData, network: Network) -> bool:
    """Return whether the tables of plants list those of the network, in its order."""
    pairs = ((plan.hubs, network.hubs), (plan.refineries, network.refineries))
    return all(plants["id"].tolist() == known["id"].tolist() for plants, known in pairs)


def compare_numbers(
    what: str, of: ArrayLike, found: ArrayLike, wanted: ArrayLike, *, within: float, relative: float = 1e-9
) -> Iterator[str]:
    """Word every number that is not the recounted one; one that is no number never is."""
    have, want = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    differ = np.flatnonzero(~(np.abs(have - want) <= within + relative * np.abs(want)))
    names = np.asarray(of, object) if len(differ) else ()
    for at in differ.tolist():
        yield f"{what} of {names[at]} is {have[at]:,.12g}, recounted {want[at]:,.12g}"


def compare_texts(what: str, of: ArrayLike, found: ArrayLike, wanted: ArrayLike) -> Iterator[str]:
    """Word every text that is not the expected one."""
    have, want, names = (np.asarray(values, object) for values in (found, wanted, of))
    for at in np.flatnonzero(have != want).tolist():
        yield f"{what} of {names[at]} is {have[at]!r}, expected {want[at]!r}"


def find_sizes(plants: Table, steps: PlantSteps, technology: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the size of each plant of a plan's table by its size class, -1 where it has none such or is not built.

    Parameters
    ----------
    plants : Table
    steps : PlantSteps
        Of the same plants.
    technology : int array, shape (n,)
        Position of that of each plant.
    """
    return steps.find(plants.floats("size_t"), plants.floats("load_t"), technology)


def sums_by(keys: NDArray[Any], values: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.float64]:
    """Sum values by key and give the sums in the order of `wanted`, 0 where a key is absent; a NaN makes its sum NaN.

    Plain Python, since most tables are so short that setting up a grouping costs more than all of their rows.
    """
    sums: dict[object, float] = defaultdict(float)
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        sums[key] += value
    return np.array([sums.get(key, 0.0) for key in wanted.tolist()], np.float64)


def count_by(keys: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.float64]:
    """Count keys, in the order of `wanted`."""
    counts = Counter(keys.tolist())
    return np.array([counts[key] for key in wanted.tolist()], np.float64)


def homes_of(case: Case) -> dict[str, str]:
    """Return the region of every hub and port, by id."""
    ports = zip(case.imports["port_id"].tolist(), case.imports["region"].tolist(), strict=True)
    return dict(ports) | dict(zip(case.hubs["id"].tolist(), case.hubs["region"].tolist(), strict=True))
