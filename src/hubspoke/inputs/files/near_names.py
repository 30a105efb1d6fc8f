"""Files and sheets whose names are nearly those of tables: which table they mean, and how that is told."""

from __future__ import annotations

import re
import unicodedata

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import find_nearest, list_words
from hubspoke.inputs.files.source import BOUNDARIES, TABLES

TABLE_LIKENESS = 0.8
"""High, since a folder may hold files that are no tables: `notes` and `lanes` have a likeness of 0.6."""
JOINED_LIKENESS = 0.85
DATA_SUFFIXES = frozenset(
    list_words(
        ".csv .tsv .txt .tab .dat .xlsx .xlsm .xls .xlsb .ods .numbers .json .geojson .shp .dbf .kml .kmz .gml "
        ".parquet .feather .gpkg .sqlite .zip .gz .bak .old .orig .tmp"
    )
)
"""Suffixes of files that may hold a table, whether they can be read or not."""
WORDS = {
    "sites": list_words(
        "解体業者 解体事業者 解体拠点 発生拠点 発生源 排出拠点 排出事業者 回収拠点 拠点 拠点一覧 拠点リスト 事業所 "
        "事業所一覧 解体業者一覧 解体事業者一覧 dismantlers"
    ),
    "hubs": list_words("ハブ ハブ候補 ハブ候補地 ハブ一覧 中間処理 中間処理拠点 中間処理施設 中間処理候補"),
    "refineries": list_words("精錬 精錬所 精錬候補 精錬拠点 製錬 製錬所 製錬候補 製錬拠点 精製 精製拠点 smelters"),
    "lanes": list_words("輸送路 輸送経路 区間 距離表 運賃表"),
    "sizes": list_words("規模 設備規模 能力一覧"),
    "existing": list_words("既存 既存施設 既設"),
}
"""Names of sheets and files, besides the tables' own, that are sure."""


INSTRUCTIONS = ("instructions", "記入方法")
"""Sheets of the template workbook that say how to fill it in; nobody needs to be told that they are not read."""
ONE = {"refinery": "refineries", "city": "cities", "boundary": BOUNDARIES}
"""Names of one row, where likeness does not tell."""


def table_of(name: str) -> str | None:
    """Return the table that the name of a sheet or file means, or None where that is not sure.

    Parameters
    ----------
    name : str
        Without the suffix of a file.

    Returns
    -------
    str or None

    Examples
    --------
    >>> table_of(" HUBS "), table_of("ハブ候補"), table_of("hub")
    ('hubs', 'hubs', None)
    """
    key = unicodedata.normalize("NFKC", name).strip().lower()
    if key in (*TABLES, BOUNDARIES):
        return key
    return next((table for table, words in WORDS.items() if key in words), None)


def near_table(name: str) -> str | None:
    """Return the table whose name a name resembles or holds as a word, or None.

    Examples
    --------
    >>> near_table("sizes (1)"), near_table("Copy of sites"), near_table("hub"), near_table("notes")
    ('sizes', 'sites', 'hubs', None)
    """
    key = unicodedata.normalize("NFKC", name).strip().lower()
    known = (*TABLES, BOUNDARIES)
    words = re.findall(r"[a-z]+", key)
    held = next((table for table in known if table in words), None)
    joined = re.sub(r"[^a-z]+", "", key)
    return (
        held
        or ONE.get(joined)
        or find_nearest(key, known, likeness=TABLE_LIKENESS)
        or find_nearest(joined, known, likeness=0.85)
    )


def find_misnamed(stem: str, suffix: str, name: str) -> list[Finding]:
    """Return a warning for a file that is not read but named nearly as a table, if it is one.

    Parameters
    ----------
    stem, suffix : str
        Name of the file, without and with the dot of its kind.
    name : str
        How findings call it.

    Returns
    -------
    list of Finding
    """
    near = near_table(stem)
    if near is None or suffix not in DATA_SUFFIXES:
        return []
    problem = "the file is not that of a table and is not read"
    ending = ".geojson" if near == BOUNDARIES else ".csv"
    cure = f"name it {near}{ending}, as text of that kind, if it is that table; else move it away"
    return [Finding(name, 0, "", problem, cure, fatal=False, kind="misnamed")]


def find_unread_sheet(sheet: str, name: str, *, what: str) -> Finding:
    """Return the warning for a sheet or layer that is not read, with the table that it may mean.

    Parameters
    ----------
    sheet : str
    name : str
        Name of the file in findings.
    what : {"sheet", "layer"}

    Returns
    -------
    Finding
    """
    near = near_table(sheet)
    problem = f"the {what} {sheet!r} is not that of a table and is not read"
    cure = "nothing, if it is only for your own use" if near is None else f"name it {near} if it is that table"
    return Finding(name, 0, "", problem, cure, fatal=False, kind="misnamed" if near else "unread-sheet")


def find_hidden_sheet(sheet: str, name: str) -> list[Finding]:
    """Return a warning for a hidden sheet that bears the name of a table.

    Parameters
    ----------
    sheet : str
    name : str
        Name of the file in findings.

    Returns
    -------
    list of Finding
        None or one.
    """
    if table_of(sheet) is None:
        return []
    cure = "show it if it is meant, else remove it"
    return [Finding(name, 0, "", f"the sheet {sheet!r} is hidden and not read", cure, fatal=False, kind="hidden-sheet")]
