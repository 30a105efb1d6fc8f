"""Random tiny folders of a planner, small enough that every choice of plants can be tried, for hypothesis."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

import hubspoke as hs
from brute_force_sets import cost_of_sets
from builders import tiny_tables, write_folder
from hubspoke.analysis.decisions.robust.state import read_scenario
from hubspoke.engine.problem.counts import Counts
from hubspoke.planning.request import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network

    Row = dict[str, Any]

POLICIES: tuple[hs.PolicyName, ...] = ("regional", "shared-refinery", "open")
PLACES = {
    "kanto": [(35.69, 139.69), (35.44, 139.64), (35.61, 140.12), (35.50, 139.75), (35.35, 140.00)],
    "chubu": [(35.18, 136.91), (34.98, 138.38), (35.39, 136.72), (35.05, 136.88)],
}
POWER = "energy.power_jpy_per_kwh"
TONNES = st.sampled_from([40, 150, 400, 900])
SELDOM = st.sampled_from([False] * 5 + [True])
JPY = 1e6
MANY = 99


@dataclass(frozen=True)
class Drawn:
    """A folder, and what is asked of it."""

    tables: dict[str, list[Row]]
    policy: hs.PolicyName
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, Any]:
        """What `solve` and the analyses are asked."""
        return {"policy": self.policy, "gap": 0.0}

    def write(self, folder: str | Path) -> Path:
        """Write the tables, and what differs in the settings."""
        written = write_folder(Path(folder), self.tables)
        lines = [f"{key} = {value}" for key, value in self.changes.items()]
        (written / "plan.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return written

    def read(self, **changes: Any) -> Network:
        """Read the folder; `changes` of settings with `__` for their dots."""
        with tempfile.TemporaryDirectory() as folder:
            return hs.read(self.write(folder), changes={key.replace("__", "."): one for key, one in changes.items()})


def state(network: Network, policy: hs.PolicyName, regions: Sequence[str] = (), **changes: Any) -> Problem:
    """Give the arrays that a network is planned by."""
    request = Request(policy=policy, gap=0.0, regions=tuple(regions), **changes)
    return read_scenario(network, request).form.problem


def obey(
    network: Network,
    *,
    hubs: tuple[int, int] = (0, MANY),
    refineries: tuple[int, int] = (0, MANY),
    packs_stay: bool = False,
    black_mass_stays: bool = False,
    **changes: Any,
) -> Problem:
    """Give the arrays of a network under rules of one's own: numbers of plants in every region, and what stays there.

    They are put upon those of `open` one by one. `changes` are those of a request, such as `opened`.
    """
    problem = state(network, "open", **changes)
    site, hub, refinery = (table["region"].to_numpy(str) for table in (network.sites, network.hubs, network.refineries))
    lanes, flows = problem.collection_cost, problem.transfer_cost
    names = sorted(set(site.tolist()))
    return problem.derive(
        collection_cost=np.where(site[:, None] == hub, lanes, np.inf) if packs_stay else lanes,
        transfer_cost=np.where((hub[:, None] == refinery)[:, :, None], flows, np.inf) if black_mass_stays else flows,
        hub_counts=_count(hub, names, *hubs),
        refinery_counts=_count(refinery, names, *refineries),
    )


def _count(region: Any, names: list[str], fewest: int, most: int) -> Counts:
    every = np.ones(len(names), np.int64)
    group = np.array([names.index(one) for one in region.tolist()], np.int64)
    return Counts(group, fewest * every, most * every, 0, MANY)


def ids_of(network: Network) -> list[str]:
    """Give the ids of hubs and refineries, in the order of sets of plants."""
    return [*network.hubs["id"], *network.refineries["id"]]


def sets_of(network: Network, policy: hs.PolicyName, **changes: Any) -> dict[frozenset[str], float]:
    """Give what each set of plants costs, by their ids."""
    names = np.array(ids_of(network))
    return {
        frozenset(names[list(opened)].tolist()): cost
        for opened, cost in cost_of_sets(state(network, policy, **changes)).items()
    }


@st.composite
def folders(
    draw: Any,
    *,
    policies: Sequence[hs.PolicyName] = POLICIES,
    given: bool | None = None,
    regions: int | None = None,
    sourcing: Sequence[str] = ("single",),
) -> Drawn:
    """Draw one or two regions with two or three hubs each in one, one or two in two, and one or two refineries.

    `given`: whether plants have sizes that the planner gives (drawn where left out), or those of their technology.
    """
    policy = draw(st.sampled_from(policies))
    number = draw(st.sampled_from([1, 2])) if regions is None else regions
    given = draw(st.booleans()) if given is None else given
    base = tiny_tables()
    tables: dict[str, list[Row]] = {name: base[name] for name in ("roads", "cities")}
    sizes: list[Row] = []
    packs = 0.0
    for name in list(PLACES)[:number]:
        sites = [_site(draw, name, at) for at in range(draw(st.integers(2, 4) if number == 1 else st.integers(1, 2)))]
        tables[f"{name}/sites"] = sites
        packs += sum(row["nmc_t"] + row["lfp_t"] for row in sites)
    for name in list(PLACES)[:number]:
        hubs = _plants(draw, name, "h", draw(st.integers(2, 3) if number == 1 else st.integers(1, 2)))
        refineries = _plants(draw, name, "r", draw(st.integers(1, 2)) if number == 1 else 1)
        tables |= {f"{name}/hubs": hubs, f"{name}/refineries": refineries}
        for row in [*hubs, *refineries] if given else []:
            twin = row.pop("twin", None)
            own = [one for one in sizes if one["plant_id"] == twin]
            tonnes = packs if row in hubs else packs / 2  # about half of what hubs take in is black mass
            sizes += [{**one, "plant_id": row["id"]} for one in own] or _sizes(draw, row["id"], tonnes)
        for row in [*hubs, *refineries]:
            row.pop("twin", None)
    if sizes:
        tables["sizes"] = sizes
    changes: dict[str, Any] = {}
    if policy == "regional" and draw(SELDOM):
        changes["policy.hubs_per_region"] = [1, 2]
    if policy == "open" and draw(SELDOM):
        changes["policy.hubs_in_total"] = [1, 2]
    if given and draw(st.sampled_from(sourcing)) == "split":  # by a linear program for every choice of sizes
        changes["policy.sourcing"] = '"split"'
    return Drawn(tables, policy, changes)


def _site(draw: Any, region: str, at: int) -> Row:
    lat, lon = PLACES[region][at]
    tonnes = {"hev_t": 0, "nmc_t": draw(TONNES), "lfp_t": draw(st.sampled_from([0, 60, 200]))}
    return {"id": f"{region}-s{at}", "lat": lat, "lon": lon, **tonnes}


def _plants(draw: Any, region: str, kind: str, count: int) -> list[Row]:
    """Draw plants, some of which stand already, must not be used, or are as good as another one."""
    rows: list[Row] = []
    for at in range(count):
        if rows and draw(SELDOM):
            rows.append({**rows[0], "id": f"{region}-{kind}{at}", "twin": rows[0]["id"]})
            continue
        lat, lon = draw(st.sampled_from(PLACES[region]))
        technology = draw(st.sampled_from(["roasting", "mechanical"])) if kind == "h" else "hydro"
        status = draw(st.sampled_from(["candidate"] * 4 + ["open"] + (["closed"] if rows else [])))
        own = {"technology": technology, "max_t": draw(st.sampled_from([30000, 20000])), "status": status}
        rows.append({"id": f"{region}-{kind}{at}", "lat": lat, "lon": lon, **own})
    return rows


def _sizes(draw: Any, plant: str, tonnes: float) -> list[Row]:
    """Draw one or two sizes, the last of which mostly holds all tonnes."""
    largest = draw(st.sampled_from([1.3, 1.3, 1.0, 0.7]))
    shares = [0.5, largest] if draw(st.booleans()) else [largest]
    return [
        {
            "plant_id": plant,
            "capacity_t": round(share * tonnes, 3),
            "fixed_jpy_per_yr": JPY * draw(st.integers(1, 12)) * 10 * (1 + at),
            "variable_jpy_per_t": draw(st.integers(0, 9)) * 10_000.0,
        }
        for at, share in enumerate(shares)
    ]
