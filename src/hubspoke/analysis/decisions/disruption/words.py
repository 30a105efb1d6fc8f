"""What the loss of plants does, in lines for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.disruption.disruption import Disruption
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "head": (
        "If one plant is lost and the network is planned anew (the plan costs {cost} a year):",
        "施設を1つ失い、網を計画し直す場合（計画の費用は年{cost}）：",
    ),
    "plant": ("lost", "失う施設"),
    "region": ("region", "地域"),
    "displaced": ("takes in t/yr", "受入 t/年"),
    "more": ("more a year", "年間増加"),
    "opens": ("opens instead", "代わりに開設"),
    "none": ("no plan: {tonnes} t have no home", "計画なし：{tonnes} tが行き場なし"),
    "unknown": ("not known in the time given", "時間内に不明"),
    "survives": (
        "The cheapest plants that serve every site whichever one fails cost {cost} a year, {more} more than any:",
        "どの1施設を失っても全量を受けられる最安の施設は年{cost}、そうでない場合より{more}多い：",
    ),
    "no_survivor": (
        "No plants serve every site whichever one fails (tried: {names}). With one hub or refinery a region none can.",
        "どの1施設を失っても全量を受けられる施設の組はない（検討：{names}）。地域に1施設だけの規則では不可能。",
    ),
    "unknown_survivor": (
        "Whether plants survive every single loss is not known in the time given.",
        "どの1施設を失っても耐える施設の組は時間内に不明。",
    ),
}


def tell_disruption(found: Disruption, lang: Lang = "en") -> str:
    """Return what the loss of plants does, in lines for a terminal.

    Parameters
    ----------
    found : Disruption
    lang : {"en", "ja"}
    """
    return "\n".join(_lines(found, speak(WORDS, lang), lang))


def _lines(found: Disruption, words: dict[str, str], lang: Lang) -> Iterator[str]:
    def yen(value: float) -> str:
        return "-" if math.isnan(value) else format_yen(value, lang, found.settings)

    yield words["head"].format(cost=yen(found.cost_jpy))
    rows = [tuple(words[name] for name in ("plant", "region", "displaced", "more", "opens"))]
    for row in found.plants.to_dict("records"):
        told = "+" + yen(float(row["more_jpy"]))
        if row["outcome"] == "infeasible":
            told = words["none"].format(tonnes=f"{row['no_home_t']:,.0f}")
        elif row["outcome"] == "unknown":
            told = words["unknown"]
        rows.append((str(row["id"]), str(row["region"]), f"{row['displaced_t']:,.0f}", told, str(row["opens"]) or "-"))
    yield from lay_out(rows, right={2})
    if found.survivor is None:
        return
    yield ""
    if found.survivor.outcome == "infeasible":
        yield words["no_survivor"].format(names=found.survivor.failing)
    elif found.survivor.plants is None:
        yield words["unknown_survivor"]
    else:
        more = found.survivor.cost_jpy - found.survivor.least_jpy
        yield words["survives"].format(cost=yen(found.survivor.cost_jpy), more=yen(max(more, 0.0)))
        plants = found.survivor.plants.to_dict("records")
        yield ", ".join(f"{row['id']} ({row['size_t']:,.0f} t)" for row in plants)
