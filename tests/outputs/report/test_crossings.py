"""Packs that cross borders, on the page of a report: one table from region to region, and which hubs are full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.report.page import write_report
from hubspoke.plan.decision.crossings import sum_crossings
from map_browser import NEEDS_BROWSER, open_page
from small_plan import small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = NEEDS_BROWSER


@pytest.mark.usefixtures("no_charts")
def test_a_table_from_region_to_region_and_a_sentence_on_full_hubs_are_read(browser: Browser, tmp_path: Path) -> None:
    plan = small_plan()
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].tolist()
    lanes = plan.assignments.assign(hub_id=plan.assignments["hub_id"].replace({used[0]: used[1], used[1]: used[0]}))
    plan = replace(plan, assignments=lanes, hubs=plan.hubs.assign(utilisation=1.0))
    (tmp_path / "report.html").write_text(write_report(plan), encoding="utf-8")
    sums = sum_crossings(plan, "en")
    assert sums is not None
    seen = open_page(browser, tmp_path / "report.html", ready=None)
    section = seen.page.locator("#crossings")
    assert "2 of 2 hubs are full" in section.inner_text()
    tables = section.locator("table").evaluate_all(
        "all => all.map((one) => [...one.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"
    )
    matrix = next(table for table in tables if set(sums.columns) <= set(table[0]))
    for name, line in sums.iterrows():
        row = next(cells for cells in matrix if cells[0] == name)
        for column, t in line.items():
            told = row[matrix[0].index(str(column))]
            assert told == (f"{t:,.0f}" if t else "–")
    seen.close()
