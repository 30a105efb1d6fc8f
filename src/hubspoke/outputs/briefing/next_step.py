"""The last step of a briefing: what to do next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.outputs.briefing.choice_steps import count_low, find_dearest, list_plants
from hubspoke.outputs.briefing.flow_steps import count_words
from hubspoke.outputs.briefing.step import Step
from hubspoke.plan.firmness import CLOSE, TOSS_UP
from hubspoke.plan.proven import list_assumed
from hubspoke.plan.states import is_built, stands
from hubspoke.settings.plants import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from hubspoke.outputs.briefing.step import Told
    from hubspoke.plan.plan import PlanData

NAMED = 4
"""Plants named in a sentence."""


def tell_next(told: Told) -> Step | None:
    """Return the step on what is to be built, by when to decide, and what to settle; None for a plan without hubs.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    if not told.rows:
        return None
    new = list(_list_new(plan))
    lead_yr = max((_find_lead(kind, row, plan) for kind, row in new), default=0.0)
    count = count_words("plants", len(new), words)
    title = words["next_title_none"]
    if new:
        decide = {"year": math.floor(plan.year - lead_yr), "plants": count}
        title = words["next_title" if lead_yr > 0 else "next_title_now"].format(**decide)
    lead = [words["next_lead"].format(lead=f"{lead_yr:g}", year=plan.year)] if new and lead_yr > 0 else []
    return Step(
        "next",
        title,
        tuple(lead),
        ("land", "sites", "roads", "flows", "plants", "names"),
        words["next_source"],
        points=tuple(_list_points(told)),
    )


def _list_new(plan: PlanData) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind, table in (("hub", plan.hubs), ("refinery", plan.refineries[~plan.furnaces])):
        new = table[is_built(table) & ~(stands(table) | (table["status"] == "open"))]
        for row in new.to_dict("records"):
            yield kind, {str(key): value for key, value in row.items()}


def _find_lead(kind: str, row: Mapping[str, Any], plan: PlanData) -> float:
    """Return the years from the decision until a plant of that technology runs."""
    settings = plan.settings
    known = settings.hub_technologies if kind == "hub" else settings.refinery_technologies
    technology = known.get(str(row["technology"]))
    return float(technology.lead_time_yr) if isinstance(technology, Plant) else 0.0


def _list_points(told: Told) -> Iterator[str]:
    """Yield what is to be done, what settles most first."""
    plan, words = told.plan, told.words
    rated = {
        key: [row for _, row in list_plants(plan) if str(row.get("firmness", "")) == key] for key in (TOSS_UP, CLOSE)
    }
    if toss := rated[TOSS_UP]:
        word = words["next_settle_one"] if len(toss) == 1 else words["next_settle"]
        yield word.format(count=len(toss), names=_name_some(toss, told))
    if close := rated[CLOSE]:
        close.sort(key=lambda row: np.nan_to_num(row["closing_more_jpy"]))
        yield words["next_close"].format(names=_name_some(close, told))
    low, _ = count_low(plan)
    if low and plan.mass_t > 0:
        yield words["next_numbers"].format(low=low, stage=words[f"stage_{find_dearest(told)[0]}"])
    assumed = {*list_assumed(plan.hubs), *list_assumed(plan.refineries)}
    larger = [row for _, row in list_plants(plan) if str(row["id"]) in assumed]
    if larger:
        yield words["next_larger"].format(names=_name_some(larger, told))
    sites = plan.assignments.drop_duplicates("site_id")
    if made_up := int((sites["origin"] == "synthetic").sum()):
        yield words["next_sites"].format(count=f"{made_up:,}")


def _name_some(rows: list[Mapping[str, Any]], told: Told) -> str:
    names = list(dict.fromkeys(told.names[str(row["id"])] for row in rows))
    shown = told.words["comma"].join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} {told.words['next_more'].format(len(names) - NAMED)}"
