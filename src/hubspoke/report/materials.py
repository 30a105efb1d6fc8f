"""What comes out of the hubs: black mass by grade, and by-products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.materials import byproduct_yields
from hubspoke.report.blocks import Charts, Section
from hubspoke.report.charts import draw_bars
from hubspoke.report.words import report_words

if TYPE_CHECKING:
    from hubspoke.maps.drawable import Lang
    from hubspoke.plan import Plan


def tell_materials(plan: Plan, lang: Lang) -> Section | None:
    """Tell black mass by grade, and the by-products by the yields of the pack classes."""
    words = report_words(lang)
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
    return Section("materials", words["materials"], (Charts((chart,)),))
