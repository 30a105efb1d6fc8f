"""Cases whose sites stand for several of the original's, where these have one and the same hub in every plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hubspoke.engine.cases.full import with_bound
from hubspoke.engine.presolve.merge import merge_captive_sites

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.presolve.merge import Merged


@dataclass(frozen=True, eq=False)
class MergedCases:
    """Cases with merged sites.

    Attributes
    ----------
    cases : Cases
    original : Cases
    merged : tuple of Merged, length T
    """

    cases: Cases
    original: Cases
    merged: tuple[Merged, ...]

    def expand(self, answer: CasesSolution, gap: float) -> CasesSolution:
        """Return the same plan for the original sites, with its cost counted from them."""
        if not answer.has_plan or answer.hubs is None or answer.refineries is None:
            return answer
        plans = [merged.expand(plan) for merged, plan in zip(self.merged, answer.cases, strict=True)]
        return with_bound(self.original, plans, answer.hubs, answer.refineries, bound=answer.bound, gap=gap)


def merge_cases(cases: Cases) -> MergedCases | None:
    """Merge the captive sites of every case; None where that changes nothing, or where rules tie single sites.

    Parameters
    ----------
    cases : Cases
    """
    if cases.sites.any:
        return None
    merged = tuple(merge_captive_sites(problem) for problem in cases.problems)
    if all(one.problem is problem for one, problem in zip(merged, cases.problems, strict=True)):
        return None
    sites = replace(cases.sites, switching_cost=cases.sites.switching_cost[: merged[0].problem.n_sites])
    smaller = replace(cases, problems=tuple(one.problem for one in merged), sites=sites)
    return MergedCases(smaller, cases, merged)
