"""Find what an identifier means in a ledger of lots: a site, a source abroad, a plant, a region, or a single lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import find_nearest, nearest_name
from hubspoke.tracing.mixing import find_ends, find_sources

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.tracing.lots import LotLedger

LOT_KIND, REGION, WHOLE = "lot", "region", "plan"
GIVERS = ("refinery", "furnace", "hub", "port", "site", "abroad")
"""In the order in which an identifier is looked for, where several places bear it."""
HALVES = (LOT_KIND, REGION)
"""What has metal of others come in, and its own go out."""
STARTS, PASSES = ("site", "abroad"), ("hub", "port")


@dataclass(frozen=True, eq=False)
class Focus:
    """What is traced.

    Attributes
    ----------
    kind : str
        `lot`, `refinery`, `furnace`, `hub`, `port`, `site`, `abroad`, `region`, or `plan` for all of it.
    id : str
        Empty for the whole plan.
    sources, ends : Index
        Positions of the lots where its metal comes from, and of those where it ends. Of a region, or of a single lot,
        those of its own: metal that ends there may come from elsewhere, and metal that begins there may end elsewhere.
    """

    kind: str
    id: str
    sources: pd.Index
    ends: pd.Index


def find_focus(ledger: LotLedger, name: str | None) -> Focus:
    """Return what is traced under a name.

    Parameters
    ----------
    ledger : LotLedger
    name : str or None
        Identifier of a site, a source abroad, a port, hub, refinery, furnace, region or lot; `KIND:ID` where places of
        several kinds bear one. None is the whole plan.

    Returns
    -------
    Focus

    Raises
    ------
    UsageError
        No lot comes from such a place, goes to it, or bears the name.
    """
    lots, sources, ends = ledger.lots, find_sources(ledger), find_ends(ledger)
    if name is None:
        return Focus(WHOLE, "", sources, ends)
    asked, _, rest = name.partition(":")
    kinds, wanted = ((asked,), rest) if asked in {*GIVERS, REGION, LOT_KIND} and rest else ((), name)
    for kind in kinds or (LOT_KIND, *GIVERS, REGION):
        found = _find(ledger, kind, wanted, sources, ends)
        if found is not None:
            return found
    known = {*lots["facility_id"], *lots["to_id"], *lots["region"]} - {""}
    idle = _find_idle(ledger, wanted)
    if idle:
        raise UsageError(f"{wanted} is {idle} of the plan, and nothing goes through it; there is nothing to trace")
    if find_nearest(wanted, map(str, known)) is None:  # plants and regions are few enough to be listed
        known = {*lots.loc[lots["facility_kind"].isin(("hub", "refinery", "furnace")), "facility_id"], *lots["region"]}
    raise UsageError(f"nothing in the plan is called {name!r}{nearest_name(wanted, map(str, known - {''}))}")


def _find(ledger: LotLedger, kind: str, name: str, sources: pd.Index, ends: pd.Index) -> Focus | None:
    lots = ledger.lots
    giver = lots.index[(lots["facility_kind"] == kind) & (lots["facility_id"] == name)]
    if kind == LOT_KIND:
        own = lots.index[lots["lot_id"] == name]
        return Focus(kind, name, own, own) if len(own) else None
    if kind == REGION:
        own = lots.index[lots["region"] == name]
        made, begun = own.intersection(ends), own.intersection(sources)
        return Focus(kind, name, begun, made) if len(own) else None
    if kind in PASSES:
        into = lots.index[(lots["to_id"] == name) & lots.index.isin(sources)]
        return Focus(kind, name, into, ends) if len(giver) else None
    if not len(giver):
        return None
    return Focus(kind, name, giver, ends) if kind in STARTS else Focus(kind, name, sources, giver)


def _find_idle(ledger: LotLedger, name: str) -> str:
    """Return what a place without lots is, or nothing for an unknown one."""
    for plan in ledger.plans.values():
        for words, table, key in (
            ("a site", plan.assignments, "site_id"),
            ("a hub", plan.hubs, "id"),
            ("a refinery or furnace", plan.refineries, "id"),
            ("a region", plan.regions, "region"),
        ):
            if name in set(table[key]):
                return words
    return ""
