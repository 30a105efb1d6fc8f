"""Small folders of input for `mutate_inputs.py`, between them with every table, every form and many settings."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from hubspoke.base.shipped import shipped_data_folder

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FULL = """title = "All tables"
title_ja = "すべての表"

[horizon]
years = [2040]
year = 2040

[policy]
name = "shared-refinery"
longest_haul_km = 300

[sources]
overseas = true
factory_scrap = true

[finance]
discount_rate_per_yr = 0.07

[trucks.10t]
distance_jpy_per_km = 310

[columns]
"在庫上限" = "stock_max_t"
"""
SITES = """id,name,name_ja,region,prefecture,city,lat,lon,kind,在庫上限,hev_2040_t,nmc_2040_t,lfp_2040_t,nimh_2040_t,scrap_2040_t,origin,source,confidence
S1,Matsuyama,松山,shikoku,Ehime,Matsuyama,33.812,132.771,dismantler,,90,610,120,12,0,synthetic,invented,low
S2,Imabari,今治,shikoku,Ehime,Imabari,34.042,132.985,dismantler,12,41,300,70,6,0,synthetic,invented,low
S3,Takamatsu,高松,shikoku,Kagawa,Takamatsu,34.320,134.010,dismantler,,80,700,150,9,0,synthetic,invented,low
S4,Tokushima,徳島,shikoku,Tokushima,Tokushima,34.060,134.560,dismantler,8,60,420,90,5,0,synthetic,invented,low
S5,Kochi,高知,shikoku,Kochi,Kochi,,,dismantler,,40,310,60,4,0,synthetic,invented,low
S6,Naruto works,鳴門工場,shikoku,Tokushima,Naruto,34.180,134.580,cell-works,,0,0,0,0,250,synthetic,invented,low
"""  # noqa: E501 - rows of tables
HUBS = """id,name,name_ja,operator,region,lat,lon,technology,max_t,status,existing_t,existing_technology,sunk_share,subsidy_share,subsidy_cap_jpy,opens_from,retires,ramp_up,ground,kind,source,confidence
H1,Saijo,西条,Iyo,shikoku,33.927,133.183,roasting;mechanical,10000,candidate,,,,0.3,500000000,2030,2060,0.4;0.8,saijo,,invented,low
H2,Kochi kiln,高知キルン,Nankai,shikoku,33.540,133.530,kiln,4000,open,1000,kiln,0.8,,,,,,,cement_works,invented,low
H3,Naruto,鳴門,Awa,shikoku,34.170,134.600,mechanical,,candidate,,,,,,,,,,,invented,low
"""  # noqa: E501 - rows of tables
REFINERIES = """id,name,name_ja,region,lat,lon,technology,max_t,status,existing_t,existing_technology,grades,ground,kind,country,source,confidence
R1,Saijo refinery,西条製錬所,shikoku,33.927,133.183,hydro,10000,candidate,0,,,saijo,,,invented,low
R2,Niihama,新居浜,shikoku,33.960,133.280,pyro_hydro;hydro,8000,open,2000,hydro,,,smelter,,invented,low
"""  # noqa: E501 - rows of tables
TABLES = {
    "sites.csv": SITES,
    "hubs.csv": HUBS,
    "refineries.csv": REFINERIES,
    "ports.csv": (
        "id,name,name_ja,region,lat,lon,source,confidence\nP1,Niihama port,新居浜港,shikoku,33.99,133.27,invented,low\n"
    ),
    "overseas.csv": (
        "id,name,name_ja,country,class,lat,lon,black_mass_t,price_jpy_per_t,source,confidence\n"
        "O1,Laem Chabang,レムチャバン,Thailand,nmc,13.08,100.88,900,350000,invented,low\n"
    ),
    "lanes.csv": (
        "from_id,to_id,distance_km,cost_jpy_per_t,co2_kg_per_t,status\n"
        "O1,P1,5000,17000,216,allowed\nS1,H1,60,9000,,\nS2,H3,,,,forbidden\nH1,R2,15,2100,1.2,allowed\n"
    ),
    "sizes.csv": (
        "plant_id,capacity_t,fixed_jpy_per_yr,variable_jpy_per_t,technology\n"
        "H1,3000,90000000,30000,roasting\nH1,10000,200000000,26000,roasting\nR1,10000,900000000,210000,hydro\n"
    ),
    "existing.csv": "plant_id,status\nH2,open\nH3,candidate\n",
    "cities.csv": (
        "city_code,name_en,name_ja,lat,lon\nC1,Matsuyama,松山,33.839,132.765\nC2,Saijo,西条,33.919,133.181\n"
        "C3,Takamatsu,高松,34.343,134.046\nC4,Tokushima,徳島,34.066,134.559\nC5,Kochi,高知,33.559,133.531\n"
    ),
    "roads.csv": (
        "from_code,to_code,km,kind,route\nC1,C2,52,expressway,Matsuyama Expwy\nC2,C3,110,expressway,\n"
        "C3,C4,70,expressway,\nC2,C5,90,road,R194\nC4,C5,160,ferry,\n"
    ),
}


@dataclass(frozen=True)
class Source:
    """The files of a folder, by their path in it; `book` where all tables stand in one workbook."""

    name: str
    files: dict[str, bytes]
    book: bool = False
    keys: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> Source:
    """Return the files of a folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Source
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    return Source(folder.name, {str(path.relative_to(folder)): path.read_bytes() for path in files})


