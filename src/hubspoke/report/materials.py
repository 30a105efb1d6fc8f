"""What comes out of the hubs: black mass by grade, and scrap metals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.report.blocks import Charts, Section
from hubspoke.report.charts import draw_bars
from hubspoke.report.words import report_words

if TYPE_CHECKING:
    from hubspoke.maps.drawable import Lang
    from hubspoke.plan import Plan


def tell_materials(plan: Plan, lang: Lang) -> Section | None:
    """Tell black mass by grade, and the scrap metals by the yields of the pack classes."""
    words = report_words(lang)
    grades, classes = plan.settings.grades, plan.settings.classes
    flows = plan.flows.groupby("grade")["mass_t"].sum()
    rows = [(str(getattr(grade, f"name_{lang}")), float(flows.get(name, 0.0))) for name, grade in grades.items()]
    mass = {name: float(plan.assignments[f"{name}_t"].sum()) for name in classes}
    for metal in ("copper", "aluminium", "iron"):
        tonnes = sum(mass[name] * float(getattr(pack, f"{metal}_yield_t_per_t")) for name, pack in classes.items())
        rows.append((words[metal], tonnes))
    rows = [row for row in rows if row[1] > 0]
    if not rows:
        return None
    names, values = zip(*rows, strict=True)
    chart = draw_bars(words["chart_materials"], names, values, axis=words["t_per_yr"])
    return Section("materials", words["materials"], (Charts((chart,)),))
