"""Terminal, map, report and workbook begin with one table: the same plants, tonnes, yen and firmness, always."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import openpyxl
import pytest

import hubspoke as hs
from hubspoke.analysis.explanation.plan import PlanReasons
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.maps.panel.decision import draw_decision
from hubspoke.outputs.maps.words import get_words
from hubspoke.outputs.report.choices import tabulate_choices
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.plan.decision.stages import STAGES
from hubspoke.plan.decision.told import describe_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network

Row = tuple[str, ...]
"""Hub, kt, yen per kg by stage and in all without decimals, firmness of the hub, and of its refinery."""


def draw(plan: Plan) -> str:
    plants = [{"id": key, "kind": "hub", "colour": "#000000"} for key in plan.hubs["id"]]
    plants += [{"id": key, "kind": "refinery"} for key in plan.refineries["id"]]
    return draw_decision(plan, {"plants": plants}, get_words("en"), region=None, lang="en")


def told_on_a_map(plan: Plan) -> list[Row]:
    page, rows = draw(plan), []
    for body in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
        kt = re.search(r'<td class="n">([\d.,]+)</td>', body)
        stages = re.search(r'<span class="unseen">(.*?)</span> <b>([\d.,]+)</b>', body)
        names = re.findall(r"<bdi>(.*?)</bdi>", body)
        lines = body.split('<tr class="plants">')[1:]
        chips = [re.sub(r"<[^>]+>", "", part).strip() for line in lines for part in re.findall(r"<td>(.*)</td>", line)]
        assert kt is not None
        assert stages is not None
        jpy = (*re.findall(r"([\d.,]+),", stages[1]), stages[2])
        rows.append((html.unescape(names[1]), kt[1], *jpy, *map(html.unescape, chips[:2])))
    return rows


def told_in_a_report(plan: Plan) -> list[Row]:
    table = tabulate_choices(plan, "en")
    assert table is not None
    rows = [tuple(map(str, row)) for row in table.rows]
    return [
        (
            row[1].split(" → ")[0],
            row[2],
            *row[3:7],
            f"{float(row[7].replace(',', '')):,.0f}",
            *(cell.split(": ")[0].replace(", +", " +") for cell in row[8:10]),
        )
        for row in rows
    ]


def told_on_a_terminal(plan: Plan) -> list[Row]:
    names = {row.hub.id: row.hub.name for row in list_decisions(plan, "en")}
    cells = [re.split(r"\s{2,}", line.strip()) for line in describe_decisions(plan, "en")[3:]]
    rows = []
    for hub, refinery in pairwise(cells):
        known = [cell for cell in hub if cell in names]
        if not known:
            continue
        at = hub.index(known[0])
        kt, collection, sorting, per_kg, firm = hub[at + 1 : at + 6]
        jpy = (collection, sorting, *refinery[1:3], f"{float(per_kg.replace(',', '')):,.0f}")
        rows.append((names[known[0]], kt, *jpy, firm, refinery[3]))
    return rows


def told_in_a_workbook(plan: Plan, path: Path) -> list[Row]:
    write_workbook(plan, path)
    sheet = openpyxl.load_workbook(path, read_only=True)["decision"]
    rows = list(sheet.iter_rows(values_only=True))[1:]
    told = {row.hub.id: row for row in list_decisions(plan, "en")}
    found = []
    for row in rows[: len(told)]:
        hub, refinery = told[str(row[1])].hub, told[str(row[1])].refineries[0]
        assert (row[11], row[15]) == (hub.firmness_name or None, refinery.firmness_name or None)
        jpy = tuple(f"{float(str(yen)):,.0f}" for yen in row[6 : 6 + len(STAGES) + 1])
        firm = [f"{plant.firmness_name} {plant.more}".strip() for plant in (hub, refinery)]
        found.append((str(row[2]), f"{float(str(row[5])) / 1e3:,.1f}", *jpy, *firm))
    return found


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_the_first_table_is_the_same_everywhere(tiny_network: Network, tmp_path: Path, policy: hs.PolicyName) -> None:
    plan = hs.solve(tiny_network, policy=policy)
    rows = told_in_a_report(plan)
    assert len(rows) == (plan.hubs["state"] == "open").sum() > 0
    assert told_on_a_terminal(plan) == rows
    assert told_in_a_workbook(plan, tmp_path / "plan.xlsx") == rows
    strip = [tuple(cell.replace(" yen", "") for cell in row) for row in rows]
    assert told_on_a_map(plan) == strip
    paid = plan.regions.set_index("region")["cost_jpy"]
    assert sum(float(row.mass_t * row.per_kg * 1e3) for row in list_decisions(plan, "en")) == pytest.approx(paid.sum())
    reasons = hs.explain(plan)
    assert isinstance(reasons, PlanReasons)
    least = re.search(r'<p class="least"><bdi>(.*?)</bdi>', draw(plan))
    assert least is not None
    first = reasons.firmness[0]
    assert html.unescape(least[1]).startswith(f"Least firm: {name_shortly(plan, 'en')[first.plant_id]} (")
