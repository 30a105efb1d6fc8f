"""Scenarios: what they change, what goes before them, and what is said about faulty ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.base.errors import InputError
from hubspoke.settings.load import change_settings, load_settings
from hubspoke.settings.reading.scenarios import load_scenarios, scenario_changes

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[dear]
name_ja = "高い"
set = { "finance.discount_rate_per_yr" = 0.07, "trucks.10t.distance_jpy_per_km" = "x2" }

[dearer]
inherits = ["dear"]
set = { "finance.discount_rate_per_yr" = 0.08 }

[ring]
inherits = ["ring2"]

[ring2]
inherits = ["ring"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "scenarios.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_scenario_changes_settings_and_names_the_plan(own: Path) -> None:
    settings = load_settings(None, {"scenario": "dear"}, own)
    plain = load_settings()
    assert float(settings.finance.discount_rate_per_yr) == 0.07
    assert float(settings.trucks["10t"].distance_jpy_per_km) == 2 * float(plain.trucks["10t"].distance_jpy_per_km)
    assert settings.scenario == "dear"
    assert settings.title == f"{plain.title}: dear"
    assert settings.title_ja == f"{plain.title_ja}：高い"


def test_a_change_goes_before_the_scenario_and_is_relative_to_it(own: Path) -> None:
    set_to = {"scenario": "dearer", "trucks.10t.distance_jpy_per_km": "x3", "finance.discount_rate_per_yr": 0.01}
    settings = load_settings(None, set_to, own)
    assert float(settings.finance.discount_rate_per_yr) == 0.01
    plain = float(load_settings().trucks["10t"].distance_jpy_per_km)
    assert float(settings.trucks["10t"].distance_jpy_per_km) == 6 * plain


def test_what_is_inherited_comes_first_and_several_may_be_joined(own: Path) -> None:
    assert float(load_settings(None, {"scenario": "dearer"}, own).finance.discount_rate_per_yr) == 0.08
    assert float(load_settings(None, {"scenario": "dearer+dear"}, own).finance.discount_rate_per_yr) == 0.07


def test_a_scenario_goes_before_the_planners_file_which_may_name_it(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('scenario = "dear"\n[finance]\ndiscount_rate_per_yr = 0.02\nlife_yr = 9\n', encoding="utf-8")
    settings = load_settings(file, None, own)
    assert float(settings.finance.discount_rate_per_yr) == 0.07
    assert float(settings.finance.life_yr) == 9


@pytest.mark.parametrize(
    ("name", "told"),
    [("dera", "did you mean 'dear'"), ("ring", "inherits from itself"), ("dear+zzz", "there is no scenario 'zzz'")],
)
def test_scenarios_that_cannot_be_are_refused(own: Path, name: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_settings(None, {"scenario": name}, own)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a]\nsett = {}\n", "unknown key 'sett'"),
        ("[a]\nset = 3\n", "no table of settings"),
        ("[a]\ninherits = 'b'\n", "no list of names"),
        ("a = 1\n", "is no scenario"),
        ("[a\n", "cannot be read"),
    ],
)
def test_faults_of_the_file_are_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "scenarios.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        load_settings(None, {"scenario": "jarp"}, path)


def test_every_scenario_that_ships_can_be_chosen() -> None:
    known, findings = load_scenarios()
    assert not findings
    for name, scenario in known.items():
        assert load_settings(None, {"scenario": name}).scenario == name
        assert scenario.what_en
        assert scenario.what_ja
        assert scenario_changes(name, known)[1] == []


def test_a_scenario_is_chosen_where_the_input_is_read() -> None:
    """Settings that are made already would bear its name without its changes; naming their own changes nothing."""
    jarp = load_settings(None, {"scenario": "jarp"})
    with pytest.raises(InputError, match="where the input is read"):
        change_settings(load_settings(), {"scenario": "jarp"})
    assert change_settings(jarp, {"scenario": "jarp"}) == jarp
