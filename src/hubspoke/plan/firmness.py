"""How firm the choice of each plant is: by what the best plan without it costs more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.firmness import Firmness
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

NEEDED, FIRM, CLOSE, TOSS_UP = "needed", "firm", "close", "toss-up"
FIRMNESS = (NEEDED, FIRM, CLOSE, TOSS_UP)
"""From plants that nothing can replace to those whose choice hardly matters."""
WORDS: Pairs = {
    NEEDED: ("needed", "代替なし"),
    FIRM: ("firm", "確実"),
    CLOSE: ("close call", "僅差"),
    TOSS_UP: ("toss-up", "ほぼ同等"),
}
UNRATED = ("not rated", "判定なし")
"""What is said of a plant of which it is known what it costs to close it, though too vaguely for any of these."""
CERTAIN_JPY = 1000.0
"""Width, in yen per year, up to which a range is shown as one number."""


def rate_firmness(low: float, high: float, cost: float, *, limits: Firmness) -> str:
    """Return how firm a plant is: `needed`, `firm`, `close` or `toss-up`; empty where that is not known.

    Where the range reaches across one limit the plant is close; where it reaches across both, nothing is told.

    Parameters
    ----------
    low, high : float
        Least and most that the best plan without the plant costs more, yen per year. NaN where not known; `low` is
        infinite where there is no plan without it.
    cost : float
        Yen per year of the plant's region.
    limits : Firmness
    """
    if math.isinf(low):
        return NEEDED
    close, toss_up = float(limits.close_share) * cost, float(limits.tossup_share) * cost
    if low >= close:
        return FIRM
    if not high < close:  # NaN is no limit
        return CLOSE if low >= toss_up else ""
    return TOSS_UP if high < toss_up else CLOSE


def list_close_calls(plan: PlanData) -> pd.DataFrame:
    """Return the rows of hubs and refineries that are close calls, toss-ups among them, the least extra cost first.

    Parameters
    ----------
    plan : PlanData
    """
    plants = _rated(plan)
    close = plants[plants["firmness"].isin([CLOSE, TOSS_UP])]
    return close.sort_values(["closing_more_jpy", "id"], kind="stable", ignore_index=True)


def count_rated(plan: PlanData) -> int:
    """Count the plants of which it is known how firm they are.

    Parameters
    ----------
    plan : PlanData
    """
    return int((_rated(plan)["firmness"] != "").sum())


def count_unrated(plan: PlanData) -> int:
    """Count the plants of which it is known what closing them costs, though too vaguely to say how firm they are.

    Parameters
    ----------
    plan : PlanData
    """
    plants = _rated(plan)
    known = plants[["closing_more_low_jpy", "closing_more_jpy"]].notna().any(axis=1)
    return int((known & (plants["firmness"] == "")).sum())


def describe_closing(row: Mapping[Any, Any], lang: Lang, settings: Settings | None = None) -> str:
    """Write how firm a plant is and what closing it adds to the cost; empty where neither is known.

    Parameters
    ----------
    row : mapping
        Of the tables `hubs` or `refineries`.
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the currency.

    Examples
    --------
    >>> describe_closing({"closing_more_low_jpy": 2e3, "closing_more_jpy": 2e3, "firmness": "toss-up"}, "en")
    'toss-up, +2,000 yen'
    """
    name = speak(WORDS, lang).get(str(row["firmness"]), "")
    parts = (name, format_closing(row, lang, settings))
    return ("、" if lang == "ja" else ", ").join(told for told in parts if told)


def _rated(plan: PlanData) -> pd.DataFrame:
    """Return hubs and refineries in one table, as far as firmness is concerned."""
    columns = [
        "id",
        "name",
        "name_ja",
        "region",
        "closing_more_low_jpy",
        "closing_more_jpy",
        "closing_opens",
        "firmness",
    ]
    return pd.concat([plan.hubs[columns], plan.refineries[columns]], ignore_index=True)


def format_closing(row: Mapping[Any, Any], lang: Lang, settings: Settings | None = None) -> str:
    """Write what closing a plant adds to the cost: one amount, or from one to another; empty where none is known.

    Parameters
    ----------
    row : mapping
        Of the tables `hubs` or `refineries`.
    lang : {"en", "ja"}
    settings : Settings, optional
        Those that name the currency.

    Examples
    --------
    >>> format_closing({"closing_more_low_jpy": 49540.0, "closing_more_jpy": 49540.0}, "en")
    '+49.5 thousand yen'
    >>> format_closing({"closing_more_low_jpy": 0.0, "closing_more_jpy": 1.2e6}, "en")
    '+0 yen to +1.20 million yen'
    """
    low, high = float(row["closing_more_low_jpy"]), float(row["closing_more_jpy"])
    ends = [f"+{format_yen(end, lang, settings)}" for end in (low, high) if np.isfinite(end)]
    if len(ends) == 2 and high - low <= CERTAIN_JPY:
        return ends[1]
    if len(ends) == 1 and not np.isfinite(high):
        return f"{ends[0]}以上" if lang == "ja" else f"{ends[0]} or more"
    return ("～" if lang == "ja" else " to ").join(dict.fromkeys(ends))
