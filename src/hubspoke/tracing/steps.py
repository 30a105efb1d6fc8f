"""What goes through the plants of a plan in one year, as plain frames: packs, black mass, and what is made of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.furnaces import alloyed_shares, recovered_shares
from hubspoke.costs.materials import black_mass_yields, byproduct_yields, losses_t_per_t
from hubspoke.metals.contents import KG_PER_T, follow_metals
from hubspoke.metals.ledger import (
    ABROAD,
    ALLOY,
    BLACK_MASS,
    HOME,
    LANDED,
    PACKS,
    PRODUCT,
    RESIDUE,
    SCRAP,
    UNSORTED,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hubspoke.base.arrays import Floats
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

MASS = "mass_kg"
MARKS = ("comes_from", "consumer")
PLACE = ("plant_kind", "plant_id")


def followed_columns(plan: PlanData) -> list[str]:
    """Return the names of the columns of kg: mass, and every metal that is followed as an element.

    Parameters
    ----------
    plan : PlanData
    """
    followed = follow_metals(plan.settings)
    return [MASS, *(f"{name}_kg" for name in (*followed.refined, *followed.sorted_out))]


def list_packs(plan: PlanData) -> pd.DataFrame:
    """Return what comes into hubs and ports: packs by site and class, black mass by source abroad.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        `step` (`packs` or `landed`), `facility_kind`, `facility_id` (site or source), `plant_kind`, `plant_id` (hub or
        port), `region`, `country`, `material` (class), `at_class` (its number), `grade`, `comes_from`, `consumer`, and
        the columns of kg.
    """
    settings, followed, kg = plan.settings, follow_metals(plan.settings), followed_columns(plan)
    keys = list(settings.classes)
    lanes = plan.assignments[plan.assignments["hub_id"] != ""]
    tonnes = lanes[[f"{key}_t" for key in keys]].to_numpy(float).reshape(len(lanes), len(keys))
    rows, at = np.nonzero(tonnes > 0)
    inside = np.hstack([followed.in_packs * followed.element, followed.scrap + followed.unsorted])
    packs = pd.DataFrame(
        {
            "step": PACKS,
            "facility_kind": "site",
            "facility_id": lanes["site_id"].to_numpy(object)[rows],
            "plant_kind": "hub",
            "plant_id": lanes["hub_id"].to_numpy(object)[rows],
            "region": lanes["region"].to_numpy(object)[rows],
            "country": settings.locale.area_en,
            "at_class": at,
            "comes_from": HOME,
        }
    )
    mass_t = tonnes[rows, at][:, None]
    packs[kg] = mass_t * np.hstack([np.full((len(at), 1), KG_PER_T), inside[at]])
    landed = _list_landed(plan)
    made = pd.concat([packs, landed], ignore_index=True) if len(landed) else packs
    of_class = made["at_class"].to_numpy(int)
    packed = list(settings.classes.values())
    words = {
        "material": np.array(keys, object),
        "grade": np.array([pack.grade for pack in packed], object),
        "consumer": np.array([pack.consumer for pack in packed], object),
    }
    return made.assign(**{name: values[of_class] for name, values in words.items()})


def _list_landed(plan: PlanData) -> pd.DataFrame:
    settings, followed, rows = plan.settings, follow_metals(plan.settings), plan.imports[plan.imports["mass_t"] > 0]
    at = np.array([list(settings.classes).index(key) for key in rows["class"]], int)
    landed = pd.DataFrame(
        {
            "step": LANDED,
            "facility_kind": "abroad",
            "facility_id": rows["source_id"].to_numpy(object),
            "plant_kind": "port",
            "plant_id": rows["port_id"].to_numpy(object),
            "region": rows["region"].to_numpy(object),
            "country": rows["country"].to_numpy(object),
            "at_class": at,
            "comes_from": ABROAD,
        }
    )
    mass_t, none = rows["mass_t"].to_numpy(float)[:, None], np.zeros((len(rows), len(followed.sorted_out)))
    held = followed.in_black_mass[at].reshape(len(rows), len(followed.refined)) * followed.element
    landed[followed_columns(plan)] = np.hstack([KG_PER_T * mass_t, mass_t * held, none])
    return landed


def sort_packs(plan: PlanData, packs: pd.DataFrame) -> pd.DataFrame:
    """Return what hubs and ports make of each row of what comes in: black mass, by-products, and the rest.

    Parameters
    ----------
    plan : PlanData
    packs : DataFrame
        What `list_packs` returns.

    Returns
    -------
    DataFrame
        `step` (`black_mass`, `scrap` or `unsorted`), `plant_kind`, `plant_id`, `material` (grade, by-product or
        `losses`), `grade`, `comes_from`, `consumer`, and the columns of kg. Rows without any are left out.
    """
    settings, followed, kg = plan.settings, follow_metals(plan.settings), followed_columns(plan)
    at, home = packs["at_class"].to_numpy(int), (packs["step"] == PACKS).to_numpy(bool)
    mass_t = packs[MASS].to_numpy(float) / KG_PER_T
    metals, refined = packs[kg[1:]].to_numpy(float), len(followed.refined)
    keys = packs[[*PLACE, "grade", *MARKS]]
    parts: list[pd.DataFrame] = []

    def add(step: str, material: str | pd.Series, mass_kg: Floats, held: Floats) -> None:
        parts.append(_part(keys.assign(step=step, material=material), np.column_stack([mass_kg, held]), kg))

    none = np.zeros_like(metals)
    black = none.copy()
    black[:, :refined] = metals[:, :refined]
    made = np.where(home, black_mass_yields(settings).sum(axis=1)[at], 1.0)
    add(BLACK_MASS, packs["grade"], KG_PER_T * mass_t * made, black)
    yields = byproduct_yields(settings)
    for column, name in enumerate(settings.byproducts):
        sold = none.copy()
        if name in followed.sorted_out:
            place = followed.sorted_out.index(name)
            sold[:, refined + place] = mass_t * followed.scrap[at, place] * home
        add(SCRAP, name, KG_PER_T * mass_t * yields[at, column] * home, sold)
    rest = none.copy()
    rest[:, refined:] = mass_t[:, None] * followed.unsorted[at] * home[:, None]
    add(UNSORTED, "losses", KG_PER_T * mass_t * losses_t_per_t(settings)[at] * home, rest)
    return pd.concat(parts, ignore_index=True)


def ship_black_mass(plan: PlanData, lots: pd.DataFrame) -> pd.DataFrame:
    """Return what goes of every lot of black mass to each refinery and furnace.

    Parameters
    ----------
    plan : PlanData
    lots : DataFrame
        Black mass, with `lot`, `plant_id` (hub or port), `grade`, and the columns of kg.

    Returns
    -------
    DataFrame
        The same for every part of a lot, `plant_kind` and `plant_id` those of the plant that takes it. The parts of a
        lot are as the flows of its grade from its place.
    """
    flows = plan.flows.loc[plan.flows["mass_t"] > 0, ["hub_id", "grade", "refinery_id", "mass_t"]]
    share = flows["mass_t"] / flows.groupby(["hub_id", "grade"])["mass_t"].transform("sum")
    furnaces = set(plan.refineries.loc[plan.furnaces, "id"])
    kinds = ["furnace" if name in furnaces else "refinery" for name in flows["refinery_id"]]
    ways = flows.assign(share=share, taker_kind=kinds).drop(columns="mass_t")
    parts = lots.merge(ways, left_on=["plant_id", "grade"], right_on=["hub_id", "grade"], how="inner", sort=False)
    kg = followed_columns(plan)
    parts[kg] = parts[kg].to_numpy(float) * parts["share"].to_numpy(float)[:, None]
    return parts.assign(plant_kind=parts["taker_kind"], plant_id=parts["refinery_id"]).drop(
        columns=["hub_id", "refinery_id", "taker_kind", "share"]
    )


def refine_black_mass(plan: PlanData, taken: pd.DataFrame) -> pd.DataFrame:
    """Return what refineries and furnaces make of each row of black mass that they take.

    Parameters
    ----------
    plan : PlanData
    taken : DataFrame
        What `ship_black_mass` returns.

    Returns
    -------
    DataFrame
        `step` (`product`, `alloy` or `residue`), `plant_kind`, `plant_id`, `material` (metal, `alloy` or `residue`),
        the columns of `taken` that name its origin, and the columns of kg. Rows without any are left out.
    """
    settings, kg = plan.settings, followed_columns(plan)
    technology = plan.refineries.set_index("id")["technology"]
    names = list(settings.metals)
    held = taken[kg[1:]].to_numpy(float)[:, : len(names)]
    takers, at = np.unique(taken["plant_id"].to_numpy(str), return_inverse=True)
    recovered, alloyed = (_by_taker(plan, share, takers, technology)[at] * held for share in SHARES)
    keys = taken[[*PLACE, *MARKS]]
    parts: list[pd.DataFrame] = []

    def add(step: str, material: str, mass_kg: Floats, metals: Floats) -> None:
        numbers = np.zeros((len(taken), len(kg)))
        numbers[:, 0], numbers[:, 1 : 1 + len(names)] = mass_kg, metals
        parts.append(_part(keys.assign(step=step, material=material), numbers, kg))

    for column, name in enumerate(names):
        own = np.zeros_like(held)
        own[:, column] = recovered[:, column]
        add(PRODUCT, name, own.sum(axis=1), own)
    add(ALLOY, ALLOY, alloyed.sum(axis=1), alloyed)
    rest = held - recovered - alloyed
    mass = taken[MASS].to_numpy(float) - recovered.sum(axis=1) - alloyed.sum(axis=1)
    # What is recovered whole leaves a rest of rounding, which is none.
    rest = np.where(rest > 1e-12 * held, rest, 0.0)
    add(RESIDUE, RESIDUE, np.maximum(mass, 0.0), rest)
    return pd.concat(parts, ignore_index=True)


SHARES = (recovered_shares, alloyed_shares)


def _part(keys: pd.DataFrame, numbers: Floats, kg: list[str]) -> pd.DataFrame:
    """Return the rows of which there is any, with their kg."""
    some = np.flatnonzero((numbers > 0).any(axis=1))
    made = keys.iloc[some].copy()
    made[kg] = numbers[some]
    return made


def _by_taker(
    plan: PlanData, share: Callable[[Settings, str], Floats], takers: Iterable[str], technology: pd.Series
) -> Floats:
    """Return the share of each metal, one row for each taker."""
    rows = [share(plan.settings, str(technology[name])) for name in takers]
    found: Floats = np.array(rows, float).reshape(len(rows), len(plan.settings.metals))
    return found
