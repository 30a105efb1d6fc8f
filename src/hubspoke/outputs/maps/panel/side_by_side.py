"""Put the figures of several plans side by side: units stand at their names, numbers of one figure in one scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.outputs.maps.panel.figures import Figures, Row
from hubspoke.plan.decision.stages import STAGE_OF, STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import format_change, format_number, list_scales

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

MANY_PERCENT = 100
"""From here on per cent are told without decimals."""
PER = "/"
"""What stands in units of rates, which have no scales."""


def compare_figures(states: Sequence[Figures], lang: Lang) -> list[tuple[str, list[str], str]]:
    """Put the figures of several plans side by side, with their unit, in one scale, at the name of the figure.

    Parameters
    ----------
    states : sequence of Figures
        One for each plan.
    lang : {"en", "ja"}

    Returns
    -------
    list of (str, list of str, str)
        For each figure its name, a text for each plan ("–" where a plan has no such figure), and the change of the last
        against the first in per cent, which is empty unless there are two plans.
    """
    labels = list(dict.fromkeys(row.label for state in sorted(states, key=_count_rows) for row in state.rows))
    told = [{row.label: row for row in state.rows} for state in states]
    table = []
    for label in labels:
        rows = [known.get(label, Row(label, "–")) for known in told]
        change = _describe_change(rows[0].amount, rows[-1].amount) if len(states) == 2 else ""
        table.append((*_share_unit(rows, lang), change))
    return table


def _share_unit(rows: Sequence[Row], lang: Lang) -> tuple[str, list[str]]:
    """Return the name of a figure with the unit that all amounts have in common, and the amounts in it."""
    unit = next((row.unit for row in rows if row.unit), "")
    known = [abs(row.amount) for row in rows if row.unit and math.isfinite(row.amount)]
    if not known:
        return rows[0].label, [row.short or row.text for row in rows]
    scales = [(0.0, unit, 1.0)] if PER in unit else list_scales(lang, unit)
    _, name, scale = next(one for one in scales if max(known) >= one[0])
    told = [format_number(row.amount / scale) if math.isfinite(row.amount) else "–" for row in rows]
    label = f"{rows[0].label}（{name.strip()}）" if lang == "ja" else f"{rows[0].label}, {name.strip()}"
    return label, told


def compare_stages(plans: Sequence[PlanData], words: Mapping[str, str], lang: Lang) -> list[tuple[str, list[str], str]]:
    """Put what each stage costs, and its change, side by side in millions of yen a year, below a row that says so.

    Parameters
    ----------
    plans : sequence of PlanData
    words : mapping of str to str
        Words of a map in one language.
    lang : {"en", "ja"}

    Returns
    -------
    list of (str, list of str, str)
        As `compare_figures` returns it.
    """
    names = speak_in_commodity_words(STAGE_WORDS, plans[0].settings, lang)
    sums = [plan.costs.groupby(plan.costs["term"].map(STAGE_OF))["cost_jpy"].sum() for plan in plans]
    table = []
    for stage in STAGES:
        paid = [float(one.get(stage, 0.0)) / 1e6 for one in sums]
        if not any(paid):
            continue
        change = format_change(paid[-1] - paid[0]) if len(plans) == 2 else ""
        table.append((names[stage], [f"{jpy:,.0f}" for jpy in paid], change))
    head = words["difference"] if len(plans) == 2 else ""
    return [(words["stages"], [""] * len(plans), head), *table] if table else []


def _count_rows(state: Figures) -> int:
    return -len(state.rows)


def _describe_change(first: float, last: float) -> str:
    if not (math.isfinite(first) and math.isfinite(last)) or first == 0:
        return ""
    percent = 100 * (last / first - 1)
    digits = 0 if abs(percent) >= MANY_PERCENT else 1
    return "0" if abs(percent) < 0.05 else f"{percent:+,.{digits}f}".replace("-", "−")
