"""The picture of flows: every band as high as its kg, every bar as high as its bands, nothing lost by folding."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from hubspoke.metals.passing import PassingMetal
from hubspoke.outputs.report.blocks import Charts
from hubspoke.outputs.report.drawing.flow_picture import Stage, draw_flow
from hubspoke.outputs.report.metal_flow import MOST, FlowNames, draw_bands, draw_ledger, draw_paths
from hubspoke.outputs.report.metals import describe_metals
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hubspoke.api.plan import Plan

SPACE = "{http://www.w3.org/2000/svg}"


def told(svg: str) -> list[float]:
    """Return the amounts in the titles of the bands."""
    titles = re.findall(r"<title>[^<]*: ([\d,]+)</title>", svg)
    return [float(title.replace(",", "")) for title in titles]


def test_bands_are_as_high_as_their_amounts() -> None:
    stages = (Stage("from", (("a", "A & <b>"), ("b", "B"))), Stage("to", (("c", "C"), ("d", "D"))))
    amounts = {("a", "c"): 30.0, ("a", "d"): 10.0, ("b", "d"): 60.0}
    chart = draw_flow("Flow", stages, [amounts], unit="t")
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own
    heights = [float(bar.get("height", 0)) for bar in root.iter("rect")]
    assert heights == pytest.approx([132.0, 198.0, 99.0, 231.0], abs=0.1)
    assert told(chart.svg) == [30, 10, 60]
    assert "A & <b> → C 30" in chart.words


@pytest.mark.heavy
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_picture_holds_all_metal_of_the_black_mass(lang: str) -> None:
    for plan in (small_plan(), mixed_plan()):
        ledger = plan.metals_ledger()
        own = ledger[ledger["metal"].isin(list(plan.settings.metals))]
        chart = draw_ledger(plan, ledger, lang)  # type: ignore[arg-type]
        assert chart is not None
        t = own.loc[own["stage"].isin(["packs", "landed"]), "metal_kg"].sum() / 1000
        drawn = draw_paths(plan, plan.trace().paths, lang)  # type: ignore[arg-type]
        assert drawn is not None
        for picture in (chart, drawn):
            assert sum(told(picture.svg)) == pytest.approx(3 * t, rel=0.02, abs=20)
    assert draw_ledger(plan, ledger.iloc[:0], "en") is None


def test_small_bars_stand_together_and_nothing_is_lost() -> None:
    plan = small_plan()
    sites = {(f"s{at}", "h"): 1000.0 * (at + 1) for at in range(3 * MOST)}
    kg = sum(sites.values())
    chart = draw_bands(FlowNames.of(plan, "en"), [sites, {("h", "r"): kg}, {("r", "nickel"): kg}])
    assert chart is not None
    assert f"{2 * MOST + 1} others" in chart.svg
    assert sum(told(chart.svg)) == pytest.approx(3 * kg / 1000)


def test_the_report_shows_it_first_among_metals() -> None:
    section = describe_metals(small_plan(), "en")
    assert section is not None
    assert isinstance(section.blocks[0], Charts)


@pytest.mark.heavy
@pytest.mark.parametrize("make", [small_plan, mixed_plan])
def test_what_is_drawn_of_a_region_or_plant_is_what_a_trace_of_it_says(make: Callable[[], Plan]) -> None:
    """Split flows, furnaces and imports: the shares of the ledger are the paths of the trace, end by end."""
    plan = make()
    whole = PassingMetal.of(plan.metals_ledger(), plan.settings)
    metals = list(plan.settings.metals)
    regions = [str(region) for region in plan.regions["region"]]
    plants = sorted({*plan.flows["hub_id"], *plan.flows["refinery_id"]})
    assert regions
    assert plants
    for name in (*regions, *plants):
        part = whole.of_region(name) if name in regions else whole.of_plant(name)
        kept = pd.concat([pd.DataFrame(dict(rows)) for rows in (part.came, part.sent, part.left)])
        paths = plan.trace(name).paths
        rows = paths[paths["metal"].isin(metals) & paths["end_step"].isin(["product", "alloy", "residue"])]
        for stage, column, own in (("product", "end_id", "from_id"), ("residue", "end_id", "from_id")):
            wanted = rows[rows["end_step"] == stage].groupby([column, "metal"])["kg"].sum()
            found = kept[kept["stage"] == stage].groupby([own, "metal"])["metal_kg"].sum()
            assert found.to_dict() == pytest.approx(wanted[wanted > 0].to_dict())
        by_stage = kept.groupby("stage")["metal_kg"].sum()
        came = by_stage[by_stage.index.isin(["packs", "landed"])].sum()
        assert came == pytest.approx(by_stage["black_mass"])
        assert came == pytest.approx(by_stage[by_stage.index.isin(["product", "alloy", "residue"])].sum())


def test_the_report_folds_the_pictures_of_regions_and_plants_away() -> None:
    section = describe_metals(mixed_plan(), "ja")
    assert section is not None
    folded = [block for block in section.blocks if isinstance(block, Charts) and block.folded]
    assert [block.folded for block in folded] == ["地域別", "施設別"]
    plan = mixed_plan()
    assert len(folded[0].charts) == len(plan.regions)
    assert all(title.count("：") == 2 for title in (chart.title for block in folded for chart in block.charts))


@pytest.mark.heavy
def test_a_trace_is_written_with_its_own(tmp_path: Path) -> None:
    plan = mixed_plan()
    region = str(plan.regions["region"].iloc[0])
    root = ET.parse(plan.trace(region).save(tmp_path / "out") / "flow.svg").getroot()  # noqa: S314 - our own
    assert root.tag == f"{SPACE}svg"
    assert list(root.iter(f"{SPACE}path"))
