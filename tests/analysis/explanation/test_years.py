"""Reasons for a plan over several years: when a plant opens, and what opening it in another year costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

import hubspoke as hs
from hubspoke.analysis.explanation.years.plant import PlantStory, explain_opening
from hubspoke.analysis.explanation.years.site import SiteStory
from hubspoke.analysis.explanation.years.trial import base_network, first_open, stands_alone, try_opening
from hubspoke.plan.horizon.parts import split_present_cost
from years_plan import YEARS, growing_network, regional_years_plan, years_plan


def test_parts_add_up_to_the_present_value() -> None:
    plan = years_plan()
    assert sum(split_present_cost(plan).values()) == pytest.approx(plan.present_cost_jpy, rel=1e-9)
    regions = [sum(split_present_cost(plan, (one,)).values()) for one in ("kanto", "chubu")]
    assert sum(regions) == pytest.approx(plan.present_cost_jpy, rel=1e-9)


@pytest.mark.heavy
@pytest.mark.parametrize("plant", ["hk1", pytest.param("hk2", marks=pytest.mark.heavy)])
def test_the_plan_is_the_best_of_all_first_years(plant: str) -> None:
    """First open in each year or never: the best of these is the plan, and each of them is first open as asked."""
    plan = regional_years_plan()
    assert stands_alone(plan)
    trials = [try_opening(plan, plant, "kanto", year, base_network(plan), seconds=60) for year in (*YEARS, None)]
    assert min(trial.more or 0.0 for trial in trials) == pytest.approx(0.0, abs=1e-6 * plan.objective_value)
    own = trials[[*YEARS, None].index(first_open(plan).get(plant))]
    assert own.more == pytest.approx(0.0, abs=1e-6 * plan.objective_value)
    for trial in trials:
        assert trial.more == pytest.approx(sum(trial.parts_jpy.values()), abs=1.0)
    never = hs.solve(growing_network(), policy="regional", years=YEARS, closed=[plant])
    assert trials[-1].more == pytest.approx(never.objective_value - plan.objective_value, abs=1.0)


@pytest.mark.heavy
def test_a_plant_is_tried_earlier_later_and_never() -> None:
    exact = years_plan()
    plan = replace(exact, options={**exact.options, "gap": 0.005})  # any plan without it costs more
    story = plan.explain("rk2", time_limit=30)
    assert isinstance(story, PlantStory)
    assert story.opens == 2030
    assert [trial.year for trial in story.trials or ()] == [2035, None]
    assert all((trial.more or 0) > 0 for trial in story.trials or ())
    told = story.summary()
    assert "one planned year later, in 2035" in told
    assert "There is no planned year before 2030." in told
    assert "証明" in story.summary("ja")
    assert story.to_dict()["trials"][1]["year"] is None


@pytest.mark.heavy
def test_a_plant_that_cannot_be_there_earlier_is_told_so() -> None:
    late = growing_network().replace(hubs=growing_network().hubs.assign(opens_from=[
        2035.0 if name == "hk2" else float("nan") for name in growing_network().hubs["id"]]))  # fmt: skip
    plan = hs.solve(late, policy="regional", years=YEARS, opened=[])
    opens = first_open(plan).get("hk2")
    story = explain_opening(plan, "hk2", time_limit=30)
    assert story.earliest == 2035
    assert opens != 2030
    if opens == 2035 or opens is None:
        assert "nothing new of it can run before 2035" in story.summary()


def test_without_its_input_a_plan_tells_what_it_knows() -> None:
    plan = years_plan()
    bare = replace(plan, plans={year: replace(one, network=None) for year, one in plan.plans.items()})
    story = hs.explain(bare, "rk2")
    assert isinstance(story, PlantStory)
    assert story.trials is None
    assert "input of the plan is not at hand" in story.summary()


@pytest.mark.heavy
def test_a_site_is_told_of_year_by_year() -> None:
    plan = years_plan()
    story = plan.explain("c1")
    assert isinstance(story, SiteStory)
    assert [one.year for one in story.years] == list(YEARS)
    assert {one.hub_id for one in story.years} == {"hc2"}
    assert "hc2" in story.summary()
    assert "ハブ" in story.summary("ja")


def test_the_whole_is_told_year_by_year() -> None:
    plan = years_plan()
    told = hs.explain(plan).summary()
    assert all(f"{year}" in told for year in YEARS)
    assert "Extended" in told
    with pytest.raises(hs.UsageError, match="no site, hub or refinery 'hc9'"):
        plan.explain("hc9")
