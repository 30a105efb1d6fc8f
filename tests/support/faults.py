"""Faults of the input: a change to the tiny folder, and the finding that must follow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builders import Row, tiny_tables, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[Path], object]

SITES, HUBS, REFINERIES = "kanto/sites.csv", "kanto/hubs.csv", "kanto/refineries.csv"
OUTLINE = {"type": "Polygon", "coordinates": [[[139, 35], [140, 35], [140, 36], [139, 35]]]}


@dataclass(frozen=True)
class Case:
    """A change to the tiny folder and the finding that must follow."""

    name: str
    change: Change
    file: str
    row: int
    column: str
    problem: str
    cure: str
    fatal: bool = True


def cell(table: str, index: int, column: str, value: object) -> Change:
    """Set one cell; the other rows get an empty one where the column is new."""

    def change(folder: Path) -> None:
        rows = [{**row} for row in tiny_tables()[table]]
        for number, row in enumerate(rows):
            row[column] = value if number == index else row.get(column, "")
        write_csv(folder / f"{table}.csv", rows)

    return change


def rename(table: str, old: str, new: str) -> Change:
    """Rename a column."""

    def change(folder: Path) -> None:
        rows = [{new if key == old else key: value for key, value in row.items()} for row in tiny_tables()[table]]
        write_csv(folder / f"{table}.csv", rows)

    return change


def add(name: str, *rows: Row) -> Change:
    """Add a table."""
    return lambda folder: write_csv(folder / f"{name}.csv", rows)


def text(name: str, content: str | bytes) -> Change:
    """Write a file as it stands."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (folder / name).write_bytes(data)


