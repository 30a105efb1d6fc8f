"""Everything that is told of the metals in a plan, gathered once, and as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubspoke.base.json_text import keep_finite
from hubspoke.metals.co2 import avoided_t, sum_steps, tabulate_replaced
from hubspoke.metals.demand import tabulate_shares
from hubspoke.metals.duties import suffices_for, tabulate_duties
from hubspoke.metals.exported import tabulate_exported
from hubspoke.metals.ledger import tabulate_ledger
from hubspoke.metals.statement import reconcile_shares
from hubspoke.metals.sums import sum_stages

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData


@dataclass(frozen=True, eq=False)
class Account:
    """The tables on the metals of a plan, each described where it is made.

    Attributes
    ----------
    plan : PlanData
    ledger : DataFrame
        See `tabulate_ledger`.
    shares, walk : DataFrame
        See `tabulate_shares` and `reconcile_shares`.
    duties : DataFrame
        See `tabulate_duties`.
    replaced : DataFrame
        See `tabulate_replaced`.
    exported : DataFrame
        See `tabulate_exported`; for the years of the sites and that of the plan.
    """

    plan: PlanData
    ledger: pd.DataFrame
    shares: pd.DataFrame
    walk: pd.DataFrame
    duties: pd.DataFrame
    replaced: pd.DataFrame
    exported: pd.DataFrame


def take_account(plan: PlanData, *, by_site: bool = False) -> Account:
    """Gather everything that is told of the metals in a plan.

    Parameters
    ----------
    plan : PlanData
    by_site : bool
        Whether the ledger has a row for every site.

    Returns
    -------
    Account
    """
    ledger = tabulate_ledger(plan, by_site=by_site)
    years = sorted({*plan.settings.horizon.years, plan.year})
    return Account(
        plan=plan,
        ledger=ledger,
        shares=tabulate_shares(plan, ledger),
        walk=reconcile_shares(plan, ledger),
        duties=tabulate_duties(plan, ledger),
        replaced=tabulate_replaced(plan, ledger),
        exported=tabulate_exported(plan.settings, years),
    )


def record_account(account: Account) -> dict[str, Any]:
    """Return an account as plain data.

    Parameters
    ----------
    account : Account

    Returns
    -------
    dict
        `year`, `stages_kg` and `stages_counted_kg` (by metal and stage), `ledger`, `shares`, `reconciliation`,
        `duties`, `suffices_for` (by duty on recycled content), `co2` and `exported`; numbers that are not known are
        None.
    """
    plan, replaced = account.plan, account.replaced
    content = [key for key, duty in plan.settings.duties.items() if duty.content_t_per_t]
    enough = {key: suffices_for(account.duties, key) for key in content}
    record: dict[str, Any] = keep_finite(
        {
            "year": plan.year,
            "stages_kg": sum_stages(account.ledger).to_dict("index"),
            "stages_counted_kg": sum_stages(account.ledger, amount="counted_kg").to_dict("index"),
            "ledger": account.ledger.to_dict("records"),
            "shares": account.shares.reset_index().to_dict("records"),
            "reconciliation": account.walk.to_dict("records"),
            "duties": account.duties.to_dict("records"),
            "suffices_for": {key: share for key, share in enough.items() if share == share},  # noqa: PLR0124 - not NaN
            "co2": {
                "steps_t": sum_steps(plan),
                "plan_t": plan.co2_kg / 1000.0,
                "replaced": replaced.to_dict("records"),
                **{f"avoided_{end}t": avoided_t(plan, replaced, end) for end in ("", "low_", "high_")},
            },
            "exported": account.exported.to_dict("records"),
        }
    )
    return record
