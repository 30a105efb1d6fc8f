"""Whose packs plants and flows handle: the shares by which what they cost is divided among regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.planning.tables.flows import origin_regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.planning.tables.columns import Columns


def share_by_origin(tables: Mapping[str, Columns], regions: Sequence[str]) -> dict[str, Floats]:
    """Return the share of each region in what every hub, flow and refinery handles, by where packs arise.

    A hub is shared by the packs that it takes, a flow as its hub is, a refinery by the flows that it takes. Black mass
    from abroad belongs to the region of its port, and a plant that takes nothing to its own.

    Parameters
    ----------
    tables : mapping of str to dict
        `assignments`, `hubs`, `flows`, `imports` and `refineries` by column.
    regions : sequence of str
        All regions of the plan.

    Returns
    -------
    dict of str to float array, shape (rows, regions)
        For `hubs`, `flows` and `refineries`; each row adds up to 1. Exactly 1 for the region where no packs of others
        come in.
    """
    place = {region: at for at, region in enumerate(regions)}
    hubs, flows, refineries, lanes = (tables[name] for name in ("hubs", "flows", "refineries", "assignments"))
    home = origin_regions(hubs, tables["imports"])
    starts = {name: at for at, name in enumerate([*hubs["id"].tolist(), *(set(home) - set(hubs["id"].tolist()))])}
    own = [place[home[name]] for name in starts]
    to = np.array([starts.get(name, -1) for name in lanes["hub_id"].tolist()], np.int64)
    of = np.array([place[region] for region in lanes["region"].tolist()], np.int64)
    start = _share(_sum_pairs(to, of, lanes["mass_t"], (len(starts), len(regions))), own)
    flow = start[[starts[name] for name in flows["hub_id"].tolist()]]
    ends = {name: at for at, name in enumerate(refineries["id"].tolist())}
    taken = np.zeros((len(ends), len(regions)))
    at = [ends[name] for name in flows["refinery_id"].tolist()]
    np.add.at(taken, at, np.asarray(flows["mass_t"], np.float64)[:, None] * flow)
    refinery = _share(taken, [place[region] for region in refineries["region"].tolist()])
    return {"hubs": start[: len(hubs["id"])], "flows": flow, "refineries": refinery}


def _sum_pairs(row: np.ndarray, column: np.ndarray, mass_t: np.ndarray, shape: tuple[int, int]) -> Floats:
    """Return tonnes by two places; what goes nowhere is left out."""
    sent = row >= 0
    flat = row[sent] * shape[1] + column[sent]
    sums = np.zeros(shape)
    np.add.at(sums.reshape(-1), flat, np.asarray(mass_t, np.float64)[sent])
    return sums


def _share(tonnes: Floats, own: Sequence[int]) -> Floats:
    """Divide each row by its sum; a row of nothing is all that of its own region."""
    total = tonnes.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(tonnes, total, out=np.zeros_like(tonnes), where=total > 0)
    idle = np.flatnonzero(total[:, 0] <= 0)
    shares[idle, np.asarray(own, np.int64)[idle]] = 1.0
    return shares
