"""What a plant costs a year by plain formulas: on the line that touches its cost curve at the size class."""

from __future__ import annotations

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
        `existing_technology`, `sunk_share`.
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
    inside = class_t <= standing_t
    stands = capital if inside else invested * (standing_t / reference_t) ** exponent
    spent = sunk_share * stands
    grown = (capital - spent if inside else capital) * exponent * beyond
    at_class = {"capital": annuity * (capital - spent), "maintenance": upkeep, "labour": labour}
    paid = {
        "capital": annuity * (capital - spent + grown),
        "maintenance": upkeep * (1 + exponent * beyond),
        "labour": labour * (1 + staffing * beyond),
    }
    paid["overhead"] = float(technology.overhead_share) * (paid["maintenance"] + paid["labour"])
    return CostLine(at_class, paid, inside or spent <= 0)
