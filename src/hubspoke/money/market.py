"""Market against cost: what recovered metals sell for, and what recycling costs whoever buys black mass.

    market = sum over metals of price x tonnes recovered
    cost   = sum over metals of purchase share x price x tonnes contained, and refining

the formula of Mizuho Bank Industry Research (May 2025): black mass is bought at 70 % of the value of the metal it
contains, of which 80 % (lithium) or 95 % (nickel, cobalt) is recovered and sold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from hubspoke.base.errors import UsageError
from hubspoke.costs.metals import choose_price_level, metal_prices_jpy_per_t, metal_recoveries, purchase_shares
from hubspoke.money.payments import sum_refining_jpy
from hubspoke.plan.metal_flows import mean_purchase_shares, tabulate_metals
from hubspoke.settings.load import change_settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

AnyPlan = TypeVar("AnyPlan", bound="PlanData")
"""The type of the plan at hand, so that a `Plan` stays a `Plan`."""

MONEY = ("metals", "market", "price_levels", "contracts", "reference", "demand", "duties", "materials.contents")
"""Sections and keys of the settings that put a value on a plan but do not shape it."""


def market(plan: PlanData | None = None, level: str | None = None, *, settings: Settings | None = None) -> pd.DataFrame:
    """Set the market of a plan's metals against the cost of recycling, or compute the published totals anew.

    Parameters
    ----------
    plan : PlanData, optional
        The plan whose metals and refining costs are taken, without what goes to electric furnaces; the quantities of
        `settings.reference` when left out.
    level : str, optional
        Key of a price level; all of them when left out.
    settings : Settings, optional
        Those to use instead of the plan's, or, without a plan, instead of those that ship.

    Returns
    -------
    DataFrame
        One row for each price level. Columns `price_level, name_en, name_ja`, yen per year in
        `market_jpy, purchase_jpy, refining_jpy, cost_jpy, margin_jpy`, `break_even_factor` on all metal prices (NaN
        where no price helps), and, without a plan, `published_market_jpy` and `published_cost_jpy` (NaN where nothing
        is published).

    Raises
    ------
    UsageError
        Unknown price level.
    """
    if plan is None:
        return _reference_market(load_settings() if settings is None else settings, level)
    valued = plan if settings is None else replace(plan, settings=settings)
    refined = ~valued.refineries.set_index("id")["technology"].isin(valued.settings.furnaces)
    metals = tabulate_metals(valued)
    metals = (
        metals[metals["refinery_id"].map(refined).astype(bool)].groupby("metal")[["contained_t", "recovered_t"]].sum()
    )
    tonnes = metals.reindex(list(valued.settings.metals), fill_value=0.0).to_numpy(float)
    paid = mean_purchase_shares(valued) * tonnes[:, 0]
    return _market(valued.settings, paid, tonnes[:, 1], sum_refining_jpy(plan), level)


def revalue(plan: AnyPlan, changes: Mapping[str, Any]) -> AnyPlan:
    """Return a plan at other prices, recoveries or contracts; its decisions and costs stay as they are.

    Parameters
    ----------
    plan : PlanData
    changes : mapping of str to value
        New values by dotted key, all from the sections and keys in `MONEY`.

    Returns
    -------
    PlanData
        Of the same type as `plan`.

    Raises
    ------
    UsageError
        A key of another section, which the plan rests on.
    InputError
        An unknown key, or a value that is not allowed.
    """
    for key in changes:
        if key not in MONEY and key.partition(".")[0] in set(type(plan.settings).model_fields) - set(MONEY):
            raise UsageError(
                f"--set {key}: the plan rests on it; solve again with it, or set one of {', '.join(MONEY)}"
            )
    return replace(plan, settings=change_settings(plan.settings, changes)) if changes else plan


def _reference_market(settings: Settings, level: str | None) -> pd.DataFrame:
    stated = settings.reference
    recovered = np.array([float(stated.recovered_t.get(metal, 0.0)) for metal in settings.metals])
    recovery = metal_recoveries(settings)
    contained = np.divide(recovered, recovery, out=np.zeros_like(recovered), where=recovery > 0)
    paid = purchase_shares(settings) * contained
    table = _market(settings, paid, recovered, float(stated.packs_t) * float(stated.refining_jpy_per_t), level)
    for name, published in (("market", stated.market_jpy), ("cost", stated.cost_jpy)):
        table[f"published_{name}_jpy"] = [float(published.get(key, np.nan)) for key in table["price_level"]]
    return table


def _market(
    settings: Settings, paid: Floats, recovered: Floats, refining_jpy: float, level: str | None
) -> pd.DataFrame:
    """Value t of each metal that are paid for in black mass, and those that are recovered."""
    if level is not None:
        choose_price_level(settings, level)
    rows = []
    for key, known in settings.price_levels.items():
        if level not in (None, key):
            continue
        prices = metal_prices_jpy_per_t(settings, key)
        market, purchase = float(prices @ recovered), float(prices @ paid)
        rows.append(
            {
                "price_level": key,
                "name_en": known.name_en,
                "name_ja": known.name_ja,
                "market_jpy": market,
                "purchase_jpy": purchase,
                "refining_jpy": refining_jpy,
                "cost_jpy": purchase + refining_jpy,
                "margin_jpy": market - purchase - refining_jpy,
                "break_even_factor": refining_jpy / (market - purchase) if market > purchase else np.nan,
            }
        )
    return pd.DataFrame(rows)
