"""How sure the plan is: the bound, and the recount of cost and feasibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.audit import recount
from hubspoke.commodity import say_all
from hubspoke.report.blocks import Figures, Items, Paragraph, Section
from hubspoke.report.plan_words import format_gap
from hubspoke.report.words import CHECKS, report_words, speak

if TYPE_CHECKING:
    from hubspoke.maps.drawable import Lang
    from hubspoke.plan import Plan


def tell_proof(plan: Plan, lang: Lang) -> Section:
    """State objective, bound and gap to the yen, and recount the tables."""
    words, checks = report_words(lang, plan.settings), say_all(speak(CHECKS, lang), plan.settings, lang)
    figures = [
        (words["cost_total"], _to_the_yen(plan.objective_jpy, words["yen"])),
        (words["bound"], _to_the_yen(plan.bound_jpy, words["yen"])),
        (words["gap"], format_gap(plan.gap)),
        (words["gap_asked"], format_gap(float(plan.options["gap"]))),
        (words["status"], words.get(str(plan.status), str(plan.status))),
    ]
    lines = []
    for check in recount(plan, None).checks:
        told = f"{checks.get(check.name, check.name)}: {words['passed' if check.passed else 'failed']}"
        lines.append(f"{told} ({check.detail})" if check.detail else told)
    return Section(
        "proof", words["proof"], (Figures(tuple(figures)), Paragraph(words["proof_text"]), Items(tuple(lines)))
    )


def _to_the_yen(jpy: float, unit: str) -> str:
    return "–" if jpy in (float("inf"), float("-inf")) else f"{jpy:,.0f} {unit}"
