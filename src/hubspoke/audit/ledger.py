"""Recount the metals ledger by plain arithmetic, row by row, from settings and the tables of the plan alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hubspoke.settings.materials import BLACK_MASS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.materials import PackClass
    from hubspoke.settings.settings import Settings

    Key = tuple[str, ...]
    Sums = defaultdict[Key, float]

KEYS = ("stage", "from_id", "to_id", "material", "comes_from", "consumer", "metal")
GRAM = 1e-3
"""Kilograms by which a row or a plant may be off, beside what floats leave of large sums."""
RELATIVE = 1e-9


def check_ledger(plan: PlanData, ledger: pd.DataFrame) -> Iterator[str]:
    """Check that a metals ledger holds what packs bring, that every plant closes, and that nothing else is in it.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame
        With packs by region or by site.

    Yields
    ------
    str
        A sentence for each fault.
    """
    wanted = _recount(plan, by_site=bool((ledger["from_kind"] == "site").any()))
    told: Sums = defaultdict(float)
    for row in ledger.to_dict("records"):
        told[tuple(str(row[key]) for key in KEYS)] += float(row["metal_kg"])
        element = _element(plan.settings, str(row["metal"]))
        if abs(row["counted_kg"] * element - row["metal_kg"]) > _room(row["metal_kg"]):
            yield f"{_word(tuple(str(row[key]) for key in KEYS))}: counted_kg and metal_kg are not of one tonnage"
        if row["year"] != plan.year:
            yield f"{_word(tuple(str(row[key]) for key in KEYS))}: of {row['year']}, the plan is of {plan.year}"
    for key in dict.fromkeys([*wanted, *told]):
        if abs(wanted[key] - told[key]) > _room(wanted[key]):
            yield f"{_word(key)}: {told[key]:,.3f} kg, recounted {wanted[key]:,.3f}"
    yield from _close(told)


def _close(told: Sums) -> Iterator[str]:
    """Yield every plant, port and metal that gives out more or less than it takes in."""
    net: Sums = defaultdict(float)
    through: Sums = defaultdict(float)
    for (stage, from_id, to_id, _, *marks), kg in told.items():
        if to_id:
            net[to_id, *marks] += kg
            through[to_id, *marks] += kg
        if stage not in ("packs", "landed"):
            net[from_id, *marks] -= kg
    for key, kg in net.items():
        if abs(kg) > _room(through[key]):
            yield f"{' '.join(key)}: {kg:,.3f} kg more come in than go out"


def _recount(plan: PlanData, *, by_site: bool) -> Sums:
    """Return kg of every row, by `KEYS`."""
    settings = plan.settings
    rows: Sums = defaultdict(float)
    held: Sums = defaultdict(float)
    for lane in plan.assignments.to_dict("records"):
        start = lane["site_id"] if by_site else lane["region"]
        for name, pack in settings.classes.items():
            tonnes = float(lane[f"{name}_t"]) if lane["mass_t"] > 0 else 0.0
            hub, consumer = str(lane["hub_id"]), pack.consumer
            for metal, kg in _metals_in(settings, pack).items():
                rows["packs", str(start), hub, name, "home", consumer, metal] += tonnes * kg
                held[hub, pack.grade, "home", consumer, metal] += tonnes * kg
            for metal, (scrap, unsorted) in _sorted_of(settings, pack).items():
                rows["packs", str(start), hub, name, "home", consumer, metal] += tonnes * (scrap + unsorted)
                rows["scrap", hub, "", metal, "home", consumer, metal] += tonnes * scrap
                rows["unsorted", hub, "", metal, "home", consumer, metal] += tonnes * unsorted
    for ship in plan.imports.to_dict("records"):
        pack, port, grade = settings.classes[str(ship["class"])], str(ship["port_id"]), str(ship["grade"])
        made = float(pack.yields_t_per_t[settings.materials.yields].get(BLACK_MASS, 0.0))
        for metal, kg in _metals_in(settings, pack).items():
            landed = float(ship["mass_t"]) * kg / made
            rows["landed", str(ship["source_id"]), port, grade, "abroad", pack.consumer, metal] += landed
            held[port, grade, "abroad", pack.consumer, metal] += landed
    return _send(plan, rows, held)


def _send(plan: PlanData, rows: Sums, held: Sums) -> Sums:
    """Send what hubs and ports hold on to refineries and furnaces, in proportion to their tonnes."""
    sent: Sums = defaultdict(float)
    for flow in plan.flows.to_dict("records"):
        sent[str(flow["hub_id"]), str(flow["grade"])] += float(flow["mass_t"])
    used = dict(zip(plan.refineries["id"], plan.refineries["technology"], strict=True))
    by_place: dict[Key, list[tuple[Key, float]]] = defaultdict(list)
    for (place, grade, *marks), kg in held.items():
        by_place[place, grade].append((tuple(marks), kg))
    for flow in plan.flows.to_dict("records"):
        hub, grade, end = str(flow["hub_id"]), str(flow["grade"]), str(flow["refinery_id"])
        if flow["mass_t"] <= 0:
            continue
        part = float(flow["mass_t"]) / sent[hub, grade]
        for (comes_from, consumer, metal), kg in by_place[hub, grade]:
            within = (grade, comes_from, consumer, metal)
            product, alloy = _yields(plan.settings, str(used[end]), metal)
            rows["black_mass", hub, end, *within] += kg * part
            rows["product", end, "", *within] += kg * part * product
            rows["alloy", end, "", *within] += kg * part * alloy
            rows["residue", end, "", *within] += kg * part * (1 - product - alloy)
    return rows


def _metals_in(settings: Settings, pack: PackClass) -> dict[str, float]:
    """Return kg of the elements in a tonne of packs that go with the black mass."""
    inside = pack.metals_in(settings.materials.contents)
    return {
        name: 1000.0 * float(inside.get(name, 0.0)) * float(metal.element_t_per_t)
        for name, metal in settings.metals.items()
    }


def _sorted_of(settings: Settings, pack: PackClass) -> dict[str, tuple[float, float]]:
    """Return kg of the metals that hubs sort out of a tonne of packs, and of what they do not."""
    outputs = pack.yields_t_per_t[settings.materials.yields]
    found = {}
    for name, product in settings.byproducts.items():
        share = float(product.recovery_t_per_t or 0.0)
        if share > 0:
            kg = 1000.0 * float(outputs.get(name, 0.0))
            found[name] = kg, kg / share - kg
    return found


def _yields(settings: Settings, technology: str, metal: str) -> tuple[float, float]:
    """Return the shares of a metal that a technology recovers and alloys."""
    furnace, refinery = settings.furnaces.get(technology), settings.refinery_technologies.get(technology)
    if furnace is not None:
        return 0.0, float(furnace.alloyed_t_per_t.get(metal, 0.0))
    usual = float(settings.metals[metal].recovery_t_per_t)
    return (usual if refinery is None else float(refinery.recovery_t_per_t.get(metal, usual))), 0.0


def _element(settings: Settings, metal: str) -> float:
    known = settings.metals.get(metal)
    return 1.0 if known is None else float(known.element_t_per_t)


def _room(kg: float) -> float:
    return GRAM + RELATIVE * abs(kg)


def _word(key: Key) -> str:
    stage, from_id, to_id, material, *_, metal = key
    return f"{stage} {metal} ({material}) {from_id}{f' to {to_id}' if to_id else ''}"
