"""What a sweep varies and which cases that gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.analysis.decisions.sweeps.axes import read_axes
from hubspoke.analysis.decisions.sweeps.cases import draw_shares, list_cases
from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan, lay_over, read_plan
from hubspoke.base.errors import UsageError
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.sweeps.cases import Case

POWER, LIFE = "energy.power_jpy_per_kwh", "finance.life_yr"
FILE = """
mode = "one-at-a-time"
samples = 8
policy = "open"
regions = ["shikoku"]
scenario = "jarp"
[set]
finance.life_yr = 12
[vary]
"energy.power_jpy_per_kwh" = "10..30"
scenario = ["", "smm-network"]
[[case]]
name = "both"
scenario = "jarp"
set = { "supply.factor" = 2 }
"""


def cases_of(**stated: Any) -> tuple[Case, ...]:
    plan = SweepPlan(**stated)
    return list_cases(plan, read_axes(plan.vary, load_settings()))


def test_a_grid_holds_all_combinations_and_the_base() -> None:
    cases = cases_of(vary={POWER: "10..30/3", "scenario": "late-not-checked, a+b"})
    assert len(cases) == 1 + 3 * 2
    assert cases[0].name == "base"
    assert not cases[0].given
    assert cases[1].name == "energy.power_jpy_per_kwh=10, late-not-checked"
    assert [case.given[POWER] for case in cases[1:]] == [10, 10, 20, 20, 30, 30]
    assert [case.number for case in cases] == list(range(1, 8))


def test_one_at_a_time_takes_the_ends_of_ranges_and_all_of_lists() -> None:
    cases = cases_of(mode="one-at-a-time", vary={POWER: "10..30", LIFE: [8, 9, 12]}, changes={"supply.factor": 2})
    assert [dict(case.given) for case in cases] == [{}, {POWER: 10}, {POWER: 30}, {LIFE: 8}, {LIFE: 9}, {LIFE: 12}]
    assert all(case.changes["supply.factor"] == 2 for case in cases)


def test_stated_ranges_are_found_by_a_pattern() -> None:
    axes = read_axes({"energy.*": "range"}, load_settings())
    stated = load_settings().energy.power_jpy_per_kwh
    power = next(axis for axis in axes if axis.key == POWER)
    assert (power.low, power.high) == (stated.low, stated.high)


@pytest.mark.heavy
def test_a_hypercube_has_one_sample_in_every_stratum() -> None:
    shares = draw_shares(SweepPlan(mode="latin", samples=20, vary={POWER: "10..30"}), 3)
    assert (np.sort(np.floor(shares * 20), axis=0) == np.arange(20)[:, None]).all()


@pytest.mark.heavy
def test_samples_follow_the_seed_and_stay_within_the_range() -> None:
    stated: dict[str, Any] = {"mode": "sobol", "samples": 16, "vary": {POWER: "10..30", LIFE: [8, 9]}}
    first, again, other = (cases_of(**stated, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert all(10 <= case.given[POWER] <= 30 for case in first[1:])
    assert [case.given[LIFE] for case in first[1:]].count(8) == 8  # half of them


@pytest.mark.heavy
def test_samples_for_indices_change_one_column_at_a_time() -> None:
    shares = draw_shares(SweepPlan(mode="indices", samples=4, vary={POWER: "1..2"}), 2).reshape(4, 4, 2)
    first, second, left, right = shares
    assert (left == np.column_stack([second[:, 0], first[:, 1]])).all()
    assert (right == np.column_stack([first[:, 0], second[:, 1]])).all()


def test_a_file_states_all_and_options_go_before_it(tmp_path: Path) -> None:
    file = tmp_path / "sweep.toml"
    file.write_text(FILE, encoding="utf-8")
    plan = read_plan(file)
    assert plan.asked == {"policy": "open", "regions": ["shikoku"]}
    assert plan.changes == {"scenario": "jarp", "finance.life_yr": 12}
    names = [case.name for case in list_cases(plan, read_axes(plan.vary, load_settings()))]
    assert names == [
        "base",
        "both",
        "energy.power_jpy_per_kwh=10",
        "energy.power_jpy_per_kwh=30",
        "base",
        "smm-network",
    ]
    over = lay_over(plan, mode="latin", samples=4, asked={"policy": "regional"}, vary={POWER: "1..2"})
    assert (over.mode, over.samples, over.asked["policy"]) == ("latin", 4, "regional")
    assert over.vary[POWER] == "1..2"


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"vary": {"energy.power": "10..30"}}, "did you mean"),
        ({"vary": {POWER: "30..10"}}, "the lower one first"),
        ({"vary": {POWER: "10..30/1"}}, "2 steps or more"),
        ({"vary": {POWER: "10,10"}}, "given twice"),
        ({"vary": {POWER: []}}, "nothing is given"),
        ({"vary": {"policy.*": "range"}}, "states a range"),
        ({"vary": {}}, "nothing is varied"),
        ({"vary": {POWER: "1..2"}, "mode": "gird"}, "did you mean 'grid'"),
        ({"vary": {POWER: "1..2"}, "mode": "sobol", "samples": 12}, "write 8 or 16"),
        ({"vary": {POWER: "1..2"}, "mode": "latin", "samples": 0}, "draw 1 to"),
        ({"vary": {POWER: "1..2"}, "mode": "list"}, "as they are stated"),
        ({"vary": {POWER: "1..2/1000", LIFE: "1..2/1000"}}, "more than 100,000"),
    ],
)
def test_what_cannot_be_swept_is_refused(stated: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        cases_of(**stated)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = [", "cannot be read"),
        ("modes = 'grid'", "did you mean 'mode'"),
        ("samples = 'many'", "wrong kind"),
        ("samples = true", "wrong kind"),
        ("[[case]]\nname = 'x'", "changes nothing"),
        ("[[case]]\nsett = {}", "case 1 is none"),
    ],
)
def test_faults_of_a_file_are_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "sweep.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_plan(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_plan(tmp_path / "none.toml")
