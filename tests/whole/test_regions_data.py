"""The data that ship: complete, consistent, inside Japan, and made anew byte for byte."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
import shapely
from pyproj import Geod

DATA = Path(__file__).resolve().parents[2] / "data"
REGIONS = DATA / "regions"
REGION_IDS = ("hokkaido", "tohoku", "kanto", "chubu", "kinki", "chugoku", "shikoku", "kyushu")
LARGE_REGIONS = ("kanto", "chubu", "kinki", "kyushu")
BY_HAND = {"japan.toml", "scenarios.toml"}
YEARS = (2030, 2035, 2040)
PACK_CLASSES = ("hev", "nimh", "nmc", "lfp")
KM_PER_DEG = 111.0
BLACK_MASS_YIELD = 0.5
FURNACES = ("ferronickel_furnace", "steel_furnace")
SLIVER_DEG2 = 1e-6
"""About 0.01 km2."""


def read_all(name: str) -> pd.DataFrame:
    """Read one table of all regions, codes kept as text."""
    frames = [
        pd.read_csv(REGIONS / region / f"{name}.csv", dtype={"from_code": str}).assign(region=region)
        for region in REGION_IDS
        if (REGIONS / region / f"{name}.csv").exists()
    ]
    return pd.concat(frames, ignore_index=True)


def sum_year_t(sites: pd.DataFrame, year: int) -> pd.Series[float]:
    """Return the packs of each site in one year."""
    columns = [column for column in (f"{name}_{year}_t" for name in PACK_CLASSES) if column in sites]
    total: pd.Series[float] = sites[columns].sum(axis=1)
    return total


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    """Dismantling sites."""
    table = read_all("sites")
    return table[table["kind"] == "dismantler"].reset_index(drop=True)


@pytest.fixture(scope="module")
def works() -> pd.DataFrame:
    """Cell works."""
    table = read_all("sites")
    return table[table["kind"] == "cell-works"].reset_index(drop=True)


@pytest.fixture(scope="module")
def hubs() -> pd.DataFrame:
    return read_all("hubs")


@pytest.fixture(scope="module")
def refineries() -> pd.DataFrame:
    table = read_all("refineries")
    return table[~table["technology"].isin(FURNACES)].reset_index(drop=True)


@pytest.fixture(scope="module")
def furnaces() -> pd.DataFrame:
    """Electric furnaces, which stand in the table of refineries."""
    table = read_all("refineries")
    return table[table["technology"].isin(FURNACES)].reset_index(drop=True)


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    return pd.read_csv(REGIONS / "cities.csv", dtype={"city_code": str})


@pytest.fixture(scope="module")
def roads() -> pd.DataFrame:
    return pd.read_csv(REGIONS / "roads.csv", dtype={"from_code": str, "to_code": str})


@pytest.fixture(scope="module")
def outlines() -> dict[str, dict[str, Any]]:
    """Outlines by kind and English name."""
    collection = json.loads((REGIONS / "boundaries.geojson").read_text(encoding="utf-8"))
    shapes: dict[str, dict[str, Any]] = {"prefecture": {}, "region": {}}
    for feature in collection["features"]:
        properties = feature["properties"]
        shapes[properties["kind"]][properties["name_en"]] = shapely.geometry.shape(feature["geometry"])
    return shapes


@pytest.mark.heavy
def test_generator_repeats_itself(tmp_path: Path) -> None:
    """The generator writes the shipped files again, every byte the same, and none but those kept by hand is missing."""
    subprocess.run([sys.executable, "-m", "generator", str(tmp_path)], cwd=DATA, check=True)
    made = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.*")}
    shipped = {str(path.relative_to(REGIONS)): path.read_bytes() for path in REGIONS.rglob("*.*")}
    assert set(shipped) - set(made) <= BY_HAND
    assert [name for name, content in made.items() if shipped.get(name) != content] == []


def test_files_are_plain_utf8_with_lf() -> None:
    """Shipped tables carry no byte-order mark and no carriage returns."""
    for path in REGIONS.rglob("*.csv"):
        content = path.read_bytes()
        content.decode("utf-8")
        assert not content.startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in content, path


def test_largest_hundred_hold_their_share(sites: pd.DataFrame) -> None:
    """The 100 largest sites hold 36.9 % of the tonnes in every year, as the 100 largest operators do."""
    for year in YEARS:
        mass_t = sum_year_t(sites, year)
        assert mass_t.nlargest(100).sum() / mass_t.sum() == pytest.approx(0.369, abs=0.001)


@pytest.mark.parametrize(("year", "total_t"), [(2030, 25_854), (2035, 48_531), (2040, 184_041)])
def test_national_supply(sites: pd.DataFrame, year: int, total_t: float) -> None:
    """All sites together hold what the fleet model says, 184 kt in 2040."""
    assert sum_year_t(sites, year).sum() == pytest.approx(total_t, abs=1.0)


@pytest.mark.parametrize(("year", "lfp_share"), [(2030, 0.0), (2035, 0.1), (2040, 0.2)])
def test_lfp_share(sites: pd.DataFrame, year: int, lfp_share: float) -> None:
    """LFP holds its share of the packs of plug-in and battery cars."""
    lfp_t, nmc_t = sites[f"lfp_{year}_t"].sum(), sites[f"nmc_{year}_t"].sum()
    assert lfp_t / (lfp_t + nmc_t) == pytest.approx(lfp_share, abs=1e-4)


def test_sites_are_as_many_as_counted_and_synthetic(sites: pd.DataFrame) -> None:
    """There are 3,086 sites, each with packs, and each says in its name that it is synthetic."""
    assert len(sites) == 3086
    assert (sum_year_t(sites, 2030) > 0).all()
    assert (sites["origin"] == "synthetic").all()
    assert sites["name"].str.endswith("(synthetic)").all()
    assert sites["name_ja"].str.endswith("（合成）").all()


def test_sites_lie_in_their_prefecture(sites: pd.DataFrame, outlines: dict[str, dict[str, Any]]) -> None:
    """Every site lies on land inside its own prefecture, and hence, as none overlap, in no other."""
    for prefecture, rows in sites.groupby("prefecture"):
        outline = outlines["prefecture"][str(prefecture)]
        inside = shapely.contains_xy(outline, rows["lon"], rows["lat"])
        assert rows.loc[~inside, "id"].tolist() == []


def test_sites_lie_near_their_city(sites: pd.DataFrame, cities: pd.DataFrame) -> None:
    """Every site lies within 17 km of the city it is named after."""
    merged = sites.merge(cities, left_on=["prefecture", "city"], right_on=["prefecture", "name_en"], validate="m:1")
    assert len(merged) == len(sites)
    lon, lat, city_lon, city_lat = merged[["lon_x", "lat_x", "lon_y", "lat_y"]].to_numpy().T
    _, _, distance_m = Geod(ellps="WGS84").inv(lon, lat, city_lon, city_lat)
    assert distance_m.max() < 17_000


def test_plants_lie_in_their_prefecture(
    hubs: pd.DataFrame, refineries: pd.DataFrame, works: pd.DataFrame, outlines: dict[str, dict[str, Any]]
) -> None:
    """Plants lie in no other prefecture than their own, and on made land and small islands within 7 km of it."""
    for plant in pd.concat([hubs, refineries, works, read_all("ports")]).itertuples():
        point = shapely.Point(plant.lon, plant.lat)
        homes = [name for name, outline in outlines["prefecture"].items() if outline.contains(point)]
        assert homes in ([], [plant.prefecture]), plant.id
        gap_deg = outlines["prefecture"][str(plant.prefecture)].distance(point)
        assert gap_deg * KM_PER_DEG < 7, plant.id


def test_every_region_can_have_a_hub_and_a_refinery(
    sites: pd.DataFrame, hubs: pd.DataFrame, refineries: pd.DataFrame
) -> None:
    """Every region offers five hubs and two refineries, and two of each take all it has in 2040."""
    for region in REGION_IDS:
        supply_t = sum_year_t(sites[sites["region"] == region], 2040).sum()
        hub_t = hubs.loc[hubs["region"] == region, "max_t"]
        refinery_t = refineries.loc[refineries["region"] == region, "max_t"]
        assert len(hub_t) >= 5
        assert len(refinery_t) >= 2
        assert (hub_t >= supply_t).sum() >= 2
        assert (hub_t >= (60_000 if region in LARGE_REGIONS else 30_000)).sum() >= 2
        assert (refinery_t >= BLACK_MASS_YIELD * supply_t).sum() >= 2


def test_cell_works_hand_over_scrap_and_nothing_else(works: pd.DataFrame) -> None:
    """Works are real places with names in both languages and an estimate of scrap, and have no packs."""
    assert len(works) == 22
    assert (works["origin"] == "estimate").all()
    assert (works[[f"scrap_{year}_t" for year in YEARS]].sum(axis=1) > 0).all()
    assert sum(sum_year_t(works, year).sum() for year in YEARS) == 0


def test_black_mass_from_abroad_can_land_at_every_port() -> None:
    """Each of three sources has a priced sea lane to each of eight ports; together they give 15,000 t a year."""
    abroad, lanes = pd.read_csv(REGIONS / "overseas.csv"), pd.read_csv(REGIONS / "lanes.csv")

    ports = read_all("ports")
    assert len(lanes) == len(abroad) * len(ports) == 24
    assert set(lanes["from_id"]) == set(abroad["id"])
    assert set(lanes["to_id"]) == set(ports["id"])
    assert (lanes["cost_jpy_per_t"] > 5_000).all()
    assert abroad["black_mass_t"].sum() == 15_000


@pytest.mark.parametrize(
    ("plant", "lat", "lon"),
    [("nomura-itomuka", 43.66, 143.19), ("asaka-iwaki", 36.945, 140.862)],  # Rubeshibe; Izumi-machi Kurosuno
)
def test_works_that_once_stood_elsewhere_are_at_their_place(
    hubs: pd.DataFrame, refineries: pd.DataFrame, plant: str, lat: float, lon: float
) -> None:
    """Two works stood 11 and 3 km off; both are within 1 km of where maps and press have them."""
    table = pd.concat([hubs, refineries])
    north, east = (table.loc[table["id"] == plant, ["lat", "lon"]].to_numpy(float) - (lat, lon))[0]
    east *= math.cos(math.radians(lat))
    assert 111.2 * math.hypot(north, east) < 1


def test_ids_are_unique(sites: pd.DataFrame, hubs: pd.DataFrame, refineries: pd.DataFrame) -> None:
    """No id occurs twice in any table of any region."""
    ids = pd.concat([sites["id"], hubs["id"], refineries["id"]])
    assert ids[ids.duplicated()].tolist() == []


def test_ground_ties_hub_and_refinery(hubs: pd.DataFrame, refineries: pd.DataFrame) -> None:
    """Plants on one ground share its name, stand at one point, and are told apart by -hub and -ref."""
    both = hubs.merge(refineries, on="ground", suffixes=("_hub", "_ref"), validate="1:1")
    assert len(both) > 10
    assert (both["id_hub"] == both["ground"] + "-hub").all()
    assert (both["id_ref"] == both["ground"] + "-ref").all()
    assert (both["lat_hub"] == both["lat_ref"]).all()
    assert (both["lon_hub"] == both["lon_ref"]).all()


def test_furnaces_are_few_and_small_and_say_that_tonnes_are_assumed(furnaces: pd.DataFrame) -> None:
    """They are works that stand, each beside the candidates on its ground, and take little black mass."""
    assert furnaces["id"].tolist() == (furnaces["ground"] + "-furnace").tolist()
    assert set(furnaces["technology"]) == set(FURNACES)
    assert set(furnaces["status"]) == {"open"}
    assert furnaces["max_t"].between(1_000, 3_000).all()
    assert furnaces["note"].str.contains("assumed").all()
    assert furnaces["source"].str.len().gt(0).all()
    assert set(furnaces["confidence"]) <= {"medium", "low"}


def test_every_row_has_source_and_confidence(
    sites: pd.DataFrame, hubs: pd.DataFrame, refineries: pd.DataFrame, cities: pd.DataFrame, roads: pd.DataFrame
) -> None:
    """Every row says where it comes from and how sure it is; roads say how sure, their source is in SOURCES.md."""
    for table in (sites, hubs, refineries, cities):
        assert table["source"].str.len().gt(0).all()
    for table in (sites, hubs, refineries, cities, roads):
        assert set(table["confidence"]) <= {"high", "medium", "low"}
    for path in (DATA / "sources").glob("*.csv"):
        columns = set(pd.read_csv(path, nrows=1).columns)
        assert "confidence" in columns or path.stem == "regions", path


def test_kilns_only_at_cement_works(hubs: pd.DataFrame) -> None:
    """Kiln-integrated roasting is offered exactly at cement works, and takes 1,000 to 15,000 t per year."""
    kilns = hubs[hubs["technology"] == "kiln"]
    assert set(hubs.loc[hubs["kind"] == "cement_works", "id"]) == set(kilns["id"])
    assert kilns["max_t"].between(1_000, 15_000).all()
    assert kilns.set_index("id").loc["tsuruga-cement", "max_t"] == 3_000


def test_words_are_the_agreed_ones(hubs: pd.DataFrame, refineries: pd.DataFrame) -> None:
    """Technologies and statuses are those the program knows; every plant has a Japanese name."""
    assert set(hubs["technology"]) == {"roasting", "kiln", "mechanical", "roasting;mechanical"}
    assert set(refineries["technology"]) == {"hydro", "hydro;pyro_hydro", "pyro_hydro;hydro"}
    plants = pd.concat([hubs, refineries])
    assert set(plants["status"]) <= {"open", "candidate", "closed"}
    assert plants["name_ja"].str.contains(r"[぀-ヿ一-鿿]").all()


def test_roads_join_all_cities(cities: pd.DataFrame, roads: pd.DataFrame) -> None:
    """Every road joins two known cities, none is shorter than the great circle, and all cities are connected."""
    names = cities.set_index("city_code")["name_en"]
    assert (roads["from_code"].map(names) == roads["from"]).all()
    assert (roads["to_code"].map(names) == roads["to"]).all()
    assert set(roads["kind"]) == {"expressway", "road", "bridge", "ferry"}
    assert (roads["km"] >= roads["great_circle_km"] * 0.98).all()
    graph = nx.from_pandas_edgelist(roads, "from_code", "to_code")
    assert set(graph) == set(names.index)
    assert nx.is_connected(graph)


def test_cities_lie_in_their_prefecture(cities: pd.DataFrame, outlines: dict[str, dict[str, Any]]) -> None:
    """Every city lies within 1 km of its prefecture's outline."""
    for city in cities.itertuples():
        gap_deg = outlines["prefecture"][str(city.prefecture)].distance(shapely.Point(city.lon, city.lat))
        assert gap_deg * KM_PER_DEG < 1, city.name_en


