"""What plants do for each year of a plan over several years, and how much of them is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.plan.horizon.words import WORDS
from hubspoke.plan.years import IDLE, OPEN
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.names import name_plant
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

TOLD = ("opens", "grows", "idles", "resumes", "closes")
"""What is told of a plant, in the order in which it is told."""
STARTS = "starts"
"""What a plant does that stood before the first year, and is used from now on without anything being added."""

ROUNDED = 1e-9
"""Relative difference of sizes that are the same."""


def tell_steps(schedule: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a schedule in which a plant does something, with what it does in words of the plan.

    Parameters
    ----------
    schedule : DataFrame
        That of a plan over several years.

    Returns
    -------
    DataFrame
        The same columns; `step` is one of `TOLD`, or `STARTS`. What stood before the first year does not open: it
        grows where something is added, and starts elsewhere.
    """
    stood = (schedule["step"] == "opens") & (schedule["existing_t"] > 0)
    added = schedule["size_t"] > schedule["existing_t"] * (1 + ROUNDED)
    step = np.where(stood, np.where(added, "grows", STARTS), schedule["step"])
    told = schedule.assign(step=step)
    return told[told["step"] != ""]


def describe_steps(plan: YearsData, year: int, lang: Lang) -> list[str]:
    """Describe what plants do for a planned year, a line for each kind of step, and what is paid for idle ones.

    Parameters
    ----------
    plan : YearsData
    year : int
        One of its years.
    lang : {"en", "ja"}
    """
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    at = plan.years.index(year)
    steps = tell_steps(plan.schedule)
    before = (
        plan.schedule[plan.schedule["year"] == plan.years[at - 1]].set_index(["kind", "id"])["size_t"].to_dict()
        if at
        else {}
    )
    lines = []
    for step in (*TOLD[:2], STARTS, *TOLD[2:]):
        rows = steps[(steps["year"] == year) & (steps["step"] == step)].to_dict("records")
        told = []
        for row in rows:
            was = float(before.get((row["kind"], row["id"]), row["existing_t"]))
            key = "grown_from" if step == "grows" else "of_size"
            said = words[key].format(name=name_plant(row, lang), before=f"{was:,.0f}", after=f"{row['size_t']:,.0f}")
            told.append(name_plant(row, lang) if step == "closes" else said)
        if told:
            lines.append(words[f"does_{step}"].format(words["comma"].join(told)))
    lines = lines or [words["does_nothing"]]
    here = plan.by_year.iloc[at]
    beside = float(here["unused_jpy"] + here["idle_jpy"])
    return (
        [
            *lines,
            words["does_not_use"].format(
                format_yen(beside, lang, plan.settings), format_yen(float(here["cost_jpy"]), lang, plan.settings)
            ),
        ]
        if beside >= 1
        else lines
    )


def rank_idle(plan: YearsData) -> pd.DataFrame:
    """Return how much of each plant is idle over the years in which it stands, the most idle first.

    Parameters
    ----------
    plan : YearsData

    Returns
    -------
    DataFrame
        Columns `kind`, `id`, `name`, `name_ja` and `idle_share`, which weighs every planned year by the years that it
        stands for; plants that are as idle as one another in the order of the schedule.
    """
    spans = plan.factors.set_index("year")["years"]
    standing = plan.schedule[plan.schedule["stage"].isin([OPEN, IDLE]) & (plan.schedule["stands_t"] > 0)]
    years = standing["year"].map(spans).to_numpy(float)
    whole = standing.assign(
        could_t=standing["stands_t"].to_numpy(float) * years, did_t=standing["load_t"].to_numpy(float) * years
    )
    by = ["kind", "id", "name", "name_ja"]
    sums = whole.groupby(by, sort=False, as_index=False)[["could_t", "did_t"]].sum()
    idle = (1.0 - sums["did_t"] / sums["could_t"]).clip(lower=0.0)
    ranked = sums.assign(idle_share=idle)[[*by, "idle_share"]]
    return ranked.sort_values("idle_share", ascending=False, kind="stable", ignore_index=True)
