"""Recount the loads of roads by plain arithmetic, from the table itself and those of the plan.

What this finds: transport, tonnes, trips or CO2 that are not those of the plan, a load that appears or vanishes on the
way, a link that the network does not have. It does not test whether a way is the cheapest.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hubspoke.audit.ways import ROUNDED, SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import pandas as pd

    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

    Row = Mapping[Any, Any]
    Sums = defaultdict[tuple[str, str], dict[str, float]]

LINKS = ("road", "expressway", "bridge", "ferry")
DAYS = 365
TOTALS = ("mass_t", "t_km", "ferry_t_km", "co2_kg", "trips_per_yr")
GRAM = 1e-6
"""Tonnes, and trips, by which sums may be off beside what the rounding of the plan's tables leaves."""
RELATIVE = 1e-9


def check_road_loads(plan: PlanData, loads: pd.DataFrame, network: Network | None = None) -> Iterator[str]:
    """Check that loads of roads are the transport of the plan, and that nothing appears or vanishes on the way.

    Parameters
    ----------
    plan : PlanData
    loads : DataFrame
        Columns `ROAD_LOADS`.
    network : Network, optional
        What was planned; with it links are looked up.

    Yields
    ------
    str
        A sentence for each fault.
    """
    rows = loads.to_dict("records")
    for row in rows:
        yield from _check_row(row)
    yield from _check_cities(rows)
    yield from _check_totals(plan, rows)
    if network is not None:
        yield from _check_links(rows, network)


def _check_row(row: Row) -> Iterator[str]:
    """Check what follows within a row, and that its kind and its ends agree."""
    yield from _compare(_word(row), "t_km", row["t_km"], row["mass_t"] * row["distance_km"])
    yield from _compare(_word(row), "trucks_per_day", row["trucks_per_day"], row["trips_per_yr"] / DAYS)
    at_sea = row["distance_km"] if row["kind"] == "ferry" else 0.0
    if row["kind"] in LINKS:
        yield from _compare(_word(row), "ferry_km", row["ferry_km"], at_sea)
    ends = bool(row["from_code"]), bool(row["to_code"])
    between = {"leg": {(True, False), (False, True)}} | {kind: {(True, True)} for kind in LINKS}
    if ends not in between.get(row["kind"], {(False, False)}):
        yield f"{_word(row)}: no {row['kind']} has such ends"


def _check_cities(rows: Sequence[Row]) -> Iterator[str]:
    """Check that as much leaves every city as enters it, for each plant and material."""
    net: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    through: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        for code, sign in ((row["from_code"], -1), (row["to_code"], 1)):
            if code:
                key = row["material"], row["plant_id"], code
                for at, name in enumerate(("mass_t", "trips_per_yr")):
                    net[key][at] += sign * row[name]
                    through[key][at] += abs(row[name])
    for key, amounts in net.items():
        for amount, passing, unit in zip(amounts, through[key], ("t", "trips"), strict=True):
            if not abs(amount) <= GRAM + RELATIVE * passing:
                yield f"{' '.join(key)}: {amount:,.6g} {unit} more enter the city than leave it"


def _check_totals(plan: PlanData, rows: Sequence[Row]) -> Iterator[str]:
    """Check tonnes, tonne-km, CO2 and trips by plant against the deliveries of the plan."""
    told: Sums = defaultdict(lambda: dict.fromkeys(TOTALS, 0.0))
    for row in rows:
        sums, ends = told[row["material"], row["plant_id"]], row["kind"] not in LINKS and not row["to_code"]
        sums["t_km"] += row["t_km"]
        sums["ferry_t_km"] += row["mass_t"] * row["ferry_km"]
        sums["co2_kg"] += row["co2_kg"]
        if ends:
            sums["mass_t"] += row["mass_t"]
            sums["trips_per_yr"] += row["trips_per_yr"]
    wanted: Sums = defaultdict(lambda: dict.fromkeys((*TOTALS, "rows"), 0.0))
    for material, table, column in (("packs", plan.assignments, "hub_id"), ("black_mass", plan.flows, "refinery_id")):
        for row in table.to_dict("records"):
            if row[column]:
                sums = wanted[material, row[column]]
                sums["rows"] += 1
                sums["mass_t"] += row["mass_t"]
                sums["t_km"] += row["mass_t"] * row["distance_km"]
                sums["ferry_t_km"] += row["mass_t"] * row["ferry_km"]
                sums["co2_kg"] += row["co2_kg"]
                sums["trips_per_yr"] += row.get("trips_per_yr", 0.0)
    for key in dict.fromkeys([*wanted, *told]):
        sums = wanted[key]
        by_km, by_row = ROUNDED * sums["mass_t"], ROUNDED * sums["rows"]
        rounded = {"t_km": by_km, "ferry_t_km": by_km, "co2_kg": by_row, "trips_per_yr": by_row}
        for name in TOTALS[: len(TOTALS) - (key[0] == "black_mass")]:  # flows of black mass tell no trips
            slack = rounded[name] + SINGLE * sums[name] if name in rounded else 0.0
            yield from _compare(" ".join(key), name, told[key][name], sums[name], slack)


def _check_links(rows: Sequence[Row], network: Network) -> Iterator[str]:
    """Check that the network has every link, of its kind, length and name, and the cities where they are."""
    known = set()
    for road in network.roads.to_dict("records"):
        for ends in ((road["from_code"], road["to_code"]), (road["to_code"], road["from_code"])):
            known.add((*ends, road["kind"], road["route"], round(float(road["km"]), 6)))
    cities = {city["city_code"]: city for city in network.cities.to_dict("records")}
    for row in rows:
        if row["kind"] in LINKS:
            told = *(row[name] for name in ("from_code", "to_code", "kind", "route")), round(row["distance_km"], 6)
            if told not in known:
                yield f"{_word(row)}: the network has no such link"
        for side in ("from", "to"):
            city = cities.get(row[f"{side}_code"])
            own = [row[f"{side}_{name}"] for name in ("name", "name_ja", "lat", "lon")]
            if city is not None and own != [city[name] for name in ("name_en", "name_ja", "lat", "lon")]:
                yield f"{_word(row)}: {city['city_code']} has another name or place"
            elif city is None and row[f"{side}_code"]:
                yield f"{_word(row)}: the network has no city {row[f'{side}_code']}"


def _compare(where: str, name: str, found: float, wanted: float, slack: float = 0.0) -> Iterator[str]:
    """Yield a sentence if a value is not the wanted one; NaN never is."""
    if not abs(found - wanted) <= GRAM + RELATIVE * abs(wanted) + slack:
        yield f"{name} of {where} is {found:,.9g}, recounted {wanted:,.9g}"


def _word(row: Row) -> str:
    return f"{row['material']} to {row['plant_id']}, {row['kind']} {row['from_code']} to {row['to_code']}"
