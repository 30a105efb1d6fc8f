"""What of a ledger comes from one region, or passes one plant.

Origins mix as they do under controlled blending: grade by grade at hubs and ports, all together at refineries and
furnaces. So of each metal every buyer gets a region's share in what its hubs send of that grade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.metals.ledger import ALLOY, BLACK_MASS, ENTERS, PRODUCT, RESIDUE

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

ENDS = (PRODUCT, ALLOY, RESIDUE)


def keep_region(ledger: pd.DataFrame, settings: Settings, region: str) -> pd.DataFrame:
    """Return the rows of metal that comes from a region, its packs and what lands at its ports, to what it becomes.

    Parameters
    ----------
    ledger : DataFrame
        What `tabulate_ledger` returns, packs by region.
    settings : Settings
    region : str

    Returns
    -------
    DataFrame
        Rows of `packs`, `black_mass`, `product`, `alloy` and `residue` with `metal_kg` of that region; others and rows
        without any are left out.
    """
    came, sent, left = _split(ledger, settings)
    return _forward(came, sent, left, _mark(came["region"], region))


def keep_plant(ledger: pd.DataFrame, settings: Settings, plant: str) -> pd.DataFrame:
    """Return the rows of metal that passes a hub, port, refinery or furnace, as `keep_region` does.

    Parameters
    ----------
    ledger : DataFrame
    settings : Settings
    plant : str
        Its id.
    """
    came, sent, left = _split(ledger, settings)
    if (came["to_id"] == plant).any():
        return _forward(came, sent, left, _mark(came["to_id"], plant))
    there = _mark(sent["to_id"], plant)
    back = _share(sent, there, ["from_id", "grade", "metal"])
    weight = _weigh(came, back, ["to_id", "grade", "metal"])
    return _join([(came, weight), (sent, there), (left, _mark(left["from_id"], plant))])


def _mark(cells: pd.Series, name: str) -> Floats:
    """Return 1 where a cell bears a name and 0 elsewhere, shape (rows,)."""
    return np.array([float(cell == name) for cell in cells.tolist()])


def _split(ledger: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what comes in, is sent and leaves of the metals that go with black mass; the first two with the grade."""
    rows = ledger[ledger["metal"].isin(list(settings.metals))]
    grades = {key: pack.grade for key, pack in settings.classes.items()}
    came, sent, left = (rows[rows["stage"].isin(stages)] for stages in (ENTERS, (BLACK_MASS,), ENDS))
    return came.assign(grade=came["material"].map(grades)), sent.assign(grade=sent["material"]), left


def _forward(came: pd.DataFrame, sent: pd.DataFrame, left: pd.DataFrame, weight: Floats) -> pd.DataFrame:
    """Follow a share of what comes in, shape (rows,), through hubs and refineries."""
    at_hubs = _share(came, weight, ["to_id", "grade", "metal"])
    on_way = _weigh(sent, at_hubs, ["from_id", "grade", "metal"])
    at_takers = _share(sent, on_way, ["to_id", "metal"])
    return _join([(came, weight), (sent, on_way), (left, _weigh(left, at_takers, ["from_id", "metal"]))])


def _share(rows: pd.DataFrame, weight: Floats, keys: list[str]) -> pd.Series:
    """Return the share that weighted rows have in all, by keys."""
    kg = rows["metal_kg"].to_numpy(float)
    sums = rows.assign(own=kg * weight, whole=kg).groupby(keys)[["own", "whole"]].sum()
    return (sums["own"] / sums["whole"].where(sums["whole"] > 0)).fillna(0.0)


def _weigh(rows: pd.DataFrame, share: pd.Series, keys: list[str]) -> Floats:
    found = share.reindex(pd.MultiIndex.from_frame(rows[keys])).fillna(0.0)
    return np.asarray(found.to_numpy(float), np.float64)


def _join(parts: list[tuple[pd.DataFrame, Floats]]) -> pd.DataFrame:
    scaled = [rows.assign(metal_kg=rows["metal_kg"] * weight)[weight > 0] for rows, weight in parts]
    return pd.concat(scaled, ignore_index=True).drop(columns="grade", errors="ignore")
