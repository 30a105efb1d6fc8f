"""A case of RELOG becomes a folder that plans as the case costs; what has no place in it is told, line by line."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.base.errors import InputError, UsageError
from hubspoke.base.geodesy import great_circle_km
from hubspoke.inputs.check.check import check
from hubspoke.inputs.relog.make_folder import make_folder
from relog_cases import FREIGHT, newer_case, older_case, place, size, write_case

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table that was made."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults_of(folder: Path, case: Any) -> dict[str, str]:
    """Return problem by path of what is refused of a case."""
    with pytest.raises(InputError) as caught:
        make_folder(write_case(folder, case), folder / "made")
    assert not (folder / "made").exists()
    return {finding.column: finding.problem for finding in caught.value.findings}


@pytest.mark.heavy
def test_a_case_of_the_older_form_plans_at_the_cost_that_it_states(tmp_path: Path) -> None:
    made = make_folder(write_case(tmp_path, older_case()), tmp_path / "made")
    assert not [found for found in check(made.folder) if found.fatal]
    plan = hs.solve(hs.read(made.folder), gap=1e-9)

    def km(lat: float, lon: float, other: tuple[float, float]) -> float:
        return float(great_circle_km(*(np.array(value) for value in (lat, lon, *other))))

    macon, beaune, grenoble = (46.3, 4.83), (47.02, 4.84), (45.19, 5.72)
    lyon, dijon = (km(45.76, 4.84, macon), km(45.76, 4.84, beaune)), (km(47.32, 5.04, macon), km(47.32, 5.04, beaune))
    smelt = [0.2 * (200 + 0.3 * km(*hub, grenoble)) for hub in (macon, beaune)]
    paid = [30 + smelt[0], 40 + smelt[1]]
    fixed = [20000 + 100000, 10000, 30000 + 150000]  # Beaune stands, so that its opening is paid

    def cost(to_beaune: float) -> float:
        """Return the cost where so much of Dijon goes to Beaune, which must be open, and all else to Macon."""
        return (
            1400
            + sum(fixed)
            + 1000 * (0.1 * lyon[0] + paid[0])
            + to_beaune * (0.1 * dijon[1] + paid[1])
            + (400 - to_beaune) * (0.1 * dijon[0] + paid[0])
        )

    assert plan.cost_jpy == pytest.approx(min(cost(0), cost(400)), rel=1e-9)


def test_tonnes_freight_and_sales_stand_where_hubspoke_reads_them(tmp_path: Path) -> None:
    made = make_folder(write_case(tmp_path, older_case()), tmp_path / "made", first_year=2027)
    network = hs.read(made.folder)
    assert network.sites[["panel_2027_t", "panel_2028_t"]].to_numpy().tolist() == [[300, 400], [900, 1000]]
    assert network.settings.horizon.year == 2028
    assert network.settings.byproducts["glass"].price_jpy_per_t == 10.0
    assert network.settings.classes["panel"].yields_t_per_t["case"] == {"black_mass": 0.2, "glass": 0.7}
    lane = rows_of(made.folder / "lanes.csv")[0]
    assert float(lane["cost_jpy_per_t"]) == pytest.approx(0.1 * float(lane["distance_km"]), abs=1e-3)
    assert float(lane["co2_kg_per_t"]) == pytest.approx(0.1 * float(lane["distance_km"]), abs=1e-3)
    assert network.settings.orders.open == ("Beaune",)
    assert "Not carried over:" not in made.lines


def test_a_case_of_the_newer_form_takes_the_main_part_of_a_mix_and_tells_the_rest(tmp_path: Path) -> None:
    made = make_folder(write_case(tmp_path, newer_case()), tmp_path / "made")
    assert not [found for found in check(made.folder) if found.fatal]
    assert [row["id"] for row in rows_of(made.folder / "refineries.csv")] == ["Foundry"]
    sizes = rows_of(made.folder / "sizes.csv")[0]
    assert float(sizes["capacity_t"]) == 800  # of 1000 t of the mix
    assert float(sizes["fixed_jpy_per_yr"]) == 110
    assert float(sizes["variable_jpy_per_t"]) == pytest.approx((4 + 1) / 0.8)  # one more per tonne of size
    told = "\n".join(made.lines)
    assert "hubs send on Metal, 0.5 t per t of Used" in told
    assert "plants.Works: takes a mix; only Used (80 % of it) is planned" in told
    assert "plants.Works.processing emissions (tonne).CH4: a gas other than CO2" in told
    assert "plants.Works.storage limit (tonne): keeping material" in told
    assert "centers.Town.operating cost ($): what a centre costs whatever is planned" in told
    assert "centers.Foundry: pays for what it takes" in told


def test_between_two_sizes_there_are_steps_on_the_line_of_their_costs(tmp_path: Path) -> None:
    case = older_case()
    macon = case["plants"]["Crusher"]["locations"]["Macon"]
    macon["capacities (tonne)"] = {"2000": size(200000, 20000, 30), "400": size(40000, 4000, 30)}
    made = make_folder(write_case(tmp_path, case), tmp_path / "made")
    steps = [row for row in rows_of(made.folder / "sizes.csv") if row["plant_id"] == "Macon"]
    assert [float(row["capacity_t"]) for row in steps] == [400 + 200 * step for step in range(9)]
    assert [float(row["fixed_jpy_per_yr"]) for row in steps] == [24000 + 12000 * step for step in range(9)]


def test_what_has_no_place_in_two_stages_is_told(tmp_path: Path) -> None:
    case = older_case()
    case["products"]["Silver"] = {FREIGHT: 1}
    case["products"]["Glass"]["initial amounts"] = {"Nice": place(43.7, 7.26, **{"amount (tonne)": 5})}
    case["products"]["Panel"]["disposal limit (tonne)"] = 3
    case["plants"]["Smelter"]["outputs (tonne/tonne)"] = {"Silver": 0.1}
    case["plants"]["Smelter"]["locations"]["Grenoble"]["opened by"] = "nobody"
    case["plants"]["Mint"] = {
        "input": "Silver",
        "locations": {"Paris": place(48.86, 2.35, **{"capacities (tonne)": {"9": size(1, 1, 1)}})},
    }
    told = "\n".join(make_folder(write_case(tmp_path, case), tmp_path / "made").lines)
    assert "plants.Mint.locations.Paris: lies outside the two stages" in told
    assert "Nice (Glass): 5 t a year that no hub takes" in told
    assert "Lyon (Panel): some of it may stay where it arises" in told
    assert "plants.Smelter.locations.Grenoble.opened by: not known to this reader" in told


def test_a_case_without_a_second_stage_ends_beside_its_hubs(tmp_path: Path) -> None:
    case = older_case()
    del case["plants"]["Smelter"]
    made = make_folder(write_case(tmp_path, case), tmp_path / "made")
    network = hs.read(made.folder)
    assert list(network.refineries["id"]) == ["Beaune end", "Macon end"]
    plan = hs.solve(network, gap=1e-9)
    assert (plan.flows["hub_id"] + " end" == plan.flows["refinery_id"]).all()
    assert plan.costs.loc[plan.costs["term"].str.startswith("refin"), "cost_jpy"].sum() == 0


def test_names_that_are_the_same_or_japanese_stay_apart(tmp_path: Path) -> None:
    case = older_case()
    text = json.dumps(case, ensure_ascii=False).replace("Panel", "電池").replace("Grenoble", "Macon")
    made = make_folder(write_case(tmp_path, json.loads(text)), tmp_path / "made", lang="ja")
    network = hs.read(made.folder)
    assert list(network.refineries["id"]) == ["Macon Smelter"]
    assert list(network.settings.classes) == ["feed"]
    assert network.settings.classes["feed"].name_ja == "電池"
    assert any(line.startswith("発生源：電池 2件") for line in made.lines)


def test_faults_are_named_by_their_path_all_at_once(tmp_path: Path) -> None:
    case = older_case()
    case["products"]["Panel"]["initial amounts"]["Lyon"]["amount (tonne)"] = [1, 2, 3]
    case["products"]["Cell"][FREIGHT] = "cheap"
    case["products"]["Glass"][FREIGHT] = -1
    case["plants"]["Smelter"]["input"] = "Sell"
    del case["plants"]["Crusher"]["locations"]["Macon"]["latitude (deg)"]
    case["plants"]["Crusher"]["locations"]["Beaune"]["capacities (tonne)"] = {"big": size(1, 1, 1)}
    found = faults_of(tmp_path, case)
    assert found["products.Panel.initial amounts.Lyon.amount (tonne)"] == "3 numbers for 2 years"
    assert found[f"products.Cell.{FREIGHT}"] == "'cheap' is not a number"
    assert found[f"products.Glass.{FREIGHT}"] == "-1 is below 0"
    assert found["plants.Smelter.locations.Grenoble"] == "there is no product 'Sell'"
    assert found["plants.Crusher.locations.Macon.latitude (deg)"] == "is missing"
    assert "'big' is no capacity" in found["plants.Crusher.locations.Beaune.capacities (tonne).big"]


@pytest.mark.parametrize("outputs", [3, "Used", [1, 2], {"Used": 1}])
def test_outputs_of_a_centre_that_are_no_names_are_told(tmp_path: Path, outputs: object) -> None:
    case = newer_case()
    case["centers"]["Town"]["outputs"] = outputs
    assert faults_of(tmp_path, case)["centers.Town.outputs"] == "is not a list of texts"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "not an object"),
        ("{", "not JSON"),
        ('{"parameters": {"time horizon (years)": NaN}}', "not JSON"),
        ('{"parameters": {"time horizon (years)": 0}}', "0 is no number of years"),
        ('{"plants": {}, "plants": {}}', "stands twice"),
        ('{"parameters": {"time horizon (years)": 1}, "products": {}, "plants": {}}', "no plant takes"),
    ],
)
def test_what_is_no_case_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "case.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        make_folder(file, tmp_path / "made")


def test_a_place_of_a_database_asks_for_its_position(tmp_path: Path) -> None:
    case = older_case()
    case["products"]["Panel"]["initial amounts"]["Lyon"] = {"location": "us-state:IL", "amount (tonne)": [1, 2]}
    assert faults_of(tmp_path, case) == {"products.Panel.initial amounts.Lyon.location": "'us-state:IL' is no position"}


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        make_folder(write_case(tmp_path, older_case()), tmp_path / "made")
    with pytest.raises(UsageError, match="first-year"):
        make_folder(write_case(tmp_path, older_case()), tmp_path / "other", first_year=0)


def test_what_one_plant_may_dispose_of_is_not_taken_for_all(tmp_path: Path) -> None:
    """A price that only some hubs are paid counts for none; that what is sent on may be disposed of is told."""
    case = older_case()
    places = case["plants"]["Crusher"]["locations"]
    sent_on = next(name for name in case["plants"]["Crusher"]["outputs (tonne/tonne)"] if name != "Glass")
    places["Macon"]["disposal"] = {**places["Macon"]["disposal"], sent_on: {"cost ($/tonne)": -10, "limit (tonne)": 1}}
    places["Beaune"]["disposal"] = {}
    made = make_folder(write_case(tmp_path, case), tmp_path / "made")
    told = "\n".join(made.lines)
    assert "plants.Crusher.locations.Macon: disposing of Glass earns something, here and not everywhere" in told
    assert f"plants.Crusher.locations.Macon: {sent_on} may be disposed of; here all of it is sent on" in told
    assert hs.read(made.folder).settings.byproducts["glass"].price_jpy_per_t == 0.0
