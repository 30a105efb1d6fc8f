"""Fill in the positions of places that are given by name alone, and say how precise they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.addresses import DISTRICT, load_addresses
from hubspoke.inputs.tables.gazetteer import MUNICIPALITY, PREFECTURE, load_gazetteer
from hubspoke.inputs.tables.schema import PRECISION

if TYPE_CHECKING:
    from hubspoke.inputs.files.raw_table import RawTable

NAMES = ("prefecture", "city", "address")
AXES = ("lat", "lon")
CURES = {
    "ready": "write lat and lon where distances matter",
    "no dictionary": "write lat and lon where distances matter, or give jageocoder its dictionary: download one from "
    "https://www.info-proto.com/static/jageocoder/latest/ and run jageocoder install-dictionary FILE",
    "not installed": "write lat and lon where distances matter, or let full addresses be looked up: "
    "pip install 'hubspoke[addresses]'",
}
"""What helps where full addresses are given, by what there is to look them up."""


def fill_positions(raw: RawTable) -> RawTable:
    """Return a table in which places without a position have that of their address, municipality or prefecture.

    Parameters
    ----------
    raw : RawTable
        Sites or plants.

    Returns
    -------
    RawTable
        With `place_precision` where a position was filled in, that of the full address where a dictionary of them is
        installed; the same object where none was. Rows whose names mean no
        place for sure stay empty, and those with only one of the two coordinates stay as they are.
    """
    if not any(name in raw.columns for name in NAMES):
        return raw
    empty = [""] * raw.length
    lat, lon = (list(raw.columns.get(axis, empty)) for axis in AXES)
    blank = [row for row in range(raw.length) if not lat[row] and not lon[row]]
    if not blank:
        return raw
    gazetteer, addresses = load_gazetteer(), load_addresses()
    precision = list(raw.columns.get(PRECISION, empty))
    filled = False
    for row in blank:
        names = [raw.columns.get(name, empty)[row] for name in NAMES]
        place = addresses.find(*names) or gazetteer.find(*names)
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
    district, municipal, prefectural = (cells.count(name) for name in (DISTRICT, MUNICIPALITY, PREFECTURE))
    if not district and not municipal and not prefectural:
        return []
    first = next(row for row, cell in enumerate(cells) if cell in (DISTRICT, MUNICIPALITY, PREFECTURE))
    parts = [f"{district} of their district"] * (district > 0)
    parts += [f"{municipal} of their municipality"] * (municipal > 0)
    parts += [f"{prefectural} of the prefectural office"] * (prefectural > 0)
    count = district + municipal + prefectural
    problem = f"{count} of {raw.length} places are not where they stand, but by name: {', '.join(parts)}"
    cure = "write lat and lon where distances matter"
    texts = raw.columns.get("address", [""] * len(cells))
    if any(text.strip() and cell in (MUNICIPALITY, PREFECTURE) for text, cell in zip(texts, cells, strict=True)):
        cure = CURES[load_addresses().state]
    row = int(raw.rows[first])
    return [Finding(raw.file, row, PRECISION, problem, cure, fatal=False, kind="imprecise")]
