"""What is told of duties: which are met by the whole plan and by each plant, and what would cure those that are not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.costs.metals import metal_recoveries
from hubspoke.metals.contents import KG_PER_T, name_metal
from hubspoke.metals.duties import CONTENT, EFFICIENCY, MISSED, RECOVERY, ROUNDING, suffices_for
from hubspoke.metals.ledger import BLACK_MASS
from hubspoke.metals.told import Told
from hubspoke.metals.words import metals_words
from hubspoke.words.names import name_plant, name_technology

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    import pandas as pd

    from hubspoke.metals.account import Account
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

VARIANTS = ("reached", "with_plastics", "without_carbon", "without_both")


def tell_duties(account: Account, lang: Lang) -> Iterator[Told]:
    """Yield the duties on the whole plan with their cures, the efficiency in all its readings, and every plant.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}
    """
    plan, duties = account.plan, account.duties
    if duties.empty:
        return
    words = metals_words(plan.settings, lang)
    whole = duties[duties["plant_kind"] == "plan"]
    rows = []
    for row in whole.to_dict("records"):
        duty = plan.settings.duties[str(row["duty"])]
        verdict = words[str(row["met"])]
        if not row["in_force"]:
            verdict = words["later"].format(verdict, duty.first_year)
        what = name_metal(plan.settings, str(row["metal"]), lang) if row["metal"] else words["by_weight"]
        figures = (_percent(row["asked"]), _percent(row["reached"]), f"{100 * row['margin'] + 0.0:+.1f}")
        rows.append((_name(duty, lang), what, *figures, verdict))
    keys = ("duty", "what", "asked", "reached", "margin", "verdict")
    head = tuple(words[key].format(plan.year) for key in keys)
    yield Told(words["duties"], head, tuple(rows), tuple(_cure(account, words, lang)), names=2, ends_in_words=True)
    yield from _tell_efficiency(plan, whole, words)
    yield from _tell_plants(plan, duties, words, lang)


def _tell_efficiency(plan: PlanData, whole: pd.DataFrame, words: Mapping[str, str]) -> Iterator[Told]:
    """Yield the efficiency with and without plastics, and with and without what may be left out."""
    own = whole[whole["kind"] == EFFICIENCY]
    if len(own):
        row = own.iloc[0]
        cells = tuple(_percent(float(row[name])) for name in VARIANTS)
        head = (str(plan.year), *(words[key] for key in ("alone", *VARIANTS[1:])))
        yield Told(words["efficiency"], head, ((words["whole_plan"], *cells),), (words["efficiency_note"],))


def _tell_plants(plan: PlanData, duties: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> Iterator[Told]:
    """Yield the recoveries and efficiency of every plant, and which duties on recovery it misses."""
    own = duties[(duties["plant_kind"] != "plan") & (duties["kind"] != CONTENT)]
    metals = list(dict.fromkeys(own.loc[own["kind"] == RECOVERY, "metal"]))
    places = {row["id"]: row for table in (plan.hubs, plan.refineries) for row in table.to_dict("records")}
    rows = []
    for (kind, plant), some in own.groupby(["plant_kind", "plant_id"], sort=False):
        reached = dict(zip(some["metal"], some["reached"], strict=True))
        missed = some[(some["kind"] == RECOVERY) & (some["met"] == MISSED)]
        told = [
            f"{name_metal(plan.settings, str(row['metal']), lang)} {_percent(row['asked'])} %"
            for row in missed.to_dict("records")
        ]
        cells = (_percent(reached.get(metal, float("nan"))) for metal in (*metals, ""))
        name = f"{name_plant(places[plant], lang)} ({words[str(kind)]})"
        rows.append((name, *cells, ", ".join(told) or "–"))
    if rows:
        names = (name_metal(plan.settings, metal, lang) for metal in metals)
        head = (words["plant"], *names, words["weight"], words["missing"])
        yield Told(words["plants"], head, tuple(rows), (words["plants_note"],), ends_in_words=True)


def _cure(account: Account, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield what would cure each duty that is missed, the strictest of a kind alone, and for whom there is enough."""
    plan, duties = account.plan, account.duties
    missed = duties[(duties["met"] == MISSED) & duties["in_force"]]
    yield from _cure_efficiency(account, missed, words, lang)
    recovery = missed[missed["kind"] == RECOVERY]
    for metal in dict.fromkeys(recovery["metal"]):
        own = recovery[recovery["metal"] == metal]
        yield from _cure_recovery(plan, own[own["asked"] == own["asked"].max()], str(metal), words, lang)
    for row in missed[missed["kind"] == CONTENT].to_dict("records"):
        needed = (float(row["asked"]) - float(row["reached"])) * float(row["base_t"])
        each = float(account.shares["recycled_t"][row["metal"]]) / plan.mass_t if plan.mass_t else 0.0
        name, asker = (
            name_metal(plan.settings, str(row["metal"]), lang),
            _name(plan.settings.duties[str(row["duty"])], lang),
        )
        short = (asker, _tonnes(needed), name)
        yield (
            words["cure_content"].format(*short, _tonnes(needed / each))
            if each
            else words["cure_unrecovered"].format(*short)
        )
        if (
            least := enough_recovery(account, str(row["metal"]), float(row["asked"]) * float(row["base_t"]))
        ) is not None:
            told = (name, _percent(least), row["metal"], f"{least:g}")
            yield words["cure_recovery"].format(asker, *told)
    for key, duty in plan.settings.duties.items():
        enough = suffices_for(duties, key)
        if enough == enough:  # noqa: PLR0124 - not NaN
            yield words["suffices"].format(_name(duty, lang), _percent(enough))
    content = duties[(duties["kind"] == CONTENT) & (duties["pre"] > 0)].drop_duplicates("metal")
    for row in content.to_dict("records"):
        whole = f"{name_metal(plan.settings, str(row['metal']), lang)} {_percent(row['reached'])} %"
        yield words["content_note"].format(_percent(row["pre"]), whole)


