"""A plan as a life-cycle inventory: it closes, it is the plan's CO2 again, and importers find every activity."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hubspoke.base.errors import UsageError
from hubspoke.cli.app import app
from hubspoke.costs.rates import KWH_PER_MWH
from hubspoke.metals.inventory import BIOSPHERE, SUBSTITUTION, TECHNOSPHERE, list_activities
from hubspoke.metals.ledger import ALLOY, PRODUCT, tabulate_ledger
from hubspoke.outputs.exports.inventory import write_inventory
from hubspoke.outputs.runs.folder import write_run
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from pathlib import Path


def read_blocks(rows: list[list[str]]) -> list[dict[str, Any]]:
    """Read activities as the importers of bw2io do: blocks that end with an empty row, exchanges below their head."""
    blocks: list[dict[str, Any]] = []
    head: list[str] = []
    for row in rows:
        cells = [cell for cell in row if cell != ""]
        if not cells:
            head = []
        elif row[0] == "Activity":
            blocks.append({"name": row[1], "exchanges": []})
        elif row[0] == "Exchanges":
            head = ["?"]
        elif head == ["?"]:
            head = row
        elif head:
            blocks[-1]["exchanges"].append(dict(zip(head, row, strict=False)))
        elif blocks:
            blocks[-1][row[0]] = row[1]
    return blocks


@pytest.mark.parametrize("make", [mixed_plan, small_plan])
def test_electricity_heat_and_emissions_are_the_co2_of_the_plan(make: Any) -> None:
    plan = make()
    carbon = plan.settings.carbon
    sums: dict[str, float] = defaultdict(float)
    for activity in list_activities(plan):
        for part in activity.exchanges:
            sums[part.name] += part.amount
    kg = sums["electricity"] * float(carbon.power_kg_per_kwh)
    kg += sums["heat"] / 3.6 * float(carbon.heat_kg_per_kwh) + sums["Carbon dioxide, fossil"]
    assert kg == pytest.approx(plan.hubs["co2_kg"].sum() + plan.refineries["co2_kg"].sum(), rel=1e-9)
    assert KWH_PER_MWH == 1000
    lanes = plan.assignments
    road = (lanes["mass_t"] * (lanes["distance_km"] - lanes["ferry_km"])).sum()
    assert sum(sums[f"freight, truck {truck}"] for truck in plan.settings.trucks) == pytest.approx(road)


@pytest.mark.parametrize("make", [mixed_plan, small_plan])
def test_what_is_replaced_is_what_the_ledger_sells_and_masses_close(make: Any) -> None:
    plan = make()
    ledger = tabulate_ledger(plan)
    sold = ledger[ledger["stage"].isin([PRODUCT, ALLOY])].groupby("metal")["metal_kg"].sum()
    replaced: dict[str, float] = defaultdict(float)
    activities = {activity.name: activity for activity in list_activities(plan)}
    for activity in activities.values():
        for part in activity.exchanges:
            if part.kind == SUBSTITUTION:
                replaced[part.name.partition(",")[0]] += part.amount
        if "refined at" in activity.name:
            out = sum(abs(part.amount) for part in activity.exchanges if part.kind == SUBSTITUTION or part.amount < 0)
            assert out == pytest.approx(activity.kg)
    for metal, kg in sold.items():
        assert replaced[str(metal)] == pytest.approx(kg)
    for name, activity in list(activities.items())[1:]:  # all but the whole are used by another
        asked = sum(part.amount for one in activities.values() for part in one.exchanges if part.name == name)
        assert asked == pytest.approx(activity.kg)


@pytest.mark.heavy
def test_the_file_has_the_form_of_the_importers_and_links_within(tmp_path: Path) -> None:
    plan = mixed_plan()
    one, two = (write_inventory(plan, tmp_path / f"{name}.csv") for name in ("a", "b"))
    assert one.read_bytes() == two.read_bytes()
    rows = list(csv.reader(one.read_text(encoding="utf-8").splitlines()))
    assert rows[0][0] == "Database"
    blocks = read_blocks(rows)
    keys = {(block["name"], block["unit"], block["location"], block["reference product"]) for block in blocks}
    assert len(keys) == len(blocks) == len(list_activities(plan))
    for block in blocks:
        made = [row for row in block["exchanges"] if row["type"] == "production"]
        assert [(row["name"], row["amount"]) for row in made] == [(block["name"], block["production amount"])]
        for row in block["exchanges"]:
            assert row["type"] in {"production", TECHNOSPHERE, SUBSTITUTION, BIOSPHERE}
            key = row["name"], row["unit"], row["location"], row["reference product"]
            known = row["name"] in {block["name"] for block in blocks}
            assert (key in keys) == known
            assert float(row["amount"]) != 0
            assert (row["type"] == BIOSPHERE) == (row["categories"] == "air")
    sheet = pd.read_excel(
        write_inventory(plan, tmp_path / "a.xlsx"), header=None, dtype=str, keep_default_na=False, engine="openpyxl"
    )
    assert sheet.iloc[0].tolist()[:2] == rows[0]
    assert len(sheet) in {len(rows), len(rows) - 1}


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_command_writes_it_and_other_endings_are_refused(tmp_path: Path) -> None:
    plan = small_plan()
    write_run(plan, tmp_path / "plan", maps=False)
    words = ["metals", str(tmp_path / "plan"), "--inventory", str(tmp_path / "inventory.csv"), "-q"]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "inventory.csv").read_text(encoding="utf-8").startswith("Database,")
    with pytest.raises(UsageError, match=r"\.csv or \.xlsx"):
        write_inventory(plan, tmp_path / "inventory.json")
