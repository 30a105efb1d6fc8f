"""A trace: where metal came from and where it ended, in kg of each metal, under a stated chain of custody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.base.json_text import keep_finite
from hubspoke.base.notebook import in_one_line
from hubspoke.tracing.custody import CONTROLLED_BLENDING, choose_custody
from hubspoke.tracing.focus import HALVES, find_focus
from hubspoke.tracing.lots import keep_lots
from hubspoke.tracing.mixing import find_ends, find_paths, find_sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.tracing.focus import Focus
    from hubspoke.tracing.lots import LotLedger

SOURCE = {
    "year": "source_year",
    "facility_kind": "source_kind",
    "facility_id": "source_id",
    "region": "source_region",
    "country": "country",
    "material": "class",
    "comes_from": "comes_from",
    "consumer": "consumer",
    "to_id": "enters_id",
    "lot_id": "source_lot_id",
}
END = {
    "year": "end_year",
    "step": "end_step",
    "facility_kind": "end_kind",
    "facility_id": "end_id",
    "region": "end_region",
    "material": "end_material",
    "lot_id": "end_lot_id",
}
"""Columns of lots that paths have, and their names there."""


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """What is traced of a plan, or of a plan over several years.

    Attributes
    ----------
    ledger : LotLedger
        All lots.
    focus : Focus
        What is traced.
    """

    ledger: LotLedger
    focus: Focus

    def __repr__(self) -> str:
        """Return the main figures in one line."""
        return in_one_line("Trace", self._figures())

    def _figures(self) -> dict[str, object]:
        years = ", ".join(map(str, self.ledger.plans))
        return {"kind": self.focus.kind, "id": self.focus.id, "custody": self.ledger.custody.model, "years": years}

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Where the metal of the ends came from: kg by source lot, end lot and metal; see `paths`."""
        if self.focus.kind in HALVES:
            return self._trace(find_sources(self.ledger), self.focus.ends)
        return self.paths

    @cached_property
    def ends(self) -> pd.DataFrame:
        """Where the metal of the sources ended: kg by source lot, end lot and metal; see `paths`."""
        if self.focus.kind in HALVES:
            return self._trace(self.focus.sources, find_ends(self.ledger))
        return self.paths

    @cached_property
    def paths(self) -> pd.DataFrame:
        """One row for each source lot, end lot and metal, with the kg of the element that went that way.

        Of a region these are the ways that begin and end in it, of a lot there are none; `sources` has all that end
        there, `ends` all that begin there.
        """
        return self._trace(self.focus.sources, self.focus.ends)

    def trace_back(self, lots: pd.Series) -> pd.DataFrame:
        """Return where the metal of some lots came from, with the columns of `paths`.

        Parameters
        ----------
        lots : Series of str
            Identifiers.
        """
        every = self.ledger.lots
        return self._trace(find_sources(self.ledger), every.index[every["lot_id"].isin(lots)])

    def _trace(self, sources: pd.Index, ends: pd.Index) -> pd.DataFrame:
        lots, frames = self.ledger.lots, []
        for metal in self.ledger.metals:
            found = find_paths(self.ledger, sources, ends, f"{metal}_kg")
            frames.append(found.assign(metal=metal))
        every = pd.concat(frames, ignore_index=True)
        named = [
            lots[list(names)].iloc[every[at].to_numpy(int)].rename(columns=names).reset_index(drop=True)
            for at, names in (("source", SOURCE), ("end", END))
        ]
        return pd.concat([*named, every[["metal", "kg"]]], axis=1)

    def share(self, *by: str) -> pd.DataFrame:
        """Return what shares of every metal of the ends came from where.

        Parameters
        ----------
        by : str
            Columns of `sources`, such as `source_region`, `country`, `consumer`, `class` or `source_id`.

        Returns
        -------
        DataFrame
            Columns `end_step`, `end_id`, `end_material`, `metal`, those of `by`, `kg` and `share`; the shares of a
            metal in an end sum to 1.
        """
        end = ["end_year", "end_step", "end_id", "end_material", "metal"]
        sums = self.sources.groupby([*end, *by], sort=False)["kg"].sum().reset_index()
        return sums.assign(share=sums["kg"] / sums.groupby(end)["kg"].transform("sum"))

    def to_dict(self) -> dict[str, Any]:
        """Return the trace as plain data: what was traced, under which custody, of which input, and both ways."""
        from_keys = ["source_year", "source_kind", "source_id", "source_region", "country", "class", "consumer"]
        end_keys = ["end_year", "end_step", "end_kind", "end_id", "end_region", "end_material"]
        record: dict[str, Any] = keep_finite({**describe_trace(self), "sources": [], "ends": []})
        record["sources"] = _sum(self.sources, [*from_keys, "end_step", "end_id", "metal"])
        record["ends"] = _sum(self.ends, [*end_keys, "metal"])
        return record


def describe_trace(trace: Trace) -> dict[str, Any]:
    """Return what a trace is of: identifier, custody, years, and the hashes of plan and input.

    Parameters
    ----------
    trace : Trace

    Returns
    -------
    dict
    """
    ledger = trace.ledger
    return {
        "format": "hubspoke-trace",
        "format_version": 1,
        "kind": trace.focus.kind,
        "id": trace.focus.id,
        "custody": ledger.custody.model,
        "period_yr": ledger.custody.period_yr,
        "unit": "kg per year, of the element",
        "planned": True,
        "plans": {
            str(year): {
                "title": plan.title,
                "policy": plan.policy,
                "sha256": ledger.fingerprints[year],
                "input_sha256": dict(sorted(plan.hashes.items())),
            }
            for year, plan in ledger.plans.items()
        },
    }


def trace_plans(
    plans: Mapping[int, PlanData],
    name: str | None = None,
    *,
    custody: str = CONTROLLED_BLENDING,
    period_yr: int = 1,
) -> Trace:
    """Trace metal through the plans of one year or several.

    Parameters
    ----------
    plans : mapping of int to PlanData
        By year.
    name : str, optional
        A site, source abroad, port, hub, refinery, furnace, region or lot; the whole plan when left out.
    custody : {"segregated", "controlled_blending", "mass_balance"}
    period_yr : int
        Years over which a mass balance is closed.

    Returns
    -------
    Trace

    Raises
    ------
    UsageError
        An unknown name, or a custody that a plan cannot state.
    """
    ledger = keep_lots(plans, choose_custody(custody, period_yr))
    return Trace(ledger, find_focus(ledger, name))


def _sum(paths: pd.DataFrame, by: list[str]) -> list[dict[str, Any]]:
    sums = paths.groupby(by, sort=False)["kg"].sum().reset_index()
    return [{str(key): value for key, value in row.items()} for row in sums.to_dict("records")]
