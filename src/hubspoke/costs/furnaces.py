"""Compute how much less metals sell for when black mass is not refined in the usual way.

Refineries of a technology that states recoveries of its own recover more or less of some metals.

Electric furnaces stand in the table `refineries`, so that lanes, capacity and borders apply to them as to all that take
black mass, but they do not count as refineries. They are works that stand anyway: a plan decides only how many tonnes
they get, and a tonne costs their fee. Part of the metal is alloyed and paid for; the rest is lost in slag and dust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.costs.metals import black_mass_contents, metal_prices_jpy_per_t, metal_recoveries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings


SAME = 1e-9
"""Relative difference up to which two worths count as equal, since rounding leaves as much."""


def recovered_shares(settings: Settings, technology: str) -> Floats:
    """Return the share of each metal that a refinery recovers; a furnace recovers none.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a furnace or of a refinery technology.

    Returns
    -------
    float array, shape (M,)
    """
    return np.zeros(len(settings.metals)) if technology in settings.furnaces else metal_recoveries(settings, technology)


def alloyed_shares(settings: Settings, technology: str) -> Floats:
    """Return how much of each metal in black mass ends in the alloy.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a furnace or of a refinery technology.

    Returns
    -------
    float array, shape (M,)
        Tonnes alloyed per tonne contained; 0 at a refinery.
    """
    furnace = settings.furnaces.get(technology)
    return _by_metal(settings, {} if furnace is None else furnace.alloyed_t_per_t)


def alloy_price_shares(settings: Settings, technology: str) -> Floats:
    """Return the share of each metal's price that is paid for it in the alloy.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a furnace or of a refinery technology.

    Returns
    -------
    float array, shape (M,)
        0 at a refinery.
    """
    furnace = settings.furnaces.get(technology)
    return _by_metal(settings, {} if furnace is None else furnace.alloy_price_share)


def _by_metal(settings: Settings, given: Mapping[str, float]) -> Floats:
    return np.array([float(given.get(metal, 0.0)) for metal in settings.metals], np.float64)


def lost_jpy_per_t(settings: Settings, technologies: Iterable[str], level: str | None = None) -> Floats:
    """Return by how much the sales of each metal fall short of those after refining.

    Parameters
    ----------
    settings : Settings
    technologies : iterable of str
        Technology of each refinery or furnace, R of them.
    level : str, optional
        Key of a price level; that of the settings when left out.

    Returns
    -------
    float array, shape (R, M)
        Yen per tonne of metal contained; 0 at refineries of the usual recoveries, negative where more is earned.

    Raises
    ------
    UsageError
        The settings have no such level.
    """
    prices, recovered = metal_prices_jpy_per_t(settings, level), metal_recoveries(settings)
    rows = [
        prices * (recovered - alloyed_shares(settings, name) * alloy_price_shares(settings, name))
        if name in settings.furnaces
        else prices * (recovered - metal_recoveries(settings, name))
        for name in technologies
    ]
    return np.array(rows, np.float64).reshape(len(rows), len(prices))


def lost_jpy_per_t_by_class(settings: Settings, technologies: Iterable[str]) -> Floats:
    """Return by how much sales fall short of those after refining, in yen per t of each class's black mass, (R, P)."""
    worth: Floats = lost_jpy_per_t(settings, technologies) @ black_mass_contents(settings).T
    return worth


def ore_kg_per_t(settings: Settings, technologies: Iterable[str]) -> Floats:
    """Return the CO2 of making of ore what is lost of each metal beyond what refining usually loses.

    Parameters
    ----------
    settings : Settings
    technologies : iterable of str
        Technology of each refinery or furnace, R of them; what furnaces alloy counts as lost.

    Returns
    -------
    float array, shape (R, M)
        kg of CO2 per tonne of metal contained; 0 at refineries of the usual recoveries and for metals without a factor,
        negative where more is recovered.
    """
    factors = np.array([float(metal.primary_co2_kg_per_t or 0.0) for metal in settings.metals.values()])
    usual = metal_recoveries(settings)
    rows = [factors * (usual - recovered_shares(settings, name)) for name in technologies]
    return np.array(rows, np.float64).reshape(len(rows), len(factors))


def ore_kg_per_t_by_class(settings: Settings, technologies: Iterable[str]) -> Floats:
    """Return the CO2 of ore for what is lost, in kg per t of each class's black mass, shape (R, P)."""
    held: Floats = ore_kg_per_t(settings, technologies) @ black_mass_contents(settings).T
    return held


def check_worth(network: Network, year: int) -> None:
    """Raise where most profit cannot be planned with the furnaces of a network.

    Parameters
    ----------
    network : Network
    year : int
        Year of the supply; classes without any are not compared.

    Raises
    ------
    UsageError
        Classes that make the same grade hold metals of different worth. What a tonne of that grade loses in a furnace
        then depends on the mix of packs at its hub, and no plan could be proven. Or a furnace pays more for the metals
        than they sell for after refining.
    """
    furnaces = network.refineries[network.furnaces]
    settings, technologies = network.settings, furnaces["technology"].tolist()
    lost = lost_jpy_per_t_by_class(settings, technologies)
    first: dict[str, int] = {}
    for at in np.flatnonzero(network.supply_t(year).sum(axis=0) > 0).tolist():
        name = network.classes[at]
        grade = settings.classes[name].grade
        known = first.setdefault(grade, at)
        if not np.allclose(lost[:, known], lost[:, at], rtol=SAME, atol=0):
            alone = network.classes[known] if name == grade else name
            raise UsageError(
                f"most profit with policy.refine_all=false: {network.classes[known]} and {name} give the one grade "
                f"{grade}, whose metals are then worth more or less by the mix; give {alone} a grade of its own "
                f"(a section grades.own and classes.{alone}.grade = 'own'), plan at least cost or CO2, or set "
                "policy.refine_all=true"
            )
    for plant, technology, worth in zip(furnaces["id"], technologies, lost, strict=True):
        if (worth < 0).any():
            key = f"furnaces.{technology}.alloy_price_share"
            raise UsageError(f"{plant} pays more for metals than they sell for after refining; lower {key}")
