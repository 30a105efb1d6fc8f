"""The audit proves the bound again by counting all choices of plants, and recounts what opening and closing costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.base.status import Status
from trials import examples

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan
    from hubspoke.audit.check import Check

SHIKOKU = Path(__file__).parents[3] / "data" / "regions" / "shikoku"


def proof(plan: Plan) -> Check:
    """Return what the audit says of a plan's proof."""
    return next(check for check in recount(plan, plan.network).checks if check.name == "proof")


@pytest.fixture(scope="module")
def shikoku() -> Plan:
    """Plan one region of the data that ship."""
    return hs.solve(hs.read(SHIKOKU))


def test_the_bound_of_a_region_is_proven_again(shikoku: Plan) -> None:
    check = proof(shikoku)
    assert check.passed
    assert f"the cheapest costs {shikoku.cost_jpy:,.0f} yen" in check.note


def test_random_networks_are_counted_as_they_are_planned(tmp_path: Path) -> None:
    """Sizes, technologies, shared ground and standing plants: no search and no count finds a cheaper plan."""
    for number in range(examples(3)):
        dice = np.random.default_rng(number)
        tables = tiny_tables()
        for name, rows in tables.items():
            for row in rows if name.endswith(("hubs", "refineries")) else ():
                usual = "roasting;mechanical" if name.endswith("hubs") else "hydro;pyro_hydro"
                stands = int(dice.choice([0, 0, 500]))
                row |= {"technology": usual, "existing_t": stands, "max_t": int(dice.integers(900, 9000))}
            for row in rows if name.endswith("sites") else ():
                row["nmc_t"] = int(dice.integers(0, 400))
        changes = {"carbon.price_jpy_per_t": float(dice.choice([0, 9000]))}
        plan = hs.solve(hs.read(write_folder(tmp_path / str(number), tables), changes=changes))
        assert proof(plan).passed, proof(plan)


@pytest.mark.heavy
def test_a_plan_that_is_not_the_cheapest_and_says_so_is_found(shikoku: Plan) -> None:
    """The bound and the gap are falsified together, so that nothing else can tell."""
    hub = shikoku.hubs.loc[shikoku.hubs["state"] == "open", "id"].iloc[0]
    assert shikoku.network is not None
    dear = hs.solve(shikoku.network, closed=[hub])
    assert dear.status is Status.OPTIMAL
    claimed = replace(dear, options={**dear.options, "close": []})
    failed = {check.name: check.detail for check in recount(claimed, claimed.network).failed}
    assert f"above the {shikoku.cost_jpy:,.2f} yen of the cheapest choice" in failed["proof"]


@pytest.mark.heavy
@pytest.mark.parametrize("table", ["hubs", "refineries"])
def test_costs_of_opening_and_closing_are_recounted(table: str, shikoku: Plan) -> None:
    plants = getattr(shikoku, table)
    used = int((plants["state"] == "open").to_numpy().argmax())
    spare = int((plants["opening_more_jpy"] > 0).to_numpy().argmax())
    named = plants["closing_opens"].iloc[used]
    another = next(name for name in plants.loc[plants["state"] == "not_chosen", "id"] if name != named)
    for column, row, value in (
        ("opening_more_jpy", spare, plants["opening_more_jpy"].iloc[spare] + 5),
        ("closing_more_jpy", used, plants["closing_more_jpy"].iloc[used] * 1.01),
        ("closing_opens", used, another),
    ):
        wrong = plants.copy()
        wrong.loc[wrong.index[row], column] = value
        check = proof(replace(shikoku, **{table: wrong}))
        assert not check.passed
        assert column in check.detail


def test_under_other_rules_the_audit_says_that_it_counted_nothing(tiny: Path) -> None:
    check = proof(hs.solve(hs.read(tiny), policy="open"))
    assert check.passed
    assert "that of the search" in check.note
