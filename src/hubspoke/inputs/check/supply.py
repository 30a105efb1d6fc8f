"""Scale the tonnes of sites as the settings ask, in this one place, and check that they can be scaled so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import nearest_name
from hubspoke.fleet.factors import class_factors
from hubspoke.settings.quantity import USER_SOURCE, Quantity
from hubspoke.settings.section import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.settings import Settings


def scale_sites(sites: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the sites with the tonnes that the settings ask for.

    Parameters
    ----------
    sites : DataFrame
        With `region` and a column `<class>_<year>_t` for every class and year, as the tables state them.
    settings : Settings

    Returns
    -------
    DataFrame
        The same object where the settings change nothing.
    """
    if not settings.supply.changes_tonnes:
        return sites
    by_region = {name: float(factor) for name, factor in settings.supply.region_factor.items()}
    here = sites["region"].map(lambda region: by_region.get(region, 1.0)).to_numpy(np.float64)
    tells_nimh = tells_nimh_apart(sites, settings)
    scaled = {
        f"{name}_{year}_t": sites[f"{name}_{year}_t"].to_numpy(np.float64) * factor * here
        for year in settings.horizon.years
        for name, factor in class_factors(settings, year, tells_nimh=tells_nimh).items()
    }
    return sites.assign(**scaled)


def tells_nimh_apart(sites: pd.DataFrame, settings: Settings) -> bool:
    """Return whether the tables state packs of nickel-metal hydride apart from others of hybrids.

    Parameters
    ----------
    sites : DataFrame
        With a column `<class>_<year>_t` for every class and year.
    settings : Settings
    """
    nimh = [name for name, pack in settings.classes.items() if pack.fleet == "nimh"]
    columns = [f"{name}_{year}_t" for name in nimh for year in settings.horizon.years]
    return bool((sites[columns].to_numpy(np.float64) > 0).any())


def find_bad_supply(found: Survey) -> Iterator[Finding]:
    """Yield findings on scenarios and factors that cannot do what they seem to ask for."""
    supply, regions = found.settings.supply, sorted(set(found.tables["sites"]["region"]))
    for name in supply.region_factor:
        if name not in regions and len(found.tables["sites"]):
            cure = nearest_name(name, regions)[2:]
            yield Finding(
                "settings", 0, f"supply.region_factor.{name}", f"no site lies in {name!r}", cure, kind="bad-value"
            )
    if supply.scenario == supply.base:
        if supply.base == next(iter(supply.scenarios)) and _is_own(supply.scenarios[supply.base]):
            problem = f"numbers of {supply.base!r} are changed, but the tonnes of the tables stand for that scenario"
            cure = "state them in a scenario of your own, and choose it with supply.scenario"
            yield Finding("settings", 0, "supply.scenarios", problem, cure, fatal=False, kind="supply-base")
    elif all(pack.fleet == "none" for pack in found.settings.classes.values()):
        problem = f"the scenario {supply.scenario!r} changes nothing: no class states which packs of the fleet it is"
        cure = "state classes.<name>.fleet, or use supply.factor"
        yield Finding("settings", 0, "supply.scenario", problem, cure, fatal=False, kind="supply-classes")


def _is_own(section: Section) -> bool:
    """Return whether the user set any number below a section."""
    for _, value in section:
        if isinstance(value, Section):
            if _is_own(value):
                return True
        elif isinstance(value, Quantity) and value.source == USER_SOURCE:
            return True
    return False
