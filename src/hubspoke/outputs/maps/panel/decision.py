"""Set the decision of a plan as the first table beside its map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.outputs.maps.elements import fill_template
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.decision.decision import Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def draw_decision(
    plan: PlanData, payload: Mapping[str, Any], words: Mapping[str, str], *, region: str | None, lang: Lang
) -> str:
    """Return the table of hubs with their refineries, stages of cost and firmness as HTML; empty without hubs.

    Parameters
    ----------
    plan : PlanData
    payload : mapping
        What `build_payload` returns: places and colours of the plants.
    words : mapping of str to str
        Words of a map in one language.
    region : str or None
        Only the hubs of this region; None for all.
    lang : {"en", "ja"}
    """
    plants = payload["plants"]
    numbers = {("r" if one["kind"] == "refinery" else "") + one["id"]: at for at, one in enumerate(plants)}
    rows = [row for row in list_decisions(plan, lang) if region in (None, row.region) and row.hub.id in numbers]
    if not rows:
        return ""
    return fill_template(
        "decision.html",
        rows=rows,
        words=words,
        stages=speak_in_commodity_words(STAGE_WORDS, plan.settings, lang),
        numbers=numbers,
        colours={one["id"]: one["colour"] for one in plants if one["kind"] == "hub"},
        largest=max(row.per_kg for row in rows),
        least=_say_least_firm(rows, words),
    )


def _say_least_firm(rows: Sequence[Decision], words: Mapping[str, str]) -> str:
    """Return a sentence on the choice that a plan without it overturns most cheaply; empty where that is not known."""
    plants = [plant for row in rows for plant in (row.hub, *row.refineries) if math.isfinite(plant.more_jpy)]
    if len(plants) < 2:
        return ""
    least = min(plants, key=lambda plant: (plant.more_jpy, plant.id))
    return words["least_firm"].format(least.name, least.region, least.more)
