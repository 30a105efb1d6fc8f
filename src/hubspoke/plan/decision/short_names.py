"""Name the plants of a plan in short, no two of them alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.states import BUILT
from hubspoke.words.names import shorten_plants

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def name_shortly(plan: PlanData, lang: Lang) -> dict[str, str]:
    """Return the short name of every hub and refinery of a plan by its id.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        Where short names are alike, the plant that is built keeps it, and all others bear their whole names without
        brackets; of several that are built each does. Plants of one name keep one short name.
    """
    rows = [row for table in (plan.hubs, plan.refineries) for row in table.to_dict("records")]
    built = [row for row in rows if row["state"] in BUILT]
    return shorten_plants(rows, lang) | shorten_plants(built, lang)
