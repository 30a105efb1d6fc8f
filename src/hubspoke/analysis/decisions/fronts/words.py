"""A front in lines for a terminal, and the words of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.fronts.cells import head_cells, row_cells, show_value
from hubspoke.analysis.decisions.fronts.measures import COMPLETE, SUMS, VALUES
from hubspoke.analysis.decisions.fronts.tables import END, POINT, SEGMENT
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_asked_gap, format_number, format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "title": ("{title}: cost against {measure}", "{title}：費用と{measure}"),
    "front": ("Front", "パレートフロント"),
    "in_short": ("In short", "要約"),
    "chart": ("Cost against {measure}", "費用と{measure}の関係"),
    "points_table": ("Points", "各点"),
    "plants_table": ("Plants by point", "点ごとの施設"),
    "cost_axis": ("cost, bn yen/yr", "費用（億円／年）"),
    "co2": ("CO2", "CO2"),
    "co2_unit": ("t CO2/yr", "t-CO2/年"),
    "co2_step": ("yen per t CO2", "円/t-CO2"),
    "longest-haul": ("the longest haul", "最長運搬距離"),
    "longest-haul_unit": ("km", "km"),
    "longest-haul_step": ("yen/yr per km", "円/年/km"),
    "hubs": ("the number of hubs", "中間処理拠点数"),
    "hubs_unit": ("hubs", "拠点"),
    "hubs_step": ("yen/yr per hub", "円/年/拠点"),
    "refined-at-home": ("black mass refined outside its region", "域外で製錬されるブラックマス"),
    "refined-at-home_unit": ("t/yr", "t/年"),
    "refined-at-home_step": ("yen per t", "円/t"),
    "complete": (
        "All {n} points of the front, with the lines between them: no plan lies below, proven piece by piece.",
        "フロントの全{n}点（線分を含む）。これより下に計画がないことを区間ごとに証明。",
    ),
    "levels": (
        (
            "{n} points of the front at even levels, each the cheapest plan that keeps its level, proven to {gap}; "
            "between them there may be more (--all finds them)."
        ),
        (
            "等間隔の水準ごとの{n}点。各点はその水準を守る最安の計画（証明は{gap}以内）。"
            "間にも点がありうる（--all で全点）。"
        ),
    ),
    "values": (
        "All {n} points of the front: the cheapest plan for every value, proven to {gap}.",
        "フロントの全{n}点：値ごとの最安の計画（証明は{gap}以内）。",
    ),
    "weighted-sums": (
        (
            "{n} points that make a weighted sum of both least, proven to {gap}: the network is too large for more. "
            "Others may lie above the lines between them, none below."
        ),
        (
            "両者の加重和を最小にする{n}点（証明は{gap}以内）。網が大きく全点は求めない。点を結ぶ線の上側には他の計画が"
            "ありうるが、下側にはない。"
        ),
    ),
    "first-values": (
        "The first {n} points of the front, from the cheapest on: the cheapest plan for each value, proven to {gap}.",
        "フロントの最初の{n}点（安い順）：値ごとの最安の計画（証明は{gap}以内）。",
    ),
    "fewer-levels": (
        "Fewer than the {asked} asked for: at the levels tried between them no other plan is the cheapest.",
        "求めた{asked}点より少ない：間の水準を試したが、最安となる別の計画はなかった。",
    ),
    "fewer-weighted-sums": (
        "Fewer than the {asked} asked for: no other plan was found that makes a weighted sum least.",
        "求めた{asked}点より少ない：加重和を最小にする別の計画は見つからなかった。",
    ),
    "fewer-complete": (
        "Fewer than the {asked} asked for: there are no others.",
        "求めた{asked}点より少ない：他の点は存在しない。",
    ),
    "one-weighted-sum": (
        "One plan makes every weighted sum of both least, proven to {gap}; the network is too large to look for more.",
        "加重和を最小にする計画は1つだけ（証明は{gap}以内）。網が大きく他の点は求めない。",
    ),
    "single": (
        "One plan is best in both: nothing is to be weighed.",
        "両方で最良の計画が1つあり、比べるものはない。",
    ),
    "open": (
        "The search ended before all points were found and proven: {n} are listed, and there may be better ones.",
        "全点を見つけて証明する前に打ち切り。{n}点を示すが、より良い計画がありうる。",
    ),
    "cheapest": ("Cheapest: {cost} a year at {value} {unit}.", "最安：年{cost}、{value} {unit}。"),
    "least": (
        "Least {measure}: {value} {unit} at {cost} a year, {more} more ({step} {step_unit} on average).",
        "{measure}最小：{value} {unit}、年{cost}（{more}増、平均{step} {step_unit}）。",
    ),
    "knee": (
        (
            "Knee (farthest below the line between both ends, Das 1999): point {point}, {cost} a year at {value} "
            "{unit}; up to there a step costs {before} {step_unit}, from there on {behind}."
        ),
        (
            "ニー点（両端を結ぶ線から最も離れた点、Das 1999）：点{point}、年{cost}、{value} {unit}。そこまでは{before} "
            "{step_unit}、その先は{behind}。"
        ),
    ),
    "no_knee": (
        "No point lies below the line between both ends: there is no knee.",
        "両端を結ぶ線より下の点はない（ニー点なし）。",
    ),
    "point": ("point", "点"),
    "kind": ("kind", "種類"),
    POINT + "_kind": ("plan", "計画"),
    SEGMENT + "_kind": ("segment", "線分"),
    END + "_kind": ("end", "端"),
    "touches": ("end, not best itself", "端（点自体は劣る）"),
    "cost": ("cost a year", "年間費用"),
    "more": ("more", "増加"),
    "opens": ("opens", "開設"),
    "closes": ("closes", "閉鎖"),
    "many": ("{n} plants", "{n}施設"),
    "note": (
        (
            "A step costs what the point costs more than the one before, by unit of the measure. From a segment the "
            "front goes on to the next row as a straight line: the same plants, with tonnes divided otherwise."
        ),
        (
            "段差は前の点からの費用増を指標の減少量で割ったもの。「線分」は次の行まで直線が続くことを示す（施設は同じで、"
            "配分だけが変わる）。"
        ),
    ),
    "cut": (
        "The first {n} of {all} points; all are in front.csv.",
        "全{all}点中の最初の{n}点。全点は front.csv にある。",
    ),
    "plant": ("plant", "施設"),
    "id": ("id", "ID"),
    "region": ("region", "地域"),
    "share": ("share of points", "点の割合"),
    "load": ("load, t/yr", "処理量（t／年）"),
    "hub_kind": ("hub", "中間処理"),
    "refinery_kind": ("refinery", "製錬"),
    "plant_kind": ("kind", "種別"),
}
SHOWN = 40
"""Most rows on a terminal."""


def summarise_front(found: FrontFound, lang: Lang = "en") -> list[str]:
    """Return what a front came to, in sentences.

    Parameters
    ----------
    found : FrontFound
    lang : {"en", "ja"}
    """
    return [in_commodity_words(line, found.settings, lang) for line in _sentences(found, speak(WORDS, lang), lang)]


def tell_front(found: FrontFound, lang: Lang = "en") -> str:
    """Return a front in lines for a terminal.

    Parameters
    ----------
    found : FrontFound
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    rows = [head_cells(found, words)]
    rows += [row_cells(found, row, words, lang) for row in found.points.head(SHOWN).to_dict("records")]
    lines = [*summarise_front(found, lang), "", *lay_out(rows, right={0, 2, 3, 4, 5})]
    if len(found.points) > SHOWN:
        lines.append(words["cut"].format(n=SHOWN, all=len(found.points)))
    return "\n".join(lines)


