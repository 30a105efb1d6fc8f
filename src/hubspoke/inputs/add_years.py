"""Tonnes of sites in years for which the tables state none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.fleet.factors import national_tonnes
from hubspoke.inputs.check.supply import tells_nimh_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.inputs.network import Network


def add_years(network: Network, years: Sequence[int]) -> Network:
    """Return a network that has tonnes for further years.

    Between two years of the tables, tonnes lie on the line between them, times what the national tonnes of the class in
    that year are over the line between the national tonnes of these two. Before the first and after the last, they
    are those of that year, times the national tonnes over those of that year. Classes that are no part of the fleet
    follow the line, and stay what they are before and after it.

    Parameters
    ----------
    network : Network
    years : sequence of int

    Returns
    -------
    Network
        The same object where nothing is missing.
    """
    settings, known = network.settings, list(network.settings.horizon.years)
    missing = sorted(set(years) - set(known))
    if not missing:
        return network
    apart = tells_nimh_apart(network.sites, settings)
    national = {
        year: national_tonnes(settings, settings.supply.scenario, year, tells_nimh=apart) for year in {*known, *missing}
    }
    made: dict[str, np.ndarray] = {}
    for year in missing:
        before = max((one for one in known if one < year), default=known[0])
        after = min((one for one in known if one > year), default=known[-1])
        share = (year - before) / (after - before) if before < year < after else 0.0
        if year < known[0] or year > known[-1]:
            before = after = known[0] if year < known[0] else known[-1]
        for name, pack in settings.classes.items():
            line = (1 - share) * network.sites[f"{name}_{before}_t"] + share * network.sites[f"{name}_{after}_t"]
            expected = (1 - share) * national[before].get(pack.fleet, 0.0) + share * national[after].get(
                pack.fleet, 0.0
            )
            factor = national[year][pack.fleet] / expected if expected > 0 else 1.0
            made[f"{name}_{year}_t"] = factor * line.to_numpy(np.float64)
    horizon = settings.horizon.model_copy(update={"years": tuple(sorted({*known, *missing}))})
    return network.replace(
        sites=network.sites.assign(**made), settings=settings.model_copy(update={"horizon": horizon})
    )
