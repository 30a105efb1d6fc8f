"""Which duties on recycling a plan meets, plant by plant: efficiency by weight, recovery by metal, recycled content.

A row of a hub holds for the chains that begin there, one of a refinery or furnace for those that end there, and one of
the whole plan for all of them. Recycled content is held against the batteries made in the year of the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from hubspoke.metals.chains import sum_chains, tabulate_chains
from hubspoke.metals.demand import SOURCES, find_demand, tabulate_shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.metals.duties import Duty

EFFICIENCY, RECOVERY, CONTENT = "efficiency", "recovery", "content"
KINDS = (EFFICIENCY, RECOVERY, CONTENT)
MET, ONLY_WITH, MISSED = "met", "only_with", "missed"
"""Whether a duty is met, met only where plastics are recycled as material or carbon may be left out, or missed."""
LAST_LEAVING_OUT = 2029
"""Last year in which a recycler may leave carbon and some other substances out of both sides."""
ROUNDING = 1e-9
"""Share by which floats may fall short of a duty that is met exactly."""


class DutyRow(NamedTuple):
    """A duty held against a plant or the plan, see `tabulate_duties`."""

    duty: str
    kind: str
    plant_kind: str
    plant_id: str
    metal: str
    in_force: bool
    asked: float
    reached: float
    with_plastics: float
    without_carbon: float
    without_both: float
    pre: float
    base_t: float
    met: str


def tabulate_duties(plan: PlanData, ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Hold a plan and each of its plants against the duties of its settings.

    Parameters
    ----------
    plan : PlanData
    ledger : DataFrame, optional
        Its ledger, to save computing it again.

    Returns
    -------
    DataFrame
        Columns `duty` (its key), `kind` (of `KINDS`), `plant_kind` (`plan`, `hub`, `refinery` or `furnace`),
        `plant_id`, `metal`, `in_force` (whether the year of the plan is held against it), `asked`, `reached`,
        `with_plastics`, `without_carbon` and `without_both` (efficiency with plastics recycled as material, with carbon
        left out of both sides, and with both; NaN for others), `pre` (of recycled content, the part from scrap of
        manufacturing), `base_t` (t per year that the shares are of), `met` (of `MET`, `ONLY_WITH`, `MISSED`) and
        `margin`. Shares are per tonne; plants without packs or without a metal have no row.
    """
    duties = {key: duty for key, duty in plan.settings.duties.items() if duty.for_metal in plan.settings.metals}
    chains = tabulate_chains(plan)
    furnaces = set(plan.refineries.loc[plan.furnaces, "id"])
    ends = [("", chains), ("hub_id", chains[~chains["hub_id"].isin(plan.imports["port_id"])]), ("refinery_id", chains)]
    sums = [(end, sum_chains(some, end)) for end, some in ends]
    rows: list[DutyRow] = []
    for key, duty in duties.items():
        for end, table in sums:
            for plant, row in table.iterrows():
                kind = {"": "plan", "hub_id": "hub"}.get(end, "furnace" if plant in furnaces else "refinery")
                rows += _hold(plan.year, key, duty, (kind, str(plant)), row)
        rows += _hold_content(plan, key, duty, ledger)
    frame = pd.DataFrame(rows, columns=list(DutyRow._fields))
    return frame.assign(margin=frame["reached"] - frame["asked"])


def _hold(year: int, key: str, duty: Duty, plant: tuple[str, str], row: pd.Series) -> Iterator[DutyRow]:
    """Hold a plant against the efficiency and recoveries that a duty asks for."""
    force, nan = is_in_force(duty, year), float("nan")
    packs, carbon, got = float(row["packs_t"]), float(row["carbon_t"]), float(row["metals_t"] + row["scrap_t"])
    if duty.efficiency_t_per_t is not None and packs > 0:
        asked, plastics = float(duty.efficiency_t_per_t), float(row["plastics_t"])
        shares = [_divide(one, of) for of in (packs, packs - carbon) for one in (got, got + plastics)]
        counted = shares if year <= LAST_LEAVING_OUT else shares[:2]
        met = MET if _reaches(shares[0], asked) else ONLY_WITH if _reaches(max(counted), asked) else MISSED
        told = (shares[0], shares[1], shares[2], shares[3])
        yield DutyRow(key, EFFICIENCY, *plant, "", force, asked, *told, nan, packs, met)
    for metal, share in duty.recovery_t_per_t.items():
        held = float(row.get(f"{metal}_in_t", 0.0))
        if held > 0:
            asked, reached = float(share), float(row[f"{metal}_out_t"]) / held
            met = MET if _reaches(reached, asked) else MISSED
            yield DutyRow(key, RECOVERY, *plant, metal, force, asked, reached, nan, nan, nan, nan, held, met)


def _hold_content(plan: PlanData, key: str, duty: Duty, ledger: pd.DataFrame | None) -> Iterator[DutyRow]:
    """Hold the recycled metal of a plan against the share of it that new batteries must hold."""
    demand = find_demand(plan.settings)
    if not duty.content_t_per_t or demand is None:
        return
    shares, nan = tabulate_shares(plan, ledger), float("nan")
    bound = float(demand.bound_share)
    pre = shares[[name for name, (_, consumer) in SOURCES.items() if consumer == "pre"]].sum(axis=1)
    for metal, share in duty.content_t_per_t.items():
        needed = bound * float(shares["demand_t"][metal])
        if needed > 0:
            asked, reached = float(share), float(shares["recycled_t"][metal]) / needed
            met = MET if _reaches(reached, asked) else MISSED
            force, part = is_in_force(duty, plan.year), float(pre[metal]) / needed
            yield DutyRow(key, CONTENT, "plan", "", metal, force, asked, reached, nan, nan, nan, part, needed, met)


def is_in_force(duty: Duty, year: int) -> bool:
    """Return whether a year is held against a duty.

    Parameters
    ----------
    duty : Duty
    year : int
    """
    return duty.first_year is None or year >= duty.first_year


def suffices_for(duties: pd.DataFrame, key: str) -> float:
    """Return the share of the batteries bound by a duty on recycled content that there is enough metal for.

    Parameters
    ----------
    duties : DataFrame
        What `tabulate_duties` returns.
    key : str
        Key of the duty.

    Returns
    -------
    float
        1 where there is enough for all of them; NaN where the duty asks for no content.
    """
    own = duties[(duties["duty"] == key) & (duties["kind"] == CONTENT)]
    parts = (own["reached"] / own["asked"])[own["asked"] > 0]
    return float(np.minimum(parts, 1.0).min()) if len(parts) else float("nan")


def _reaches(share: float, asked: float) -> bool:
    return share >= asked * (1 - ROUNDING)


def _divide(one: float, other: float) -> float:
    return one / other if other > 0 else float("nan")
