"""Write the figures of `docs/metals.md`: demand, duties and CO2 of Japan in 2030, 2035 and 2040 under each policy.

Run `python tools/tell_metals.py`; it takes some minutes. What stands between the marks of the page is replaced.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

import hubspoke as hs
from hubspoke.metals.account import take_account
from hubspoke.metals.co2 import avoided_t
from hubspoke.metals.contents import name_metal
from hubspoke.metals.demand import demanded_t, find_demand, packs_t
from hubspoke.metals.duties import CONTENT, EFFICIENCY, KINDS, MISSED, RECOVERY, suffices_for
from hubspoke.metals.exported import tabulate_exported
from hubspoke.outputs.report.assumptions import walk_quantities
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hubspoke.metals.account import Account
    from hubspoke.settings.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "metals.md"
BEGIN, END = "<!-- figures of Japan begin: tools/tell_metals.py -->", "<!-- figures of Japan end -->"
YEARS = (2030, 2035, 2040)
POLICIES: tuple[hs.PolicyName, ...] = ("regional", "shared-refinery", "open")
METALS = ("lithium", "nickel", "cobalt")
RESTS_ON = (
    "demand",
    "duties",
    "metals.*.recovery_t_per_t",
    "metals.*.primary_co2_kg_per_t",
    "refinery_technologies.*.recovery_t_per_t",
    "byproducts.*.recovery_t_per_t",
    "byproducts.*.primary_co2_kg_per_t",
    "byproducts.*.remelting_co2_kg_per_t",
    "classes.*.carbon_t_per_t",
    "classes.*.metal_t_per_t",
    "supply.scenarios.mizuho.kept_share",
)
"""Settings that the figures rest on, beside those of the plan itself."""


def main() -> None:
    """Plan Japan in each year under each policy, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--policy", action="append", choices=POLICIES, help="all, if none; repeatable")
    parser.add_argument("--time-limit", type=float, default=120.0, help="seconds for each plan")
    asked = parser.parse_args()
    network, settings = hs.read(), load_settings()
    accounts = [
        take_account(hs.solve(network, policy=policy, year=year, time_limit=asked.time_limit))
        for policy in cast("list[hs.PolicyName]", asked.policy) or POLICIES
        for year in YEARS
    ]
    parts = [*tell_plans(accounts), *tell_demand(settings), *tell_exported(settings), *tell_parameters(settings)]
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", encoding="utf-8", newline="\n")


