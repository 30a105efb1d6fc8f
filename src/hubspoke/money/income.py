"""Income statements: what each actor of a plan receives and pays under a scheme, and where it breaks even."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.base.errors import AuditError
from hubspoke.costs.metals import metal_prices_jpy_per_t
from hubspoke.money.contracts import BLACK_MASS, INSIDE, MAKERS, PACKS, PRICED, USERS
from hubspoke.money.payments import find_companies, list_payments, make_payment_base
from hubspoke.plan.columns import INCOME, arrange
from hubspoke.plan.metal_flows import alloy_jpy, tabulate_metals
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.plan import PlanData

INSIDERS = tuple(kind.name for kind in INSIDE)
TOLERANCE_JPY = 0.5
"""Largest difference between the sum of the actors' results and the system's result, in yen per year."""


def tabulate_income(
    plan: PlanData,
    *,
    schemes: Sequence[str] | None = None,
    levels: Sequence[str] | None = None,
    each_site: bool = False,
) -> pd.DataFrame:
    """Return the income statement of every actor, line by line.

    Parameters
    ----------
    plan : PlanData
    schemes, levels : sequences of str, optional
        Keys of `settings.contracts` and `settings.price_levels`; all of them when left out.
    each_site : bool
        Name every dismantling site instead of the sites of each region together.

    Returns
    -------
    DataFrame
        Columns `scheme, price_level, kind, actor, item, jpy`; yen per year, receipts above zero and payments below.

    Raises
    ------
    UsageError
        Unknown scheme or level.
    AuditError
        The statements do not sum to the system's result.
    """
    books = make_payment_base(plan, each_site=each_site)
    rows: list[tuple[str, str, str, str, str, float]] = []
    for scheme in plan.settings.contracts if schemes is None else schemes:
        for level in plan.settings.price_levels if levels is None else levels:
            lines = _state(list_payments(books, scheme, level))
            _check_sum(_result(plan, books.metals, level), sum(lines.values()), f"{scheme}, {level}")
            rows += [(scheme, level, *line, jpy) for line, jpy in lines.items()]
    return pd.DataFrame(rows, columns=[column.name for column in INCOME])


def tabulate_actors(plan: PlanData, income: pd.DataFrame) -> pd.DataFrame:
    """Return the result of every actor in the statements, and where it breaks even, all else being equal.

    Parameters
    ----------
    plan : PlanData
    income : DataFrame
        What `tabulate_income` returns for the plan.

    Returns
    -------
    DataFrame
        One row for each scheme, price level and actor. Columns
        `scheme, price_level, kind, actor, name, name_ja, region, packs_t, result_jpy`, the last two in t of packs
        behind the actor (NaN for importers) and yen, both per year; `break_even_price_factor` on all metal prices (NaN
        where higher prices do not help the actor); and `break_even_gate_fee_jpy_per_t`, the fee per tonne of packs at
        which a hub or company earns nothing. For a refinery it is what would have to be passed on to it for each tonne
        of packs behind its black mass; for all other actors NaN.
    """
    keys = ["scheme", "price_level", "kind", "actor"]
    lines = income.assign(priced=income["jpy"].where(income["item"].isin(PRICED), 0.0))
    actors = lines.groupby(keys, sort=False, as_index=False).agg(result_jpy=("jpy", "sum"), priced=("priced", "sum"))
    fees = {scheme: float(contract.gate_fee_jpy_per_t) for scheme, contract in plan.settings.contracts.items()}
    known = _describe_actors(plan)
    pairs = zip(actors["kind"], actors["actor"], strict=True)
    told = [known.get(pair, (pair[1], pair[1], "", float("nan"))) for pair in pairs]
    columns = ["name", "name_ja", "region", "packs_t"]
    actors[columns] = pd.DataFrame(told, index=actors.index, columns=columns)
    fixed = actors["result_jpy"] - actors["priced"]
    actors["break_even_price_factor"] = (-fixed / actors["priced"]).where(actors["priced"] > 0)
    plants = actors["kind"].isin(["hub", "refinery", "company"])
    fee = actors["scheme"].map(fees).where(actors["kind"] != "refinery", 0.0)
    actors["break_even_gate_fee_jpy_per_t"] = (fee - actors["result_jpy"] / actors["packs_t"]).where(plants)
    return arrange("actors", actors.drop(columns="priced"))


def system_result_jpy(plan: PlanData, level: str | None = None) -> float:
    """Return the result of the whole system: sales of metals, alloy and scrap, less the cost of the plan.

    Parameters
    ----------
    plan : PlanData
    level : str, optional
        Key of a price level; that of the settings when left out.

    Returns
    -------
    float
        Yen per year.

    Raises
    ------
    UsageError
        The settings have no such level.
    """
    return _result(plan, tabulate_metals(plan), level)


def _result(plan: PlanData, metals: pd.DataFrame, level: str | None) -> float:
    recovered = metals.groupby("metal")["recovered_t"].sum()
    alloyed_jpy = float(alloy_jpy(plan, metals, level).sum())
    tonnes = recovered.reindex(list(plan.settings.metals), fill_value=0.0).to_numpy(float)
    sales = float(tonnes @ metal_prices_jpy_per_t(plan.settings, level))
    return (
        sales + alloyed_jpy + float(plan.assignments["byproduct_sales_jpy"].sum()) - float(plan.costs["cost_jpy"].sum())
    )


def _state(payments: Mapping[tuple[str, ...], float]) -> dict[tuple[str, str, str], float]:
    """Turn payments into lines by kind, actor and item: what insiders receive is positive, what they pay negative."""
    lines: dict[tuple[str, str, str], float] = {}
    for (item, *sides), jpy in payments.items():
        for (kind, actor), signed in ((sides[2:], jpy), (sides[:2], -jpy)):
            lines[kind, actor, item] = lines.get((kind, actor, item), 0.0) + signed
    inside = [line for line in lines if line[0] in INSIDERS]
    return {line: lines[line] for line in sorted(inside, key=lambda line: INSIDERS.index(line[0]))}


def _check_sum(system_jpy: float, actors_jpy: float, where: str) -> None:
    if abs(system_jpy - actors_jpy) > TOLERANCE_JPY:
        raise AuditError(
            f"{where}: the actors' results sum to {actors_jpy:,.0f} yen, the system's is {system_jpy:,.0f}"
        )


def _say_both(english: str, japanese: str, plan: PlanData) -> tuple[str, str]:
    return in_commodity_words(english, plan.settings, "en"), in_commodity_words(japanese, plan.settings, "ja")


def _describe_actors(plan: PlanData) -> dict[tuple[str, str], tuple[str, str, str, float]]:
    """Return name, Japanese name, region and t of packs per year behind every actor, by kind and actor."""
    rows, hubs, whole = plan.assignments, plan.hubs, plan.mass_t
    load = hubs.set_index("id")["load_t"]
    ratio = (hubs["load_t"] / hubs["black_mass_t"].where(hubs["black_mass_t"] > 0)).set_axis(hubs["id"])
    behind = (
        (plan.flows["mass_t"] * plan.flows["hub_id"].map(ratio).astype("float64"))
        .groupby(plan.flows["refinery_id"])
        .sum()
    )
    companies = find_companies(plan)
    together = load.groupby(load.index.map(companies)).sum()
    actors: dict[tuple[str, str], tuple[str, str, str, float]] = {
        ("carrier", PACKS): (*_say_both("Carriers of packs", "電池の運送会社", plan), "", whole),
        ("carrier", BLACK_MASS): (*_say_both("Carriers of black mass", "ブラックマスの運送会社", plan), "", whole),
        ("maker", MAKERS): ("Makers", "メーカー", "", whole),
        ("user", USERS): ("Metal users", "金属の利用企業", "", whole),
    }
    for area in plan.regions.to_dict("records"):
        both = (f"Sites of {area['name_en']}", f"解体拠点・{area['name_ja']}")
        actors["site", area["region"]] = (*both, area["region"], float(area["mass_t"]))
    mass = rows.groupby("site_id")["mass_t"].sum()
    for row in rows.drop_duplicates("site_id")[["site_id", "site_name", "site_name_ja", "region"]].itertuples(
        index=False
    ):
        site, name, name_ja, region = map(str, row)
        actors["site", site] = (name, name_ja, region, float(mass[site]))
    for landing in plan.imports.drop_duplicates("port_id").to_dict("records"):
        where = (str(landing["port_name"]), str(landing["port_name_ja"]), str(landing["region"]), float("nan"))
        actors["importer", landing["port_id"]] = actors["company", landing["port_id"]] = where
    for kind, table, tonnes in (("hub", hubs, load), ("refinery", plan.refineries, behind)):
        for plant in table.to_dict("records"):
            named = (str(plant["name"]), str(plant["name_ja"]), str(plant["region"]))
            actors[kind, plant["id"]] = (*named, float(tonnes.get(plant["id"], 0.0)))
            actors["company", plant["id"]] = (*named, float(together.get(plant["id"], 0.0)))
    return actors
