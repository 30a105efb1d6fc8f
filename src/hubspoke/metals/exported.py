"""The metal in packs that leave the country in used cars, or are lost otherwise, by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.metals import metal_contents
from hubspoke.fleet.factors import SIBLINGS
from hubspoke.fleet.tonnes import compute_tonnes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings


def tabulate_exported(settings: Settings, years: Iterable[int]) -> pd.DataFrame:
    """Return the packs of cars that are not scrapped in the country, and the metal in them.

    Parameters
    ----------
    settings : Settings
        `supply.scenario` states how many cars of each power train stay.
    years : iterable of int
        Years in which the cars reach the age at which others are scrapped.

    Returns
    -------
    DataFrame
        One row for each year: `year`, `packs_t` and `kept_t` (packs that come back), and `NAME_t` for each metal of the
        settings, as it is counted; t per year. No row where no class of the settings is of the fleet, or where
        `supply.split` says that it is not the fleet of the country.
    """
    contents = _contents(settings)
    rows = []
    for year in years if contents and settings.supply.split == "fleet" else ():
        left, kept = (
            compute_tonnes(settings.supply, settings.supply.scenario, year, left=out) for out in (True, False)
        )
        none = np.zeros(len(settings.metals))
        metal = sum((left[kind] * contents.get(kind, none) for kind in left), none)
        named = {f"{name}_t": float(t) for name, t in zip(settings.metals, metal, strict=True)}
        rows.append({"year": year, "packs_t": sum(left.values()), "kept_t": sum(kept.values()), **named})
    return pd.DataFrame(rows, columns=["year", "packs_t", "kept_t", *(f"{name}_t" for name in settings.metals)])


def _contents(settings: Settings) -> dict[str, Floats]:
    """Return what a tonne of each kind of pack of the fleet holds; of a kind without a class, that of its sibling."""
    inside = metal_contents(settings)
    own: dict[str, Floats] = {
        pack.fleet: inside[at] for at, pack in enumerate(settings.classes.values()) if pack.fleet != "none"
    }
    return {
        kind: own[kind] if kind in own else own[other] for kind, other in SIBLINGS.items() if {kind, other} & {*own}
    }
