"""Plants of a plan over several years: the picture of all of them, capacity against tonnes, the schedule by region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.outputs.report.blocks import Block, Charts, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.years.curves import draw_capacity
from hubspoke.outputs.report.years.gantt import choose_plants, draw_gantt
from hubspoke.outputs.report.years.words import years_words
from hubspoke.plan.years import CLOSED, IDLE, OPEN
from hubspoke.words.names import name_plant, name_regions, name_technology

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

SIGNS = {"opens": "+", "grows": "↑", "resumes": "↻"}
"""Signs of steps in the schedule."""


def describe_years_plants(plan: YearsData, lang: Lang) -> Section:
    """Return the section with the picture of every plant through the years."""
    words = years_words(lang, plan.settings)
    shown, every = len(choose_plants(plan)), plan.schedule.groupby(["kind", "id"]).ngroups
    years = words["comma"].join(map(str, plan.years))
    blocks: list[Block] = [Charts((draw_gantt(plan, words, lang),)), Paragraph(words["gantt_text"].format(years=years))]
    if shown < every:
        blocks.append(Paragraph(words["gantt_cut"].format(shown=shown, all=every), role="small"))
    return Section("plants", words["plants"], tuple(blocks))


def describe_capacity(plan: YearsData, lang: Lang) -> Section:
    """Return the section with what plants are built for beside what they take in, by year."""
    words = years_words(lang, plan.settings)
    spans = list(zip(plan.by_year["year"].tolist(), plan.by_year["last_year"].tolist(), strict=True))
    loads = plan.schedule.groupby(["kind", "year"])["load_t"].sum()
    drawn = [
        draw_capacity(
            words[f"{kind}_capacity"],
            spans,
            [float(loads.get((kind, year), 0.0)) for year in plan.years],
            plan.by_year[f"{kind}_stands_t"].tolist(),
            words,
        )
        for kind in ("hub", "refinery")
    ]
    return Section("capacity", words["capacity"], (Charts(tuple(drawn)),))


def describe_schedule(plan: YearsData, lang: Lang) -> Section:
    """Return the section with the size of every plant in every year, and how much of it is used, by region."""
    words = years_words(lang, plan.settings)
    regions = name_regions(plan.plans[plan.years[0]].regions, lang)
    columns = (
        Column(words["plant"]),
        Column(words["region"]),
        Column(words["technology"]),
        *(Column(str(year), "number") for year in plan.years),
    )
    places = {region: at for at, region in enumerate(regions)}
    blocks: list[Block] = [Paragraph(words["schedule_text"])]
    for kind, heading in (("hub", "hubs"), ("refinery", "refineries")):
        here = plan.schedule[plan.schedule["kind"] == kind]
        plants = [part.to_dict("records") for _, part in here.groupby("id", sort=False)]
        plants.sort(key=lambda rows: places.get(str(rows[0]["region"]), len(places)))
        rows: list[tuple[str | Named, ...]] = []
        for years in plants:
            used = next((row for row in years if row["technology"]), years[0])
            region = str(used["region"])
            rows.append(
                (
                    Named(name_plant(used, lang), str(used["id"])),
                    regions.get(region, region),
                    name_technology(plan.settings, str(used["technology"]), lang),
                    *(_tell(row) for row in years),
                )
            )
        if rows:
            blocks.append(Table(words[heading], columns, tuple(rows), shows_caption=True, small=True))
    return Section("schedule", words["schedule"], tuple(blocks))


def _tell(row: Mapping[Any, Any]) -> str:
    """Write size and use of a plant in a year, with the sign of what it does."""
    if row["stage"] == CLOSED:
        return "×"
    if row["stage"] == IDLE:
        return f"– {row['size_t']:,.0f}"
    if row["stage"] != OPEN:
        return ""
    stood = row["step"] == "opens" and row["existing_t"] > 0
    sign = "" if stood else SIGNS.get(row["step"], "")
    used = f"{100 * (1 - row['idle_share']):.0f} %"
    return f"{sign} {row['size_t']:,.0f} ({used})".strip()
