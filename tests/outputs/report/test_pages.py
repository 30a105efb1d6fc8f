"""Report and comparison in a real browser: readable by everyone, on a desk and on a telephone, in both languages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.comparison.page import write_comparison_page
from hubspoke.outputs.report.page import write_report
from map_browser import NARROW, NEEDS_BROWSER, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan
    from hubspoke.words.language import Lang

pytestmark = NEEDS_BROWSER
AXE = Path(os.environ.get("HUBSPOKE_AXE", Path(__file__).parents[3] / ".cache" / "axe" / "package" / "axe.min.js"))


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Plan]:
    """Solve a plan, and another without one of its hubs."""
    network = hs.read(write_folder(tmp_path_factory.mktemp("network")))
    plan = hs.solve(network)
    return plan, hs.solve(network, closed=plan.hubs.loc[plan.hubs["state"] == "open", "id"].iloc[:1].tolist())


@pytest.mark.heavy
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there; .ci/run fetches it, HUBSPOKE_AXE names a copy")
@pytest.mark.parametrize(
    ("kind", "lang", "size"),
    [("report", "en", WIDE), ("report", "ja", NARROW), ("comparison", "en", NARROW), ("comparison", "ja", WIDE)],
)
def test_the_accessibility_checker_finds_nothing(
    browser: Browser, plans: tuple[Plan, Plan], kind: str, lang: Lang, size: tuple[int, int]
) -> None:
    compared = hs.compare(*plans)
    text = write_report(plans[0], lang=lang) if kind == "report" else write_comparison_page(compared, lang=lang)
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True).new_page()
    page.set_content(text)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 15
    page.context.close()
