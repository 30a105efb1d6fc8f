"""Recycling efficiency in words: what is recovered, which duty is met, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.efficiency import list_duties, measure_efficiency
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.efficiency import Efficiency
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WORDS = {
    "efficiency": (
        "recycling efficiency by weight: {} % of the packs, or {} % if all plastics are recycled as material",
        "重量でみたリサイクル率：電池の{}％、プラスチックをすべて材料として再生すれば{}％",
    ),
    "efficiency_alone": (
        "recycling efficiency by weight: {} % of the packs; they give no plastics",
        "重量でみたリサイクル率：電池の{}％（プラスチックは出ない）",
    ),
    "duty": ("{} {} %: {}", "{}{}％：{}"),
    "met": ("met", "達成"),
    "met_with": (
        "not met, {} points or {} t/yr missing; met with plastics",
        "未達（{}ポイント、年間{} t不足）、プラスチックを含めれば達成",
    ),
    "not_met": (
        "not met, {} points or {} t/yr missing; with plastics {} points or {} t/yr",
        "未達（{}ポイント、年間{} t不足）、プラスチックを含めても{}ポイント、年間{} t不足",
    ),
    "rest": (
        "not recovered: {} t/yr left of black mass after refining, {} t/yr of plastics, {} t/yr lost in hubs",
        "回収されないもの：製錬後のブラックマス残分 年間{} t、プラスチック{} t、ハブでの損失{} t",
    ),
}
"""By key, in English and in Japanese."""
RECORDED = ("packs", "metals", "scrap", "plastics", "residues", "losses")
"""Tonnes that are told as data."""


def describe_efficiency(plan: PlanData, lang: Lang = "en") -> list[str]:
    """Describe the recycling efficiency of a plan, the duties that bind it, and what is not recovered.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}

    Returns
    -------
    list of str
        A line for each of these; none for a plan without packs, or without metals.
    """
    found = measure_efficiency(plan)
    if not found.packs_t or not plan.settings.metals:
        return []
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    return [
        words["efficiency" if found.plastics_t else "efficiency_alone"].format(
            f"{100 * found.share:.1f}", f"{100 * found.share_with_plastics:.1f}"
        ),
        *_describe_duties(plan, found, words, lang),
        words["rest"].format(*(f"{mass_t:,.0f}" for mass_t in (found.residues_t, found.plastics_t, found.losses_t))),
    ]


def _describe_duties(plan: PlanData, found: Efficiency, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    for duty in list_duties(plan):
        asked = float(duty.efficiency_t_per_t or 0.0)
        missing = [
            text
            for share in (found.share, found.share_with_plastics)
            for text in (f"{100 * (asked - share):.1f}", f"{(asked - share) * found.packs_t:,.0f}")
        ]
        key = "met" if found.share >= asked else "met_with" if found.share_with_plastics >= asked else "not_met"
        yield words["duty"].format(getattr(duty, f"name_{lang}"), f"{100 * asked:g}", words[key].format(*missing))


def record_efficiency(plan: PlanData) -> dict[str, object]:
    """Return the recycling efficiency of a plan as plain data, with the duties that bind it.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to value
        Tonnes per year, shares of the packs (None without packs), and for every duty by key what it asks for and
        whether it is met without and with plastics.
    """
    found = measure_efficiency(plan)
    keys = {id(duty): key for key, duty in plan.settings.duties.items()}
    shares = (found.share, found.share_with_plastics)
    known = bool(found.packs_t)
    return {
        **{f"{name}_t": getattr(found, f"{name}_t") for name in RECORDED},
        "share": shares[0] if known else None,
        "share_with_plastics": shares[1] if known else None,
        "duties": {
            keys[id(duty)]: {
                "asked": float(duty.efficiency_t_per_t or 0.0),
                "met": shares[0] >= float(duty.efficiency_t_per_t or 0.0),
                "met_with_plastics": shares[1] >= float(duty.efficiency_t_per_t or 0.0),
            }
            for duty in list_duties(plan)
        },
    }
