"""Say why one of several years, or scenarios, has no plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.planning.infeasible.barred import explain_barred
from hubspoke.planning.infeasible.explain import explain_infeasible, find_shortages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hubspoke.planning.years.read import YearTask


def list_shortages(tasks: Sequence[YearTask], names: Iterable[object]) -> list[str]:
    """Return what plain sums show to be short, each line headed by its year or scenario.

    Parameters
    ----------
    tasks : sequence of YearTask
    names : iterable
        What each is called: a year or a scenario.
    """
    told = []
    for one, name in zip(tasks, names, strict=True):
        rules, scale = one.task.rules, one.costs.refining_scale
        found = find_shortages(one.task.network, one.form.domestic, rules, refining_scale=scale, lanes=one.lanes)
        told += [f"{name}: {line}" for line in [*found, *(explain_barred(one.task.network) if found else [])]]
    return told


def explain_alone(one: YearTask) -> str:
    """Return why a year or scenario has no plan by itself.

    Parameters
    ----------
    one : YearTask
        Known to have none.
    """
    rules, scale = one.task.rules, one.costs.refining_scale
    told = explain_infeasible(one.task.network, one.form.domestic, rules, refining_scale=scale, lanes=one.lanes)
    return "\n".join([told, *explain_barred(one.task.network)])
