"""Who takes part in a collaboration, and whose sites and plants are whose."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

    from hubspoke.base.arrays import Ints
    from hubspoke.inputs.network import Network

OPERATOR, REGION = "operator", "region"
"""Columns of the tables that say whose a site or plant is."""
MOST_MEMBERS = 10
"""Members whose coalitions, 1,023 of them then, are all planned."""
EVERYBODY, NOBODY = -1, -2
"""Owners of what is open to every coalition, and of what is open to none."""


@dataclass(frozen=True, eq=False)
class Members:
    """Who takes part, N of them.

    Attributes
    ----------
    by : {"operator", "region"}
        Column that says whose a site or plant is.
    names : tuple of str, length N
        As they stand there.
    sites, hubs, refineries : int arrays, shapes (S,), (H,), (R,)
        Member to whom each belongs; `NOBODY` for what takes no part, `EVERYBODY` for plants that every coalition may
        use.
    """

    by: str
    names: tuple[str, ...]
    sites: Ints
    hubs: Ints
    refineries: Ints


def read_members(network: Network, by: str | None, chosen: Sequence[str]) -> Members:
    """Read from the tables who takes part.

    Parameters
    ----------
    network : Network
    by : {"operator", "region"}, optional
        `operator` where sites name any, when left out.
    chosen : sequence of str
        Members by name; every operator, or region, that has sites when empty.

    Raises
    ------
    UsageError
        Names that the tables do not hold, fewer than two members, or too many.
    """
    if by not in {OPERATOR, REGION, None}:
        raise UsageError(f"members cannot be told by {by!r}; choose {OPERATOR} or {REGION}")
    named = (network.sites[OPERATOR] != "").any()
    by = by or (OPERATOR if named else REGION)
    if by == OPERATOR and not named:
        raise UsageError(
            "sites.csv names no operator, so that no site is anybody's; fill in the column operator, or take --by "
            "region"
        )
    with_sites = _with_sites(network, by)
    names = _choose(network, by, with_sites, chosen)
    if len(names) < 2:
        told = ", ".join(names) or "none"
        if more := [name for name in with_sites if name not in names]:
            raise UsageError(
                f"a collaboration takes two members or more, and --member names {told} alone; add --member {more[0]}, "
                "say, or leave --member out to take all"
            )
        raise UsageError(
            f"a collaboration takes two members or more, and all sites belong to one {by} ({told}); name others in "
            f"that column of sites.csv, or choose --by {REGION if by == OPERATOR else OPERATOR}"
        )
    if len(names) > MOST_MEMBERS:
        raise UsageError(
            f"{len(names)} members make {(1 << len(names)) - 1:,} coalitions, each a plan; up to {MOST_MEMBERS} are "
            "planned: name some by --member, or give companies that act as one the same name in the column operator"
        )
    number = {name: at for at, name in enumerate(names)}
    others = set(with_sites) - number.keys()

    def owners(table: pd.DataFrame, nobody: int) -> Ints:
        cells = table[by].tolist()
        return np.array([number.get(cell, NOBODY if cell in others else nobody) for cell in cells], np.int64)

    return Members(
        by,
        names,
        owners(network.sites, NOBODY),
        owners(network.hubs, EVERYBODY),
        owners(network.refineries, EVERYBODY),
    )


def _with_sites(network: Network, by: str) -> list[str]:
    """Return the operators, or regions, that have sites: regions as the outlines have them, operators by name."""
    used = set(network.sites[by]) - {""}
    return [name for name in network.regions if name in used] if by == REGION else sorted(used)


def _choose(network: Network, by: str, with_sites: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    if not chosen:
        return tuple(with_sites)
    plants = {cell for table in (network.hubs, network.refineries) for cell in table[by]} - {""}
    known = list(dict.fromkeys([*with_sites, *sorted(plants)]))
    spoken = network.region_names if by == REGION else {}
    return tuple(dict.fromkeys(_find(name, known, spoken) for name in chosen))


def _find(name: str, known: Collection[str], spoken: dict[str, str]) -> str:
    plain = unicodedata.normalize("NFC", name).strip()
    found = plain if plain in known else spoken.get(plain.lower(), plain)
    if found not in known:
        raise UsageError(f"unknown member {name!r}{nearest_name(name, known)}")
    return found
