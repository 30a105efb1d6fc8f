"""The metals ledger: every kilogram of metal in a plan, from sites and ports to what is sold, alloyed or lost.

Each row is metal that goes from one place to another in one stage. What comes into a hub, port, refinery or furnace
goes out again, metal by metal, and apart for what comes from home or abroad, and from packs in use or scrap of
manufacturing. So the ledger is a graph that can be walked both ways, and whatever is asked of it is a sum of its rows.

Black mass of one grade is mixed at its hub or port: where it goes to several refineries, each gets metal of every
origin in proportion to its tonnes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.costs.furnaces import alloyed_shares, recovered_shares
from hubspoke.metals.contents import follow_metals
from hubspoke.plan.columns import arrange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.metals.contents import Followed
    from hubspoke.plan.plan import PlanData

    Block = dict[str, NDArray[Any]]
    Held = dict[tuple[str, str], dict[tuple[str, str], Floats]]

PACKS, LANDED, BLACK_MASS = "packs", "landed", "black_mass"
SCRAP, UNSORTED, PRODUCT, ALLOY, RESIDUE = "scrap", "unsorted", "product", "alloy", "residue"
STAGES = (PACKS, LANDED, SCRAP, UNSORTED, BLACK_MASS, PRODUCT, ALLOY, RESIDUE)
"""In the order of the way: packs to hubs, black mass from abroad to ports, scrap that hubs sell, what they do not sort,
black mass to refineries and furnaces, metal that refineries sell, metal alloyed in furnaces, what is left of both."""
ENTERS, LEAVES, LOST = (PACKS, LANDED), (SCRAP, UNSORTED, PRODUCT, ALLOY, RESIDUE), (UNSORTED, ALLOY, RESIDUE)
"""Stages in which metal enters the plan, leaves it, and leaves it for nothing that replaces ore."""
HOME, ABROAD = "home", "abroad"


def tabulate_ledger(plan: PlanData, *, by_site: bool = False) -> pd.DataFrame:
    """Return the metals ledger of a plan.

    Parameters
    ----------
    plan : PlanData
    by_site : bool
        Whether packs come from single sites; else all of a region stand in one row for each hub, class and metal.

    Returns
    -------
    DataFrame
        Columns `year, stage, from_kind, from_id, to_kind, to_id, region, material, comes_from, consumer, metal,
        metal_kg, counted_kg`, in kg per year; see `plan/columns.py`. `metal_kg` is the element, `counted_kg` as the
        settings count it: lithium as carbonate. Rows without metal are left out.
    """
    followed = follow_metals(plan.settings)
    blocks = [
        *_take_packs(plan, followed, by_site=by_site),
        *_land(plan, followed),
        *_sort(plan, followed),
        *_refine(plan, followed),
    ]
    names = (
        "stage",
        "from_kind",
        "from_id",
        "to_kind",
        "to_id",
        "region",
        "material",
        "comes_from",
        "consumer",
        "metal",
    )
    columns: dict[str, np.ndarray] = {
        name: np.concatenate([np.asarray(block[name], object) for block in blocks] or [np.empty(0, object)])
        for name in names
    }
    for name in ("metal_kg", "counted_kg"):
        columns[name] = np.concatenate([np.asarray(block[name], float) for block in blocks] or [np.empty(0)])
    frame = pd.DataFrame(columns)
    order = frame["stage"].map({stage: at for at, stage in enumerate(STAGES)}).to_numpy(int)
    frame = frame.iloc[np.argsort(order, kind="stable")]
    return arrange("metals_ledger", frame[frame["metal_kg"] > 0].reset_index(drop=True).assign(year=plan.year))


def _rows(kg: Floats, metals: Sequence[str], element: Floats, **words: object) -> Block:
    """Return a block of rows, one for each place and metal: `kg` as counted has shape (places, metals).

    Each word is one for all places or has one entry for each.
    """
    places, count = kg.shape
    block: Block = {
        name: np.full(places * count, value, object)
        if isinstance(value, str)
        else np.repeat(np.asarray(value, object), count)
        for name, value in words.items()
    }
    block["metal"] = np.tile(np.asarray(metals, object), places)
    block["metal_kg"], block["counted_kg"] = (kg * element).ravel(), kg.ravel()
    return block


def _take_packs(plan: PlanData, followed: Followed, *, by_site: bool) -> Iterator[Block]:
    """Yield what packs bring to hubs, class by class."""
    lanes = plan.assignments[plan.assignments["mass_t"] > 0]
    keys = ["site_id", "region", "hub_id"] if by_site else ["region", "hub_id"]
    columns = {f"{key}_t": key for key in plan.settings.classes}
    sums = lanes.groupby(keys, sort=False)[list(columns)].sum().reset_index()
    inside = np.hstack([followed.in_packs, followed.scrap + followed.unsorted])
    element = np.concatenate([followed.element, np.ones(len(followed.sorted_out))])
    for at, (column, key) in enumerate(columns.items()):
        rows = sums[sums[column] > 0]
        yield _rows(
            rows[column].to_numpy(float)[:, None] * inside[at],
            (*followed.refined, *followed.sorted_out),
            element,
            stage=PACKS,
            from_kind="site" if by_site else "region",
            from_id=rows[keys[0]],
            to_kind="hub",
            to_id=rows["hub_id"],
            region=rows["region"],
            material=key,
            comes_from=HOME,
            consumer=plan.settings.classes[key].consumer,
        )


def _land(plan: PlanData, followed: Followed) -> Iterator[Block]:
    """Yield what black mass from abroad brings to ports."""
    rows = plan.imports
    at = [list(plan.settings.classes).index(key) for key in rows["class"]]
    yield _rows(
        rows["mass_t"].to_numpy(float)[:, None] * followed.in_black_mass[at],
        followed.refined,
        followed.element,
        stage=LANDED,
        from_kind="abroad",
        from_id=rows["source_id"],
        to_kind="port",
        to_id=rows["port_id"],
        region=rows["region"],
        material=rows["grade"],
        comes_from=ABROAD,
        consumer=[plan.settings.classes[key].consumer for key in rows["class"]],
    )


def _sort(plan: PlanData, followed: Followed) -> Iterator[Block]:
    """Yield the metal that hubs sort out of the packs, and what of it they do not."""
    home, classes = _regions(plan), plan.settings.classes
    taken = plan.assignments[plan.assignments["mass_t"] > 0].groupby("hub_id", sort=True)
    tonnes = taken[[f"{key}_t" for key in classes]].sum()
    ones = np.ones(len(followed.sorted_out))
    for consumer in dict.fromkeys(pack.consumer for pack in classes.values()):
        own = np.array([pack.consumer == consumer for pack in classes.values()])
        mass_t = tonnes.to_numpy(float)[:, own]
        for stage, to_kind, rates in ((SCRAP, "market", followed.scrap), (UNSORTED, "lost", followed.unsorted)):
            made = _rows(
                mass_t @ rates[own],
                followed.sorted_out,
                ones,
                stage=stage,
                from_kind="hub",
                from_id=tonnes.index,
                to_kind=to_kind,
                to_id="",
                region=[home[hub] for hub in tonnes.index],
                material="",
                comes_from=HOME,
                consumer=consumer,
            )
            yield {**made, "material": made["metal"]}


def _refine(plan: PlanData, followed: Followed) -> Iterator[Block]:
    """Yield what goes with the black mass to refineries and furnaces, and what becomes of it there."""
    settings, flows = plan.settings, plan.flows[plan.flows["mass_t"] > 0]
    held = _hold(plan, followed)
    keys = list(zip(flows["hub_id"], flows["grade"], strict=True))
    share = (flows["mass_t"] / flows.groupby(["hub_id", "grade"])["mass_t"].transform("sum")).to_numpy(float)
    technology = flows["refinery_id"].map(plan.refineries.set_index("id")["technology"]).to_numpy(object)
    none = np.zeros(len(followed.refined))
    recovered, alloyed = (
        np.array([rate(settings, name) for name in technology]).reshape(len(flows), len(none))
        for rate in (recovered_shares, alloyed_shares)
    )
    places = _regions(plan)
    furnaces = set(plan.refineries.loc[plan.furnaces, "id"])
    kinds = ["furnace" if name in furnaces else "refinery" for name in flows["refinery_id"]]
    parts = ((PRODUCT, "market", recovered), (ALLOY, "alloy", alloyed), (RESIDUE, "lost", 1 - recovered - alloyed))
    for comes_from, consumer in dict.fromkeys(mark for marks in held.values() for mark in marks):
        metal = np.array([held.get(key, {}).get((comes_from, consumer), none) for key in keys])
        metal = metal.reshape(len(flows), len(none)) * share[:, None]
        yield _rows(
            metal,
            followed.refined,
            followed.element,
            stage=BLACK_MASS,
            from_kind=flows["from_kind"],
            from_id=flows["hub_id"],
            to_kind=kinds,
            to_id=flows["refinery_id"],
            region=[places[hub] for hub in flows["hub_id"]],
            material=flows["grade"],
            comes_from=comes_from,
            consumer=consumer,
        )
        for stage, to_kind, part in parts:
            table = pd.DataFrame(metal * part).assign(id=flows["refinery_id"].to_numpy(), kind=kinds)
            sums = table.assign(grade=flows["grade"].to_numpy()).groupby(["id", "kind", "grade"], sort=True).sum()
            plants = sums.index.to_frame()
            yield _rows(
                sums.to_numpy(float),
                followed.refined,
                followed.element,
                stage=stage,
                from_kind=plants["kind"],
                from_id=plants["id"],
                to_kind=to_kind,
                to_id="",
                region=[places[name] for name in plants["id"]],
                material=plants["grade"],
                comes_from=comes_from,
                consumer=consumer,
            )


def _regions(plan: PlanData) -> Mapping[str, str]:
    """Return the region of every plant and port."""
    tables = ((plan.imports, "port_id"), (plan.hubs, "id"), (plan.refineries, "id"))
    return {str(name): str(home) for table, key in tables for name, home in table[[key, "region"]].to_numpy()}


def _hold(plan: PlanData, followed: Followed) -> Held:
    """Return kg of each refined metal that hubs and ports send on, by their identifier and grade, then by its marks."""
    settings = plan.settings
    held: Held = {}

    def add(place: str, grade: str, mark: tuple[str, str], kg: Floats) -> None:
        marks = held.setdefault((place, grade), {})
        marks[mark] = marks.get(mark, np.zeros(len(kg))) + kg

    tonnes = plan.assignments.groupby("hub_id")[[f"{key}_t" for key in settings.classes]].sum()
    for hub, mass_t in zip(tonnes.index, tonnes.to_numpy(float), strict=True):
        for at, pack in enumerate(settings.classes.values()):
            if mass_t[at] > 0:
                add(str(hub), pack.grade, (HOME, pack.consumer), mass_t[at] * followed.in_packs[at])
    at_class = {key: at for at, key in enumerate(settings.classes)}
    for row in plan.imports.to_dict("records"):
        mark = ABROAD, settings.classes[row["class"]].consumer
        add(
            str(row["port_id"]), str(row["grade"]), mark, row["mass_t"] * followed.in_black_mass[at_class[row["class"]]]
        )
    return held
