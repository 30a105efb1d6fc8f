"""A plan can be traced under every chain of custody, and whatever is wrong with its lots is found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.tracing.check import check_trace
from hubspoke.tracing.trace import trace_plans
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from hubspoke.api.plan import Plan
    from hubspoke.tracing.trace import Trace


@pytest.mark.parametrize("make", [mixed_plan, small_plan])
def test_every_plan_can_be_traced(make: Callable[[], Plan]) -> None:
    assert list(check_trace(make())) == []


def heavier(lots: pd.DataFrame) -> pd.DataFrame:
    return lots.assign(nickel_kg=lots["nickel_kg"].where(lots.index != 0, lots["nickel_kg"] + 1))


def moved(uses: pd.DataFrame) -> pd.DataFrame:
    other = uses["process_id"].iloc[-1]
    return uses.assign(process_id=uses["process_id"].where(uses.index != 0, other))


def one_origin(lots: pd.DataFrame) -> pd.DataFrame:
    first = lots.index == lots.index[lots["step"] == "packs"][0]
    return lots.assign(consumer=lots["consumer"].mask(first, "pre"))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("table", "spoil", "said"),
    [
        ("lots", heavier, "used lot"),
        pytest.param("lots", heavier, "stage packs: nickel", marks=pytest.mark.heavy),
        pytest.param("lots", heavier, "end_lot_id", marks=pytest.mark.heavy),
        ("uses", moved, "process"),
        ("lots", one_origin, "segregated: process .* mixes origins"),
    ],
)
def test_what_is_wrong_with_lots_is_told(
    table: str, spoil: Callable[[pd.DataFrame], pd.DataFrame], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(plans: Any, *, custody: str) -> Trace:
        trace = trace_plans(plans, custody=custody)
        changed: dict[str, Any] = {table: spoil(getattr(trace.ledger, table))}
        ledger = replace(trace.ledger, **changed)
        return replace(trace, ledger=ledger)

    monkeypatch.setattr("hubspoke.tracing.check.trace_plans", wrong)
    found = "\n".join(check_trace(small_plan()))
    assert re.search(said, found), found
