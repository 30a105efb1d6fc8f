"""What is told of an account of metals: titled tables with notes, the same on a terminal and in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.metals.co2 import avoided_t, sum_steps
from hubspoke.metals.contents import name_metal
from hubspoke.metals.demand import find_demand, packs_t
from hubspoke.metals.ledger import ALLOY, LANDED, LOST, PACKS, PRODUCT, SCRAP
from hubspoke.metals.statement import OF_PLAN, OVERALL, PUBLISHED, STEPS
from hubspoke.metals.sums import sum_stages
from hubspoke.metals.words import metals_words
from hubspoke.words.names import name_area

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from hubspoke.metals.account import Account
    from hubspoke.words.language import Lang


@dataclass(frozen=True)
class Told:
    """A table of texts: `head` and `rows` of one width, and notes below it.

    The first `names` columns hold words, and the last one where `ends_in_words`; `total` marks the last row as a sum.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    names: int = 1
    total: bool = False
    ends_in_words: bool = False


def tell_ledger(account: Account, lang: Lang) -> Told | None:
    """Return where the metal goes, as it is counted; None for a plan without any.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    settings, words = account.plan.settings, metals_words(account.plan.settings, lang)
    sums = sum_stages(account.ledger, amount="counted_kg")
    if sums.empty:
        return None
    elements = sum_stages(account.ledger)
    rows = []
    for metal in sums.index:
        rows.append((name_metal(settings, metal, lang), *_tell_stages(sums.loc[metal])))
        known = settings.metals.get(metal)
        if known is not None and float(known.element_t_per_t) != 1.0:
            rows.append(
                (words["lithium"].format(name_metal(settings, metal, lang)), *_tell_stages(elements.loc[metal]))
            )
    keys = ("metal", "packs", "landed", "scrap", "product", "alloy", "lost")
    return Told(words["ledger"], tuple(words[key] for key in keys), tuple(rows))


def _tell_stages(row: pd.Series) -> tuple[str, ...]:
    parts = (*(float(row[stage]) for stage in (PACKS, LANDED, SCRAP, PRODUCT, ALLOY)), sum(float(row[s]) for s in LOST))
    return tuple(_tonnes(kg / 1000.0) for kg in parts)


def tell_shares(account: Account, lang: Lang) -> Told | None:
    """Return the demand and what recycled metal meets of it; None where no demand is stated.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    plan, demand = account.plan, find_demand(account.plan.settings)
    if demand is None:
        return None
    words = metals_words(plan.settings, lang)
    rows = [
        (
            name_metal(plan.settings, str(metal), lang),
            _tonnes(row["demand_t"]),
            _tonnes(row["post_t"]),
            _tonnes(row["pre_t"]),
            _tonnes(row["abroad_post_t"] + row["abroad_pre_t"]),
            _percent(row["share"]),
        )
        for metal, row in account.shares.iterrows()
    ]
    keys = ("metal", "demand", "post_t", "pre_t", "abroad_t", "share")
    note = words["demand_note"].format(getattr(demand, f"name_{lang}"), _tonnes(packs_t(demand, plan.year)), plan.year)
    stays = account.shares["stays_abroad_t"]
    told = [f"{name_metal(plan.settings, str(metal), lang)} {_tonnes(t)} t" for metal, t in stays[stays > 0].items()]
    more: tuple[str, ...] = (words["stays_abroad"].format(("、" if lang == "ja" else ", ").join(told)),) if told else ()
    drawn = plan.outlines.loc[plan.outlines["kind"] == "region", "id"]
    if len(plan.regions) < len(drawn):
        more = (*more, words["part_note"].format(name_area(plan.regions, plan.settings, lang)))
    return Told(words["shares"], tuple(words[key] for key in keys), tuple(rows), (note, *more))


