"""The decision of a plan as lines for a terminal: two for each hub, its own and that of its refinery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.plan.decision.crossings import count_full, sum_crossings
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.stages import STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import in_commodity_words, speak_in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.text_table import lay_out, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.decision.decision import Choice, Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang, Pairs

LEAST_COARSE = 20.0
"""Amount per kg from which its parts are told without decimals; in euro they would be 0 and 1."""
WORDS: Pairs = {
    "region": ("region", "地域"),
    "a_hub": ("hub", "ハブ"),
    "a_refinery": ("refinery", "製錬所"),
    "name": ("name", "名称"),
    "tonnes": ("kt/yr", "千t/年"),
    "all": ("all", "合計"),
    "per_kg": ("yen/kg", "円/kg"),
    "without": ("without it,", "なかった場合"),
    "a_year": ("a year", "（年間）"),
    "idle": ("idle", "不使用"),
    "from_to": ("kt/yr from, to hubs in", "千t/年　発生地域→ハブ"),
    "full": ("{} of {} hubs are full", "ハブ{1}か所中{0}か所は能力いっぱい"),
    "ports": ("+{}", "ほか{}か所"),
}


def describe_decisions(plan: PlanData, lang: Lang, width: int | None = None) -> list[str]:
    """Return a table of hubs and refineries; none for a plan without hubs.

    Plants are told by their identifiers, which commands take, and by their short names where there is room.

    The stages are yen per kg of packs, named as on maps and in reports: collection and hub in the line of the hub,
    black mass and refinery in that of the refinery. A refinery outside the region of its hub is told with its own.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    width : int, optional
        Columns of the terminal; no names without one.
    """
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    decisions = list_decisions(plan, lang)
    if not decisions:
        return []
    heads = _list_heads(plan, words, lang)
    lines = lay_out([*heads, *(row for one in decisions for row in _describe(one, words))], right={2, 3, 4, 5})
    if width is not None:
        named = [(*head[:2], words["name"] if head is heads[0] else "", *head[2:]) for head in heads]
        for one in decisions:
            plants = (one.hub, *one.refineries[:1])
            rows = _describe(one, words)
            named += [(*row[:2], plant.name, *row[2:]) for row, plant in zip(rows, plants, strict=True)]
        wide = lay_out(named, right={3, 4, 5, 6})
        lines = wide if max(map(text_width, wide)) <= width else lines
    return [*lines, *_describe_crossings(plan, words, lang)]


def _list_heads(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[tuple[str, ...]]:
    """Return three lines of heads: one for the line of a hub, one for that of its refinery, and units."""
    told = {stage: name.lower() for stage, name in speak(STAGE_WORDS, lang).items()}
    collection, hub, black_mass, refinery = (in_commodity_words(told[stage], plan.settings, lang) for stage in STAGES)
    unit = words["per_kg"]
    return [
        (words["region"], words["a_hub"], words["tonnes"], collection, hub, words["all"], words["without"]),
        ("", words["a_refinery"], "", black_mass, refinery, "", words["a_year"]),
        ("", "", "", unit, unit, unit, ""),
    ]


def _describe_crossings(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[str]:
    """Return packs from region to region in kt per year, where any leave theirs, and how many hubs are full."""
    sums = sum_crossings(plan, lang)
    if sums is None:
        return []
    rows = [(words["from_to"], *map(str, sums.columns))]
    for name, line in zip(sums.index, sums.to_numpy(), strict=True):
        rows.append((str(name), *(f"{t / 1000:,.1f}" if t else "–" for t in line)))
    full, used = count_full(plan)
    return [
        "",
        *lay_out(rows, right=set(range(1, len(rows[0])))),
        *([words["full"].format(full, used)] if full else []),
    ]


def _describe(row: Decision, words: Mapping[str, str]) -> list[tuple[str, ...]]:
    coarse = row.per_kg >= LEAST_COARSE
    stages = [f"{jpy:,.{0 if coarse else 2}f}" for jpy in row.stages.values()]
    per_kg = f"{row.per_kg:,.{1 if coarse else 2}f}"
    name = f"{row.hub.id} ({words['idle']})" if row.hub.state == "idle" else row.hub.id
    told = [(row.region_name, name, f"{row.mass_t / 1000:,.1f}", *stages[:2], per_kg, _rate(row.hub))]
    if row.refineries:
        first = row.refineries[0]
        where = f" ({first.region})" if first.region != row.region_name else ""
        more = f" {words['ports'].format(len(row.refineries) - 1)}" if len(row.refineries) > 1 else ""
        told.append(("", f"{first.id}{where}{more}", "", *stages[2:], "", _rate(first)))
    return told


def _rate(plant: Choice) -> str:
    return " ".join(part for part in (plant.firmness_name, plant.more) if part)
