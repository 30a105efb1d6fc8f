"""Report what comes out of the hubs: black mass by grade, by-products, and the metals recovered by refining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.costs.materials import byproduct_yields
from hubspoke.outputs.report.blocks import Charts, Section
from hubspoke.outputs.report.drawing.charts import draw_bars, draw_groups
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.metal_flows import tabulate_metals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def describe_materials(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on black mass, by-products and metals; None where the hubs produce nothing."""
    words = report_words(lang, plan.settings)
    grades, classes = plan.settings.grades, plan.settings.classes
    flows = plan.flows.groupby("grade")["mass_t"].sum()
    rows = [(str(getattr(grade, f"name_{lang}")), float(flows.get(name, 0.0))) for name, grade in grades.items()]
    mass = np.array([float(plan.assignments[f"{name}_t"].sum()) for name in classes])
    made = (mass @ byproduct_yields(plan.settings)).tolist()
    for product, tonnes in zip(plan.settings.byproducts.values(), made, strict=True):
        rows.append((str(getattr(product, f"name_{lang}")).capitalize(), tonnes))
    rows = [row for row in rows if row[1] > 0]
    if not rows:
        return None
    names, values = zip(*rows, strict=True)
    chart = draw_bars(words["chart_materials"], names, values, axis=words["t_per_yr"])
    metals = _chart_metals(plan, words, lang)
    return Section("materials", words["materials"], (Charts((chart, *([metals] if metals else []))),))


def _chart_metals(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Chart | None:
    """Chart what refining recovers beside what the packs contain; None where they contain no metal."""
    sums = tabulate_metals(plan).groupby("metal")[["contained_t", "recovered_t"]].sum()
    metals = {name: metal for name, metal in plan.settings.metals.items() if name in sums.index}
    if not metals:
        return None
    names = [str(getattr(metal, f"name_{lang}")).capitalize() for metal in metals.values()]
    columns = (("contained", "contained_t"), ("recovered", "recovered_t"))
    series = {words[key]: sums.loc[list(metals), column].tolist() for key, column in columns}
    return draw_groups(words["chart_metals"], names, series, axis=words["t_per_yr"])
