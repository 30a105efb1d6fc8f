"""Report which hub and refinery every region gets, what each stage costs there, and how firm the choice is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Column, Table
from hubspoke.outputs.report.words import report_words, speak
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.stages import STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import all_in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.decision.decision import Choice, Decision
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

WORDS = {
    "choices": (
        "What is decided, and how firmly; stages in yen per kg of packs",
        "決定の内容と確実さ（各段階は電池1kg当たりの円）",
    ),
    "chosen": ("Hub → refinery", "ハブ → 製錬所"),
    "kt": ("kt/yr", "千t/年"),
    "sum": ("In all", "計"),
    "without_hub": ("Without the hub", "ハブがなかった場合"),
    "without_refinery": ("Without the refinery", "製錬所がなかった場合"),
    "instead": ("{}: {}", "{}：{}"),
    "idle": ("idle", "不使用"),
    "more": ("{} and {} more", "{}ほか{}か所"),
    "in_region": ("{} ({})", "{}（{}）"),
}


def tabulate_choices(plan: PlanData, lang: Lang) -> Table | None:
    """Return the table of hubs with their refineries, stages and firmness; None for a plan without hubs.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    """
    stages = {f"stage_{stage}": name for stage, name in speak(STAGE_WORDS, lang).items()}
    given = all_in_commodity_words({**speak(WORDS, lang), **stages}, plan.settings, lang)
    words = {**report_words(lang, plan.settings), **given}
    rows = tuple(_describe(row, words) for row in list_decisions(plan, lang))
    if not rows:
        return None
    columns = (
        Column(words["region"]),
        Column(words["chosen"]),
        Column(words["kt"], "number"),
        *(Column(words[f"stage_{stage}"], "number") for stage in STAGES),
        Column(words["sum"], "number"),
        Column(words["without_hub"]),
        Column(words["without_refinery"]),
    )
    return Table(words["choices"], columns, rows, shows_caption=True, small=True)


def _describe(row: Decision, words: Mapping[str, str]) -> tuple[str, ...]:
    hub = f"{row.hub.name} ({words['idle']})" if row.hub.state == "idle" else row.hub.name
    refinery = row.refineries[0] if row.refineries else None
    names = [hub, _name_refineries(row, words)] if refinery else [hub]
    return (
        row.region_name,
        " → ".join(names),
        f"{row.mass_t / 1000:,.1f}",
        *(f"{jpy:,.0f}" for jpy in row.stages.values()),
        f"{row.per_kg:,.1f}",
        _rate(row.hub, words),
        _rate(refinery, words) if refinery else "–",
    )


def _name_refineries(row: Decision, words: Mapping[str, str]) -> str:
    """Name the refinery that takes most, with its region where that is another, and count the others."""
    first = row.refineries[0]
    name = first.name if first.region == row.region_name else words["in_region"].format(first.name, first.region)
    return words["more"].format(name, len(row.refineries) - 1) if len(row.refineries) > 1 else name


def _rate(plant: Choice, words: Mapping[str, str]) -> str:
    """Write how firm a plant is, what the plan without it costs more, and what opens then."""
    if not plant.firmness and not plant.more:
        return "–"
    told = ", ".join(part for part in (plant.firmness_name, plant.more) if part)
    return words["instead"].format(told, plant.instead) if plant.instead else told
