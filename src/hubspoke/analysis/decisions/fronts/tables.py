"""A front as tables: a row for each point, and one for each plant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.decisions.fronts.measures import Measure
    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.engine.fronts.front import FrontRow
    from hubspoke.inputs.network import Network

POINT, SEGMENT, END = "point", "segment", "end"
"""What a row is: a plan alone, one from which the front goes on to the next as a line, and the last of such a line."""


def tabulate_front(
    rows: Sequence[FrontRow], measure: Measure, network: Network, knee: int | None = None
) -> pd.DataFrame:
    """Return a row for each point of a front, from the cheapest on.

    Parameters
    ----------
    rows : sequence of FrontRow
    measure : Measure
    network : Network
        That was planned.
    knee : int, optional
        Index of the knee.

    Returns
    -------
    DataFrame
        `point` (number), `kind` (`point`; `segment` where the front goes on to the next row as a straight line on which
        plants stay and tonnes are divided; `end` of one), the other measure under its own name, `cost_jpy`,
        `bound_jpy` (no plan with as little of the measure costs less), `gap` (share of the cost between the two),
        `more_jpy`, `less_` with the name of the measure (such as `less_co2_t`) and `jpy_per_unit` beside the point
        before, `attained` (False where another plan is as good
        in one measure and better in the other: an end of a line that touches it), `knee`, `hubs` and `refineries`
        (how many), `opens` and `closes` (beside the point before, of the first: all that are open; ids with spaces
        between).
    """
    ids = np.concatenate([table["id"].to_numpy(str) for table in (network.hubs, network.refineries)])
    made: list[dict[str, Any]] = []
    before: FrontRow | None = None
    for number, row in enumerate(rows):
        choice = row.choice
        value = choice.other / measure.unit
        open_now = _open_plants(row)
        open_before = np.zeros_like(open_now) if before is None else _open_plants(before)
        more = np.nan if before is None else choice.cost - before.choice.cost
        less = np.nan if before is None else before.choice.other / measure.unit - value
        kind = SEGMENT if row.goes_on else END if before is not None and before.goes_on else POINT
        made.append(
            {
                "point": number + 1,
                "kind": kind,
                measure.column: value,
                "cost_jpy": choice.cost,
                "bound_jpy": row.bound,
                "gap": max(choice.cost - row.bound, 0.0) / abs(choice.cost) if choice.cost else 0.0,
                "more_jpy": more,
                f"less_{measure.column}": less,
                "jpy_per_unit": more / less if before is not None and less > 1e-9 * max(abs(value), 1.0) else np.nan,
                "attained": row.attained,
                "knee": number == knee,
                "hubs": int((choice.hub_size >= 0).sum()),
                "refineries": int((choice.refinery_size >= 0).sum()),
                "opens": " ".join(ids[open_now & ~open_before]),
                "closes": " ".join(ids[open_before & ~open_now]),
            }
        )
        before = row
    return pd.DataFrame(made)


def tabulate_plants(rows: Sequence[FrontRow], network: Network) -> pd.DataFrame:
    """Return a row for each plant that is open at some point.

    Parameters
    ----------
    rows : sequence of FrontRow
    network : Network

    Returns
    -------
    DataFrame
        `kind`, `id`, `name`, `name_ja`, `region`, `points` (at how many it is open), `share` of all, `load_least_t` and
        `load_most_t`, `at` (numbers of the points, with `;` between); hubs before refineries, those at most points
        first.
    """
    made: list[dict[str, Any]] = []
    for kind, table, loads, sizes in (
        ("hub", network.hubs, [row.choice.hub_load for row in rows], [row.choice.hub_size for row in rows]),
        (
            "refinery",
            network.refineries,
            [row.choice.refinery_load for row in rows],
            [row.choice.refinery_size for row in rows],
        ),
    ):
        is_open: Bools = np.array(sizes) >= 0
        load: Floats = np.array(loads)
        order = sorted(np.flatnonzero(is_open.any(axis=0)).tolist(), key=lambda at: (-int(is_open[:, at].sum()), at))
        for at in order:
            there = np.flatnonzero(is_open[:, at])
            plant = table.iloc[at]
            made.append(
                {
                    "kind": kind,
                    **{name: plant[name] for name in ("id", "name", "name_ja", "region")},
                    "points": len(there),
                    "share": len(there) / len(rows),
                    "load_least_t": float(load[there, at].min()),
                    "load_most_t": float(load[there, at].max()),
                    "at": ";".join(str(one + 1) for one in there),
                }
            )
    return pd.DataFrame(made)


def _open_plants(row: FrontRow) -> Bools:
    return np.concatenate([row.choice.hub_size, row.choice.refinery_size]) >= 0
