"""By how much the settings change the tonnes of sites, and how the fleet divides a total without classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.fleet.tonnes import compute_tonnes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings

SIBLINGS = {"hev": "nimh", "nimh": "hev", "nmc": "lfp", "lfp": "nmc"}
"""The packs of the same cars with another chemistry."""


def class_factors(settings: Settings, year: int, *, tells_nimh: bool = True) -> dict[str, float]:
    """Return the factor on the tonnes of every class in a year: scenario, `supply.factor` and that of the class.

    Parameters
    ----------
    settings : Settings
    year : int
    tells_nimh : bool
        Whether the tables state packs of nickel-metal hydride apart; if not, those of `hev` are all packs of hybrids.

    Returns
    -------
    dict of str to float
        By class, in the order of the settings; exactly 1 where nothing is changed.
    """
    supply = settings.supply
    ratios = _compare_fleets(settings, year, tells_nimh=tells_nimh)
    return {
        name: ratios.get(pack.fleet, 1.0) * float(supply.factor) * float(supply.class_factor.get(name, 1.0))
        for name, pack in settings.classes.items()
    }


def national_tonnes(settings: Settings, scenario: str, year: int, *, tells_nimh: bool = True) -> dict[str, float]:
    """Return the national tonnes of a scenario by kind of pack, as the classes of the settings tell them apart.

    Parameters
    ----------
    settings : Settings
    scenario : str
        A key of `supply.scenarios`.
    year : int
    tells_nimh : bool
        Whether packs of nickel-metal hydride are told apart.

    Returns
    -------
    dict of str to float
        Tonnes of `hev`, `nimh`, `nmc` and `lfp`; where `nimh` is not told apart, or no class, it counts as `hev`.
    """
    tonnes = compute_tonnes(settings.supply, scenario, year)
    if not tells_nimh or all(pack.fleet != "nimh" for pack in settings.classes.values()):
        tonnes["hev"] += tonnes.pop("nimh")
    return tonnes


def divide_total(settings: Settings, year: int) -> dict[str, float]:
    """Return the share of every class in a total of a year that is stated without classes.

    Parameters
    ----------
    settings : Settings
        `supply.split` states whether the fleet under `supply.base` divides it, or `default_share`.
    year : int

    Returns
    -------
    dict of str to float
        By class, in the order of the settings; the shares sum to 1.
    """
    default = {name: float(pack.default_share) for name, pack in settings.classes.items()}
    if not divides_by_fleet(settings):
        return default
    tonnes = national_tonnes(settings, settings.supply.base, year)
    named = {name: tonnes.get(pack.fleet, 0.0) for name, pack in settings.classes.items()}
    total = sum(named.values())
    return {name: mass_t / total for name, mass_t in named.items()} if total > 0 else default


def divides_by_fleet(settings: Settings) -> bool:
    """Return whether totals without classes are divided by the fleet.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    bool
        False where the settings ask for default shares, or have a class with a default share that is no part of the
        fleet, or two classes for the same packs.
    """
    fleets = [pack.fleet for pack in settings.classes.values() if pack.fleet != "none"]
    strange = [pack for pack in settings.classes.values() if pack.fleet == "none" and pack.default_share > 0]
    return settings.supply.split == "fleet" and bool(fleets) and not strange and len(set(fleets)) == len(fleets)


def _compare_fleets(settings: Settings, year: int, *, tells_nimh: bool) -> dict[str, float]:
    """Return the national tonnes of the scenario over those of the base, by kind of pack.

    Where the base has none of a kind, there is nothing to scale: what the scenario has of it counts with the packs of
    the same cars and other chemistry, so that the sum is that of the scenario.
    """
    supply = settings.supply
    if supply.scenario == supply.base:
        return {}
    base, wanted = (
        national_tonnes(settings, name, year, tells_nimh=tells_nimh) for name in (supply.base, supply.scenario)
    )
    for kind, other in SIBLINGS.items():
        if base.get(kind) == 0 and base.get(other, 0.0) > 0:
            wanted[other] += wanted[kind]
            wanted[kind] = 0.0
    return {kind: _divide(wanted, base, kind) for kind in base}


def _divide(wanted: Mapping[str, float], base: Mapping[str, float], kind: str) -> float:
    return wanted[kind] / base[kind] if base[kind] > 0 else 1.0
