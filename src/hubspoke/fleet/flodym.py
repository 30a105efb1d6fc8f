"""The fleet as tables in the form of flodym, and national tonnes from such a table.

flodym (github.com/pik-piam/flodym) reads arrays from CSV files in long form: a column for each dimension, named as it
is, and one of values; and the items of a dimension from a file of one column without a head. Here the dimensions are
`Time`, `Cohort` (year of sale) and `Pack`, and values are tonnes a year.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.fleet.tonnes import FLEET, list_cohorts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hubspoke.settings.supply import Supply

TIME, COHORT, PACK, VALUE = "Time", "Cohort", "Pack", "value"
OUTFLOW, LOST = "outflow", "lost"
"""Tables: packs that come back, and those that leave in used cars or are lost otherwise."""


def write_flodym(supply: Supply, scenario: str, years: Sequence[int], folder: Path) -> list[Path]:
    """Write the packs of a scenario by year, year of sale and kind, for flodym's CSV readers.

    Parameters
    ----------
    supply : Supply
    scenario : str
        A key of `supply.scenarios`.
    years : sequence of int
    folder : Path
        Made if it is not there; files of the same names are replaced.

    Returns
    -------
    list of Path
        `outflow.csv`, `lost.csv`, and the dimensions `time.csv`, `cohort.csv`, `pack.csv`. Tables are complete: every
        combination has a row.
    """
    flows = {name: _sum(supply, scenario, years, left=name == LOST) for name in (OUTFLOW, LOST)}
    cohorts = sorted({cohort for sums in flows.values() for _, cohort, _ in sums})
    folder.mkdir(parents=True, exist_ok=True)
    items: dict[str, Iterable[int | str]] = {"time": years, "cohort": cohorts, "pack": FLEET}
    files = []
    for name, values in items.items():
        files.append(_write(folder / f"{name}.csv", [[value] for value in values]))
    for name, sums in flows.items():
        rows: list[list[object]] = [[TIME, COHORT, PACK, VALUE]]
        rows += [
            [year, cohort, pack, sums.get((year, cohort, pack), 0.0)]
            for year in years
            for cohort in cohorts
            for pack in FLEET
        ]
        files.append(_write(folder / f"{name}.csv", rows))
    return files


def read_flodym(file: Path) -> dict[str, dict[int, float]]:
    """Return national tonnes by kind of pack and year from a table in flodym's long form.

    Parameters
    ----------
    file : Path
        A CSV with columns `Time` (or `t`), `Pack` (or `p`) and one of values; further dimensions, such as cohorts or
        regions, are summed over.

    Returns
    -------
    dict of str to (dict of int to float)
        By `FLEET`; kinds that the table lacks have none.

    Raises
    ------
    UsageError
        No such file, a column that is missing, a kind that is not known, or a value that is no number of tonnes.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file} cannot be read ({error})") from error
    columns = list(rows[0]) if rows else []
    time, pack = (_find(columns, name, file) for name in (TIME, PACK))
    value = next((name for name in columns if name.lower() in {"value", "values"}), columns[-1] if columns else "")
    if value in {time, pack}:
        raise UsageError(f"{file} has no column of values; name it {VALUE!r}")
    sums: dict[str, dict[int, float]] = {}
    for number, row in enumerate(rows, start=2):
        kind = (row[pack] or "").strip().lower()
        if kind not in FLEET:
            raise UsageError(f"{file}, row {number}: there is no kind of pack {kind!r}{nearest_name(kind, FLEET)}")
        try:
            year, tonnes = int(float(row[time])), float(row[value])
        except (TypeError, ValueError) as error:
            raise UsageError(f"{file}, row {number}: {row[time]!r}, {row[value]!r} are no year and tonnes") from error
        if not 0 <= tonnes < float("inf"):
            raise UsageError(f"{file}, row {number}: {tonnes:g} are no tonnes")
        own = sums.setdefault(kind, {})
        own[year] = own.get(year, 0.0) + tonnes
    return {kind: dict(sorted(sums[kind].items())) for kind in FLEET if kind in sums}


def state_scenario(name: str, tonnes: dict[str, dict[int, float]], source: str) -> str:
    """Return an entry of `scenarios.toml` that plans with national tonnes.

    Parameters
    ----------
    name : str
        Of letters, digits, `-` and `_`.
    tonnes : dict of str to (dict of int to float)
        As `read_flodym` returns it.
    source : str
        Where they come from.

    Returns
    -------
    str
        TOML text.

    Raises
    ------
    UsageError
        Another name, which would need quotes.
    """
    if not name or not all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in name):
        raise UsageError(f"{name!r}: name the scenario with letters, digits, - and _")
    said = source.replace("\\", "/").replace('"', "'")
    lines = [f"[{name}]", f'name_en = "tonnes of {said}"', f'supply = "{name}"', "", f"[{name}.set]"]
    for kind, years in tonnes.items():
        told = ", ".join(f"{year} = {value!r}" for year, value in years.items())
        key = f"supply.scenarios.{name}.tonnes.{kind}"
        lines += [f'"{key}.by_year" = {{ {told} }}', f'"{key}.source" = "{said}"']
    return "\n".join([*lines, ""])


def _sum(supply: Supply, scenario: str, years: Iterable[int], *, left: bool) -> dict[tuple[int, int, str], float]:
    sums: defaultdict[tuple[int, int, str], float] = defaultdict(float)
    for year in years:
        for cohort, pack, tonnes in list_cohorts(supply, scenario, year, left=left):
            sums[year, cohort, pack] += tonnes
    return sums


def _find(columns: Sequence[str], name: str, file: Path) -> str:
    for column in columns:
        if column.strip().lower() in {name.lower(), name[0].lower()}:
            return column
    raise UsageError(f"{file} has no column {name!r}; it has {', '.join(columns) or 'no rows'}")


def _write(file: Path, rows: Iterable[Iterable[object]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return file
