"""A briefing tells the plan's own figures in seven steps, in both languages, on a page that loads nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.outputs.briefing.page import list_steps, write_briefing
from hubspoke.plan.roads.loads import RoadLoads, trace_roads
from hubspoke.words.numbers import format_yen
from map_plans import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.outputs.briefing.step import Step
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

KEYS = ["arise", "flow", "plants", "cost", "firm", "rule", "next"]


@pytest.fixture(scope="module")
def plan(tiny_folder: Path) -> Plan:
    return hs.solve(hs.read(tiny_folder), policy="regional")


def tell(plan: PlanData, lang: Lang = "en") -> dict[str, Step]:
    return {step.key: step for step in list_steps(plan, lang, trace_roads(plan))[1]}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_seven_titles_are_findings_of_the_plan(plan: Plan, lang: Lang) -> None:
    steps = tell(plan, lang)
    assert list(steps) == KEYS
    assert f"{plan.mass_t:,.0f}" in steps["arise"].title
    assert format_yen(plan.cost_jpy, lang) in steps["cost"].title
    assert len({step.title for step in steps.values()}) == len(KEYS)
    for step in steps.values():
        assert "{" not in " ".join((step.title, step.source, *step.lead, *step.points))
    rated = plan.hubs["firmness"].tolist() + plan.refineries["firmness"].tolist()
    firm, toss = sum(word in {"firm", "needed"} for word in rated), rated.count("toss-up")
    assert steps["firm"].title.startswith({"en": f"{firm} of", "ja": f"{len([r for r in rated if r])}施設"}[lang])
    assert toss == 0 or str(toss) in steps["firm"].title or "one is" in steps["firm"].title


def test_tables_hold_the_figures_of_the_plan(plan: Plan) -> None:
    steps = tell(plan)
    arise, cost, rule = (steps[key].table for key in ("arise", "cost", "rule"))
    assert arise is not None
    assert cost is not None
    assert rule is not None
    by_region = plan.assignments.groupby("region")["mass_t"].sum().sort_values(ascending=False)
    assert [row[1] for row in arise.rows] == [f"{t / 1000:,.1f}" for t in by_region]
    for row in cost.rows:
        assert sum(float(text) for text in row[2:6]) == pytest.approx(float(row[6]), abs=2.1)
    known = pd.concat([plan.hubs, plan.refineries])
    least = known.loc[known["state"] == "not_chosen", "opening_more_jpy"].min()
    assert rule.rows[0][1] == f"+{format_yen(float(least), 'en')}"


@pytest.mark.heavy
def test_each_policy_tells_what_crosses_borders(tiny_folder: Path) -> None:
    network = hs.read(tiny_folder)
    shared = tell(hs.solve(network, policy="shared-refinery"))
    opened = hs.solve(network, policy="open")
    assert "keeps its own packs" in shared["flow"].title
    share = re.search(r"([0-9]+) % of the black mass", " ".join(shared["flow"].lead))
    assert share is None or 0 < int(share[1]) <= 100
    home = opened.hubs.set_index("id")["region"]
    crossing = opened.assignments["hub_id"].map(home) != opened.assignments["region"]
    part = 100 * opened.assignments.loc[crossing, "mass_t"].sum() / opened.mass_t
    title = tell(opened)["flow"].title
    assert (f"{part:.0f} % of the packs cross" in title) == bool(crossing.any())
    told = list_steps(
        opened, "en", trace_roads(opened), ["hubspoke", "solve", "my plan", "--policy", "open", "-o", "x"]
    )
    rule = next(step for step in told[1] if step.key == "rule")
    assert rule.commands[0] == "hubspoke solve 'my plan' --policy regional -o plan-regional"


def test_a_plan_without_hubs_has_the_steps_it_can_tell(plan: Plan) -> None:
    none: dict[str, Any] = {"hub_id": "", "mass_t": 0.0, "unserved_t": plan.assignments["mass_t"]}
    bare = replace(
        plan,
        hubs=plan.hubs.assign(state="not_chosen", load_t=0.0),
        refineries=plan.refineries.assign(state="not_chosen", load_t=0.0),
        assignments=plan.assignments.assign(**none),
        flows=plan.flows.iloc[:0],
        network=None,
    )
    steps = tell(bare)
    assert list(steps) == ["arise", "flow"]
    assert write_briefing(bare).count('class="step"') == 2


def test_names_are_text_and_the_page_loads_nothing(plan: Plan) -> None:
    hubs, refineries = (table.assign(name=HOSTILE, name_ja=HOSTILE) for table in (plan.hubs, plan.refineries))
    page = write_briefing(replace(plan, hubs=hubs, refineries=refineries, title=HOSTILE))
    assert "<img src=x" not in page
    assert "window.ran=1</script>" not in page
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == []


@pytest.mark.heavy
def test_the_same_plan_gives_the_same_page_and_links_what_is_there(plan: Plan) -> None:
    roads = trace_roads(plan)
    first, second = (write_briefing(plan, roads=roads, links=("map.html",)) for _ in range(2))
    assert first == second
    assert 'href="map.html"' in first
    assert 'href="report.html"' not in first


def test_without_roads_the_step_on_roads_has_no_table(plan: Plan) -> None:
    assert isinstance(trace_roads(replace(plan, network=None)), RoadLoads)
    assert tell(replace(plan, network=None))["flow"].table is None
