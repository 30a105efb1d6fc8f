"""The analyses of a study, in the order in which they run."""

from __future__ import annotations

from hubspoke.analysis.study.parts.around import (
    LONG,
    count_deeper,
    run_alternatives,
    run_deeper,
    run_disruption,
    run_greenfield,
)
from hubspoke.analysis.study.parts.front import count_points, run_fronts
from hubspoke.analysis.study.parts.futures import count_robust, run_futures, run_robust
from hubspoke.analysis.study.parts.part import Part
from hubspoke.analysis.study.parts.plan import run_plan, run_policies
from hubspoke.analysis.study.parts.sweep import count_cases, run_sweep
from hubspoke.analysis.study.parts.years import run_regret, run_years
from hubspoke.analysis.study.stated import (
    ALTERNATIVES,
    DEEPER,
    DISRUPTION,
    FRONT,
    FUTURES,
    GREENFIELD,
    PLAN,
    POLICIES,
    REGRET,
    ROBUST,
    SWEEP,
    YEARS,
)

PARTS = {
    one.name: one
    for one in (
        Part(PLAN, "report.html", lambda _: 1, run_plan),
        Part(ALTERNATIVES, "alternatives.html", lambda _: LONG, run_alternatives, needs_plan=True),
        Part(DISRUPTION, "disruption.html", lambda _: LONG, run_disruption, needs_plan=True),
        Part(POLICIES, "policies.csv", lambda study: len(study.options(POLICIES)["names"]), run_policies),
        Part(
            FUTURES, "sweep.html", lambda study: len(study.futures) + 1, run_futures, is_of_futures=True, remembers=True
        ),
        Part(ROBUST, "robust.html", lambda study: count_robust(len(study.futures)), run_robust, is_of_futures=True),
        Part(YEARS, "report.html", lambda study: len(study.years), run_years, is_of_years=True),
        Part(REGRET, "regret.html", lambda study: 4 * len(study.years), run_regret, is_of_years=True),
        Part(SWEEP, "sweep.html", count_cases, run_sweep, varies=True, remembers=True),
        Part(FRONT, "", count_points, run_fronts, remembers=True),
        Part(DEEPER, "deeper.html", count_deeper, run_deeper, needs_plan=True),
        Part(GREENFIELD, "greenfield.html", lambda _: 1, run_greenfield),
    )
}
"""By name."""