def make_full() -> dict[str, bytes]:
    """Return the files of a folder with every table, small roads of its own, and settings."""
    return {**{name: text.encode() for name, text in TABLES.items()}, "full.toml": FULL.encode()}


def all_sources() -> list[Source]:
    """List what is damaged where no folder is named: a region, own tables of all kinds, abroad, a workbook, magnets.

    Returns
    -------
    list of Source
    """
    book = {name: TABLES[name].encode() for name in ("sites.csv", "hubs.csv", "refineries.csv", "lanes.csv")}
    book["lanes.csv"] = b"\n".join(line for line in book["lanes.csv"].splitlines() if not line.startswith(b"O1"))
    titles = {b"_2040_t": b"_t", b"lat,lon": "緯度,経度".encode(), "在庫上限".encode(): b"stock_max_t"}
    for one, other in titles.items():
        book["sites.csv"] = book["sites.csv"].replace(one, other)
    shikoku = read_folder(shipped_data_folder() / "shikoku")
    few = shikoku.files["sites.csv"].splitlines(keepends=True)
    thinned = {**shikoku.files, "sites.csv": b"".join([few[0], *few[1::5]])}
    return [
        Source("full", make_full()),
        Source("shikoku", thinned),
        read_folder(EXAMPLES / "shikoku_planner"),
        read_folder(EXAMPLES / "germany_returns"),
        Source("workbook", book, book=True),
        read_folder(EXAMPLES / "japan_eu"),
    ]


def split_rows(data: bytes) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline="")))


def join_rows(rows: list[list[str]]) -> bytes:
    """Return rows as a CSV file; a cell may hold what no encoding has."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="surrogatepass")


def write_source(files: dict[str, bytes], *, book: bool, folder: Path) -> Path:
    """Write files into a folder and return what is to be read: the folder, or the one workbook made of its tables.

    Parameters
    ----------
    files : dict of str to bytes
    book : bool
        Whether CSV files become sheets, numbers as numbers.
    folder : Path
        Empty.

    Returns
    -------
    Path
    """
    if not book:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder
    from openpyxl import Workbook  # noqa: PLC0415 - for this kind alone
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    made = Workbook(write_only=True)
    for name, data in files.items():
        sheet = made.create_sheet(Path(name).stem[:31])
        for row in split_rows(data):
            sheet.append([_as_cell(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    path = folder / "list.xlsx"
    made.save(path)
    return path


def _as_cell(text: str) -> str | float | None:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return number if number - number == 0 else text


def list_keys(table: dict[str, object] | None = None, path: tuple[str, ...] = ()) -> list[str]:
    """List the dotted keys of all settings that ship.

    Parameters
    ----------
    table : dict, optional
        A section; all by default.
    path : tuple of str
        Where it stands.

    Returns
    -------
    list of str
    """
    if table is None:
        table = tomllib.loads((shipped_data_folder() / "japan.toml").read_text(encoding="utf-8"))
    keys = []
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            keys += list_keys(value, (*path, key))
        keys.append(".".join((*path, key)))
    return keys
