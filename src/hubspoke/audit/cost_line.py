"""What a plant costs a year by plain formulas: on the line that touches its cost curve at the size class."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings


class CostLine(NamedTuple):
    """Yearly cost of a plant, yen; `paid` has `overhead`, too.

    Attributes
    ----------
    at_class, paid : dict of str to float
        `capital`, `maintenance` and `labour` of a plant of just the size class, and of the plant as large as it is.
    is_exact : bool
        Whether `paid` holds to the yen: just beyond a plant that stands, capital lies between it and `at_class`.
    """

    at_class: dict[str, float]
    paid: dict[str, float]
    is_exact: bool


def cost_line(plant: Mapping[Any, Any], technology: Any, settings: Settings) -> CostLine:
    """Return what a plant costs a year.

    Parameters
    ----------
    plant : mapping
        A row of the plan's hubs or refineries: `technologies`, `technology`, `size_t`, `load_t`, `existing_t`,
        `existing_technology`, `sunk_share`, `subsidy_share`, `subsidy_cap_jpy`.
    technology : Plant
    settings : Settings

    Returns
    -------
    CostLine
    """
    rate, years = float(settings.finance.discount_rate_per_yr), float(settings.finance.life_yr)
    annuity = rate / (1 - (1 + rate) ** -years) if rate > 0 else 1 / years
    class_t, reference_t = float(plant["size_t"]), float(technology.reference_t_per_yr)
    exponent, staffing = float(technology.capital_exponent), float(technology.labour_exponent)
    beyond = float(plant["load_t"]) / float(settings.sizes.availability) / class_t - 1
    invested = float(technology.capital_jpy) + float(technology.contingency_share) * float(technology.capital_jpy)
    capital = invested * (class_t / reference_t) ** exponent
    upkeep = float(technology.maintenance_share_per_yr) * capital
    persons = float(technology.labour_persons) * (class_t / reference_t) ** staffing
    labour = persons * float(settings.finance.wage_jpy_per_yr)
    standing_t, sunk_share = float(plant["existing_t"]), float(plant["sunk_share"])
    if str(plant["technology"]) != str(plant["existing_technology"]):
        standing_t = 0.0
    if not standing_t > 0:
        standing_t, sunk_share = subsidised(plant, invested, reference_t, exponent)
    inside = class_t <= standing_t
    stands = capital if inside else invested * (standing_t / reference_t) ** exponent
    spent = sunk_share * stands if sunk_share > 0 else 0.0
    grown = (capital - spent if inside else capital) * exponent * beyond
    at_class = {"capital": annuity * (capital - spent), "maintenance": upkeep, "labour": labour}
    paid = {
        "capital": annuity * (capital - spent + grown),
        "maintenance": upkeep * (1 + exponent * beyond),
        "labour": labour * (1 + staffing * beyond),
    }
    paid["overhead"] = float(technology.overhead_share) * (paid["maintenance"] + paid["labour"])
    return CostLine(at_class, paid, inside or spent <= 0)


def subsidised(plant: Mapping[Any, Any], invested: float, reference_t: float, exponent: float) -> tuple[float, float]:
    """Return the size up to which a subsidy pays its share of a plant of which nothing stands, and the share.

    Parameters
    ----------
    plant : mapping
        With `subsidy_share` and `subsidy_cap_jpy`, NaN for no cap.
    invested : float
        Yen, of a plant of the reference size, with the allowance.
    reference_t : float
        t per year.
    exponent : float
        By which capital grows with size.
    """
    share, cap = float(plant["subsidy_share"]), float(plant["subsidy_cap_jpy"])
    if share <= 0 or cap == 0 or invested <= 0:
        return 0.0, 0.0
    if math.isnan(cap):
        return math.inf, share
    if exponent == 0:
        return math.inf, min(share, cap / invested)
    return reference_t * (cap / (share * invested)) ** (1 / exponent), share


def subsidy_of(plant: Mapping[Any, Any], technology: Any, size_t: float) -> float:
    """Return what a subsidy pays for a plant of a size, yen: nothing where one of its technology stood before.

    Parameters
    ----------
    plant : mapping
        A row of the plan's hubs or refineries.
    technology : Plant
    size_t : float
        t per year, in the tonnes that sizes are stated for.
    """
    stands = float(plant["existing_t"]) > 0 and plant["existing_technology"] == plant["technology"]
    share, cap = float(plant["subsidy_share"]), float(plant["subsidy_cap_jpy"])
    if stands or not share > 0 or not size_t > 0:
        return 0.0
    invested = float(technology.capital_jpy) * (1 + float(technology.contingency_share))
    invested *= (size_t / float(technology.reference_t_per_yr)) ** float(technology.capital_exponent)
    return float(share * invested if math.isnan(cap) else min(share * invested, cap))
