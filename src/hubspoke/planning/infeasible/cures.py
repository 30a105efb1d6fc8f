"""By how much a rule may give way, and what a planner writes for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.inputs.place_names import name_network
from hubspoke.words.language import LANGUAGES

if TYPE_CHECKING:
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.infeasible.rules import Rule
    from hubspoke.planning.request import Task
    from hubspoke.words.place_names import PlaceNames

GROWN = tuple(round(1.0 + 0.01 * at, 2) for at in range(1, 401))
"""Factors on the sizes of plants that are tried."""
LOWERED = 100
"""Steps in which a least throughput is lowered to nothing."""
KINDS_JA = {"hubs": "中間処理拠点", "refineries": "製錬拠点"}
WHOLE = 1.0
"""Share of a rule that gives way where it is dropped as a whole."""


@dataclass(frozen=True)
class Cure:
    """What leads to a plan.

    Attributes
    ----------
    key : str
        Of the rule that gives way.
    share : float
        How far, as a share of it; 1 where it is dropped.
    english, japanese : str
        What to do.
    """

    key: str
    share: float
    english: str
    japanese: str
    is_least: bool = True
    """Whether it is proven that no smaller change, in steps of 1 km, 1 % or one plant, leads to a plan."""


def list_amounts(key: str, task: Task, lanes: Lanes) -> list[float]:
    """Return the amounts to which a rule may give way, the nearest first; none where it can only be dropped.

    Parameters
    ----------
    key : str
        Of the rule.
    task : Task
    lanes : Lanes
    """
    rules = task.rules
    if key in {"hub_room", "refinery_room"}:
        return list(GROWN)
    if key == "longest_haul" and rules.longest_haul_km is not None:
        longer = np.unique(np.ceil(lanes.distance_km[lanes.reachable & (lanes.distance_km > rules.longest_haul_km)]))
        return [float(one) for one in longer]
    if key in {"hub_floor", "refinery_floor"}:
        floor = float(getattr(rules, f"{key}_t"))
        return [floor * (1 - at / LOWERED) for at in range(1, LOWERED + 1)]
    if key.startswith(("fewest_", "most_")):
        end, name = key.split("_", 1)
        fewest, most = getattr(rules, name)
        plants = len(task.network.hubs if name.startswith("hubs") else task.network.refineries)
        return [float(one) for one in (range(fewest - 1, -1, -1) if end == "fewest" else range(most + 1, plants + 1))]
    return []


def name_cure(rule: Rule, task: Task, amount: float | None) -> Cure:
    """Return what a planner writes so that a rule gives way.

    Parameters
    ----------
    rule : Rule
    task : Task
    amount : float or None
        To which it gives way; None where it is dropped.
    """
    key, rules = rule.key, task.rules
    if amount is None:
        english, japanese = _drop(rule, name_network(task.network))
        return Cure(key, WHOLE, english, japanese)
    if key in {"hub_room", "refinery_room"}:
        kind = "hubs" if key == "hub_room" else "refineries"
        more = 100 * (amount - 1)
        told = f"let {kind} be up to {more:.0f} % larger (max_t, or sizes in the settings)"
        return Cure(key, amount - 1, told, f"{KINDS_JA[kind]}の規模を最大{more:.0f}％拡大する（max_t または sizes）")
    if key == "longest_haul":
        now = float(rules.longest_haul_km or 0.0)
        told = f"allow hauls of {amount:,.0f} km (--set policy.longest_haul_km={amount:.0f})"
        ja = f"運搬距離{amount:,.0f} kmを許す（--set policy.longest_haul_km={amount:.0f}）"
        return Cure(key, (amount - now) / now, told, ja)
    if key in {"hub_floor", "refinery_floor"}:
        now, name = float(getattr(rules, f"{key}_t")), f"policy.min_throughput_{key.partition('_')[0]}_t_per_yr"
        told = f"ask for {amount:,.0f} t/yr at least (--set {name}={amount:.0f})"
        return Cure(
            key, (now - amount) / now, told, f"最低処理量を年{amount:,.0f} tにする（--set {name}={amount:.0f}）"
        )
    end, name = key.split("_", 1)
    fewest, most = getattr(rules, name)
    now, limits = (fewest, (int(amount), most)) if end == "fewest" else (most, (fewest, int(amount)))
    top = len(task.network.hubs if name.startswith("hubs") else task.network.refineries)
    written = f"--set policy.{name}=[{limits[0]},{top if limits[1] is None else limits[1]}]"
    word = "ask for" if end == "fewest" else "allow"
    kind = name.partition("_")[0]
    many = kind if int(amount) != 1 else {"hubs": "hub", "refineries": "refinery"}[kind]
    told = f"{word} {int(amount)} {many} {'in total' if name.endswith('total') else 'in every region'} ({written})"
    where_ja, end_ja = "合計" if name.endswith("total") else "各地域", "以上" if end == "fewest" else "まで"
    ja = f"{KINDS_JA[kind]}を{where_ja}{int(amount)}{end_ja}とする（{written}）"
    return Cure(key, abs(amount - now) / max(now, 1), told, ja)


def _drop(rule: Rule, names: PlaceNames) -> tuple[str, str]:
    """Return what a planner writes so that a rule is dropped."""
    kind, _, plant = rule.key.partition(" ")
    if kind == "open":
        return f"do not order {names.plant(plant, 'en')} to be open", f"{names.plant(plant, 'ja')}の開設指定を外す"
    if kind == "close":
        english, japanese = (names.short(plant, lang) for lang in LANGUAGES)
        return f"reopen {english} (--open {plant})", f"{japanese}を開ける（--open {plant}）"
    if kind == "packs_stay":
        return "open the borders (--policy open)", "地域境界を開く（--policy open）"
    if kind == "black_mass_stays":
        return (
            "let black mass cross borders (--policy shared-refinery)",
            "ブラックマスの越境を許す（--policy shared-refinery）",
        )
    if kind == "single_sourcing":
        return "let sites be divided (--set policy.sourcing=split)", "拠点の分割を許す（--set policy.sourcing=split）"
    return f"give up that {rule.english}", f"「{rule.japanese}」を外す"
