"""Brightway itself reads the inventory, links it to a background and computes the CO2 of the plan again.

Runs where bw2io and bw2calc are installed (`pip install 'hubspoke[lca]'`); nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.metals.inventory import list_activities
from hubspoke.outputs.exports.inventory import write_inventory
from small_plan import mixed_plan

if TYPE_CHECKING:
    from pathlib import Path

bw2data = pytest.importorskip("bw2data", reason="bw2io is not installed (hubspoke[lca])")
bw2io = pytest.importorskip("bw2io", reason="bw2io is not installed (hubspoke[lca])")
bw2calc = pytest.importorskip("bw2calc", reason="bw2calc is not installed (hubspoke[lca])")

pytestmark = pytest.mark.filterwarnings("ignore")  # other programs' own
BACKGROUND, AIR = "background", ("biosphere", "co2")


@pytest.mark.parametrize(("suffix", "importer"), [("csv", "CSVImporter"), ("xlsx", "ExcelImporter")])
def test_brightway_reads_links_and_computes_the_inventory(tmp_path: Path, suffix: str, importer: str) -> None:
    """With the factors of the settings behind electricity and heat, and none behind freight and what is replaced."""
    plan = mixed_plan()
    file = tmp_path / f"inventory.{suffix}"
    write_inventory(plan, file)
    bw2data.projects.change_base_directories(base_dir=_made(tmp_path / "data"), base_logs_dir=_made(tmp_path / "logs"))
    bw2data.projects.set_current(suffix)
    read = getattr(bw2io, importer)(str(file))
    read.apply_strategies(verbose=False)
    activities = list_activities(plan)
    assert [one["name"] for one in read.data] == [one.name for one in activities]
    own = sum(1 for one in activities for part in one.exchanges if part.name in {other.name for other in activities})
    linked = [part for one in read.data for part in one["exchanges"] if part.get("input")]
    assert len(linked) == own + len(activities)  # and each activity to its product

    carbon = plan.settings.carbon
    factors = {"electricity": float(carbon.power_kg_per_kwh), "heat": float(carbon.heat_kg_per_kwh) / 3.6}
    bw2data.Database("biosphere").write(
        {AIR: {"name": "Carbon dioxide, fossil", "unit": "kilogram", "type": "emission", "categories": ("air",)}}
    )
    missing = {(one["name"], one["unit"], one["location"]) for one in read.unlinked if one["type"] != "biosphere"}
    bw2data.Database(BACKGROUND).write(
        {
            (BACKGROUND, name): {
                "name": name, "unit": unit, "location": place, "reference product": name,
                "exchanges": [
                    {"input": (BACKGROUND, name), "amount": 1.0, "type": "production"},
                    {"input": AIR, "amount": factors.get(name, 0.0), "type": "biosphere"},
                ],
            }
            for name, unit, place in missing
        }
    )  # fmt: skip
    read.match_database(BACKGROUND, fields=("name", "unit", "location"))
    read.match_database("biosphere", fields=("name", "unit", "categories"))
    assert not list(read.unlinked)
    read.write_database()
    method = bw2data.Method(("CO2",))
    method.register(unit="kg")
    method.write([(AIR, 1.0)])
    whole = bw2data.get_node(database=read.db_name, name=activities[0].name)
    demand, data, _ = bw2data.prepare_lca_inputs({whole: activities[0].kg}, method=("CO2",))
    lca = bw2calc.LCA(demand=demand, data_objs=data)
    lca.lci()
    lca.lcia()
    wanted = float(plan.hubs["co2_kg"].sum() + plan.refineries["co2_kg"].sum())
    assert lca.score == pytest.approx(wanted, rel=1e-6)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
