"""The summary of a plan over several years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hubspoke.base.status import Status
from hubspoke.plan.horizon.summary import name_policies, summarise_years
from hubspoke.plan.summary import describe_status
from hubspoke.words.language import LANGUAGES
from years_plan import YEARS, years_plan


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_has_a_row_for_each_year(lang: str) -> None:
    """Present value, proof and plants in a few lines, then a table with a row for each year."""
    text = years_plan().summary(lang)  # type: ignore[arg-type]
    facts, table = (part.splitlines() for part in text.split("\n\n"))
    assert len(facts) == 6
    assert len(table) == 1 + len(YEARS)
    for year, row in zip(YEARS, table[1:], strict=True):
        assert row.split()[0] == str(year)
    assert "20.7 bn yen" in text if lang == "en" else "207億円" in text


def test_the_proof_is_that_of_all_years() -> None:
    """The status line tells the gap of the whole, not of a year."""
    plan = years_plan()
    proven = replace(plan, status=Status.OPTIMAL, gap=0.0)
    assert "\nstatus   optimal: no plan costs less (" in summarise_years(proven)
    stopped = replace(plan, status=Status.FEASIBLE, gap=float("inf"))
    assert "not proven best: nothing is known" in summarise_years(stopped)


def test_a_year_is_told_beside_that_year_alone() -> None:
    """The gap of a year is no lack of proof, but what choosing for all years costs in it."""
    plan = years_plan().plans[2040]
    assert plan.gap > 0
    assert describe_status(replace(plan, gap=0.0123)) == (
        "chosen for 2030, 2035, 2040 together: planned alone, this year could cost less, by at most 1.23 %"
    )
    assert "could not cost less" in describe_status(replace(plan, gap=0.0))
    assert "is not known" in describe_status(replace(plan, gap=float("inf")))
    assert "最大1.23 %安くなる可能性がある" in describe_status(replace(plan, gap=0.0123), "ja")
    alone = replace(plan, options={**plan.options, "years": [2040]})
    assert "together" not in describe_status(alone)


def test_policies_are_named_with_their_years() -> None:
    """One policy is named once, several with the year from which each holds."""
    plan = years_plan()
    assert name_policies(plan, "en") == "shared-refinery"
    later = {**plan.plans, 2040: replace(plan.plans[2040], policy="open")}
    assert name_policies(replace(plan, plans=later), "en") == "shared-refinery from 2030, open from 2040"
