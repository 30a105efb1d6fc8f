"""Cases of a sweep as findings rest on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.solve_case import FAILED
from hubspoke.base.errors import HubspokeError, InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.decisions.sweeps.sweep import SolvedCase


def describe_case(one: SolvedCase) -> dict[str, Any]:
    """Return what findings need of a case: its plants, its cost and what is proven of that, or why it has no plan.

    Parameters
    ----------
    one : SolvedCase
    """
    kept = one.kept
    told: dict[str, Any] = {"name": one.case.name, "status": kept["status"], "why_not": kept.get("message", "")}
    if "figures" not in kept:
        return told
    plants = [plant["id"] for kind in ("hubs", "refineries") for plant in kept[kind]]
    figures = {key: kept["figures"][key] for key in ("cost_jpy", "mass_t", "gap")}
    return {**told, **figures, "bound_jpy": kept["bound_value"], "plants": plants}


def refuse_failures(rows: Sequence[dict[str, Any]]) -> None:
    """Raise an error where a case failed, or none has a plan.

    Parameters
    ----------
    rows : sequence of dict
        As `describe_case` returns them.
    """
    if failed := [f"{row['name']}: {row['why_not']}" for row in rows if row["status"] == FAILED]:
        raise HubspokeError("\n".join(failed))
    if not any("plants" in row for row in rows):
        raise InfeasibleError("\n".join(f"{row['name']}: {row['why_not']}" for row in rows))
