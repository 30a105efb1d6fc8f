"""Complete the rows of a planner's own list: numbers in one form, ids, prefectures, regions and positions."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.inputs.files.boundaries import name_regions
from hubspoke.inputs.own_list.cells import convert_cell
from hubspoke.inputs.own_list.words import say, say_findings
from hubspoke.inputs.tables.gazetteer import load_gazetteer
from hubspoke.inputs.tables.numbered import LETTERS
from hubspoke.inputs.tables.positions import fill_positions
from hubspoke.inputs.tables.schema import PRECISION, SCHEMAS
from hubspoke.inputs.tables.stated_places import tell_stated_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from hubspoke.inputs.files.headings import Headings
    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.words.language import Lang

NAMES = ("prefecture", "city", "address")


def convert_numbers(raw: RawTable, headings: Headings, tonnes: Sequence[str], lang: Lang) -> tuple[RawTable, list[str]]:
    """Return a table whose numbers are in the form and unit of its columns, and a line for each column changed."""
    numeric = {column.name for column in SCHEMAS[raw.table].columns if column.kind == "number"} | set(tonnes)
    columns, lines = dict(raw.columns), []
    for name in raw.columns:
        if name not in numeric:
            continue
        factor = raw.factors.get(name, 1.0)
        made = [convert_cell(cell, factor, headings.units.get(name, {})) for cell in raw.columns[name]]
        columns[name] = [cell.text for cell in made]
        changed = [row for row, cell in enumerate(made) if cell.changed]
        if changed:
            pair = {"before": raw.columns[name][changed[0]], "after": made[changed[0]].text}
            lines.append(say(lang, "converted", column=name, count=len(changed), **pair))
    return replace(raw, columns=columns, factors={}), lines


def give_ids(raw: RawTable, lang: Lang) -> tuple[RawTable, list[str]]:
    """Return a table in which every row has an id, those without one the next free `S001`, and a line on these."""
    ids = list(raw.columns.get("id", [""] * raw.length))
    blank = [row for row, key in enumerate(ids) if not key]
    if not blank:
        return raw, []
    letter, width = LETTERS.get(raw.table, "P"), max(3, len(str(raw.length)))
    taken = set(ids)
    number = 0
    for row in blank:
        number += 1
        while (key := f"{letter}{number:0{width}d}") in taken:
            number += 1
        ids[row] = key
    ends = {"first": ids[blank[0]], "last": ids[blank[-1]]}
    made = replace(raw, columns={"id": ids, **{name: cells for name, cells in raw.columns.items() if name != "id"}})
    return made, [say(lang, "ids", count=len(blank), **ends)]


def tell_apart(raws: Sequence[RawTable], lang: Lang) -> tuple[list[RawTable], list[str]]:
    """Return the tables with a letter before ids that are numbers and stand in several of them, and a line on that."""
    counts = Counter(key for raw in raws for key in set(raw.columns["id"]))
    if not any(count > 1 and key.isascii() and key.isdigit() for key, count in counts.items()):
        return list(raws), []
    made = []
    for raw in raws:
        ids = [LETTERS[raw.table] + key if key.isascii() and key.isdigit() else key for key in raw.columns["id"]]
        made.append(replace(raw, columns={**raw.columns, "id": ids}))
    return made, [say(lang, "lettered", first=made[0].columns["id"][0])]


def place_rows(raw: RawTable, outlines: gpd.GeoDataFrame, lang: Lang) -> tuple[RawTable, list[str]]:
    """Return a table with prefectures in one spelling, positions and regions, and the lines that say whence."""
    raw = fill_positions(raw)
    if PRECISION in raw.columns:
        placed = zip(raw.columns[PRECISION], _cells(raw, "lat"), strict=True)
        precision = [cell or ("given" if lat else "") for cell, lat in placed]
        raw = replace(raw, columns={**raw.columns, PRECISION: precision})
    told = say_findings(lang, tell_stated_places(raw))
    raw, lines = _spell_prefectures(raw, lang)
    raw, more = _fill_regions(raw, outlines, lang)
    return raw, [*told, *lines, *more, _tell_positions(raw, lang)]


def _cells(raw: RawTable, name: str) -> list[str]:
    return list(raw.columns.get(name, [""] * raw.length))


def _spell_prefectures(raw: RawTable, lang: Lang) -> tuple[RawTable, list[str]]:
    gazetteer = load_gazetteer()
    before = _cells(raw, "prefecture")
    rows = zip(*(_cells(raw, name) for name in NAMES), strict=True)
    places = [gazetteer.find_prefecture(*row) for row in rows]
    after = [cell if place is None else place.prefecture for cell, place in zip(before, places, strict=True)]
    changed = [row for row in range(raw.length) if before[row] != after[row]]
    if not changed:
        return raw, []
    first = changed[0]
    was = before[first] or next(cell for cell in (_cells(raw, "address")[first], _cells(raw, "city")[first]) if cell)
    line = say(lang, "prefecture", count=len(changed), before=was, after=after[first])
    return replace(raw, columns={**raw.columns, "prefecture": after}), [line]


def _fill_regions(raw: RawTable, outlines: gpd.GeoDataFrame, lang: Lang) -> tuple[RawTable, list[str]]:
    """Fill in regions: as stated, else that of the prefecture, else that in which the position lies."""
    known, gazetteer = name_regions(outlines), load_gazetteer()
    regions = [known.get(cell.lower(), cell) for cell in _cells(raw, "region")]
    count = Counter(stated=sum(map(bool, regions)), by_name=0, by_place=0, none=0)
    prefectures, lat, lon = (_cells(raw, name) for name in ("prefecture", "lat", "lon"))
    for row in range(raw.length):
        if regions[row]:
            continue
        place = gazetteer.find_prefecture(prefectures[row]) if prefectures[row] else None
        regions[row] = place.region if place is not None else _lies_in(outlines, lat[row], lon[row])
        count["none" if not regions[row] else "by_place" if place is None else "by_name"] += 1
    made = replace(raw, columns={**raw.columns, "region": regions})
    return made, [say(lang, "region", **count)]


def _lies_in(outlines: gpd.GeoDataFrame, lat: str, lon: str) -> str:
    """Return the region in whose outline a position lies, or an empty text."""
    import shapely  # noqa: PLC0415 - heavy

    try:
        spot = float(lon), float(lat)
    except ValueError:
        return ""
    if not all(map(math.isfinite, spot)):
        return ""
    regions = outlines[outlines["kind"] == "region"]
    inside = regions[shapely.intersects_xy(regions.geometry.to_numpy(), *spot)]
    return str(inside["id"].iloc[0]) if len(inside) else ""


def _tell_positions(raw: RawTable, lang: Lang) -> str:
    placed = [bool(lat and lon) for lat, lon in zip(_cells(raw, "lat"), _cells(raw, "lon"), strict=True)]
    kinds: Mapping[str, int] = Counter(
        (cell or "given") if here else "none" for cell, here in zip(_cells(raw, PRECISION), placed, strict=True)
    )
    return say(
        lang, "positions", **{kind: kinds.get(kind, 0) for kind in ("given", "municipality", "prefecture", "none")}
    )
