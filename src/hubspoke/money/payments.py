"""Every payment of a plan under a contract: who pays whom, for what, how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hubspoke.costs.metals import metal_prices_jpy_per_t, purchase_shares_of
from hubspoke.costs.mix import class_mix
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.money.contracts import (
    BLACK_MASS,
    MAKERS,
    PACKS,
    USERS,
    bearer_of,
    choose_contract,
)
from hubspoke.plan.metal_flows import alloy_jpy, tabulate_metals
from hubspoke.plan.terms import terms_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.money import Contract

    Actor = tuple[str, pd.Series | str]
    Parties = tuple[str, ...]
    Payment = tuple[str, str, str, str, str, float]
    Payments = Iterable[Payment]


def sum_refining_jpy(plan: PlanData) -> float:
    """Return what refining costs in yen per year, without the price of black mass and without its freight."""
    refined = plan.flows[~plan.flows["refinery_id"].isin(plan.refineries.loc[plan.furnaces, "id"])]
    return sum(
        float(frame[f"{term}_jpy"].sum())
        for frame in (plan.refineries, refined)
        for term in terms_in(frame)
        if bearer_of(term) == "refinery"
    )


@dataclass(frozen=True, eq=False)
class PaymentBase:
    """The tonnes and costs of a plan that payments are reckoned from, the same under every contract.

    Attributes
    ----------
    plan : PlanData
    packs : DataFrame
        Rows of `assignments` summed by `seller` and `hub_id`.
    metals : DataFrame
        See `tabulate_metals`.
    companies : mapping
        The company of each plant where hubs and refineries are one; see `find_companies`.
    ports : set of str
        Where importers land black mass, which they sell as hubs do theirs.
    flows : DataFrame
        Black mass that is refined.
    refined : DataFrame
        Rows of `metals` that are.
    pack_freight, black_mass_freight : Series
        What carriers are paid for each row of `packs` and of `flows`.
    supplies : mapping
        Payments to suppliers, which no contract changes, for `packs`, `flows` and `plants`.
    """

    plan: PlanData
    packs: pd.DataFrame
    metals: pd.DataFrame
    companies: Mapping[str, str]
    ports: frozenset[str]
    flows: pd.DataFrame
    refined: pd.DataFrame
    pack_freight: pd.Series
    black_mass_freight: pd.Series
    supplies: Mapping[str, Sequence[Payment]]


def make_payment_base(plan: PlanData, *, each_site: bool = False) -> PaymentBase:
    """Sum a plan for `list_payments`; with `each_site`, every site is an actor, otherwise the sites of each region."""
    rows = plan.assignments.rename(columns={"site_id" if each_site else "region": "seller"})
    packs = rows.groupby(["seller", "hub_id"], sort=False, as_index=False).sum(numeric_only=True)
    metals, furnaces = tabulate_metals(plan), plan.refineries.loc[plan.furnaces, "id"]
    flows, refined = (
        table[~table["refinery_id"].isin(furnaces)] if len(furnaces) else table for table in (plan.flows, metals)
    )
    plants = (
        (plan.hubs, {"hub": plan.hubs["id"]}),
        (plan.refineries, {"refinery": plan.refineries["id"]}),
        (plan.imports, {"hub": plan.imports["port_id"]}),
    )
    supplies = {
        "packs": [*_pay_suppliers(packs, {"site": packs["seller"], "hub": packs["hub_id"], "carrier": PACKS})],
        "flows": [
            *_pay_suppliers(
                flows, {"hub": flows["hub_id"], "refinery": flows["refinery_id"], "user": USERS, "carrier": BLACK_MASS}
            )
        ],
        "plants": [*chain.from_iterable(_pay_suppliers(*each) for each in plants)],
    }
    return PaymentBase(
        plan,
        packs,
        metals,
        companies=find_companies(plan),
        ports=frozenset(plan.imports["port_id"]),
        flows=flows,
        refined=refined,
        pack_freight=_sum_carrier(packs),
        black_mass_freight=_sum_carrier(flows),
        supplies=supplies,
    )


def list_payments(books: PaymentBase, scheme: str, level: str | None = None) -> dict[Parties, float]:
    """Reckon every payment of a plan under a scheme and price level, in yen per year.

    Parameters
    ----------
    books : PaymentBase
    scheme : str
        A key of `settings.contracts`.
    level : str, optional
        A key of `settings.price_levels`; that of the settings when left out.

    Returns
    -------
    dict
        Yen per year by item, payer's kind, payer, receiver's kind and receiver; none are zero.

    Raises
    ------
    UsageError
        Unknown scheme or level.
    """
    plan = books.plan
    contract = choose_contract(plan.settings, scheme)
    prices = metal_prices_jpy_per_t(plan.settings, level)
    parts = [*_pay_for_packs(books, contract), *_pay_for_black_mass(books, contract, prices)]
    parts += [*_pay_for_alloy(books, level), books.supplies["plants"]]
    payments: dict[Parties, float] = {}
    for item, *sides, jpy in chain.from_iterable(parts):
        payer, receiver = (_settle(kind, name, contract, books) for kind, name in (sides[:2], sides[2:]))
        parties = (item, *payer, *receiver)
        payments[parties] = payments.get(parties, 0.0) + jpy
    return {parties: jpy for parties, jpy in payments.items() if jpy != 0}


def find_companies(plan: PlanData) -> dict[str, str]:
    """Return the company of each plant where hubs and the refineries they deliver to are one company.

    A company is named after its first refinery in the order of the table, or after its hub where it has none.
    """
    refineries = plan.refineries.loc[~plan.furnaces, "id"]
    flows = plan.flows[plan.flows["refinery_id"].isin(refineries)]
    ids = [*refineries, *plan.hubs["id"], *flows["hub_id"], *flows["refinery_id"]]
    code, plants = pd.factorize(np.array(ids, dtype=object))  # refineries first
    ends = np.split(code[len(code) - 2 * len(flows) :], 2)
    joined = coo_array((np.ones(len(flows)), ends), shape=(len(plants), len(plants)))
    company = connected_components(joined, directed=False)[1]
    first = np.unique(company, return_index=True)[1]
    return dict(zip(plants, plants[first[company]], strict=True))


def _pay_for_packs(books: PaymentBase, contract: Contract) -> Iterator[Payments]:
    """Pay for everything up to the gate of the hub, and for what it sells besides black mass."""
    rows = books.packs
    site, hub = rows["seller"], rows["hub_id"]
    actors: dict[str, pd.Series | str] = {"site": site, "hub": hub, "maker": MAKERS}
    gate, freight = contract.gate_fee_paid_by, contract.pack_freight_paid_by
    yield _pay("gate_fee", (gate, actors[gate]), ("hub", hub), rows["mass_t"] * float(contract.gate_fee_jpy_per_t))
    collected = rows["mass_t"] * float(contract.collector_fee_jpy_per_t)
    yield _pay("collector_fee", ("maker", MAKERS), ("site", site), collected)
    yield _pay("pack_freight", (freight, actors[freight]), ("carrier", PACKS), books.pack_freight)
    yield _pay("scrap_sales", ("scrap_buyer", "scrap buyers"), ("hub", hub), rows["byproduct_sales_jpy"])
    yield books.supplies["packs"]


def _pay_for_black_mass(books: PaymentBase, contract: Contract, prices: Floats) -> Iterator[Payments]:
    """Pay for everything from the hub's gate to the sale of metals."""
    settings, flows, metals = books.plan.settings, books.flows, books.refined
    actors: dict[str, pd.Series | str] = {"hub": flows["hub_id"], "refinery": flows["refinery_id"], "user": USERS}
    tolled = contract.black_mass == "tolled"
    owner: Actor = ("user", USERS) if tolled else ("refinery", metals["refinery_id"])
    each = metals["metal"].map(dict(zip(settings.metals, prices, strict=True))).astype(float)
    by_grade = {
        (grade, metal): float(part)
        for grade in settings.grades
        for metal, part in zip(settings.metals, purchase_shares_of(settings, grade), strict=True)
    }
    share = pd.Series([by_grade[key] for key in zip(metals["grade"], metals["metal"], strict=True)], metals.index)
    if contract.black_mass != "kept":
        yield _pay("black_mass", owner, ("hub", metals["hub_id"]), metals["contained_t"] * each * share.astype(float))
    if tolled:
        packs_t = books.plan.assignments[[f"{name}_t" for name in settings.classes]].to_numpy(float)
        mix_t = class_mix(settings, books.plan.year, packs_t)
        refined = flows["mass_t"] * refining_scale(settings, mix_t) * float(contract.tolling_fee_jpy_per_t)
        yield _pay("tolling_fee", ("user", USERS), ("refinery", flows["refinery_id"]), refined)
    payer = contract.black_mass_freight_paid_by
    yield _pay("black_mass_freight", (payer, actors[payer]), ("carrier", BLACK_MASS), books.black_mass_freight)
    yield _pay("metal_sales", ("metal_buyer", "metal buyers"), owner, metals["recovered_t"] * each)
    yield books.supplies["flows"]


