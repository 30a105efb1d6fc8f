"""The later steps of a briefing: what it costs, how firm the choices are, and what would change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import EXACT_GAP
from hubspoke.outputs.briefing.step import Step, Table
from hubspoke.outputs.maps.what_if.command import retell_command
from hubspoke.outputs.maps.words import get_words
from hubspoke.outputs.report.assumptions import walk_quantities
from hubspoke.plan.decision.stages import STAGES, sum_stages
from hubspoke.plan.firmness import CLOSE, FIRM, NEEDED, TOSS_UP, WORDS, format_closing
from hubspoke.plan.states import is_built
from hubspoke.plan.together import is_of_several_years
from hubspoke.words.commodity import all_in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_gap, format_yen, per_kg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import pandas as pd

    from hubspoke.outputs.briefing.step import Told
    from hubspoke.plan.plan import PlanData

LISTED = 8
"""Rows of plants that are listed."""
OTHER_RULES = {"regional": "shared-refinery", "shared-refinery": "open", "open": "regional"}


def tell_cost(told: Told) -> Step | None:
    """Return the step on cost by stage; None for a plan without hubs.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    if not told.rows or not plan.mass_t > 0:
        return None
    stage, share = find_dearest(told)
    title = words["cost_title"].format(
        cost=format_yen(plan.cost_jpy, told.lang, plan.settings),
        per_kg=f"{per_kg(plan.cost_jpy - plan.penalty_jpy, plan.mass_t):,.0f}",
        share=f"{100 * share:.0f}",
        stage=words[f"stage_{stage}"],
    )
    ranked = sorted((row for row in told.rows if row.mass_t > 0), key=lambda row: row.per_kg)
    lead = []
    if len(ranked) > 1:
        low, high = ranked[0], ranked[-1]
        kg = {"low_kg": f"{low.per_kg:,.0f}", "high_kg": f"{high.per_kg:,.0f}"}
        lead.append(words["cost_lead"].format(low=low.hub.name, high=high.hub.name, **kg))
    if plan.objective == "cost" and not is_of_several_years(plan):
        if plan.gap <= EXACT_GAP:
            lead.append(words["cost_proof"])
        elif math.isfinite(plan.gap):
            lead.append(words["cost_gap"].format(gap=format_gap(plan.gap, at_most=True)))
        else:
            lead.append(words["cost_unproven"])
    rows = [
        (row.region_name, row.hub.name, *(f"{row.stages[name]:,.0f}" for name in STAGES), f"{row.per_kg:,.0f}")
        for row in told.rows
    ]
    head = (words["region"], words["hub"], *(words[f"stage_{name}"] for name in STAGES), words["sum"])
    low_count, total = count_low(plan)
    return Step(
        "cost",
        title,
        tuple(lead),
        ("land", "sites", "flows", "plants", "costs"),
        words["cost_source"].format(low=low_count, total=total),
        table=Table(words["yen_per_kg"], head, tuple(rows), frozenset(range(2, 7))),
    )


def find_dearest(told: Told) -> tuple[str, float]:
    """Return the stage that costs most, and its share.

    Parameters
    ----------
    told : Told
    """
    sums = sum_stages(told.plan).sum()
    return str(sums.idxmax()), float(sums.max() / sums.sum()) if float(sums.sum()) else 0.0


def count_low(plan: PlanData) -> tuple[int, int]:
    """Count the numbers of the settings with low confidence, and all of them.

    Parameters
    ----------
    plan : PlanData
    """
    settings = plan.settings.model_dump(mode="json", exclude_none=True)
    settings.pop("costs", None)
    levels = [value.get("confidence", "") for _, value in walk_quantities(settings)]
    return levels.count("low"), len(levels)


