"""From the published market and cost of recycling to those of a plan, step by step, until every yen is explained.

The published figures are those of `settings.reference`. Each step replaces one thing that they rest on by that of the
plan and keeps the rest, in this order: packs, the metal in a tonne of them, black mass from abroad, electric furnaces,
recovery or the share paid, prices, cost of refining. The cost that is published is that of whoever buys black mass;
what hubs and transport cost comes on top, and what is paid for black mass falls away, since hubs receive it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.costs.metals import (
    choose_price_level,
    metal_prices_jpy_per_t,
    metal_recoveries,
    purchase_shares,
    recovers_unusually,
)
from hubspoke.costs.terms import TERMS
from hubspoke.money.payments import sum_refining_jpy
from hubspoke.plan.metal_flows import mean_purchase_shares, tabulate_metals
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

PUBLISHED, RESIDUAL, TOTAL = "published", "residual", "total"
SALES, TRANSFER, RESOURCE = "sales", "transfer", "resource"
"""What a row is: where the walk starts, what the reconstruction leaves, sales, payments between actors of the system,
cost of the system, or a sum of all rows above."""
COLUMNS = ("price_level", "side", "step", "metal", "nature", "reference", "plan", "unit", "jpy")
BLOCKS = ("collection", "hub", "freight", "abroad_cost", "furnace_cost")
"""Blocks of the plan's cost that the published cost does not hold."""


@dataclass(frozen=True)
class _Step:
    """A step of the walk: the sum after it, and what it replaced by what."""

    step: str
    nature: str
    sum_jpy: float
    metal: str = ""
    reference: float = np.nan
    plan: float = np.nan
    unit: str = ""


@dataclass(frozen=True)
class _Terms:
    """What turns contained metal into yen, each an array of shape (M,) in the order of the plan's metals.

    The factor is the recovery on the side of the market, and the share that is paid on that of the cost.
    """

    recovery: Floats
    factor: Floats
    price: Floats


def reconcile(plan: PlanData, level: str | None = None) -> pd.DataFrame:
    """Walk from the published market and cost of recycling to those of a plan.

    Parameters
    ----------
    plan : PlanData
        Prices, recoveries and shares of the published side are those that ship with the published totals, whatever
        the plan's are; those of the plan itself where it has published totals of its own.
    level : str, optional
        Key of a price level; all that something is published for when left out.

    Returns
    -------
    DataFrame
        Columns `price_level, side, step, metal, nature, reference, plan, unit, jpy`. On each side, `market` and `cost`,
        a row of nature `published`, steps, and rows `total`: every total is, to the yen, the sum of the rows above it
        that are no totals. `jpy` is whole yen per year; `reference` and `plan` are what was replaced by what, in
        `unit`, NaN where no one number tells it. Empty where nothing is published for the level.

    Raises
    ------
    UsageError
        Unknown price level.
    """
    if level is not None:
        choose_price_level(plan.settings, level)
    published, stated, contained = plan.settings.reference, stated_settings(plan), _contained(plan)
    rows: list[dict[str, Any]] = []
    for name in plan.settings.price_levels if level is None else [level]:
        for side, totals in (("market", published.market_jpy), ("cost", published.cost_jpy)):
            if name in totals:
                start = _Step("published", PUBLISHED, float(totals[name]))
                rows += _number(name, side, [start, *_walk(plan, stated, contained, name, side)])
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _number(level: str, side: str, steps: list[_Step]) -> Iterator[dict[str, Any]]:
    """Turn sums into whole yen of each step, so that they add up exactly."""
    start = _Step("", "", 0.0)
    for before, now in pairwise([start, *steps]):
        jpy = round(now.sum_jpy) - (0 if now.nature == TOTAL else round(before.sum_jpy))
        told = (level, side, now.step, now.metal, now.nature, now.reference, now.plan, now.unit, jpy)
        yield dict(zip(COLUMNS, told, strict=True))


def _walk(
    plan: PlanData, stated: Settings, tonnes_of_plan: tuple[Floats, Floats, Floats], level: str, side: str
) -> Iterator[_Step]:
    """Yield the steps of one side, from the formula at the published quantities to the figures of the plan."""
    metals, packs = list(plan.settings.metals), plan.mass_t
    theirs, ours = _terms(stated, plan.settings, level, side), _terms(plan.settings, plan.settings, level, side)
    reference = stated.reference
    recovered = np.array([float(reference.recovered_t.get(metal, 0.0)) for metal in metals])
    contained = np.divide(recovered, theirs.recovery, out=np.zeros_like(recovered), where=theirs.recovery > 0)
    home, abroad, furnaces = tonnes_of_plan
    packs_0 = float(reference.packs_t)
    inside_0 = contained / packs_0 if packs_0 else np.zeros_like(contained)
    inside = home / packs if packs else home
    nature, last = (SALES, "recovery") if side == "market" else (TRANSFER, "share")
    rest = 0.0 if side == "market" else float(reference.refining_jpy_per_t) * packs_0

    def worth(tonnes: Floats, factor: Floats = theirs.factor, price: Floats = theirs.price) -> float:
        return float(np.sum(tonnes * factor * price)) + rest

    yield _Step("reconstruction", RESIDUAL, worth(contained))
    held = inside_0 * packs
    yield _Step("packs", nature, worth(held), "", packs_0, packs, "t/yr")
    for at, metal in enumerate(metals):
        if inside_0[at] == 0 == inside[at] * ours.factor[at]:
            continue  # in neither account, or of no value
        held = np.where(np.arange(len(metals)) <= at, home, inside_0 * packs)
        yield _Step("content", nature, worth(held), metal, 1000 * inside_0[at], 1000 * inside[at], "kg/t")
    held = home
    for step, tonnes in (("abroad", abroad), ("furnaces", -furnaces)):
        held = held + tonnes
        if tonnes.any():
            yield _Step(step, nature, worth(held))
    factor = _achieved(plan, ours.factor) if side == "market" else mean_purchase_shares(plan)
    yield _Step(last, nature, worth(held, factor))
    total = worth(held, factor, ours.price)
    yield _Step("prices", nature, total)
    if side == "market":
        yield _Step("market_of_plan", TOTAL, total)
    else:
        yield from _walk_processing(plan, total - rest, packs_0, float(reference.refining_jpy_per_t))