def tell_plans(accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the shares of demand, the duties and the CO2 of each plan, as tables."""
    shares = ["| policy | year | packs, t | lithium | nickel | cobalt | all |", "|---|---|---:|---:|---:|---:|---:|"]
    duties = [
        "| policy | year | by weight, % | recovery, % | refineries | recycled content, % | enough for, 2031 and 2036 |",
        "|---|---|---|---|---|---|---|",
    ]
    co2 = [
        "| policy | year | collection | hubs | transfer | refining | plan | ore | avoided | by range | refined alone |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for account in accounts:
        plan = account.plan
        name = f"| `{plan.policy}` | {plan.year} |"
        got = account.shares.loc[list(METALS)]
        element = np.array([float(plan.settings.metals[metal].element_t_per_t) for metal in METALS])
        recycled, needed = (float(element @ got[name].to_numpy(float)) for name in ("recycled_t", "demand_t"))
        overall = recycled / needed
        cells = " | ".join(f"{100 * share:.1f} %" for share in (*got["share"], overall))
        shares.append(f"{name} {plan.mass_t:,.0f} | {cells} |")
        duties.append(f"{name} {_tell_missed(account)} |")
        co2.append(f"{name} {_tell_co2(account)} |")
    yield "### Share of the demand that recycled metal meets"
    yield "\n".join(shares)
    yield "### Duties that are missed"
    yield "\n".join(duties)
    yield "### CO2, kt a year"
    yield "\n".join(co2)


def _tell_missed(account: Account) -> str:
    """Return the duties in force that the plan misses, which refineries miss one, and for whom there is enough."""
    plan, duties = account.plan, account.duties
    missed = duties[(duties["met"] == MISSED) & duties["in_force"]]
    whole = missed[missed["plant_kind"] == "plan"]
    told = {
        kind: ", ".join(
            f"{row['metal']} {100 * row['reached']:.1f} of {100 * row['asked']:g}".strip()
            for row in whole[whole["kind"] == kind].to_dict("records")
        )
        for kind in KINDS
    }
    recovery = missed[(missed["plant_kind"] == "refinery") & (missed["kind"] == RECOVERY)]
    names = ", ".join(f"`{plant}`" for plant in dict.fromkeys(recovery["plant_id"]))
    keys = [key for key, duty in plan.settings.duties.items() if duty.content_t_per_t]
    enough = ", ".join(f"{100 * suffices_for(duties, key):.0f} %" for key in keys)
    cells = (told[EFFICIENCY], told[RECOVERY], names, told[CONTENT], enough)
    return " | ".join(cell or "–" for cell in cells)


def _tell_co2(account: Account) -> str:
    """Return the CO2 of a plan by step, that of its metals made of ore, and what is avoided, in kt."""
    plan, replaced = account.plan, account.replaced
    kg = [plan.assignments, plan.hubs, plan.flows, plan.refineries]
    steps = [float(table["co2_kg"].sum()) / 1e6 for table in kg]
    refined = replaced[replaced["metal"].isin(list(plan.settings.metals))]
    low, middle, high = (avoided_t(plan, replaced, end) / 1000 for end in ("low_", "", "high_"))
    ore = float(replaced["primary_co2_t"].sum() - replaced["remelting_co2_t"].sum()) / 1000
    figures = (*steps, plan.co2_kg / 1e6, ore, middle)
    cells = " | ".join(f"{kt:,.1f}" for kt in figures)
    return f"{cells} | {low:,.1f} to {high:,.1f} | {avoided_t(plan, refined) / 1000:,.1f}"


def tell_demand(settings: Settings) -> Iterator[str]:
    """Yield the demand by year."""
    demand = find_demand(settings)
    if demand is None:
        return
    names = [name_metal(settings, metal) for metal in METALS]
    rows = [f"| year | packs made, t | {', t | '.join(names)}, t |", "|---|---:|---:|---:|---:|"]
    for year in YEARS:
        needed = dict(zip(settings.metals, demanded_t(settings, demand, year), strict=True))
        cells = " | ".join(f"{needed[metal]:,.0f}" for metal in METALS)
        rows.append(f"| {year} | {packs_t(demand, year):,.0f} | {cells} |")
    yield "### Demand"
    yield "\n".join(rows)


def tell_exported(settings: Settings) -> Iterator[str]:
    """Yield the metal that leaves in used cars by year and scenario."""
    rows = ["| scenario | year | packs that leave, t | that come back, t | lithium (LCE), t | nickel, t | cobalt, t |"]
    rows.append("|---|---|---:|---:|---:|---:|---:|")
    for scenario in settings.supply.scenarios:
        table = tabulate_exported(load_settings(None, {"supply.scenario": scenario}), YEARS)
        for row in table.to_dict("records"):
            cells = " | ".join(f"{row[f'{name}_t']:,.0f}" for name in ("packs", "kept", *METALS))
            rows.append(f"| `{scenario}` | {row['year']} | {cells} |")
    yield "### Metal that leaves in used cars, or is lost otherwise"
    yield "\n".join(rows)


def tell_parameters(settings: Settings) -> Iterator[str]:
    """Yield every setting that the figures rest on, with its value, range, source and confidence."""
    rows = ["| setting | value | range | unit | confidence | source |", "|---|---:|---|---|---|---|"]
    for key, value in walk_quantities(settings.model_dump(mode="json", exclude_none=True)):
        if not any(_fits(key, pattern) for pattern in RESTS_ON) or ".damaged." in key or ".nimh." in key:
            continue
        if "by_year" in value:
            told, span = ", ".join(f"{year}: {number:,g}" for year, number in value["by_year"].items()), ""
        else:
            told = f"{value['value']:,g}"
            span = f"{value['low']:,g} to {value['high']:,g}" if {"low", "high"} <= set(value) else ""
        source = str(value.get("source", "")).replace("|", "/")
        rows.append(
            f"| `{key}` | {told} | {span} | {value.get('unit', '')} | {value.get('confidence', '')} | {source} |"
        )
    yield "### What the figures rest on"
    yield "\n".join(rows)


def _fits(key: str, pattern: str) -> bool:
    parts, wanted = key.split("."), pattern.split(".")
    return len(parts) >= len(wanted) and all(want in ("*", part) for part, want in zip(parts, wanted, strict=False))


if __name__ == "__main__":
    main()
