"""Cut the tables of a network down to some of its regions."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

Whole = TypeVar("Whole")
PLACED = ("sites", "hubs", "refineries", "ports")


def cut_regions(tables: Mapping[str, pd.DataFrame], regions: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the tables that change when only some regions are planned.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By their names in a network.
    regions : collection of str

    Returns
    -------
    dict of str to DataFrame
        Sites, plants and ports of the regions, refineries and ports abroad, the sources abroad that land at these
        ports, and the lanes and sizes that name nothing else.
    """
    lanes, sizes, abroad = tables["given_lanes"], tables["given_sizes"], tables["overseas"]
    kept_at = {name: tables[name]["region"].isin(regions) for name in PLACED}
    kept_at |= {name: kept_at[name] | (tables[name]["country"] != "") for name in ("refineries", "ports")}
    part = {name: tables[name][rows].reset_index(drop=True) for name, rows in kept_at.items()}
    landing = lanes.loc[lanes["to_id"].isin(part["ports"]["id"]), "from_id"]
    part["overseas"] = abroad[abroad["id"].isin(landing)].reset_index(drop=True)
    kept = {key for table in part.values() for key in table["id"]}
    part["given_lanes"] = lanes[lanes["from_id"].isin(kept) & lanes["to_id"].isin(kept)].reset_index(drop=True)
    part["given_sizes"] = sizes[sizes["plant_id"].isin(kept)].reset_index(drop=True)
    return part


def with_parts(network: Whole, **changes: Any) -> Whole:
    """Return a network with other parts, which are not looked at: `Network.verified` finds one changed in place.

    Parameters
    ----------
    network : Network
    **changes : any
        Parts by attribute: tables that are as the network's `checked` says.

    Returns
    -------
    Network
    """
    parts = {part.name: getattr(network, part.name) for part in fields(cast("Any", network))}
    return of_parts(type(network), **parts | changes)


def of_parts(kind: type[Whole], **parts: Any) -> Whole:
    """Return a network of parts that were checked, which are not looked at again.

    Parameters
    ----------
    kind : type
        That of networks.
    **parts : any
        Every part by attribute, among them `checked`, which says what the tables hold.

    Returns
    -------
    Network
    """
    made = object.__new__(kind)
    made.__dict__.update(parts)
    return made


def keep_mix(settings: Settings, tonnes: Mapping[int, Floats]) -> Settings:
    """Return settings that state the mix of classes of a network, so that parts of it cost what they cost in it.

    Parameters
    ----------
    settings : Settings
        A mix that they state already is kept.
    tonnes : mapping of int to float array, shape (P,)
        Packs by class, for each year.

    Returns
    -------
    Settings
    """
    mix = {
        str(year): dict(zip(settings.classes, (mass / mass.sum()).tolist(), strict=True))
        for year, mass in tonnes.items()
        if mass.sum() > 0
    }
    materials = settings.materials.model_copy(update={"mix": mix | settings.materials.mix})
    return settings.model_copy(update={"materials": materials})
