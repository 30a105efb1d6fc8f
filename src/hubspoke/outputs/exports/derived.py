"""Derive from a plan the tables that are written beside it: mass balances, metals, loads of roads, money by actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.metals.ledger import tabulate_ledger
from hubspoke.money.income import tabulate_actors, tabulate_income
from hubspoke.plan.balances import tabulate_balances
from hubspoke.plan.metal_flows import tabulate_metals
from hubspoke.plan.roads.loads import tabulate_road_loads

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData

DERIVED = ("balances", "metals", "metals_ledger", "road_loads", "income", "actors")
"""The derived tables, each a CSV in the run folder and a sheet of the workbook."""


def derive_tables(plan: PlanData, *, road_loads: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Derive the tables that follow from those of a plan.

    Parameters
    ----------
    plan : PlanData
    road_loads : DataFrame, optional
        What `tabulate_road_loads` returns for the plan, to save following its roads again.

    Returns
    -------
    dict of str to DataFrame
        By the names in `DERIVED`: `balances` (see `tabulate_balances`), `metals` (`tabulate_metals`),
        `metals_ledger` (`tabulate_ledger`, packs by region), `road_loads` (`tabulate_road_loads`), `income`
        (`tabulate_income`, all contracts and price levels) and `actors` (`tabulate_actors`).

    Raises
    ------
    AuditError
        The tables of the plan contradict each other, so that its masses or its money do not add up.
    """
    income = tabulate_income(plan)
    return {
        "balances": tabulate_balances(plan),
        "metals": tabulate_metals(plan),
        "metals_ledger": tabulate_ledger(plan),
        "road_loads": tabulate_road_loads(plan) if road_loads is None else road_loads,
        "income": income,
        "actors": tabulate_actors(plan, income),
    }
