"""Pictures of the flow of metal beside the map: those of the report, for all places that the map shows."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from hubspoke.metals.passing import PassingMetal
from hubspoke.outputs.report.blocks import Charts
from hubspoke.outputs.report.metal_flow import FlowNames, draw_metal
from hubspoke.outputs.report.metals import describe_metals
from map_browser import NEEDS_BROWSER, open_page
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan
    from hubspoke.words.language import Lang


@pytest.mark.parametrize(("make", "lang"), [(small_plan, "en"), (mixed_plan, "ja")])
def test_the_map_has_the_pictures_of_the_report(make: Callable[[], Plan], lang: Lang) -> None:
    plan = make()
    section = describe_metals(plan, lang)
    assert section is not None
    told = [chart for block in section.blocks if isinstance(block, Charts) for chart in block.charts]
    page = str(plan.map(lang=lang).get_root().render())
    assert len(told) > len(plan.regions)
    assert page.count("<figure ") == len(told)
    assert all(chart.svg in page and chart.title in unescape(page) for chart in told)


@pytest.mark.heavy
def test_the_map_of_a_region_has_that_of_the_region_and_its_plants() -> None:
    plan = mixed_plan()
    metal, names = PassingMetal.of(plan.metals_ledger(), plan.settings), FlowNames.of(plan, "en")
    for region in plan.regions["region"].astype(str):
        page = str(plan.map(region=region).get_root().render())
        first = page[page.index("<figure ") :]
        name = str(plan.regions.set_index("region").loc[region, "name_en"])
        chart = draw_metal(names, metal.of_region(region), of=name)
        assert chart is not None
        assert chart.svg in first[: first.index("</figure>")]
        for hub in plan.hubs.loc[(plan.hubs["region"] == region) & (plan.hubs["state"] == "open"), "id"]:
            passing = draw_metal(names, metal.of_plant(str(hub)))
            assert passing is not None
            assert passing.svg in page


@pytest.mark.heavy
@NEEDS_BROWSER[0]
@NEEDS_BROWSER[1]
def test_the_card_of_a_plant_leads_to_its_picture(tmp_path: Path, browser: Browser) -> None:
    plan = mixed_plan()
    hub = str(plan.flows["hub_id"].iloc[0])
    plan.map().save(str(tmp_path / "map.html"))
    visit = open_page(browser, tmp_path / "map.html")
    page = visit.page
    page.evaluate("(id) => hubspoke.openPlant(map_plan, hubspoke.data().plants.findIndex((one) => one.id === id))", hub)
    page.get_by_role("button", name="Flow of metals").click()
    shown = page.locator("#metal-flow figure:visible")
    assert shown.get_attribute("data-of") == f"plant:{hub}"
    page.keyboard.press("Home")
    assert shown.get_attribute("data-of") == "whole:"
    visit.close()