def list_plants(plan: PlanData) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield kind and row of every plant that is built.

    Parameters
    ----------
    plan : PlanData
    """
    for kind, table in (("hub", plan.hubs), ("refinery", plan.refineries[~plan.furnaces])):
        for row in table[is_built(table)].to_dict("records"):
            yield kind, {str(key): value for key, value in row.items()}


def _rate(row: Mapping[str, Any]) -> str:
    return str(row.get("firmness", ""))


def tell_firmness(told: Told) -> Step | None:
    """Return the step on how many choices are firm, and which are not; None for a plan without hubs.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    if not told.rows:
        return None
    rated = [(kind, row) for kind, row in list_plants(plan) if _rate(row)]
    if not rated:
        return Step(
            "firm",
            words["firm_unknown"],
            (words["firm_lead_unknown"],),
            ("land", "sites", "flows", "plants", "names"),
            words["firm_source"],
        )
    firm, toss = (sum(_rate(row) in keys for _, row in rated) for keys in ((FIRM, NEEDED), (TOSS_UP,)))
    key = "firm_title_all" if firm == len(rated) else "firm_title" if firm else "firm_title_none"
    title = words[key].format(firm=firm, rated=len(rated))
    if toss:
        title += words["firm_toss_one"] if toss == 1 else words["firm_toss"].format(toss=toss)
    limits = plan.settings.firmness
    percent = {"toss": f"{100 * float(limits.tossup_share):g}", "close": f"{100 * float(limits.close_share):g}"}
    order = {TOSS_UP: 0, CLOSE: 1, FIRM: 2, NEEDED: 3}
    rated.sort(key=lambda one: (order[_rate(one[1])], np.nan_to_num(one[1]["closing_more_jpy"]), one[1]["id"]))
    names, kinds = told.names, {kind: words[f"a_{kind}"] for kind in ("hub", "refinery")}
    rows, chips = [], {}
    for at, (kind, row) in enumerate(rated[:LISTED]):
        opens = [names.get(one, one) for one in str(row["closing_opens"]).split("; ") if one]
        rating = speak(WORDS, told.lang)[_rate(row)]
        more = format_closing(row, told.lang, plan.settings) or "–"
        name = words["of_kind"].format(told.names[str(row["id"])], kinds[kind])
        rows.append((name, rating, more, words["comma"].join(opens) or "–"))
        chips[at, 1] = _rate(row)
    head = (words["plant"], words["rating"], words["without"], words["instead"])
    return Step(
        "firm",
        title,
        (words["firm_lead"].format(**percent),),
        ("land", "firm", "calls"),
        words["firm_source"],
        table=Table(words["firm_table"], head, tuple(rows), frozenset({2}), chips),
    )


def list_rivals(told: Told) -> list[tuple[str, Mapping[str, Any], str]]:
    """List candidates that were not chosen with what opening them adds, the least first.

    Parameters
    ----------
    told : Told
    """
    found = []
    for kind, table in (("hub", told.plan.hubs), ("refinery", told.plan.refineries)):
        if "opening_more_jpy" not in table:
            continue
        known: pd.DataFrame = table[(table["state"] == "not_chosen") & np.isfinite(table["opening_more_jpy"])]
        for row in known.to_dict("records"):
            more = f"+{format_yen(float(row['opening_more_jpy']), told.lang, told.plan.settings)}"
            found.append((kind, {str(key): value for key, value in row.items()}, more))
    return sorted(found, key=lambda one: (one[1]["opening_more_jpy"], str(one[1]["id"])))


def tell_rule(told: Told) -> Step | None:
    """Return the step on candidates that came closest, and on the rule; None for a plan without hubs.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    if not told.rows:
        return None
    rivals, names = list_rivals(told), told.names
    title = words["rule_title_none"]
    if rivals:
        _, row, more = rivals[0]
        title = words["rule_title"].format(name=told.names[str(row["id"])], more=more.removeprefix("+"))
    policy = all_in_commodity_words(get_words(told.lang), plan.settings, told.lang).get(plan.policy, plan.policy)
    kinds = {kind: words[f"a_{kind}"] for kind in ("hub", "refinery")}
    rows = []
    for kind, row, more in rivals[:LISTED]:
        replaced = str(row.get("opening_instead_of", ""))
        told_as = names.get(replaced, replaced) or words["beside"]
        rows.append((words["of_kind"].format(told.names[str(row["id"])], kinds[kind]), more, told_as))
    head = (words["plant"], words["more"], words["instead_of"])
    other = OTHER_RULES.get(plan.policy, "open")
    again = _without(retell_command(plan, told.command), "--policy")
    commands = (f"{' '.join(again)} --policy {other} -o plan-{other}", f"hubspoke compare plan plan-{other}")
    return Step(
        "rule",
        title,
        (words["rule_lead"].format(policy=policy), words["rule_ask"]),
        ("land", "sites", "plants", "rivals"),
        words["rule_source"],
        table=Table(words["rule_table"], head, tuple(rows), frozenset({1})) if rows else None,
        commands=commands,
    )


def _without(words: Sequence[str], option: str) -> list[str]:
    """Return the words of a command without an option that has a value."""
    kept = [word for at, word in enumerate(words) if option not in (word, words[at - 1] if at else "")]
    return [word for word in kept if not word.startswith(f"{option}=")]
