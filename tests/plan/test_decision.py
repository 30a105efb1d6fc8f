"""The decision of a plan: stages that add up to its cost, one set of rows for every output, and names in short."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from hubspoke.costs.terms import TERMS
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.outputs.report.page import write_report
from hubspoke.plan.decision.decision import list_decisions, tabulate_decisions
from hubspoke.plan.decision.stages import STAGE_OF, STAGES, sum_stages
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.plan.decision.told import WORDS
from hubspoke.plan.summary import summarise
from hubspoke.words.language import speak
from hubspoke.words.names import shorten_plant
from hubspoke.words.text_table import text_width
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.words.language import Lang


def test_every_term_has_a_stage_or_is_no_cost_of_packs_that_move() -> None:
    none = {term.name for term in TERMS if not STAGE_OF[term.name]}
    assert none == {"shortfall", "import_purchase", "sea_freight", "sea_carbon"}
    assert {STAGE_OF[term.name] for term in TERMS} == {*STAGES, ""}


def test_stages_add_up_to_the_cost_of_the_plan() -> None:
    plan = small_plan()
    assert float(sum_stages(plan).to_numpy().sum()) == pytest.approx(plan.cost_jpy)
    rows = list_decisions(plan, "en")
    assert sum(row.per_kg * row.mass_t * 1000 for row in rows) == pytest.approx(plan.cost_jpy)
    assert sum(row.mass_t for row in rows) == pytest.approx(plan.mass_t)


def test_black_mass_from_abroad_bears_its_share_of_the_refinery() -> None:
    plan = mixed_plan()
    flows, paid = plan.flows, plan.refineries.set_index("id")["cost_jpy"]
    taken = flows.groupby("refinery_id")["mass_t"].sum()
    own = flows[flows["hub_id"].isin(plan.hubs["id"])]
    shared = sum(paid[row["refinery_id"]] * row["mass_t"] / taken[row["refinery_id"]] for row in own.to_dict("records"))
    terms = [f"{name}_jpy" for name, stage in STAGE_OF.items() if stage == "refinery" and f"{name}_jpy" in flows]
    assert float(sum_stages(plan)["refinery"].sum()) == pytest.approx(shared + float(own[terms].to_numpy().sum()))


def test_a_hub_that_divides_its_black_mass_names_every_refinery_the_largest_first() -> None:
    plan = small_plan()
    divided = [row for row in list_decisions(plan, "en") if len(row.refineries) > 1]
    assert divided
    for row in divided:
        sent = plan.flows[plan.flows["hub_id"] == row.hub.id].groupby("refinery_id")["mass_t"].sum()
        assert [plant.id for plant in row.refineries] == sent.sort_values(ascending=False).index.tolist()


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_refinery_in_another_region_is_told_with_its_own() -> None:
    plan = small_plan()
    plan = replace(plan, refineries=plan.refineries.assign(region="chubu"))
    away = [(row, one) for row in list_decisions(plan, "en") for one in row.refineries if one.region != row.region_name]
    assert away
    first = [f"{one.id} ({one.region})" for row, one in away if one is row.refineries[0]]
    assert all(told in summarise(plan) for told in first)
    page = write_report(plan)
    section = page[page.index('<section id="regions">') :]
    section = section[: section.index("</table>")]
    assert all(f"({one.region})" in section for _, one in away)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_map_report_workbook_and_terminal_show_the_same_decision_first(tmp_path: Path, lang: Lang) -> None:
    plan = small_plan()
    rows = list_decisions(plan, lang)
    terminal = summarise(plan, lang).splitlines()[1 : 4 + 2 * len(rows)]
    heads = "\n".join(terminal[:3]).lower()
    assert all(stage.lower() in heads for stage in speak(STAGE_WORDS, lang).values())
    assert heads.count(speak(WORDS, lang)["per_kg"]) == 3
    report = write_report(plan, lang=lang)
    report = report[report.index("<table") : report.index("</table>")]
    page = str(draw_map(plan, lang=lang).get_root().render())
    card = page[page.index('<table class="decision">') :]
    card = card[: card.index("</table>")]
    write_workbook(plan, tmp_path / "plan.xlsx", lang=lang)
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert sheet.title == "decision"
    for at, row in enumerate(rows):
        line = terminal[3 + 2 * at]
        for told in (row.region_name, row.hub.id, f"{row.mass_t / 1000:,.1f}", f"{row.per_kg:,.1f}"):
            assert told in line
        for told in (row.region_name, row.hub.name, f"{row.per_kg:,.1f}"):
            assert told in report
        for told in (row.region_name, row.hub.name, f"{row.per_kg:,.0f}", row.hub.firmness_name):
            assert told in card
        assert cells[at][:3] == [row.region_name, row.hub.id, row.hub.name]
        assert cells[at][5] == pytest.approx(row.mass_t)
        assert cells[at][10] == pytest.approx(row.per_kg)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_wide_terminal_names_the_plants_and_a_narrow_one_keeps_to_identifiers(lang: Lang) -> None:
    plan = small_plan()
    rows = list_decisions(plan, lang)
    narrow, wide = (summarise(plan, lang, width=width).splitlines()[1 : 4 + 2 * len(rows)] for width in (40, 160))
    assert narrow == summarise(plan, lang).splitlines()[1 : 4 + 2 * len(rows)]
    assert max(map(text_width, narrow)) < max(map(text_width, wide)) <= 160
    for at, row in enumerate(rows):
        for line, plant in zip(wide[3 + 2 * at : 5 + 2 * at], (row.hub, row.refineries[0]), strict=True):
            assert re.search(rf"\b{re.escape(plant.id)}\b.*  {re.escape(plant.name)}", line)


def test_a_plan_without_hubs_has_no_decision() -> None:
    plan = small_plan()
    none = replace(plan, hubs=plan.hubs.assign(state="not_chosen"))
    assert list_decisions(none, "en") == ()
    assert tabulate_decisions(none, "en").empty


@pytest.mark.parametrize(
    ("name", "operator", "short"),
    [
        ("Taiheiyo Cement Kamiiso plant", "Taiheiyo Cement", "Kamiiso"),
        ("JX Metals Circular Solutions Tsuruga plant", "JX Advanced Metals group", "Tsuruga"),
        ("Kawasaki Ukishima / Ogishima", "Kawasaki city", "Kawasaki Ukishima"),
        ("Muroran Jinya-cho (former refinery)", "ENEOS", "Muroran Jinya-cho"),
        ("Miike Smelting", "Miike Smelting", "Miike Smelting"),
        ("plant", "", "plant"),
        ("(x)", "", "(x)"),
        ("A", "", "A"),
    ],
)
def test_plants_are_named_in_short_by_their_place(name: str, operator: str, short: str) -> None:
    assert shorten_plant({"id": "i", "name": name, "name_ja": "", "operator": operator}, "en") == short


@pytest.mark.parametrize(
    ("name", "short"),
    [("太平洋セメント 上磯工場", "上磯"), ("室蘭 陣屋町（製油所跡地）", "室蘭 陣屋町"), ("工場", "工場")],
)
def test_japanese_works_are_named_in_short_by_their_place(name: str, short: str) -> None:
    assert shorten_plant({"id": "i", "name": "", "name_ja": name}, "ja") == short
