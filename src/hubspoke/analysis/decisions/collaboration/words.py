"""What members gain by working together, in lines for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.collaboration.coalitions import NONE
from hubspoke.analysis.decisions.collaboration.stability import LEAVES, STAYS
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_gap, format_yen, per_kg
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.analysis.decisions.collaboration.collaborate import Collaboration
    from hubspoke.analysis.decisions.collaboration.divisions import Division
    from hubspoke.base.arrays import Floats
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "head": (
        "{members} members ({by}) under {policy}, {year}: together {cost} a year, {coalitions} coalitions planned",
        "{policy}、{year}年、参加者{members}（{by}）：共同で年{cost}、{coalitions}通りの連携を計画",
    ),
    "operator": ("operators of sites", "拠点の運営者別"),
    "region": ("regions", "地域別"),
    "gained": (
        "Each alone {alone}: working together saves {gain} a year ({share:.1f} %).",
        "単独の合計は{alone}：連携で年{gain}（{share:.1f}％）の節約。",
    ),
    "lost": (
        "Each alone {alone}: working together costs {gain} a year more, as plants open to all are limited.",
        "単独の合計は{alone}：全員が使える施設に限りがあり、連携は年{gain}高くつく。",
    ),
    "no_alone": (
        "No plan alone, so no cost alone: {names}. A price on tonnes left (policy.shortfall_jpy_per_t) gives one.",
        "単独では計画がなく、単独費用もない：{names}。残るトンの価格（policy.shortfall_jpy_per_t）があれば定まる。",
    ),
    "left_out": (
        "{tonnes} t/yr at sites that are no member's are left out.",
        "参加者のいない拠点の{tonnes} t/年は除外。",
    ),
    "member": ("member", "参加者"),
    "mass": ("t/yr", "t/年"),
    "alone": ("alone", "単独"),
    "alone_kg": ("alone, {unit}/kg", "単独（{unit}/kg）"),
    "shapley": ("Shapley", "シャープレイ値"),
    "nucleolus": ("nucleolus", "仁"),
    "equal_profit": ("equal profit", "等利益法"),
    "by_cost": ("by cost alone", "単独費用比"),
    "by_tonnes": ("by tonnes", "トン数比"),
    "sum": ("Sum", "計"),
    "pays": ("What each pays, million {unit} a year", "各参加者の負担（百万{unit}/年）"),
    "stays": (
        "{method}: nobody pays less by leaving; closest are {names}, who save {amount} by staying",
        "{method}：離れて得する者はいない。最も近いのは{names}で、残れば{amount}の節約",
    ),
    "stays_alone": ("{method}: nobody can leave", "{method}：離れられる者はいない"),
    "leaves": (
        "{method}: {names} would leave, who pay {amount} less by themselves",
        "{method}：{names}は離れた方が{amount}安い",
    ),
    "unknown": (
        "{method}: whether {names} would leave is less than what is proven (gap {gap})",
        "{method}：{names}が離れるかは証明の精度（ギャップ{gap}）では不明",
    ),
    "none": (
        "{method}: no answer, as not every cost that it needs is known",
        "{method}：必要な費用が定まらず、答えなし",
    ),
    "none_of_nothing": (
        "{method}: no answer, as {names} pays nothing alone and has nothing to save of",
        "{method}：{names}は単独費用が0で、節約の割合が定まらず、答えなし",
    ),
    "all_but": ("all but {names}", "{names}以外の全員"),
    "core": (
        "At best every coalition gains {amount} or more by staying (the nucleolus; the core is not empty).",
        "最良の配分（仁）ではどの連携も残れば{amount}以上得をする（コアは空でない）。",
    ),
    "no_core": (
        "No division keeps all in (the core is empty): some coalition pays {amount} less by itself at best.",
        "全員が残る配分はない（コアは空）：最良でもある連携は単独の方が{amount}安い。",
    ),
    "plants": (
        "Open together: hubs {hubs}; refineries {refineries}",
        "共同で使う施設：ハブ {hubs}；製錬所 {refineries}",
    ),
    "about_shapley": (
        "Shapley: what each adds to the cost, on average over every order in which they might join",
        "シャープレイ値：加わる順序すべてで平均した、各参加者が増やす費用",
    ),
    "about_nucleolus": (
        "nucleolus: the coalition that gains least by staying gains as much as it can",
        "仁：残る利得が最も小さい連携の利得を、できるだけ大きくする配分",
    ),
    "about_equal_profit": (
        "equal profit: all save as nearly the same share of their cost alone as the core allows",
        "等利益法：コアの中で、単独費用に対する節約の割合をできるだけ揃える配分",
    ),
    "about_by_cost": (
        "by cost alone, by tonnes: in proportion to what each costs alone, or brings",
        "単独費用比、トン数比：単独の費用、または持ち込む量に比例",
    ),
    "about_core": (
        "core: the divisions under which no coalition pays more than it would by itself",
        "コア：どの連携も、自分たちだけの場合より多くは払わない配分の集まり",
    ),
    "by_region": (
        "No site names an operator, so that regions stand for companies; the column operator of sites.csv names them.",
        "運営者のある拠点がないため、地域を参加者とした。企業別には sites.csv の列 operator を記入。",
    ),
}


def tell_collaboration(found: Collaboration, lang: Lang = "en") -> str:
    """Return what members gain by working together, in lines for a terminal.

    Parameters
    ----------
    found : Collaboration
    lang : {"en", "ja"}
    """
    return "\n".join(_lines(found, speak(WORDS, lang), lang))


def _lines(found: Collaboration, words: dict[str, str], lang: Lang) -> Iterator[str]:
    def yen(value: float) -> str:
        return format_yen(value, lang, found.settings)

    names = found.members["name_ja" if lang == "ja" else "name"].tolist()
    alone = found.members["alone_jpy"].to_numpy(float)
    coalitions = len(found.coalitions)
    yield words["head"].format(
        members=len(names),
        by=words[found.by],
        policy=found.policy,
        year=found.year,
        cost=yen(found.together_jpy),
        coalitions=f"{coalitions:,}",
    )
    if math.isfinite(found.gain_jpy):
        key, total = "gained" if found.gain_jpy >= 0 else "lost", float(alone.sum())
        share = 100 * found.gain_jpy / total if total else 0.0
        yield words[key].format(alone=yen(total), gain=yen(abs(found.gain_jpy)), share=share)
    missing = found.coalitions[found.coalitions["outcome"] == NONE]
    if len(missing):
        yield words["no_alone"].format(names=", ".join(_speak(cell, found, lang) for cell in missing["members"]))
    if found.no_operators:
        yield words["by_region"]
    if found.left_out_t > 0:
        yield words["left_out"].format(tonnes=f"{found.left_out_t:,.0f}")
    yield ""
    yield from _table(found, words, names, alone, lang)
    yield ""
    for one in found.divisions:
        yield _tell_division(one, found, words, names, lang)
    if math.isfinite(found.least_core_jpy):
        key = "core" if found.least_core_jpy >= -1e-9 * found.together_jpy else "no_core"
        yield words[key].format(amount=yen(abs(found.least_core_jpy)))
    yield words["plants"].format(**{kind: _list_plants(names, lang) for kind, names in found.plants.items()})
    yield ""
    yield from (words[key] for key in words if key.startswith("about_"))


def _list_plants(plants: pd.DataFrame, lang: Lang) -> str:
    """Return the names of plants, each with its identifier, by which tables and commands know it."""
    names = plants["name_ja" if lang == "ja" else "name"]
    told = [f"{name} ({known})" if name != known else name for name, known in zip(names, plants["id"], strict=True)]
    return {"en": ", ", "ja": "、"}[lang].join(told) or "-"


def _table(found: Collaboration, words: dict[str, str], names: list[str], alone: Floats, lang: Lang) -> Iterator[str]:
    unit = (
        {"en": "yen", "ja": "円"}[lang] if found.settings is None else getattr(found.settings.currency, f"name_{lang}")
    )
    yield words["pays"].format(unit=unit)
    methods = [one.method for one in found.divisions]
    per = words["alone_kg"].format(unit=unit)
    rows = [(words["member"], words["mass"], words["alone"], per, *(words[method] for method in methods))]
    mass = found.members["mass_t"].to_numpy(float)
    pays = [found.members[f"{method}_jpy"].to_numpy(float) for method in methods]
    for at, name in enumerate(names):
        kg = f"{per_kg(alone[at], mass[at]):.1f}" if mass[at] and math.isfinite(alone[at]) else "-"
        rows.append((name, f"{mass[at]:,.0f}", _million(alone[at]), kg, *(_million(share[at]) for share in pays)))
    total = float(alone.sum())
    kg = f"{per_kg(total, float(mass.sum())):.1f}" if math.isfinite(total) and mass.sum() else "-"
    rows.append((words["sum"], f"{mass.sum():,.0f}", _million(total), kg, *(_million(share.sum()) for share in pays)))
    yield from lay_out(rows, right=set(range(1, len(rows[0]))))


def _million(value: float) -> str:
    return f"{value / 1e6:,.1f}" if math.isfinite(value) else "-"


def _tell_division(one: Division, found: Collaboration, words: dict[str, str], names: list[str], lang: Lang) -> str:
    method, judged = words[one.method], one.stability
    if judged is None:
        nothing = [name for name, alone in zip(names, found.members["alone_jpy"], strict=True) if alone <= 0]
        if nothing and found.members["alone_jpy"].map(math.isfinite).all():
            return words["none_of_nothing"].format(method=method, names=", ".join(nothing))
        return words["none"].format(method=method)
    if not judged.coalition:
        return words["stays_alone"].format(method=method)
    inside = _name(judged.coalition, names, words)
    key = {LEAVES: "leaves", STAYS: "stays"}.get(judged.outcome, "unknown")
    amount = format_yen(abs(round(judged.gains)), lang, found.settings)
    return words[key].format(method=method, names=inside, amount=amount, gap=format_gap(found.gap))


def _name(coalition: int, names: list[str], words: dict[str, str]) -> str:
    """Return the members of a coalition, or who is missing where that is fewer."""
    inside = [name for at, name in enumerate(names) if coalition >> at & 1]
    outside = [name for name in names if name not in inside]
    if len(outside) < len(inside) - 1:
        return words["all_but"].format(names=", ".join(outside))
    return " + ".join(inside)


def _speak(cell: str, found: Collaboration, lang: Lang) -> str:
    """Return a coalition in words of a language."""
    spoken = dict(zip(found.members["member"], found.members["name_ja" if lang == "ja" else "name"], strict=True))
    return " + ".join(spoken.get(one, one) for one in cell.split(" + "))
