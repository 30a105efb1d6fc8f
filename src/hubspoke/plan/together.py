"""How to speak of the bound of a plan that is one year of several planned together.

Its plants were chosen for all years, so that its distance from the bound of the year alone is no lack of proof: it is
the most that choosing for the other years, too, costs in this one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.base.status import EXACT_GAP
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_gap

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "within": (
        "chosen for {years} together: planned alone, this year could {less}, by at most {gap}",
        "{years}年を一括で最適化：この年だけを計画すれば、最大{gap}{less}可能性がある",
    ),
    "exactly": (
        "chosen for {years} together: planned alone, this year could not {less}",
        "{years}年を一括で最適化：この年だけを計画しても、これ以上{less}ことはない",
    ),
    "unproven": (
        "chosen for {years} together: whether this year alone could {less} is not known",
        "{years}年を一括で最適化：この年だけを計画すれば{less}かは不明",
    ),
    "less_cost": ("cost less", "安くなる"),
    "less_profit": ("earn more", "利益が増える"),
    "less_co2": ("emit less", "排出が減る"),
    "comma": (", ", "、"),
    "status": ("one of several years", "複数年計画の1年"),
    "gap": ("Beside this year alone", "単年計画との差（最大）"),
    "bound": ("Bound of this year alone", "単年計画の下限"),
    "best": ("Bound of this year alone", "単年計画の上限"),
}


def is_of_several_years(plan: PlanData) -> bool:
    """Return whether a plan is one year of several that were planned together.

    Parameters
    ----------
    plan : PlanData
    """
    return len(plan.options.get("years", ())) > 1


def describe_together(plan: PlanData, lang: Lang) -> str:
    """Describe how much better one of several years could do if it were planned alone.

    Parameters
    ----------
    plan : PlanData
        One for which `is_of_several_years` holds.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    words = speak(WORDS, lang)
    key = "unproven" if not math.isfinite(plan.gap) else "exactly" if plan.gap <= EXACT_GAP else "within"
    return words[key].format(
        years=words["comma"].join(map(str, plan.options["years"])),
        less=words[f"less_{plan.objective}"],
        gap=format_gap(plan.gap, at_most=True),
    )


def name_together(plan: PlanData, lang: Lang) -> dict[str, str]:
    """Return what status, gap and bound of one of several years are called: keys `status`, `gap`, `bound`.

    Parameters
    ----------
    plan : PlanData
        One for which `is_of_several_years` holds.
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    return {
        "status": words["status"],
        "gap": words["gap"],
        "bound": words["best" if plan.objective == "profit" else "bound"],
    }