def tell_walk(account: Account, lang: Lang) -> Iterator[Told]:
    """Yield the way from each published share to that of the plan, a column for each metal.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    plan, demand, walk = account.plan, account.plan.settings.demand, account.walk
    words = metals_words(plan.settings, lang)
    labels = {step: words[f"step_{step}" if step in ("demand", "packs") else step] for step in STEPS}
    if (account.shares["stays_abroad_t"] > 0).any():
        labels["abroad"] = words["abroad_net"]
    for key, of in walk.groupby("statement", sort=False):
        metals = list(dict.fromkeys(of["metal"]))
        cells = {(row["metal"], row["step"]): row for row in of.to_dict("records")}
        rows = []
        for step in STEPS:
            told = [cells[metal, step]["share" if step in (PUBLISHED, OF_PLAN) else "change"] for metal in metals]
            if step == "abroad" and not any(told):
                continue
            sign = "" if step in (PUBLISHED, OF_PLAN) else "+"
            rows.append((labels[step], *(_percent(share, sign) for share in told)))
        names = [words["overall"] if one == OVERALL else name_metal(plan.settings, one, lang) for one in metals]
        of_whom = getattr(demand.published[str(key)], f"name_{lang}") if demand else ""
        yield Told(words["walk"].format(of_whom), (words["step"], *names), tuple(rows), total=True)


def tell_co2(account: Account, lang: Lang) -> Iterator[Told]:
    """Yield the CO2 of the plan by step, and beside it that of its metals made of ore.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    plan, replaced = account.plan, account.replaced
    words = metals_words(plan.settings, lang)
    steps = [(words[step], _tonnes(mass_t)) for step, mass_t in sum_steps(plan).items() if mass_t]
    if replaced.empty or not steps:
        return
    steps.append((words["sum"], _tonnes(plan.co2_kg / 1000.0)))
    yield Told(words["steps"], (words["step"], "t/yr" if lang == "en" else "t/年"), tuple(steps), total=True)
    rows: list[tuple[str, ...]] = [
        (
            name_metal(plan.settings, str(row["metal"]), lang),
            _tonnes(row["sold_t"]),
            f"{row['primary_kg_per_t'] / 1000:g}",
            f"{row['primary_low_kg_per_t'] / 1000:g}-{row['primary_high_kg_per_t'] / 1000:g}",
            _tonnes(row["primary_co2_t"]),
            _tonnes(row["remelting_co2_t"]),
        )
        for row in replaced.to_dict("records")
    ]
    rows.append(
        (words["sum"], "", "", "", *(_tonnes(replaced[f"{key}_co2_t"].sum()) for key in ("primary", "remelting")))
    )
    avoided, low, high = (avoided_t(plan, replaced, end) for end in ("", "low_", "high_"))
    each = f"{avoided / plan.mass_t:,.1f}" if plan.mass_t else "–"
    alone = avoided_t(plan, replaced[replaced["metal"].isin(list(plan.settings.metals))])
    note = words["avoided"].format(_tonnes(avoided), _tonnes(low), _tonnes(high), each, _tonnes(alone))
    keys = ("metal", "sold", "factor", "range", "of_ore", "remelted")
    yield Told(words["co2"], tuple(words[key] for key in keys), tuple(rows), (note,), total=True)


def tell_exported(account: Account, lang: Lang) -> Told | None:
    """Return the metal that leaves with used cars by year; None where the packs are of no fleet.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    if account.exported.empty:
        return None
    settings = account.plan.settings
    words = metals_words(settings, lang)
    metals = [name for name in settings.metals if account.exported[f"{name}_t"].any()]
    rows = [
        (str(row["year"]), *(_tonnes(row[f"{name}_t"]) for name in ("packs", "kept", *metals)))
        for row in account.exported.to_dict("records")
    ]
    scenario = settings.supply.scenarios[settings.supply.scenario]
    title = words["exported"].format(getattr(scenario, f"name_{lang}") or settings.supply.scenario)
    head = (words["year"], words["gone"], words["kept"], *(name_metal(settings, name, lang) for name in metals))
    return Told(title, head, tuple(rows))


def _tonnes(mass_t: float) -> str:
    text = f"{mass_t:,.0f}"
    return "–" if mass_t != mass_t else "0" if text == "-0" else text  # noqa: PLR0124 - NaN differs from itself


def _percent(share: float, sign: str = "") -> str:
    return "–" if share != share else f"{100 * share + 0.0:{sign}.1f}"  # noqa: PLR0124
