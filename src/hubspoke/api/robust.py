"""Plans that hold over scenarios: the library's verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.robust.scenarios import list_possible
from hubspoke.analysis.decisions.robust.solve import solve_robust
from hubspoke.inputs.shared import SharedInput
from hubspoke.lanes.shared import SharedLanes
from hubspoke.planning.request import Request

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from hubspoke.analysis.decisions.robust.result import RobustPlan
    from hubspoke.api.names import PolicyName
    from hubspoke.base.stop import Stop


def robust(
    folder: str | Path | None = None,
    *,
    scenarios: Sequence[str] | Mapping[str, Mapping[str, Any]] = (),
    supply: Sequence[str] = (),
    costs: Sequence[str] = (),
    weights: Sequence[float] | None = None,
    measure: str = "expected",
    alpha: float = 0.8,
    changes: Mapping[str, Any] | None = None,
    policy: PolicyName | None = None,
    year: int | None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    stop: Stop | None = None,
) -> RobustPlan:
    """Choose the plants that are best over scenarios, before it is known which one comes.

    Parameters
    ----------
    folder : str or Path, optional
        As in `read`; the data that ship when left out.
    scenarios : sequence of str, or mapping of str to mapping
        Names in `scenarios.toml`, `""` for the input as it is; or changes of settings under names of one's own.
    supply, costs : sequence of str
        Scenarios of tonnes and levels of costs: each with each, and with each of `scenarios`.
    weights : sequence of float, optional
        How likely each is, `scenarios` outermost and `costs` innermost, in any unit; all alike when left out.
    measure : {"expected", "worst", "regret", "cvar"}
        What is made least: the expected cost, the worst cost, the most that a scenario costs more than with the plants
        that are best for it alone, or the mean cost of the dearest share 1 - alpha of all that may come.
    alpha : float
    changes : mapping of str to any, optional
        Changes of settings that hold in all scenarios, as in `read`.
    policy, year, regions, opened, closed, gap, time_limit, seed, stop
        As in `solve`.

    Returns
    -------
    RobustPlan
        Amounts are yen per year.

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense, or a scenario has faults.
    InfeasibleError
        No plants serve all scenarios; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    """
    request = Request(
        policy=policy,
        year=year,
        regions=regions,
        opened=opened,
        closed=closed,
        gap=gap,
        time_limit=time_limit,
        seed=seed,
        stop=stop,
        lanes=SharedLanes().build,
    )
    possible = list_possible(scenarios, supply, costs, weights, changes)
    shared = SharedInput(folder)
    return solve_robust(
        possible,
        lambda one: shared.read(shared.settings(one.changes)),
        request,
        measure=measure,
        alpha=alpha,
    )
