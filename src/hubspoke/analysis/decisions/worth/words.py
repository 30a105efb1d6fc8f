"""What rules, tonnes, room and plants are worth, in lines for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hubspoke.analysis.decisions.worth.plant import BreakEven, RoomWorth
    from hubspoke.analysis.decisions.worth.rules import RuleCost
    from hubspoke.analysis.decisions.worth.site import TonneCost
    from hubspoke.analysis.decisions.worth.state import Difference
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "rules": (
        "What each rule costs a year: how much cheaper the best plan without it is (each planned anew):",
        "規則ごとの年間費用（その規則のない最良の計画との差、いずれも計画し直し）：",
    ),
    "rule": ("{rule}: {told}", "{rule}：{told}"),
    "exact": ("{amount}", "{amount}"),
    "nothing": ("nothing", "0"),
    "range": ("{amount} (proven: {least} to {most})", "{amount}（証明済みの範囲：{least}～{most}）"),
    "tonne_unknown": ("What a tonne a year more there costs: ", "1 t/年増えた場合の費用："),
    "room_unknown": (
        "What {step} t/yr more room there would save is not known: no plan was found in time.",
        "能力を{step} t/年増やした場合の節約は不明（時間内に計画が見つからない）。",
    ),
    "unknown": ("no plan was found in time", "時間内に計画は見つからず"),
    "infeasible": ("there is no plan", "計画は存在しない"),
    "tonne": (
        "A tonne a year more there costs {told} a year (planned anew).",
        "そこで年1 t増えると、費用は年間{told}増える（計画し直し）。",
    ),
    "room": (
        "{step} t/yr more room there would save {told} a year, {each} per tonne (planned anew, not by prices).",
        "処理能力が年{step} t増えれば、年間{told}の節約（1 tあたり{each}、双対価格ではなく計画し直しによる）。",
    ),
    "no_room": (
        "{step} t/yr more room there would save nothing (planned anew, not by prices).",
        "処理能力が年{step} t増えても節約にならない（双対価格ではなく計画し直しによる）。",
    ),
    "chosen": (
        "It would be chosen if its capital, labour, maintenance and overhead were {share} % of what they are{proof}.",
        "自身の設備費・人件費・保守費・管理費が{share}％になれば採用される{proof}。",
    ),
    "not_free": (
        "It would not be chosen even if its capital, labour, maintenance and overhead were nothing.",
        "自身の設備費・人件費・保守費・管理費が0でも採用されない。",
    ),
    "as_good": (
        "A plan with it costs the same: it is not chosen by a tie.",
        "これを含む同じ費用の計画がある（同点で不採用）。",
    ),
    "proven": (
        " (proven: chosen up to {low} %, left aside from {high} % on; {plans} plans)",
        "（証明済み：{low}％まで採用、{high}％以上で不採用。計画{plans}回）",
    ),
    "no_break_even": (
        "At what cost it would be chosen is not known: no plan with it, or none in time.",
        "採用される費用の水準は不明（これを含む計画がないか、時間内に見つからない）。",
    ),
}
CERTAIN_JPY = 1000.0
"""Width, in yen per year, up to which a range is shown as one number."""


def tell_rules(found: Sequence[RuleCost], settings: Settings, lang: Lang = "en") -> list[str]:
    """Return what each rule costs, in lines.

    Parameters
    ----------
    found : sequence of RuleCost
    settings : Settings
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    lines = [words["rules"]]
    for one in found:
        rule = one.rule.japanese if lang == "ja" else one.rule.english
        told = tell_saving(one.difference, settings, lang)
        lines.append(f"  {words['rule'].format(rule=in_commodity_words(rule, settings, lang), told=told)}")
    return lines


def tell_saving(found: Difference, settings: Settings, lang: Lang) -> str:
    """Return what is saved by another plan.

    Parameters
    ----------
    found : Difference
    settings : Settings
    lang : {"en", "ja"}
    """
    return _tell((-found.jpy, -found.most, -found.least), found, settings, lang)


def tell_tonne(found: TonneCost, settings: Settings, lang: Lang = "en") -> str:
    """Return what a tonne more at a site costs.

    Parameters
    ----------
    found : TonneCost
    settings : Settings
    lang : {"en", "ja"}
    """
    one, words = found.difference, speak(WORDS, lang)
    told = _tell((one.jpy, one.least, one.most), one, settings, lang, 1.0)
    known = math.isfinite(one.jpy) and not one.is_infeasible
    return words["tonne"].format(told=told) if known else words["tonne_unknown"] + told


def tell_plant(room: RoomWorth | None, even: BreakEven | None, settings: Settings, lang: Lang = "en") -> list[str]:
    """Return what a plant's room is worth, or at what cost it would be chosen, in lines.

    Parameters
    ----------
    room : RoomWorth or None
        Of a plant that is built.
    even : BreakEven or None
        Of one that is not; None where nothing is known.
    settings : Settings
    lang : {"en", "ja"}
    """
    return list(_plant_lines(room, even, settings, lang))


def _plant_lines(room: RoomWorth | None, even: BreakEven | None, settings: Settings, lang: Lang) -> Iterator[str]:
    words = speak(WORDS, lang)
    if room is not None:
        step, saved = f"{room.step_t:,.0f}", -room.difference.jpy
        if not math.isfinite(saved):
            yield words["room_unknown"].format(step=step)
            return
        if saved < 0.5 and -room.difference.least < CERTAIN_JPY:
            yield words["no_room"].format(step=step)
            return
        told, each = tell_saving(room.difference, settings, lang), format_yen(saved / room.step_t, lang, settings)
        yield words["room"].format(step=step, told=told, each=each)
    elif even is None or not math.isfinite(even.left_from):
        yield words["no_break_even"]
    elif even.left_from <= 0 or even.chosen_to < 0:
        yield words["not_free"]
    elif even.chosen_to >= 1 - 1e-6:
        yield words["as_good"]
    else:
        low, high = math.floor(1e3 * even.chosen_to) / 10, math.ceil(1e3 * even.left_from) / 10
        proof = words["proven"].format(low=f"{low:.1f}", high=f"{high:.1f}", plans=even.plans)
        yield words["chosen"].format(share=f"{100 * even.chosen_to:.1f}", proof=proof)


def _tell(
    amounts: tuple[float, float, float], found: Difference, settings: Settings, lang: Lang, width: float = CERTAIN_JPY
) -> str:
    """Return an amount as it was found, with the least and the most that is proven where they are apart."""
    jpy, least, most = amounts
    words = speak(WORDS, lang)
    if found.is_infeasible:
        return words["infeasible"]
    if not math.isfinite(jpy):
        return words["unknown"]
    amount = words["nothing"] if abs(jpy) < 0.5 else format_yen(jpy, lang, settings)
    if most - least <= width:
        return words["exact"].format(amount=amount)
    ends = {"least": format_yen(least, lang, settings), "most": format_yen(most, lang, settings)}
    return words["range"].format(amount=amount, **ends)
