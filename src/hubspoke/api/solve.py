"""The library's main verb: solve a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from hubspoke.api.plan import Plan
from hubspoke.api.years_plan import YearsPlan
from hubspoke.base.errors import InfeasibleError, UsageError
from hubspoke.base.threads import use_threads
from hubspoke.base.warn import warn_user
from hubspoke.plan.years import YearsData
from hubspoke.planning.design import design_of_year, explain_design, fix_design
from hubspoke.planning.request import Request
from hubspoke.planning.solve import solve_request
from hubspoke.planning.years.solve import solve_years
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from hubspoke.api.names import ObjectiveName, PolicyName, SolverName
    from hubspoke.base.stop import Stop
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData


@overload
def solve(
    network: Network,
    *,
    policy: PolicyName | None = None,
    objective: ObjectiveName | None = None,
    year: int | None = None,
    years: None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    solver: SolverName = "auto",
    seed: int = 0,
    threads: int | None = None,
    write_mps: str | Path | None = None,
    design: PlanData | YearsData | None = None,
    stop: Stop | None = None,
    progress: Callable[[str, float], object] | None = None,
) -> Plan: ...


@overload
def solve(
    network: Network,
    *,
    policy: PolicyName | None = None,
    objective: ObjectiveName | None = None,
    year: None = None,
    years: Sequence[int],
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    solver: SolverName = "auto",
    seed: int = 0,
    threads: int | None = None,
    write_mps: str | Path | None = None,
    design: None = None,
    stop: Stop | None = None,
    progress: Callable[[str, float], object] | None = None,
) -> YearsPlan: ...


def solve(
    network: Network,
    *,
    policy: PolicyName | None = None,
    objective: ObjectiveName | None = None,
    year: int | None = None,
    years: Sequence[int] | None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    solver: SolverName = "auto",
    seed: int = 0,
    threads: int | None = None,
    write_mps: str | Path | None = None,
    design: PlanData | YearsData | None = None,
    stop: Stop | None = None,
    progress: Callable[[str, float], object] | None = None,
) -> Plan | YearsPlan:
    """Plan a network at least cost, most profit or least CO2.

    Parameters
    ----------
    network : Network
    policy : {"regional", "shared-refinery", "open"}, optional
        The rules; those of the settings when left out.
    objective : {"cost", "profit", "co2"}, optional
        What is minimised (cost, CO2) or maximised (profit); that of the settings when left out.
    year : int, optional
        Year whose supply is planned; that of the settings when left out.
    years : sequence of int, optional
        Years that are planned together instead, ascending; each stands for the years up to the next.
    regions : sequence of str
        Plan these regions only; all of them when empty.
    opened, closed : collections of str
        Identifiers of plants that must, or must not, be open.
    gap : float, optional
        Relative gap to prove; by policy when left out (regional 1e-6, shared-refinery 1e-4, open 1e-3; 0.01 where
        sites may be left out).
    time_limit : float, optional
        Seconds; the best plan found by then is returned with a valid bound.
    solver : str
        `auto`, or a MILP solver that gets the full model (`highs`, `cbc`, ...).
    seed : int
        Seed of the search; the same seed gives the same plan.
    threads : int, optional
        Cores that the search uses at once; all by default. The plan differs by it only where the time limit, or `stop`,
        ends the search.
    write_mps : path, optional
        File to which the full strong model is written, in MPS format, before it is solved.
    design : Plan, optional
        Plan whose plants stand as they were built there, and no others: only who delivers where is planned. Of a plan
        over several years those that stand in `year`.
    stop : Stop, optional
        Ends the search when its `ask` is called, from whatever thread, with the best plan so far.
    progress : callable, optional
        Called with the name and the seconds of each phase as it ends: lanes, costs, solve, tables, audit. What it
        raises ends the solve.

    Returns
    -------
    Plan or YearsPlan
        Audited; `plan.status` says whether the gap was reached. A `YearsPlan` where years are given.

    Raises
    ------
    UsageError
        Unknown policy, objective, year, region, plant or solver, or a request that contradicts itself or the settings.
    InfeasibleError
        No plan exists; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    SolverUnavailableError
        The solver asked for is not installed.
    AuditError
        The plan fails its audit: a fault of the program.
    """
    request = Request(
        policy=policy,
        objective=objective,
        year=year,
        regions=regions,
        opened=opened,
        closed=closed,
        gap=gap,
        time_limit=time_limit,
        solver=solver,
        seed=seed,
        write_mps=write_mps,
        stop=stop,
        progress=progress,
    )
    if threads is not None and threads < 1:
        raise UsageError(f"threads must be 1 or more, got {threads}")
    with use_threads(threads):
        return _solve(network, request, years, design)


def _solve(
    network: Network, request: Request, years: Sequence[int] | None, design: PlanData | YearsData | None
) -> Plan | YearsPlan:
    """Plan one year or several, with plants to choose or with those of a design."""
    year = request.year
    if years is not None:
        if year is not None or design is not None:
            told = f"year {year}" if year is not None else "a fixed design"
            raise UsageError(f"{told} and years {', '.join(map(str, years))}: give one of the two")
        return YearsPlan.of(solve_years(network, request, years))
    _tell_unused_values(network, year or network.settings.horizon.year)
    if design is not None:
        built = design_of_year(design, year) if isinstance(design, YearsData) else design
        network, request = fix_design(network, request, built)
        try:
            return Plan.of(solve_request(network, request))
        except InfeasibleError as error:
            raise InfeasibleError(explain_design(str(error))) from None
    return Plan.of(solve_request(network, request))


def _tell_unused_values(network: Network, year: int) -> None:
    """Warn where `years.values` states other settings for a year that is planned by itself."""
    stated = network.settings.years.changes_in(year)
    if stated and change_settings(network.settings, stated) != network.settings:
        warn_user(
            f"years.values holds for plans over several years (--years) and not for this one of {year} alone, which is "
            f"planned without {', '.join(stated)} of that year; state with --set what is to hold"
        )
