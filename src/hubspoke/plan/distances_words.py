"""Say of a plan whether its distances are straight lines, for want of a road graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.language import speak

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang, Pairs

STRAIGHT = "straight"
"""Value of the plan's option `distances` where it was planned without a road graph."""
WORDS: Pairs = {
    STRAIGHT: (
        (
            "Distances that are not given in lanes are straight lines over the globe, times {factor:g}, driven at "
            "{speed:g} km/h: there is no road graph, and sea is not seen."
        ),
        "lanes に無い距離は地表の直線距離の{factor:g}倍、時速{speed:g} kmとした（道路網がなく、海は考慮しない）。",
    ),
}


def describe_distances(plan: PlanData, lang: Lang) -> str:
    """Return a sentence on straight lines, empty for a plan over a road graph.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    if plan.options.get("distances") != STRAIGHT:
        return ""
    roads = plan.settings.roads
    return speak(WORDS, lang)[STRAIGHT].format(
        factor=float(roads.straight_detour_factor), speed=float(roads.straight_km_per_h)
    )
