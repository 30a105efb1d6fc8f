"""What the loss of plants does, in words: sentences and a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen
from hubspoke.words.place_names import JOINT
from hubspoke.words.told import Told, ToldTable, lay_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.decisions.disruption.disruption import Disruption
    from hubspoke.analysis.decisions.disruption.survivor import Survivor
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "head": (
        "If one plant is lost and the network is planned anew (the plan costs {cost} a year):",
        "施設を1つ失い、網を計画し直す場合（計画の費用は年{cost}）：",
    ),
    "worst": (
        (
            "The plan costs {cost} a year. If one plant is lost and the network is planned anew, the worst loss{known} "
            "is that of {plant}: {told}."
        ),
        "計画の費用は年{cost}。施設を1つ失い、網を計画し直す場合、{known}最も影響が大きいのは{plant}：{told}。",
    ),
    "of_known": (" of those known", "判明した中で"),
    "none_known": (
        "The plan costs {cost} a year; what the loss of a plant does is not known in the time given.",
        "計画の費用は年{cost}。施設を失った場合の影響は時間内に不明。",
    ),
    "worst_more": ("{more} a year", "年間{more}"),
    "limit_missed": (
        "So no loss can be kept within {share} of the least cost (--loss-within).",
        "したがって、喪失時の費用増を最小費用の{share}以内に抑えることはできない（--loss-within）。",
    ),
    "limit_unknown": (
        "Whether losses can be kept within {share} of the least cost (--loss-within) is not known either.",
        "喪失時の費用増を最小費用の{share}以内に抑えられるかも不明（--loss-within）。",
    ),
    "plant": ("lost", "失う施設"),
    "id": ("id", "ID"),
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
    "survives_within": (
        (
            "The cheapest plants with which no single loss takes the cost above {limit} a year cost {cost} a year, "
            "{more} more than any; the dearest loss takes it to {worst}:"
        ),
        (
            "どの1施設を失っても費用が年{limit}を超えない最安の施設は年{cost}、そうでない場合より{more}多い"
            "（最も影響の大きい喪失で年{worst}）："
        ),
    ),
    "no_survivor_within": (
        (
            "No plants keep the cost within {limit} a year whichever one is lost (tried: {names}): the dearest loss "
            "takes it to {worst} or more with any."
        ),
        (
            "どの1施設を失っても費用が年{limit}を超えない施設の組はない（検討：{names}）。"
            "どの組でも、最も影響の大きい喪失で年{worst}以上になる。"
        ),
    ),
    "no_survivor": (
        "No plants serve every site whichever one fails (tried: {names}). With one hub or refinery a region none can.",
        "どの1施設を失っても全量を受けられる施設の組はない（検討：{names}）。地域に1施設だけの規則では不可能。",
    ),
    "no_survivor_rule": (
        "No plants serve every site whichever one fails: each region has one hub or refinery alone.",
        "地域ごとにハブか製錬所が1つだけなので、どの1施設を失っても全量を受けられる施設の組はない。",
    ),
    "title": ("{title}: if a plant is lost", "{title}：施設を失った場合"),
    "in_short": ("In short", "要約"),
    "losses": ("Losses, the worst first", "影響の大きい順"),
    "map": ("What the loss of each plant costs", "施設を失った場合の費用"),
    "map_title": (
        "Plants in the colour of what their loss costs, as large as what they take in",
        "色：失った場合の費用、大きさ：受入量",
    ),
    "map_note": (
        (
            "Colour: what the network planned anew without the plant costs more a year. Size: what the plant takes in, "
            "packs at hubs and black mass at refineries, which has no plant until another one stands."
        ),
        (
            "色：その施設なしで計画し直した網の年間費用の増加。大きさ：受入量（ハブは電池、製錬所はブラックマス）。"
            "代わりの施設ができるまで行き場がない。"
        ),
    ),
    "map_colour": ("costs more a year", "年間費用の増加"),
    "map_size": ("takes in", "受入量"),
    "map_none": ("no plan without it", "なしでは計画不可"),
    "from_to": ("{low} to {high}", "{low}～{high}"),
    "t_per_yr": ("t/yr", "t/年"),
    "hub": ("hub", "ハブ"),
    "refinery": ("refinery", "製錬所"),
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
    return lay_lines(_parts(found, speak(WORDS, lang), lang))


def _parts(found: Disruption, words: dict[str, str], lang: Lang) -> Iterator[Told]:
    yield words["head"].format(cost=format_yen(found.cost_jpy, lang, found.settings))
    yield tell_losses(found, words, lang)
    yield from survivor_lines(found, words, lang)


def tell_losses(found: Disruption, words: Mapping[str, str], lang: Lang) -> ToldTable:
    """Return what the loss of each plant does, as a table.

    Parameters
    ----------
    found : Disruption
    words : mapping of str to str
        Those of `WORDS` in the language.
    lang : {"en", "ja"}
    """
    heads = tuple(words[name] for name in ("plant", "id", "region", "displaced", "more", "opens"))
    rows = tuple(_loss_cells(row, found, words, lang) for row in found.plants.to_dict("records"))
    return ToldTable(words["losses"], heads, rows, ("text", "text", "text", "number", "prose", "prose"))


def _loss_cells(row: Mapping[Any, Any], found: Disruption, words: Mapping[str, str], lang: Lang) -> tuple[str, ...]:
    """Return what the loss of a plant does: plant, id, region, what it takes in, what it costs, what opens."""
    more = float(row["more_jpy"])
    told = "-" if math.isnan(more) else "+" + format_yen(more, lang, found.settings)
    if row["outcome"] == "infeasible":
        told = words["none"].format(tonnes=f"{row['no_home_t']:,.0f}")
    elif row["outcome"] == "unknown":
        told = words["unknown"]
    plant, names = str(row["id"]), found.names
    opens = names.plants(str(row["opens"]).split(), lang)
    region = names.region(str(row["region"]), lang)
    return names.short(plant, lang), plant, region, f"{row['displaced_t']:,.0f}", told, opens


def survivor_lines(found: Disruption, words: Mapping[str, str], lang: Lang) -> list[str]:
    """Return what plants that survive any one loss would be, in lines; none where nobody looked for them.

    Parameters
    ----------
    found : Disruption
    words : mapping of str to str
        Those of `WORDS` in the language.
    lang : {"en", "ja"}
    """
    lines = _tell_survivor(found, words, lang)
    if found.loss_within is None or found.survivor is None:
        return lines
    share = f"{100 * found.loss_within:g} %"
    if found.survivor.plants is None and found.survivor.outcome != "infeasible":
        return [*lines, words["limit_unknown"].format(share=share)]
    if found.survivor.outcome == "infeasible" and math.isnan(found.survivor.worst_jpy):
        return [*lines, words["limit_missed"].format(share=share)]
    return lines


def tell_worst(found: Disruption, words: Mapping[str, str], lang: Lang) -> str:
    """Return the worst loss in a sentence.

    Parameters
    ----------
    found : Disruption
        Losses of which nothing is known are left aside, and the sentence says so.
    words : mapping of str to str
        Those of `WORDS` in the language.
    lang : {"en", "ja"}
    """
    cost = format_yen(found.cost_jpy, lang, found.settings)
    rows = [row for row in found.plants.to_dict("records") if row["outcome"] != "unknown"]
    if not rows:
        return words["none_known"].format(cost=cost)
    row, known = rows[0], "" if len(rows) == len(found.plants) else words["of_known"]
    told = _loss_cells(row, found, words, lang)[4]
    if row["outcome"] == "plan":
        told = words["worst_more"].format(more=told)
    return words["worst"].format(cost=cost, known=known, plant=found.names.plant(str(row["id"]), lang), told=told)


def _tell_survivor(found: Disruption, words: Mapping[str, str], lang: Lang) -> list[str]:
    survivor = found.survivor
    if survivor is None:
        return []
    if survivor.outcome == "infeasible" and not survivor.failing:
        return [words["no_survivor_rule"]]
    if survivor.outcome == "infeasible" and not math.isnan(survivor.worst_jpy):
        limit, worst = (format_yen(value, lang, found.settings) for value in (survivor.limit_jpy, survivor.worst_jpy))
        return [
            words["no_survivor_within"].format(names=_tell_failing(survivor, found, lang), limit=limit, worst=worst)
        ]
    if survivor.outcome == "infeasible":
        return [words["no_survivor"].format(names=_tell_failing(survivor, found, lang))]
    if survivor.plants is None:
        return [words["unknown_survivor"]]
    cost, more = survivor.cost_jpy, max(survivor.cost_jpy - survivor.least_jpy, 0.0)
    figures = {"cost": cost, "more": more, "limit": survivor.limit_jpy, "worst": survivor.worst_jpy}
    told = {name: format_yen(value, lang, found.settings) for name, value in figures.items() if not math.isnan(value)}
    plants = [
        f"{found.names.plant(str(row['id']), lang)} {row['size_t']:,.0f} t"
        for row in survivor.plants.to_dict("records")
    ]
    return [words["survives_within" if "worst" in told else "survives"].format(**told), JOINT[lang].join(plants)]


def _tell_failing(survivor: Survivor, found: Disruption, lang: Lang) -> str:
    return found.names.plants(survivor.failing.split(", "), lang)