def append(name: str, content: str | bytes) -> Change:
    """Append to a file."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + data)


def outlines(*features: object) -> Change:
    """Write outlines."""
    return text("boundaries.geojson", json.dumps({"type": "FeatureCollection", "features": features}))


def no_supply(folder: Path) -> None:
    """Set all tonnes to zero."""
    for region in ("kanto", "chubu"):
        rows = [row | {"hev_t": 0, "nmc_t": 0, "lfp_t": 0} for row in tiny_tables()[f"{region}/sites"]]
        write_csv(folder / f"{region}/sites.csv", rows)


def close_hubs(folder: Path) -> None:
    """Close every hub of Kanto."""
    write_csv(folder / "existing.csv", [{"plant_id": name, "status": "closed"} for name in ("hk1", "hk2")])


def unlink(name: str) -> Change:
    """Remove a file from both regions."""

    def change(folder: Path) -> None:
        for region in ("kanto", "chubu"):
            (folder / region / name).unlink()

    return change


LANE: Row = {"from_id": "k1", "to_id": "hk1", "distance_km": 12}
SIZE: Row = {"plant_id": "hk1", "capacity_t": 5000, "fixed_jpy_per_yr": 1e8, "variable_jpy_per_t": 30000}

FILES = [
    Case("missing table", unlink("refineries.csv"), "refineries.csv", 0, "", "refineries is missing", "add"),
    Case("misnamed file", text("kanto/hub.csv", "id\n"), "kanto/hub.csv", 0, "", "not read", "hubs", fatal=False),
    Case("empty file", text(SITES, ""), SITES, 0, "", "empty", "header row"),
    Case("blank file", text(SITES, "\n\n , ,\n"), SITES, 0, "", "empty", "header row"),
    Case("empty table", text(HUBS, "id,lat,lon\n"), HUBS, 0, "", "no rows", "at least one row"),
    Case("too many fields", append(HUBS, "h9,35.5,139.7,kiln,1,open,7\n"), HUBS, 4, "", "7 fields", "quotation"),
    Case("open quote", append(HUBS, '"h9,35.5\n'), HUBS, 4, "", "malformed CSV", "close every quotation mark"),
    Case("NUL bytes", append(SITES, b"k9,\x00\n"), SITES, 5, "", "NUL", "CSV UTF-8"),
    Case("UTF-16", text(SITES, "id,lat".encode("utf-16")), SITES, 0, "", "UTF-16", "CSV UTF-8"),
    Case("EUC-JP", text(SITES, "id,name\na,東京都庁\n".encode("euc_jp")), SITES, 0, "", "EUC-JP", "CSV UTF-8"),
    Case("Latin-1", text(SITES, "id\nZürich\n".encode("latin-1")), SITES, 2, "", "neither", "CSV UTF-8"),
    Case("damaged UTF-8", append(SITES, "東京都千代田区霞が関".encode() + b"\xff\n"), SITES, 5, "", "0xff", "UTF-8"),
    Case("two files", text("kanto/sites.parquet", b"x"), "kanto/sites.parquet", 0, "", "kanto/sites.csv too", "keep"),
    Case("mixed forms", add("sites", *tiny_tables()["kanto/sites"]), "sites.csv", 0, "", "subfolders", "keep one"),
    Case("damaged workbook", text("x.xlsx", b"no zip"), "x.xlsx", 0, "", "cannot be read", "save the file again"),
    Case("damaged parquet", text("lanes.parquet", b"PAR"), "lanes.parquet", 0, "", "cannot be read", "CSV UTF-8"),
    Case("damaged GeoPackage", text("x.gpkg", b"no db"), "x.gpkg", 0, "", "cannot be read", "save the file again"),
    Case("late header", text("existing.csv", "\n\nplant_id,status\nhk1,open\n"), "existing.csv", 3, "", "row 3",
         "remove the empty rows", fatal=False),
    Case("semicolons", text("existing.csv", "plant_id;status\nhk1;open\n"), "existing.csv", 0, "", "semicolon",
         "commas", fatal=False),
]  # fmt: skip

COLUMNS = [
    Case("missing column", rename("kanto/hubs", "lat", "breite"), HUBS, 1, "lat", "'lat' is missing", "add a column"),
    Case("misspelt column", rename("kanto/hubs", "lat", "lattitude"), HUBS, 1, "lat", "missing", "'lattitude'"),
    Case("misspelt option", rename("kanto/hubs", "technology", "tecnology"), HUBS, 1, "tecnology", "not known",
         "'technology'", fatal=False),
    Case("extra column", cell("kanto/hubs", 0, "phone", "03"), HUBS, 1, "phone", "not read", "own use", fatal=False),
    Case("duplicate column", text(HUBS, "id,lat,lon,lat\na,35,139,35\n"), HUBS, 1, "lat", "twice", "keep one"),
    Case("unnamed column", text(HUBS, "id,lat,lon,\nhk9,35.5,139.7,x\n"), HUBS, 1, "", "without a name", "name it",
         fatal=False),
    Case("no tonnes", text(SITES, "id,lat,lon\nk1,35.6,139.7\n"), SITES, 1, "mass_t", "no column states", "nmc_t"),
    Case("missing year", text(SITES, "id,lat,lon,nmc_2030_t,nmc_2035_t\nk1,35.6,139.7,1,1\n"), SITES, 1, "nmc_2040_t",
         "horizon.years lists 2040", "take 2040 out"),
    Case("missing class", text(SITES, "id,lat,lon,nmc_t,lfp_t\nk1,35.6,139.7,1,1\n"), SITES, 1, "hev_2030_t",
         "taken as 0", "hev_t", fatal=False),
    Case("misspelt class", rename("kanto/sites", "hev_t", "hve_t"), SITES, 1, "hve_t", "not known", "'hev_t'",
         fatal=False),
    Case("overruled total", cell("kanto/sites", 0, "mass_t", 5), SITES, 1, "mass_t", "not read", "remove it",
         fatal=False),
]  # fmt: skip

CELLS = [
    Case("empty id", cell("kanto/sites", 1, "id", ""), SITES, 3, "id", "empty", "give every row an id"),
    Case("blanks around id", cell("kanto/sites", 1, "id", " k2　"), SITES, 3, "id", "'k2'", "remove", fatal=False),
    Case("control character", cell("kanto/sites", 1, "id", "k\x072"), SITES, 3, "id", "control", "visible"),
    Case("duplicate id", cell("kanto/sites", 2, "id", "k1"), SITES, 4, "id", "row 2 of kanto/sites.csv", "own id"),
    Case("id in two tables", cell("kanto/hubs", 0, "id", "k1"), HUBS, 2, "id", "kanto/sites.csv", "own id"),
    Case("id in two regions", cell("kanto/hubs", 0, "id", "hc1"), HUBS, 2, "id", "chubu/hubs.csv", "own id"),
    Case("word for number", cell("kanto/sites", 0, "nmc_t", "many"), SITES, 2, "nmc_t", "'many'", "1234.5"),
    Case("thousands", cell("kanto/sites", 0, "nmc_t", "1,234"), SITES, 2, "nmc_t", "'1,234'", "write 1234"),
    Case("decimal comma", cell("kanto/sites", 0, "lat", "35,69"), SITES, 2, "lat", "'35,69'", "write 35.69"),
    Case("full width", cell("kanto/sites", 0, "nmc_t", "１２３"), SITES, 2, "nmc_t", "not a number", "123 in half"),
    Case("unit in cell", cell("kanto/sites", 0, "nmc_t", "12 t"), SITES, 2, "nmc_t", "'12 t'", "write 12 alone"),
    Case("NaN", cell("kanto/sites", 0, "nmc_t", "nan"), SITES, 2, "nmc_t", "'nan'", "write a number"),
    Case("blank number", cell("kanto/sites", 0, "nmc_t", ""), SITES, 2, "nmc_t", "empty", "0 if there is none"),
    Case("blank position", cell("kanto/hubs", 1, "lon", ""), HUBS, 3, "lon", "empty", "write a number"),
    Case("infinite", cell("kanto/hubs", 0, "max_t", "inf"), HUBS, 2, "max_t", "'inf'", "leave the cell empty"),
    Case("negative tonnes", cell("kanto/sites", 0, "lfp_t", -1), SITES, 2, "lfp_t", "-1 is negative", "0 or a pos"),
    Case("negative limit", cell("kanto/hubs", 0, "max_t", -5), HUBS, 2, "max_t", "not above zero", "closed"),
    Case("zero limit", cell("kanto/refineries", 1, "max_t", 0), REFINERIES, 3, "max_t", "not above zero", "empty"),
    Case("unknown status", cell("kanto/hubs", 0, "status", "opened"), HUBS, 2, "status", "'opened'", "'open'"),
    Case("unknown technology", cell("kanto/hubs", 0, "technology", "roast"), HUBS, 2, "technology", "'roast'",
         "'roasting'"),
    Case("one unknown of two", cell("kanto/hubs", 0, "technology", "roasting;mechanicl"), HUBS, 2, "technology",
         "'mechanicl'", "'mechanical'"),
    Case("technology twice", cell("kanto/hubs", 0, "technology", "roasting、roasting"), HUBS, 2, "technology",
         "'roasting' stands there twice", "once"),
    Case("technology of hubs", cell("kanto/refineries", 1, "technology", "hydro;roasting"), REFINERIES, 3, "technology",
         "'roasting' is a technology of hubs", "pyro_hydro"),
    Case("technology of refineries", cell("kanto/hubs", 0, "technology", "hydro"), HUBS, 2, "technology",
         "'hydro' is a technology of refineries", "kiln"),
    Case("furnace among others", cell("kanto/refineries", 1, "technology", "hydro;steel_furnace"), REFINERIES, 3,
         "technology", "electric furnace", "row of its own"),
    Case("no kiln", lambda folder: (cell("kanto/hubs", 0, "kind", "smelter")(folder), (folder / HUBS).write_text(
        (folder / HUBS).read_text().replace("roasting", "kiln"))), HUBS, 2, "technology", "'smelter'", "cement_works"),
]  # fmt: skip

PLACES = [
    Case("swapped", text(HUBS, "id,lat,lon\nhk1,139.7,35.6\n"), HUBS, 2, "lat", "swapped", "exchange"),
    Case("projected", text(HUBS, "id,lat,lon\nhk1,-35367.1,-9534.5\n"), HUBS, 2, "lat", "metres", "degrees"),
    Case("far away", text(HUBS, "id,lat,lon\nhk1,0,0\n"), HUBS, 2, "lat", "km from the nearest city", "correct"),
    Case("lat out of range", text(HUBS, "id,lat,lon\nhk1,95,139\n"), HUBS, 2, "lat", "-90 and 90", "degrees"),
    Case("lon out of range", text(HUBS, "id,lat,lon\nhk1,35,339\n"), HUBS, 2, "lon", "-180 and 180", "degrees"),
    Case("misspelt region", cell("kanto/sites", 0, "region", "kantou"), SITES, 2, "region", "'kantou'", "'kanto'"),
    Case("own region", cell("kanto/sites", 0, "region", "north"), SITES, 2, "region", "not drawn", "your own",
         fatal=False),
    Case("region without hub", close_hubs, "hubs", 0, "region", "'kanto' has 3 sites but no hub", "policy",
         fatal=False),
    Case("region without refinery", lambda folder: (folder / REFINERIES).unlink(), "refineries", 0, "region",
         "no refinery", "policy", fatal=False),
    Case("no supply", no_supply, "chubu/sites.csv", 0, "", "every site has 0", "write the tonnes"),
    Case("site without supply", append(SITES, "k9,東,35.6,139.7,0,0,0\n"), SITES, 5, "", "'k9'", "remove",
         fatal=False),
    Case("no region", outlines({"type": "Feature", "properties": {"kind": "prefecture"}, "geometry": OUTLINE}),
         "boundaries.geojson", 0, "kind", "no region", "each region", fatal=False),
    Case("broken JSON", text("boundaries.geojson", '{"type":\n'), "boundaries.geojson", 2, "", "not valid", "export"),
    Case("not GeoJSON", text("boundaries.geojson", "[1]"), "boundaries.geojson", 0, "", "FeatureCollection", "export"),
    Case("no properties", outlines({"type": "Feature"}), "boundaries.geojson", 0, "properties", "feature 1", "kind"),
    Case("wrong kind", outlines({"properties": {"kind": "town"}}), "boundaries.geojson", 0, "kind", "'town'", "region"),
    Case("no polygon", outlines({"properties": {"kind": "prefecture"}, "geometry": None}), "boundaries.geojson", 0,
         "geometry", "no usable polygon", "WGS84"),
]  # fmt: skip

ROADS = [
    Case("unknown city", cell("roads", 1, "to_code", "x"), "roads.csv", 3, "to_code", "no city 'x'", "correct"),
    Case("lost zeros", lambda folder: (append("roads.csv", "a,1100,9,road,R\n")(folder), append(
        "cities.csv", "01100,Sapporo,札幌,43.06,141.35\n")(folder)), "roads.csv", 5, "to_code", "'1100'", "'01100'"),
    Case("road loop", cell("roads", 0, "to_code", "a"), "roads.csv", 2, "to_code", "itself", "correct"),
    Case("no stock", cell("kanto/sites", 0, "stock_max_t", 0), SITES, 2, "stock_max_t", "can send nothing", "no limit"),
    Case("road of 0 km", cell("roads", 0, "km", 0), "roads.csv", 2, "km", "0 is not above zero", "above 0"),
    Case("short road", cell("roads", 1, "km", 12), "roads.csv", 3, "km", "shorter than the straight line", "correct km",
         fatal=False),
    Case("unknown road kind", cell("roads", 0, "kind", "fery"), "roads.csv", 2, "kind", "'fery'", "'ferry'"),
    Case("blank road kind", cell("roads", 0, "kind", ""), "roads.csv", 2, "kind", "''", "expressway, road"),
    Case("duplicate city", append("cities.csv", "a,Edo,江戸,35.7,139.7\n"), "cities.csv", 6, "city_code", "row 2",
         "its own code"),
    Case("cut-off city", append("cities.csv", "e,Oshima,大島,34.7,139.4\n"), "cities.csv", 6, "city_code", "Oshima",
         "ferry", fatal=False),
]  # fmt: skip

OPTIONAL = [
    Case("sizes of no plant", add("sizes", SIZE | {"plant_id": "hk11"}), "sizes.csv", 2, "plant_id", "'hk11'", "'hk1'"),
    Case("size of 0", add("sizes", SIZE | {"capacity_t": 0}), "sizes.csv", 2, "capacity_t", "not above", "above 0"),
    Case("negative cost", add("sizes", SIZE | {"fixed_jpy_per_yr": -1}), "sizes.csv", 2, "fixed_jpy_per_yr", "negative",
         "0 or"),
    Case("oversized", add("sizes", SIZE | {"capacity_t": 99999}), "sizes.csv", 2, "capacity_t", "above the plant",
         "raise max_t", fatal=False),
    Case("size twice", add("sizes", SIZE, SIZE), "sizes.csv", 3, "capacity_t", "5000 stands in row 2", "keep one"),
    Case("lane from nowhere", add("lanes", LANE | {"from_id": "k11"}), "lanes.csv", 2, "from_id", "'k11'", "'k1'"),
    Case("lane to nowhere", add("lanes", LANE | {"to_id": "c1"}), "lanes.csv", 2, "to_id", "'c1'", "hub or refinery"),
    Case("lane past the hub", add("lanes", LANE | {"to_id": "rk1"}), "lanes.csv", 2, "to_id", "neither a lane", "ids"),
    Case("lane twice", add("lanes", LANE, LANE), "lanes.csv", 3, "to_id", "'k1', 'hk1' stands in row 2", "keep one"),
    Case("negative lane", add("lanes", LANE | {"distance_km": -3}), "lanes.csv", 2, "distance_km", "-3", "0 or"),
    Case("empty lane", add("lanes", LANE | {"distance_km": ""}), "lanes.csv", 2, "", "states nothing", "fill",
         fatal=False),
    Case("status of no plant", add("existing", {"plant_id": "zz", "status": "open"}), "existing.csv", 2, "plant_id",
         "'zz'", "hub or refinery"),
]  # fmt: skip

SETTINGS = [
    Case("two TOML files", lambda folder: (text("a.toml", "")(folder), text("b.toml", "")(folder)), "b.toml", 0, "",
         "a.toml, b.toml", "keep one"),
    Case("TOML syntax", text("a.toml", "title = 'x'\n[policy\n"), "a.toml", 2, "", "not valid TOML", "[section]"),
    Case("unknown key", text("a.toml", "[policy]\nsourcin = 'single'\n"), "a.toml", 2, "policy.sourcin", "unknown key",
         "'policy.sourcing'"),
    Case("unknown section", text("a.toml", "[truck]\nx = 1\n"), "a.toml", 1, "truck", "unknown key", "'trucks'"),
    Case("wrong type", text("a.toml", "[roads]\ntoll_legs = 'two'\n"), "a.toml", 2, "roads.toll_legs", "'two'",
         "write a number"),
    Case("negative", text("a.toml", "[finance]\nlife_yr = -1\n"), "a.toml", 2, "finance.life_yr", "-1", "above 0"),
    Case("share above 1", text("a.toml", "[classes.hev]\ndefault_share = 25\n"), "a.toml", 2,
         "classes.hev.default_share", "between 0 and 1", "0.25"),
    Case("shares", text("a.toml", "[classes.hev]\ndefault_share = 0.5\n"), "a.toml", 0, "classes", "sums to 1.25",
         "change the shares"),
    Case("unknown grade", text("a.toml", "[classes.hev]\ngrade = 'ncm'\n"), "a.toml", 2, "classes.hev.grade", "'ncm'",
         "'nmc'"),
    Case("unknown policy", text("a.toml", "[policy]\nname = 'free'\n"), "a.toml", 2, "policy.name", "'free'", "'open'"),
    Case("other unit", text("a.toml", "[trucks.2t]\ntoll_jpy_per_km = {value = 1, unit = 'USD/km'}\n"), "a.toml", 2,
         "trucks.2t.toll_jpy_per_km", "'USD/km'", "'JPY/km'"),
    Case("incomplete truck", text("a.toml", "[trucks.10tt]\ntoll_jpy_per_km = 1\n"), "a.toml", 1, "trucks.10tt",
         "every key", "length_m, payload_packs_t, payload_black_mass_t, payload_legal_t; or write 'trucks.10t'"),
]  # fmt: skip

CASES = [*FILES, *COLUMNS, *CELLS, *PLACES, *ROADS, *OPTIONAL, *SETTINGS]
