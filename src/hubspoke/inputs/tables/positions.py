"""Fill in the positions of places that are given by name alone, and say how precise they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.gazetteer import MUNICIPALITY, PREFECTURE, load_gazetteer
from hubspoke.inputs.tables.schema import PRECISION

if TYPE_CHECKING:
    from hubspoke.inputs.files.raw_table import RawTable

NAMES = ("prefecture", "city", "address")
AXES = ("lat", "lon")


def fill_positions(raw: RawTable) -> RawTable:
    """Return a table in which places without a position have that of their municipality or prefectural office.

    Parameters
    ----------
    raw : RawTable
        Sites or plants.

    Returns
    -------
    RawTable
        With `place_precision` where a position was filled in; the same object where none was. Rows whose names mean no
        place for sure stay empty, and those with only one of the two coordinates stay as they are.
    """
    if not any(name in raw.columns for name in NAMES):
        return raw
    empty = [""] * raw.length
    lat, lon = (list(raw.columns.get(axis, empty)) for axis in AXES)
    blank = [row for row in range(raw.length) if not lat[row] and not lon[row]]
    if not blank:
        return raw
    gazetteer = load_gazetteer()
    precision = list(raw.columns.get(PRECISION, empty))
    filled = False
    for row in blank:
        place = gazetteer.find(*(raw.columns.get(name, empty)[row] for name in NAMES))
        if place is not None:
            lat[row], lon[row], precision[row] = str(place.lat), str(place.lon), place.precision
            filled = True
    if not filled:
        return raw
    return replace(raw, columns={**raw.columns, "lat": lat, "lon": lon, PRECISION: precision})


def tell_imprecise(raw: RawTable) -> list[Finding]:
    """Return a warning that counts the places whose position is that of a municipality or prefectural office.

    Parameters
    ----------
    raw : RawTable

    Returns
    -------
    list of Finding
    """
    cells = [cell.lower() for cell in raw.columns.get(PRECISION, ())]
    municipal, prefectural = cells.count(MUNICIPALITY), cells.count(PREFECTURE)
    if not municipal and not prefectural:
        return []
    first = next(row for row, cell in enumerate(cells) if cell in (MUNICIPALITY, PREFECTURE))
    parts = [f"{municipal} of their municipality"] * (municipal > 0)
    parts += [f"{prefectural} of the prefectural office"] * (prefectural > 0)
    count = municipal + prefectural
    problem = f"{count} of {raw.length} places are not where they stand, but by name: {', '.join(parts)}"
    cure = "write lat and lon where distances matter"
    row = int(raw.rows[first])
    return [Finding(raw.file, row, PRECISION, problem, cure, fatal=False, kind="imprecise")]
