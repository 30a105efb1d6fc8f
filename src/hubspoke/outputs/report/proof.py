"""Report how sure a plan is: its bound, and the recount of cost and feasibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.audit.audit import recount
from hubspoke.outputs.report.blocks import Column, Figures, Items, Paragraph, Section, Table
from hubspoke.outputs.report.phrases import name_bound, name_gap, name_status
from hubspoke.outputs.report.words import CHECKS, report_words
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import format_asked_gap, format_gap

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def describe_proof(plan: PlanData, lang: Lang) -> Section:
    """Return the section on objective, bound and gap, to the yen or kg, with a recount of the tables."""
    words, checks = report_words(lang, plan.settings), speak_in_commodity_words(CHECKS, plan.settings, lang)
    unit = "kg CO2" if plan.objective == "co2" else words["yen"]
    figures = [
        (words[f"objective_{plan.objective}"], _to_the_unit(plan.objective_value, unit)),
        (name_bound(plan, words, lang), _to_the_unit(plan.bound_value, unit)),
        (name_gap(plan, words, lang), format_gap(plan.gap)),
        (words["gap_asked"], format_asked_gap(float(plan.options["gap"]))),
        (words["status"], name_status(plan, words, lang)),
    ]
    passed, failed = [], []
    for check in recount(plan, None).checks:
        told = checks.get(check.name, check.name)
        told = f"{told} ({check.detail})" if check.detail else told
        if check.passed:
            passed.append((told,))
        else:
            failed.append(f"{told}: {words['failed']}")
    table = Table(words["checks_passed"], (Column(words["check"], "prose"),), tuple(passed), folded=True)
    wrong = (Items(tuple(failed)),) if failed else ()
    blocks = (Figures(tuple(figures)), Paragraph(words["proof_text"]), *wrong, table)
    return Section("proof", words["proof"], blocks)


def _to_the_unit(value: float, unit: str) -> str:
    """Write a value in full; a dash for an infinite one."""
    return "–" if value in (float("inf"), float("-inf")) else f"{value:,.0f} {unit}"