def _walk_processing(plan: PlanData, bought: float, packs_0: float, stated_jpy_per_t: float) -> Iterator[_Step]:
    """Yield the steps from what black mass is bought for, and refining as published, to the cost of the plan."""
    packs, refining = plan.mass_t, sum_refining_jpy(plan)
    per_kg = 1000 * packs if packs else np.nan
    yield _Step("packs_refined", RESOURCE, bought + stated_jpy_per_t * packs, "", packs_0, packs, "t/yr")
    total = bought + refining
    yield _Step("refining", RESOURCE, total, "", stated_jpy_per_t / 1000, refining / per_kg, "JPY/kg")
    yield _Step("cost_of_buyer", TOTAL, total)
    for block, jpy in _sum_blocks(plan, refining).items():
        total += jpy
        if round(jpy):
            yield _Step(block, RESOURCE, total, "", np.nan, jpy / per_kg, "JPY/kg")
    total -= bought
    yield _Step("paid_to_hubs", TRANSFER, total)
    yield _Step("cost_of_plan", TOTAL, total)


def stated_settings(plan: PlanData) -> Settings:
    """Return the settings whose prices, recoveries and shares go with the published totals that a plan knows.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    Settings
        Those that ship, or the plan's where its published totals are others.
    """
    shipped = load_settings()
    return shipped if shipped.reference == plan.settings.reference else plan.settings


def _terms(settings: Settings, other: Settings, level: str, side: str) -> _Terms:
    """Return what turns metal into yen by some settings, or by the other ones where these lack a metal or the level."""
    metals = list(other.metals)
    known = level in settings.price_levels and set(metals) <= set(settings.metals)
    source = settings if known else other
    at = [list(source.metals).index(metal) for metal in metals]
    recovery = metal_recoveries(source)
    factor = recovery if side == "market" else purchase_shares(source)
    return _Terms(recovery[at], factor[at], metal_prices_jpy_per_t(source, level)[at])


def _achieved(plan: PlanData, usual: Floats) -> Floats:
    """Return the share of each metal that the refineries of a plan recover, shape (M,): the usual one, or a mean."""
    refineries = plan.refineries[~plan.furnaces]
    if not recovers_unusually(plan.settings, refineries["technology"]):
        return usual
    metals = tabulate_metals(plan)
    metals = metals[metals["refinery_id"].isin(refineries["id"])]
    sums = metals.groupby("metal")[["contained_t", "recovered_t"]].sum()
    held, got = sums.reindex(list(plan.settings.metals), fill_value=0.0).to_numpy(float).T
    share: Floats = np.divide(got, held, out=usual.copy(), where=held > 0)
    return share


def _contained(plan: PlanData) -> tuple[Floats, Floats, Floats]:
    """Return t per year of each metal in packs, in black mass from abroad, and in what goes to electric furnaces."""
    metals = tabulate_metals(plan)
    imported = metals["hub_id"].isin(plan.imports["port_id"])
    burnt = metals["refinery_id"].isin(plan.refineries.loc[plan.furnaces, "id"])
    home, abroad, furnaces = (
        metals[rows].groupby("metal")["contained_t"].sum().reindex(list(plan.settings.metals), fill_value=0.0)
        for rows in (~imported, imported, burnt)
    )
    return home.to_numpy(float), abroad.to_numpy(float), furnaces.to_numpy(float)


def _sum_blocks(plan: PlanData, refining_jpy: float) -> dict[str, float]:
    """Sum the cost of a plan but for refining by block, in yen per year."""
    blocks = dict.fromkeys(BLOCKS, 0.0)
    blocks["furnace_cost"] = -refining_jpy  # what refineries bear is in none of the blocks, but for that of furnaces
    echelons = {term.name: term.echelon for term in TERMS}
    for term, jpy in plan.costs.groupby("term")["cost_jpy"].sum().items():
        blocks[_block_of(str(term), echelons[str(term)])] += float(jpy)
    return blocks


def _block_of(term: str, echelon: str) -> str:
    if term.startswith("hub_"):
        return "hub"
    if term.startswith(("refinery_", "furnace_")):
        return "furnace_cost"
    return {"import": "abroad_cost", "transfer": "freight"}.get(echelon, "collection")
