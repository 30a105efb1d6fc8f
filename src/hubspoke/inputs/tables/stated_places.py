"""Tell of places whose names contradict each other, mean no place that is known, or are known only in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.findings import show
from hubspoke.inputs.tables.gazetteer import PREFECTURE, load_gazetteer
from hubspoke.inputs.tables.positions import AXES, NAMES
from hubspoke.inputs.tables.schema import PRECISION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.inputs.files.raw_table import RawTable

MOST_NAMED = 5


def tell_stated_places(raw: RawTable) -> list[Finding]:
    """Return warnings on names of places that contradict each other, and on municipalities that are not known.

    Parameters
    ----------
    raw : RawTable
        Sites or plants, with the positions that were found by name.

    Returns
    -------
    list of Finding
        One for each contradiction, and one for all municipalities.
    """
    gazetteer, findings, missed = load_gazetteer(), [], []
    precision = raw.columns.get(PRECISION, [""] * raw.length)
    for row, (prefecture, city, address) in enumerate(_list_names(raw)):
        if gazetteer.find_other_prefecture(prefecture, city, address) is not None:
            place = city if gazetteer.find_other_prefecture(prefecture, "", address) is None else address
            problem = f"the prefecture {show(prefecture)} is not that of {show(place)}; the prefecture counts"
            line, cure = int(raw.rows[row]), "correct one of the two"
            findings.append(Finding(raw.file, line, "prefecture", problem, cure, fatal=False, kind="other-prefecture"))
        elif precision[row].lower() == PREFECTURE and gazetteer.misses_municipality(prefecture, city, address):
            missed.append(row)
    return [*findings, *_tell_missed(raw, missed)]


def explain_blanks(raw: RawTable, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in which empty positions and regions of named places say that the name was not understood.

    Parameters
    ----------
    raw : RawTable
        Sites or plants, with the positions that were found by name.
    findings : iterable of Finding

    Returns
    -------
    list of Finding
        In the same order.
    """
    empty = [""] * raw.length
    lat, lon = (raw.columns.get(axis, empty) for axis in AXES)
    unplaced = {
        int(raw.rows[row]): " ".join(filter(None, names))
        for row, names in enumerate(_list_names(raw))
        if any(names) and not lat[row] and not lon[row]
    }
    made = []
    for finding in findings:
        text = unplaced.get(finding.row) if finding.kind == "blank" and finding.column in (*AXES, "region") else None
        if text is None or finding.file != raw.file:
            made.append(finding)
            continue
        problem = f"the cell is empty, and {show(text)} is no place that is known"
        cure = "correct the address, or write its prefecture; or write lat, lon and region"
        made.append(Finding(finding.file, finding.row, finding.column, problem, cure, kind="blank"))
    return made


def _list_names(raw: RawTable) -> list[tuple[str, ...]]:
    return list(zip(*(raw.columns.get(name, [""] * raw.length) for name in NAMES), strict=True))


def _tell_missed(raw: RawTable, rows: list[int]) -> list[Finding]:
    if not rows:
        return []
    ids, names = raw.columns.get("id", [""] * raw.length), _list_names(raw)
    named = ", ".join(f"{ids[row]} {show(names[row][1] or names[row][2])}" for row in rows[:MOST_NAMED])
    count = len(rows)
    problem = f"{count} places stand at the prefectural office, as their municipality is not known, first {named}"
    cure = "write lat and lon, or the name of today where it has changed; only the larger cities are known by name"
    line = int(raw.rows[rows[0]])
    return [Finding(raw.file, line, PRECISION, problem, cure, fatal=False, kind="unknown-municipality")]
