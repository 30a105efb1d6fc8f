"""The ledger of lots: every lot of a plan, the process that takes it, and the process that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.metals.ledger import BLACK_MASS
from hubspoke.tracing.names import fingerprint_plan, name_each
from hubspoke.tracing.steps import (
    MARKS,
    MASS,
    PLACE,
    followed_columns,
    list_packs,
    refine_black_mass,
    ship_black_mass,
    sort_packs,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.plan import PlanData
    from hubspoke.tracing.custody import Custody

MIXED = "mixed"
LOT = ("lot_id", "year", "step", "facility_kind", "facility_id", "to_id", "region", "country", "material", *MARKS)
"""Columns of lots before custody and kg."""


@dataclass(frozen=True, eq=False)
class LotLedger:
    """The lots of one year or several.

    Attributes
    ----------
    custody : Custody
    plans : mapping of int to PlanData
        By year.
    lots : DataFrame
        One row for each lot: `lot_id`, `year`, `step` (a stage of the metals ledger), `facility_kind`, `facility_id`
        (who gives it out), `to_id` (hub or port that takes packs, else empty), `region`, `country`, `material`,
        `comes_from` and `consumer` (`mixed` where origins are), `custody`, `period`, `mass_kg`, and `NAME_kg` for every
        metal, as the element.
    uses, makes : DataFrame
        Which process takes and makes which lots: `process_id`, `lot_id`, and kg of the part.
    processes : DataFrame
        One row for each: `process_id`, `pool_id` (the same for the years of a period), `year`, `plant_kind`,
        `plant_id`, `region`, `material` and marks that it is kept to.
    fingerprints : mapping of int to str
        SHA-256 of each plan and its input, see `fingerprint_plan`.
    """

    custody: Custody
    plans: Mapping[int, PlanData]
    lots: pd.DataFrame
    uses: pd.DataFrame
    makes: pd.DataFrame
    processes: pd.DataFrame
    fingerprints: Mapping[int, str]

    @property
    def kg(self) -> list[str]:
        """Columns of kg: mass, then every metal."""
        return [name for name in self.lots.columns if name.endswith("_kg")]

    @property
    def metals(self) -> list[str]:
        """Metals that are followed."""
        return [name.removesuffix("_kg") for name in self.kg[1:]]


def keep_lots(plans: Mapping[int, PlanData], custody: Custody) -> LotLedger:
    """Return the ledger of lots of the plans of one year or several.

    Parameters
    ----------
    plans : mapping of int to PlanData
        By year, at least one.
    custody : Custody

    Returns
    -------
    LotLedger
    """
    years = sorted(plans)
    marks = {year: fingerprint_plan(plans[year]) for year in years}
    first_of_period = {year: custody.find_period(year, years[0]) for year in years}
    made = [_keep_year(plans[year], custody, marks[year], first_of_period[year]) for year in years]
    lots, uses, makes, processes = (pd.concat(parts, ignore_index=True) for parts in zip(*made, strict=True))
    kg = [name for name in lots.columns if name.endswith("_kg")]  # years may follow different metals
    for frame in (lots, uses, makes):
        frame[kg] = frame[kg].fillna(0.0)
    return LotLedger(custody, {year: plans[year] for year in years}, lots, uses, makes, processes, marks)


def _keep_year(plan: PlanData, custody: Custody, mark: str, period: int) -> tuple[pd.DataFrame, ...]:
    """Return lots, uses, makes and processes of one year."""
    kg, origin = followed_columns(plan), list(MARKS) if custody.keeps_origins_apart else []
    batch = [*PLACE, *([] if custody.pools else ["grade", *origin])]
    under = f"{mark} {custody.model} {custody.period_yr}"
    homes = _regions(plan)

    packs = list_packs(plan)
    keys = packs[["facility_id", "plant_id", "material"]].itertuples(index=False)
    named = [name_each(step, plan.year, mark, [key])[0] for step, key in zip(packs["step"], keys, strict=True)]
    packs = packs.assign(lot_id=named, to_id=packs["plant_id"])
    sorted_out = sort_packs(plan, packs)
    black_key = ["step", *PLACE, "material", *origin]
    hub_lots, hub_makes = _gather(sorted_out, black_key, batch, year=plan.year, under=under)
    black = hub_lots[hub_lots["step"] == BLACK_MASS].assign(grade=lambda lots: lots["material"])
    taken = ship_black_mass(plan, black)
    last = [*PLACE, *([] if custody.pools else origin)]
    end_lots, end_makes = _gather(refine_black_mass(plan, taken), black_key, last, year=plan.year, under=under)

    columns = ["lot_id", "step", *PLACE, "material", *MARKS, *kg]
    called = dict(zip(PLACE, GIVER, strict=True))
    made = pd.concat([hub_lots[columns], end_lots[columns]], ignore_index=True).rename(columns=called)
    made = made.assign(to_id="", country=plan.settings.locale.area_en, region=made["facility_id"].map(homes))
    lots = pd.concat([packs.assign(year=plan.year)[[*LOT, *kg]], made.assign(year=plan.year)[[*LOT, *kg]]])
    lots = lots.reset_index(drop=True).assign(custody=custody.model, period=period)
    lots = lots[[*LOT, "custody", "period", *kg]]
    steps = [(packs, batch, hub_makes), (taken, last, end_makes)]
    processes, uses, makes = [], [], []
    for came, key, gone in steps:
        every = pd.concat([came[key], gone[key]]).drop_duplicates(ignore_index=True)
        every["process_id"] = name_each("process", plan.year, under, every.itertuples(index=False))
        pool = every["process_id"]
        if custody.pools:  # the years of a period share their pools, whatever their plans are
            pool = pd.Series(name_each("pool", period, custody.model, every[key].itertuples(index=False)), dtype=object)
        processes.append(every.assign(pool_id=pool, year=plan.year, region=every["plant_id"].map(homes)))
        uses.append(came.merge(every, on=key, how="left", sort=False)[["process_id", "lot_id", *kg]])
        makes.append(gone.merge(every, on=key, how="left", sort=False)[["process_id", "lot_id", *kg]])
    whole = [frame.assign(**dict.fromkeys(set(PROCESS) - set(frame), "")) for frame in processes]
    frame = pd.concat(whole, ignore_index=True)[PROCESS]
    return lots, *(pd.concat(some, ignore_index=True) for some in (uses, makes)), frame


GIVER = ("facility_kind", "facility_id")
PROCESS = ["process_id", "pool_id", "year", *PLACE, "region", "grade", *MARKS]


def _gather(
    made: pd.DataFrame, lot_key: Sequence[str], process_key: Sequence[str], *, year: int, under: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lots in what was made, and what each process gives to each of them."""
    kg = [name for name in made.columns if name.endswith("_kg")]
    lots = made.groupby(list(lot_key), sort=False)[kg].sum().reset_index()
    for name in MARKS:
        if name not in lots:
            words = made.groupby(list(lot_key), sort=False)[name].agg(_one_or_mixed)
            lots[name] = words.to_numpy(object) if len(lots) else np.empty(0, object)
    steps = lots["step"].astype(str)
    keys = lots[list(lot_key)].itertuples(index=False)
    named = [name_each(step, year, under, [key])[0] for step, key in zip(steps, keys, strict=True)]
    lots["lot_id"] = np.array(named, object)
    within = list(dict.fromkeys([*lot_key, *process_key]))
    makes = made.groupby(within, sort=False)[kg].sum().reset_index()
    return lots, makes.merge(lots[[*lot_key, "lot_id"]], on=list(lot_key), how="left", sort=False)


def _one_or_mixed(words: pd.Series) -> str:
    first = str(words.iloc[0])
    return first if (words == first).all() else MIXED


def _regions(plan: PlanData) -> dict[str, str]:
    tables = ((plan.imports, "port_id"), (plan.hubs, "id"), (plan.refineries, "id"))
    return {str(name): str(home) for table, key in tables for name, home in table[[key, "region"]].to_numpy()}


def sum_mass(frame: pd.DataFrame) -> float:
    """Return the kg of mass in some lots or parts of them.

    Parameters
    ----------
    frame : DataFrame
    """
    return float(frame[MASS].sum())