def enough_recovery(account: Account, metal: str, asked_t: float) -> float | None:
    """Return the least share of a metal that every refinery must recover so that there is enough of it.

    Parameters
    ----------
    account : Account
    metal : str
        Key of `settings.metals`.
    asked_t : float
        Tonnes that are asked for, as the metal is counted.

    Returns
    -------
    float or None
        Rounded up to a thousandth; None where no technology of the settings recovers so much, or metal stays abroad.
    """
    settings, ledger = account.plan.settings, account.ledger
    if account.shares["stays_abroad_t"].any():
        return None
    sent = ledger[(ledger["stage"] == BLACK_MASS) & (ledger["metal"] == metal)]
    held_t = float(sent["counted_kg"].sum()) / KG_PER_T
    at = list(settings.metals).index(metal)
    best = max(float(metal_recoveries(settings, key)[at]) for key in settings.refinery_technologies)
    least = math.ceil(1000 * asked_t / held_t * (1 - ROUNDING)) / 1000 if held_t > 0 else math.inf
    return least if least <= best else None


def _cure_efficiency(account: Account, missed: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    plan = account.plan
    own = missed[(missed["kind"] == EFFICIENCY) & (missed["plant_kind"] == "plan")]
    for row in own.to_dict("records"):
        packs = float(row["base_t"])
        needed = (float(row["asked"]) - float(row["reached"])) * packs
        plastics = (float(row["with_plastics"]) - float(row["reached"])) * packs
        carbon = packs * (1 - float(row["reached"]) / float(row["without_carbon"])) if row["without_carbon"] else 0.0
        verdict = words["enough" if plastics + carbon >= needed else "not_enough"]
        name = _name(plan.settings.duties[str(row["duty"])], lang)
        yield words["cure_efficiency"].format(name, *map(_tonnes, (needed, plastics, carbon)), verdict)


def _cure_recovery(
    plan: PlanData, missed: pd.DataFrame, metal: str, words: Mapping[str, str], lang: Lang
) -> Iterator[str]:
    """Yield for each refinery or furnace that misses a recovery which technology reaches it."""
    settings, name = plan.settings, name_metal(plan.settings, metal, lang)
    ends = missed[missed["plant_kind"].isin(["refinery", "furnace"])]
    if metal not in settings.metals:
        for row in missed[missed["plant_kind"] == "plan"].to_dict("records"):
            yield words["cure_sorting"].format(name, _percent(row["reached"]), _percent(row["asked"]), metal)
        return
    at = list(settings.metals).index(metal)
    able = {key: float(metal_recoveries(settings, key)[at]) for key in settings.refinery_technologies}
    places = {row["id"]: row for row in plan.refineries.to_dict("records")}
    for row in ends.to_dict("records"):
        place = places[row["plant_id"]]
        where = (name_plant(place, lang), name_technology(settings, str(place["technology"]), lang))
        reaching = {key: share for key, share in able.items() if share >= row["asked"]}
        if not reaching:
            yield words["cure_none"].format(name, _percent(row["reached"]), *where, _percent(row["asked"]))
            continue
        best = max(reaching, key=lambda key: reaching[key])
        told = (name_technology(settings, best, lang), _percent(reaching[best]), metal, f"{row['asked']:g}")
        yield words["cure_technology"].format(name, _percent(row["reached"]), *where, *told)


def _name(duty: object, lang: Lang) -> str:
    return str(getattr(duty, f"name_{lang}")).rstrip(",")


def _percent(share: Hashable) -> str:
    number = float(str(share))
    return "–" if number != number else f"{100 * number + 0.0:.1f}"  # noqa: PLR0124 - NaN differs from itself


def _tonnes(mass_t: float) -> str:
    return f"{mass_t:,.0f}"
