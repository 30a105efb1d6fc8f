"""What less of another measure costs: the library's verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.fronts.find import FrontFound, find_front_of
from hubspoke.analysis.decisions.fronts.folder import write_front
from hubspoke.analysis.decisions.fronts.memory import FrontMemory
from hubspoke.planning.request import Request
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from hubspoke.api.names import PolicyName
    from hubspoke.base.stop import Stop
    from hubspoke.inputs.network import Network


def front(
    network: Network,
    *,
    against: str,
    points: int | None = None,
    every: bool = False,
    out: str | Path | None = None,
    policy: PolicyName | None = None,
    year: int | None = None,
    regions: Sequence[str] = (),
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    gap: float | None = None,
    time_limit: float | None = None,
    lang: str = "en",
    stop: Stop | None = None,
) -> FrontFound:
    """Find plans of which none is cheaper without having more of another measure.

    Parameters
    ----------
    network : Network
    against : {"co2", "longest-haul", "hubs", "refined-at-home"}
        CO2; the longest haul from a site to its hub; the number of hubs; black mass that is refined outside its region.
    points : int, optional
        Points at even levels of CO2 or of what is refined outside; of the other two, the most that are listed, from the
        cheapest on (all, when left out).
    every : bool
        Whether all points are found, and the lines between them.
    out : str or Path, optional
        Folder for `front.csv`, `plants.csv` and `front.html`; it remembers what was solved, so that a search that was
        broken off goes on there.
    policy, year, regions, opened, closed, gap, time_limit, stop
        As in `solve`.
    lang : {"en", "ja"}
        Language of the page.

    Returns
    -------
    FrontFound

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense.
    InfeasibleError
        There is no plan; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    """
    spoken = check_language(lang)
    request = Request(
        policy=policy,
        year=year,
        regions=regions,
        opened=opened,
        closed=closed,
        gap=gap,
        time_limit=time_limit,
        stop=stop,
        rated=False,
    )
    memory = None if out is None else FrontMemory(out)
    found = find_front_of(
        network,
        request,
        against=against,
        points=points,
        every=every,
        remembering=None if memory is None else memory.remember,
    )
    if memory is not None:
        write_front(found, memory.folder, lang=spoken)
    return found