def _is_short(found: FrontFound) -> bool:
    """Return whether a search for all points, or for as many as were asked for, has not found them."""
    return found.method == COMPLETE or (found.method == VALUES and len(found.points) != found.asked)


def _how_found(found: FrontFound) -> str:
    """Return which words say what the points are, and what is proven of them."""
    if found.method == SUMS and len(found.points) == 1:
        return "one-weighted-sum"
    if found.method == VALUES:
        return VALUES if found.is_complete else "first-values"
    return COMPLETE if found.is_complete else found.method


def _sentences(found: FrontFound, words: dict[str, str], lang: Lang) -> Iterator[str]:
    points, name = found.points, found.measure.name
    count, gap = len(points), format_asked_gap(found.gap)
    first, last = points.iloc[0], points.iloc[-1]

    def yen(value: float) -> str:
        return format_yen(float(value), lang, found.settings)

    def price(row: int, other: int) -> str:
        """Return the price of a unit from one row to another."""
        one, two = points.iloc[row], points.iloc[other]
        less = one[found.measure.column] - two[found.measure.column]
        return format_number(float((two["cost_jpy"] - one["cost_jpy"]) / less)) if less > 0 else "–"

    unit = {"unit": words[f"{name}_unit"], "step_unit": words[f"{name}_step"], "measure": words[name]}
    if count == 1 and found.is_complete:
        yield words["single"]
    elif found.was_ended or (not found.is_complete and _is_short(found)):
        yield words["open"].format(n=count)
    else:
        yield words[_how_found(found)].format(n=count, gap=gap)
        why = "complete" if found.is_complete else found.method
        if count > 1 and found.asked is not None and count < found.asked and f"fewer-{why}" in words:
            yield words[f"fewer-{why}"].format(asked=found.asked)
    value = show_value(found, float(first[found.measure.column]))
    yield words["cheapest"].format(cost=yen(first["cost_jpy"]), value=value, **unit)
    if count == 1:
        return
    value = show_value(found, float(last[found.measure.column]))
    more = yen(last["cost_jpy"] - first["cost_jpy"])
    yield words["least"].format(cost=yen(last["cost_jpy"]), value=value, more=more, step=price(0, count - 1), **unit)
    if found.knee is None:
        if count > 2:
            yield words["no_knee"]
        return
    row = points.iloc[found.knee - 1]
    yield words["knee"].format(
        point=found.knee,
        cost=yen(row["cost_jpy"]),
        value=show_value(found, float(row[found.measure.column])),
        before=price(0, found.knee - 1),
        behind=price(found.knee - 1, count - 1),
        **unit,
    )
