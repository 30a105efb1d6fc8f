"""The decision beside a map, under a real mouse: how firm each choice is, in the table and in the card of a plant."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.maps.draw import draw_map
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.stages import STAGES
from map_browser import NEEDS_BROWSER, open_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

pytestmark = NEEDS_BROWSER


def test_chips_cards_and_stages_tell_the_decision(browser: Browser, tiny_plan: Plan, tmp_path: Path) -> None:
    draw_map(tiny_plan).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html")
    page = seen.page
    for number, row in enumerate(list_decisions(tiny_plan, "en")):
        place = page.evaluate(f"hubspoke.data().plants.findIndex((one) => one.id === '{row.hub.id}')")
        body = page.locator(".decision tbody").nth(number)
        chips = body.locator(".chip")
        assert chips.count() == 2
        assert chips.first.inner_text() == f"{row.hub.firmness_name} {row.hub.more}".removesuffix(" yen")
        assert row.hub.firmness in str(chips.first.get_attribute("class")).split()
        edges = body.locator(".stack i").evaluate_all(
            """bars => bars.map((bar) => {
              const { left, right } = bar.getBoundingClientRect();
              return [bar.className, left, right];
            })"""
        )
        assert [name for name, _, _ in edges] == list(STAGES)  # in the order in which packs pass them
        for (_, _, end), (_, start, _) in pairwise(edges):
            assert start == pytest.approx(end, abs=0.1)
        whole = edges[-1][2] - edges[0][1]
        for stage, left, right in edges:
            assert (right - left) / whole == pytest.approx(row.stages[stage] / row.per_kg, abs=0.01)
        page.wait_for_function("!map_plan._panAnim?._inProgress")
        page.evaluate("hubspoke.home(map_plan)")
        box = page.evaluate(
            f"""() => {{
              const marker = hubspoke.markers("hubs").find((one) => one.plant === {place});
              const {{ x, y, width, height }} = marker.getElement().getBoundingClientRect();
              return [x + width / 2, y + height / 2];
            }}"""
        )
        page.mouse.move(*box)
        page.wait_for_function(f"hubspoke.state.focus?.hub === {place}")
        page.mouse.click(*box)
        card = page.locator(".leaflet-popup-content .details").first
        told = card.inner_text()
        for wanted in ("How firm the choice is", row.hub.firmness_name, "The plan without it", row.hub.more):
            assert wanted in told
        assert row.hub.instead == "" or "Opened instead" in told
        page.evaluate("void map_plan.closePopup()")
        page.mouse.move(1300, 120)
    seen.close()
