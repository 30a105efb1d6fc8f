"""Report what crosses borders: what every hub takes and from where, and packs from region to region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Block, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.decision.crossings import count_full, sum_crossings
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.decision.decision import Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WORDS = {
    "crossings": ("Packs across borders", "地域を越える電池"),
    "crossings_told": (
        "{cross} t/yr of packs, {share} % of all, go to a hub of another region.",
        "電池{cross} t/年（全体の{share}％）が他の地域のハブへ運ばれる。",
    ),
    "full_told": (
        "{full} of {all} hubs are full: that is why sites near one of them deliver farther away.",
        "ハブ{all}か所中{full}か所は能力いっぱいで、近くの拠点も遠くへ届ける。",
    ),
    "by_hub": ("What every hub takes", "ハブ別の受入れ"),
    "hub_name": ("Hub", "ハブ"),
    "hub_stands": ("Stands in", "所在地域"),
    "takes": ("Packs, t/yr", "電池 t/年"),
    "room": ("Capacity, t/yr", "能力 t/年"),
    "from": ("Comes from, t/yr", "発生地域 t/年"),
    "origin": ("{} {}", "{}{}"),
    "matrix": (
        "From the region of the sites (rows) to the region of the hubs (columns), t/yr",
        "発生地域（行）からハブの所在地域（列）へ、t/年",
    ),
    "from_region": ("From", "発生地域"),
    "row_sum": ("Together", "計"),
}


def describe_crossings(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on packs that leave their region; None where none do."""
    sums = sum_crossings(plan, lang)
    if sums is None:
        return None
    words = {**report_words(lang, plan.settings), **speak_in_commodity_words(WORDS, plan.settings, lang)}
    blocks: list[Block] = [
        Paragraph(_say(plan, sums, words, lang)),
        _list_hubs(list_decisions(plan, lang), words),
        _show_matrix(sums, words),
    ]
    return Section("crossings", words["crossings"], tuple(blocks))


def _say(plan: PlanData, sums: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> str:
    """Write how much crosses a border, and how many hubs are full where any are."""
    total = float(sums.to_numpy().sum())
    home = sum(float(t) for name, line in sums.to_dict("index").items() for to, t in line.items() if to == name)
    told = words["crossings_told"].format(cross=f"{total - home:,.0f}", share=f"{100 * (1 - home / total):.0f}")
    full, used = count_full(plan)
    if not full:
        return told
    return told + ("" if lang == "ja" else " ") + words["full_told"].format(full=full, all=used)


def _list_hubs(rows: tuple[Decision, ...], words: Mapping[str, str]) -> Table:
    columns = (
        Column(words["hub_name"]),
        Column(words["hub_stands"]),
        Column(words["takes"], "number"),
        Column(words["room"], "number"),
        Column(words["from"], "prose"),
    )
    told = tuple(
        (
            Named(row.hub.name, row.hub.id),
            row.region_name,
            f"{row.mass_t:,.0f}",
            f"{row.capacity_t:,.0f}",
            words["list_comma"].join(words["origin"].format(name, f"{t:,.0f}") for name, t in row.origins) or "–",
        )
        for row in rows
    )
    return Table(words["by_hub"], columns, told, shows_caption=True, small=True)


def _show_matrix(sums: pd.DataFrame, words: Mapping[str, str]) -> Table:
    cells = sums.to_numpy()
    columns = (Column(words["from_region"]), *(Column(str(name), "number") for name in (*sums, words["row_sum"])))
    rows = [
        (str(name), *(f"{t:,.0f}" if t else "–" for t in line), f"{line.sum():,.0f}")
        for name, line in zip(sums.index, cells, strict=True)
    ]
    rows.append((words["total"], *(f"{t:,.0f}" for t in cells.sum(axis=0)), f"{cells.sum():,.0f}"))
    return Table(words["matrix"], columns, tuple(rows), total=True, shows_caption=True, small=True)
