"""Report the hubs and refineries of a plan: size, load, use and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hubspoke.outputs.report.blocks import Charts, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.drawing.charts import draw_bars
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.firmness import describe_closing
from hubspoke.plan.proven import ASSUMED, list_assumed
from hubspoke.plan.states import is_built, is_open, stands
from hubspoke.words.names import name_plant, name_regions, name_technology
from hubspoke.words.scale import choose_table_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

PLANTS_CHARTED = 24
"""Most plants in a chart of capacity use, which shows the largest."""


def describe_hubs(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on the hubs that are built, open or idle; None where there are none."""
    return _tell(plan, "hubs", lang)


def describe_refineries(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on the refineries that are built, open or idle; None where there are none."""
    return _tell(plan, "refineries", lang)


def _tell(plan: PlanData, kind: Literal["hubs", "refineries"], lang: Lang) -> Section | None:
    """Return the section on the built plants of a kind."""
    words = report_words(lang, plan.settings)
    plants = plan.hubs if kind == "hubs" else plan.refineries
    built = _in_order(plan, plants[is_built(plants)])
    if built.empty:
        return None
    scale = choose_table_scale(built["cost_jpy"].tolist())
    words = scale.fit_all(words)
    rated = bool((built["firmness"] != "").any())
    standing = bool(stands(built).any())
    columns = _columns(words, rated=rated, standing=standing)
    rows = tuple(_list_rows(plan, built, words, scale, lang, rated=rated, standing=standing))
    table = Table(words[kind], columns, rows)
    limits = {
        name: f"{100 * float(getattr(plan.settings.firmness, f'{name}_share')):g}" for name in ("close", "tossup")
    }
    note = [Paragraph(words["firmness_text"].format(**limits), role="small")] if rated else []
    if list_assumed(built):
        note.append(Paragraph(words["assumed_text"], role="small"))
    chart = _chart_use(built, words[f"chart_use_{kind}"], words, lang)
    return Section(kind, words[kind], (table, *note, *([Charts((chart,))] if chart else [])))


def _in_order(plan: PlanData, plants: pd.DataFrame) -> pd.DataFrame:
    """Order plants by region, in the order of the plan, and by load within each."""
    place = {region: at for at, region in enumerate(plan.regions["region"])}
    keys = plants.assign(place=plants["region"].map(place).fillna(len(place)))
    return plants.loc[keys.sort_values(["place", "load_t", "id"], ascending=[True, False, True]).index]


def _columns(words: Mapping[str, str], *, rated: bool, standing: bool) -> tuple[Column, ...]:
    texts = (Column(words["name"], "prose"), Column(words["region"]), Column(words["technology"], "prose"))
    keys = ("capacity", *(["stands_today"] if standing else []), "load", "use", "fixed_cost")
    numbers = tuple(Column(words[key], "number") for key in keys)
    return (*texts, *numbers, *([Column(words["without_it"], "prose")] if rated else []))


def _list_rows(
    plan: PlanData,
    plants: pd.DataFrame,
    words: Mapping[str, str],
    scale: Scale,
    lang: Lang,
    *,
    rated: bool,
    standing: bool,
) -> list[tuple[str | Named, ...]]:
    names = name_regions(plan.regions, lang)
    return [
        (
            Named(name_plant(plant, lang), str(plant["id"]), words["idle"] if plant["state"] == "idle" else ""),
            names.get(str(plant["region"]), str(plant["region"])),
            name_technology(plan.settings, str(plant["technology"]), lang),
            f"{plant['capacity_t']:,.0f}" + (" *" if plant["proven"] == ASSUMED else ""),
            *([f"{plant['capacity_t'] - plant['added_t']:,.0f}"] if standing else []),
            f"{plant['load_t']:,.0f}",
            f"{100 * plant['utilisation']:.0f} %",
            scale.write(plant["cost_jpy"]),
            *([describe_closing(plant, lang, plan.settings) or "–"] if rated else []),
        )
        for plant in plants.to_dict("records")
    ]


def _chart_use(built: pd.DataFrame, title: str, words: Mapping[str, str], lang: Lang) -> Chart | None:
    """Chart the capacity use of the largest plants in use; None where none is."""
    used = built[is_open(built)]
    if used.empty:
        return None
    shown = used[used["load_t"].rank(method="first", ascending=False) <= PLANTS_CHARTED].to_dict("records")
    names = [name_plant(plant, lang) for plant in shown]
    return draw_bars(title, names, [100 * plant["utilisation"] for plant in shown], axis=words["percent"], limit=100.0)