def test_outlines_are_whole(outlines: dict[str, dict[str, Any]]) -> None:
    """There are 47 prefectures and 8 regions, all valid, and the file is small enough for a map in an e-mail."""
    assert len(outlines["prefecture"]) == 47
    assert {name.lower() for name in outlines["region"]} == set(REGION_IDS)
    assert all(shape.is_valid for kind in outlines.values() for shape in kind.values())
    assert (REGIONS / "boundaries.geojson").stat().st_size < 400_000


def test_outlines_do_not_overlap(outlines: dict[str, dict[str, Any]]) -> None:
    """No two prefectures overlap, and no slivers gape between neighbours."""
    shapes = list(outlines["prefecture"].values())
    whole = shapely.get_parts(shapely.union_all(shapes))
    assert sum(len(part.interiors) for part in whole) == sum(len(p.interiors) for s in shapes for p in s.geoms)
    tree = shapely.STRtree(shapes)
    for first, second in tree.query(shapes).T.tolist():
        if first < second:
            assert shapes[first].intersection(shapes[second]).area < SLIVER_DEG2


def test_regions_cover_their_prefectures(cities: pd.DataFrame, outlines: dict[str, dict[str, Any]]) -> None:
    """Each region is the union of its prefectures, no more and no less."""
    region_of = dict(zip(cities["prefecture"], cities["region"], strict=True))
    for name, region in outlines["region"].items():
        parts = [shape for prefecture, shape in outlines["prefecture"].items() if region_of[prefecture] == name]
        assert region.symmetric_difference(shapely.union_all(parts)).area < SLIVER_DEG2
