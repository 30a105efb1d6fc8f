"""Audit: recount a plan from its tables and the network, without the model that made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubspoke.audit.case import Case, make_case
from hubspoke.audit.check import Check, make_check
from hubspoke.audit.network import NETWORK_CHECKS
from hubspoke.audit.proof.proof import check_proof
from hubspoke.audit.sampled import SAMPLED_CHECKS
from hubspoke.audit.statement import check_statement
from hubspoke.audit.sums import TABLE_CHECKS
from hubspoke.audit.words import tell_check, tell_failed, tell_skipped
from hubspoke.base.errors import AuditError
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


PROOF = {"proof": check_proof}
"""What is asked of a plan on demand alone, not whenever one is made."""


@dataclass(frozen=True)
class Audit:
    """Every check made; `skipped` names those that need the input where it is not at hand."""

    checks: tuple[Check, ...]
    skipped: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if not check.passed)

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict, every check, and what was skipped, as plain data."""
        return {
            "passed": self.passed,
            "checks": [check.to_dict() for check in self.checks],
            "skipped": list(self.skipped),
        }

    def tell(self, lang: Lang = "en") -> str:
        """Return a line for each check."""
        return "\n".join(
            [
                *(tell_check(check, lang) for check in self.checks),
                *(tell_skipped(name, lang) for name in self.skipped),
            ]
        )

    def __str__(self) -> str:
        """Return a line for each check, in English."""
        return self.tell()


def audit_plan(plan: PlanData, network: Network, *, costs: Costs | None = None) -> Audit:
    """Recount a plan and raise where it breaks a rule.

    Parameters
    ----------
    plan : PlanData
    network : Network
        What was planned; of a plan for some regions, the whole or those regions.
    costs : Costs, optional
        Those of the network and year, to save computing the lanes once more.

    Raises
    ------
    AuditError
        Naming every check that failed.
    """
    return raise_failures(recount(plan, network, costs=costs, proof=False))


def recount(plan: PlanData, network: Network | None, *, costs: Costs | None = None, proof: bool = True) -> Audit:
    """Recount a plan as `audit_plan` does, but give failures instead of raising them.

    Without a network only what the tables say of themselves is checked.

    Parameters
    ----------
    plan : PlanData
    network : Network or None
        What was planned; of a plan for some regions, the whole or those regions.
    costs : Costs, optional
        Those of the network and year, to save computing the lanes once more.
    proof : bool
        Whether to prove the bound again, too, where that can be.
    """
    if network is not None:
        regions = tuple(plan.options.get("regions", ()))
        part = network.only(regions) if regions else network
        costs = costs or build_costs(part, build_lanes(part, plan.year), plan.year)
        case = make_case(plan, part, costs)
        first = _make(case, {"known-ids": NETWORK_CHECKS["known-ids"], "statement": check_statement})
        if not all(check.passed for check in first):  # nothing can be looked up for rows that the network does not know
            return Audit(first)
        made = _make(case, {**NETWORK_CHECKS, **TABLE_CHECKS})
        proven = _make(case, PROOF) if proof and all(check.passed for check in made) else ()
        return Audit((*made, *_make_sampled(plan, part), *proven))
    return Audit(_make(make_case(plan), TABLE_CHECKS), skipped=(*NETWORK_CHECKS, *SAMPLED_CHECKS, *PROOF))


def _make(case: Case, checks: Mapping[str, Callable[[Case], Iterable[str]]]) -> tuple[Check, ...]:
    return tuple(make_check(name, rule(case)) for name, rule in checks.items())


def _make_sampled(plan: PlanData, network: Network) -> tuple[Check, ...]:
    return tuple(make_check(name, rule(plan, network)) for name, rule in SAMPLED_CHECKS.items())


def raise_failures(audit: Audit) -> Audit:
    """Return the audit, or raise AuditError where a check failed.

    Parameters
    ----------
    audit : Audit
    """
    if not audit.passed:
        raise AuditError(tell_failed(audit.failed, "en"), tell_failed(audit.failed, "ja"))
    return audit
