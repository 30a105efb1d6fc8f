"""Recycling efficiency by weight: against sums by hand, and against the duties."""

from __future__ import annotations

import pytest

import hubspoke as hs
from hubspoke.plan.balances import tabulate_balances
from hubspoke.plan.efficiency import measure_efficiency
from hubspoke.plan.efficiency_words import describe_efficiency, record_efficiency
from small_plan import mixed_plan, small_plan


def test_it_is_what_the_balances_give_out_over_the_packs() -> None:
    plan = small_plan()
    table = tabulate_balances(plan)
    made = table[table["direction"] == "out"].groupby("material")["mass_t"].sum()
    found = measure_efficiency(plan)
    assert found.packs_t == pytest.approx(plan.mass_t)
    assert found.metals_t == pytest.approx(sum(made.get(key, 0.0) for key in plan.settings.metals))
    assert found.scrap_t == pytest.approx(made["copper"] + made["aluminium"] + made["iron"])
    assert found.plastics_t == pytest.approx(made["plastics"])
    assert found.residues_t == pytest.approx(made["residues"])
    assert found.losses_t == pytest.approx(made["losses"])
    assert found.share == pytest.approx((found.metals_t + found.scrap_t) / plan.mass_t)
    assert 0.35 < found.share < found.share_with_plastics < 0.55


@pytest.mark.parametrize(
    ("asked", "met", "with_plastics", "said"),
    [(0.3, True, True, ": met"), (0.45, False, True, "met with plastics"), (0.65, False, False, "with plastics 1")],
)
def test_a_duty_is_met_or_what_is_missing_is_told(asked: float, met: bool, with_plastics: bool, said: str) -> None:  # noqa: FBT001
    plan = hs.revalue(small_plan(), {"duties.eu_2025.efficiency_t_per_t": asked})
    duty = record_efficiency(plan)["duties"]["eu_2025"]  # type: ignore[index]
    assert duty == {"asked": asked, "met": met, "met_with_plastics": with_plastics}
    (line,) = (line for line in describe_efficiency(plan) if "2025" in line)
    assert said in line
    if not met:
        missing = (asked - measure_efficiency(plan).share) * plan.mass_t
        assert f"{missing:,.0f} t/yr missing" in line


def test_metal_from_abroad_and_in_alloys_does_not_count() -> None:
    plan = mixed_plan()
    metals = plan.metals()
    home = metals[metals["hub_id"].isin(plan.hubs["id"])]
    assert home["recovered_t"].sum() < metals["recovered_t"].sum()
    elements = home["metal"].map(lambda key: float(plan.settings.metals[key].element_t_per_t))
    assert measure_efficiency(plan).metals_t == pytest.approx(float((home["recovered_t"] * elements).sum()))
    assert metals["alloyed_t"].sum() > 0


def test_duties_for_batteries_bind_nothing_without_their_metal() -> None:
    plan = hs.revalue(small_plan(), {"duties.eu_2025.for_metal": "neodymium"})
    assert list(record_efficiency(plan)["duties"]) == ["eu_2030"]  # type: ignore[call-overload]
    assert len(describe_efficiency(plan, "ja")) == 3