def _pay_for_alloy(books: PaymentBase, level: str | None) -> Iterator[Payments]:
    """Pay for black mass that goes to electric furnaces: all of it by its hub, which is paid for the alloy."""
    furnaces = books.plan.refineries.loc[books.plan.furnaces, "id"]
    if furnaces.empty:
        return
    flows, metals = books.plan.flows, books.metals
    flows, metals = (table[table["refinery_id"].isin(furnaces)] for table in (flows, metals))
    hub: Actor = ("hub", flows["hub_id"])
    yield _pay("black_mass_freight", hub, ("carrier", BLACK_MASS), _sum_carrier(flows))
    paid = alloy_jpy(books.plan, metals, level)
    yield _pay("alloy_sales", ("metal_buyer", "metal buyers"), ("hub", metals["hub_id"]), paid)
    for term in terms_in(flows):
        payer: Actor = ("carrier", BLACK_MASS) if bearer_of(term) == "carrier" else hub
        yield _pay(term, payer, ("supplier", "suppliers"), flows[f"{term}_jpy"])


def _pay_suppliers(frame: pd.DataFrame, actors: Mapping[str, pd.Series | str]) -> Iterator[Payment]:
    """Pay for the cost terms of a table, each by the actor who bears it."""
    for term in terms_in(frame):
        kind = bearer_of(term)
        yield from _pay(term, (kind, actors[kind]), ("supplier", "suppliers"), frame[f"{term}_jpy"])


def _pay(item: str, payer: Actor, receiver: Actor, jpy: pd.Series) -> Payments:
    """Return a payment for each amount; an actor given as one name takes part in all of them."""
    names = [repeat(actor) if isinstance(actor, str) else actor.tolist() for _, actor in (payer, receiver)]
    return zip(repeat(item), repeat(payer[0]), names[0], repeat(receiver[0]), names[1], jpy.tolist(), strict=False)


def _sum_carrier(frame: pd.DataFrame) -> pd.Series:
    """Return what carriers pay for each row of a table, which is also what they are paid: transport is at cost."""
    columns = [f"{term}_jpy" for term in terms_in(frame) if bearer_of(term) == "carrier"]
    return frame[columns].sum(axis=1)


def _settle(kind: str, name: str, contract: Contract, books: PaymentBase) -> tuple[str, str]:
    """Name who really pays or is paid: the company for its hubs and refineries, the importer for a port."""
    if contract.black_mass == "kept" and kind in ("hub", "refinery"):
        return "company", books.companies.get(name, name)
    return ("importer", name) if kind == "hub" and name in books.ports else (kind, name)
