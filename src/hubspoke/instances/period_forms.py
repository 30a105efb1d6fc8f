"""Readers for published instances over several periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats


def read_incremental(values: Floats) -> dict[str, Cases] | None:
    """Read `I J T`; T numbers of new sites; T numbers of customers; for each site T opening costs, J rows of T costs.

    Multi-period incremental service location (M. Albareda-Sambola et al., Computers & Operations Research 36, 2009):
    exactly so many new sites open in a period and stay; at least so many customers are served, and whoever is served
    once stays so, at any open site. Sites take all they are sent.

    Parameters
    ----------
    values : float array
        All numbers of the text.

    Returns
    -------
    dict or None
        None where the numbers make no sense in this form.
    """
    if len(values) < 3 or (values[:3] < 1).any() or (values[:3] != np.round(values[:3])).any():
        return None
    sites, customers, periods = (int(value) for value in values[:3])
    if len(values) != 3 + 2 * periods + sites * periods * (1 + customers):
        return None
    opened, served, rest = np.split(values[3:], [periods, 2 * periods])
    whole = (opened == np.round(opened)).all() and (served == np.round(served)).all()
    if not whole or (opened < 0).any() or (np.diff(served, prepend=0) < 0).any() or served[-1] > customers:
        return None
    by_site = rest.reshape(sites, (1 + customers) * periods)
    opening = by_site[:, :periods]
    cost = by_site[:, periods:].reshape(sites, customers, periods)
    years = [
        Problem.build(
            np.ones(customers),
            cost[:, :, period].T,
            np.full(sites, float(customers)),
            np.zeros(sites),
            single_sourcing=False,
            skip_cost=0.0,
        )
        for period in range(periods)
    ]
    number = opened.astype(np.int64)
    paths = PlantPaths.build(
        (periods, sites, 1), opening_cost=opening.T[:, :, None], fewest_openings=number, most_openings=number
    )
    return {"": Cases.build(years, hubs=paths, least_sites=served, stays_collected=True)}
