"""Change rows of the tables as the settings ask, in this one place, by the rules that cells of files are held to."""

from __future__ import annotations

import operator
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import nearest_name
from hubspoke.inputs.files.raw_table import RawTable
from hubspoke.inputs.tables.columns import conform
from hubspoke.inputs.tables.findings import FILE, ROW
from hubspoke.inputs.tables.schema import SCHEMAS, Column, Schema
from hubspoke.inputs.tables.tonnes import tonnage_columns
from hubspoke.settings.reading.scenarios import SCENARIOS
from hubspoke.settings.relative import LIKE_A_CHANGE, read_factor
from hubspoke.settings.technologies import SEPARATOR, split_technologies

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.changes.table_changes import TableChange

CHANGEABLE = ("sites", "hubs", "refineries", "ports", "overseas", "lanes", "sizes", "roads")
SUPPLY = "supply_t"
"""Stands for all tonnes of a site: where it filters, those of the planned year; where it is set, those of all years."""
COMPARISONS: dict[str, Callable[[Floats, float], Bools]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
COMPARISON = re.compile(r"(<=|>=|!=|<|>)\s*(.+)")
TECHNOLOGIES = ("technology", "existing_technology")


def change_tables(found: Survey) -> None:
    """Make the changes to rows of tables that the settings of a survey ask for, in place, one after the other.

    Parameters
    ----------
    found : Survey
        With typed tables and the tonnes that are planned; gets a finding for everything that is wrong with a change.
    """
    for change in found.settings.table_changes:
        found.findings += _Change(found, change).make()


class _Change:
    """One change to a table, and what is wrong with it."""

    def __init__(self, found: Survey, change: TableChange) -> None:
        self.found, self.change, self.settings = found, change, found.settings
        self.findings: list[Finding] = []
        self.place = f"{change.scenario}.rows" if change.scenario else "table_changes"

    def tell(self, problem: str, cure: str, *, fatal: bool = True) -> None:
        """Note a finding."""
        file = SCENARIOS if self.change.scenario else "settings"
        self.findings.append(Finding(file, 0, self.place, problem, cure, fatal=fatal, kind="table-change"))

    def make(self) -> list[Finding]:
        """Change the table, and return the findings; nothing is changed where one is fatal."""
        table = self.change.table
        if table not in CHANGEABLE:
            self.tell(f"there is no table {table!r} whose rows can be changed", nearest_name(table, CHANGEABLE)[2:])
            return self.findings
        frame = self.found.tables[table]
        mask = self.find_rows()
        if self.findings:
            return self.findings
        if not mask.any():
            problem = f"no row of {table} is {describe_where(self.change)}"
            self.tell(problem, "nothing, if there may be none; else correct the filter", fatal=False)
            return self.findings
        new = self._rename(frame, mask) if self.change.becomes else self._set(frame, mask)
        if not any(finding.fatal for finding in self.findings):
            self.found.tables[table] = new
        return self.findings

    def find_rows(self) -> NDArray[np.bool_]:
        """Return which rows of the table the change is about."""
        frame = self.found.tables[self.change.table]
        mask = np.ones(len(frame), dtype=bool)
        for name, wanted in self.change.where.items():
            if name == SUPPLY and self.change.table == "sites":
                columns = [f"{one}_{self.settings.horizon.year}_t" for one in self.settings.classes]
                cells: list[Any] = frame[columns].sum(axis=1).tolist()
            elif name in frame and name not in {FILE, ROW}:
                cells = frame[name].tolist()
            else:
                self._tell_unknown(name, [SUPPLY] if self.change.table == "sites" else [])
                continue
            mask &= self._matches(name, cells, wanted if isinstance(wanted, tuple) else (wanted,))
        return mask

    def _tell_unknown(self, name: str, more: list[str]) -> None:
        known = [str(column) for column in self.found.tables[self.change.table] if column not in {FILE, ROW}]
        self.tell(f"{self.change.table} have no column {name!r}", nearest_name(name, [*known, *more])[2:])

    def _matches(self, name: str, cells: list[Any], wanted: tuple[float | str, ...]) -> NDArray[np.bool_]:
        """Return which cells are one of the values wanted, or keep to a comparison."""
        texts = [self._texts_of(name, cell) for cell in cells]
        hit = np.zeros(len(cells), dtype=bool)
        for value in wanted:
            compared = COMPARISON.fullmatch(value.strip()) if isinstance(value, str) else None
            if compared is not None:
                hit |= self._compare(name, cells, texts, compared[1], compared[2].strip())
            elif isinstance(value, str):
                word = value.strip().casefold()
                same = np.array([any(fnmatchcase(text, word) for text in own) for own in texts], dtype=bool)
                known = sorted({text for own in texts for text in own if text})
                if not same.any() and known and "*" not in word:
                    self.tell(
                        f"no row of {self.change.table} has {name} {value!r}", nearest_name(word, known)[2:] or "-"
                    )
                hit |= same
            else:
                hit |= np.array([_as_number(cell) == float(value) for cell in cells], dtype=bool)
        return hit

    def _compare(self, name: str, cells: list[Any], texts: list[list[str]], sign: str, told: str) -> NDArray[np.bool_]:
        number = _as_number(told)
        if not np.isnan(number):
            numbers = np.array([_as_number(cell) for cell in cells])
            return np.asarray(COMPARISONS[sign](numbers, number) & ~np.isnan(numbers), dtype=bool)
        if sign != "!=":
            self.tell(f"{name} cannot be {sign} {told!r}", "compare with a number, such as '< 5'")
            return np.zeros(len(cells), dtype=bool)
        return np.array([told.casefold() not in own for own in texts], dtype=bool)

    def _texts_of(self, name: str, cell: Any) -> list[str]:
        """Return the texts by which a cell is found: of technologies each, and what it is a copy of."""
        if name not in TECHNOLOGIES:
            return [str(cell).strip().casefold()]
        known = {**self.settings.hub_technologies, **self.settings.takers}
        names = split_technologies(str(cell))
        return [text.casefold() for one in names for text in (one, getattr(known.get(one), "derived_from", "")) if text]

    def _rename(self, frame: pd.DataFrame, mask: NDArray[np.bool_]) -> pd.DataFrame:
        """Return the plants with the technologies that take the place of their own."""
        given = set(self.found.tables["sizes"]["plant_id"])
        sized = sorted(set(frame.loc[mask, "id"]) & given)
        if sized:
            problem = f"costs of {', '.join(sized)} are those of sizes, not of a technology"
            self.tell(problem, 'change rows of the table "sizes" for these plants, and leave them out here')
        becomes = self.change.becomes
        made = frame.copy()
        for column in TECHNOLOGIES:
            cells = [
                SEPARATOR.join(becomes.get(one, one) for one in split_technologies(cell)) if there else cell
                for cell, there in zip(frame[column].tolist(), mask.tolist(), strict=True)
            ]
            made[column] = _as_texts(cells)
        return made

    def _set(self, frame: pd.DataFrame, mask: NDArray[np.bool_]) -> pd.DataFrame:
        """Return the table with new cells in the rows that are masked."""
        schema = SCHEMAS[self.change.table]
        columns = {column.name: column for column in schema.columns}
        tonnes = list(tonnage_columns(self.settings)) if self.change.table == "sites" else []
        columns |= {name: Column(name, "number", required=True, default=0.0, rule="not_negative") for name in tonnes}
        made = frame.copy()
        for name, value in self.change.set.items():
            targets = tonnes if name == SUPPLY and tonnes else [name]
            if name == SUPPLY and tonnes and not _is_factor(value):
                self.tell(f"{SUPPLY} = {value!r} is no change of all tonnes", 'write "x0.5", "+20%" or "-10%"')
            elif any(target not in columns or columns[target].kind == "id" for target in targets):
                self._tell_unsettable(name, columns, tonnes)
            else:
                for target in targets:
                    self._set_column(made, mask, columns[target], value)
        return made

    def _tell_unsettable(self, name: str, columns: dict[str, Column], tonnes: list[str]) -> None:
        known = [key for key, column in columns.items() if column.kind != "id"] + ([SUPPLY] if tonnes else [])
        costs = "; costs of technologies (variable_cost, fixed_cost, capital_jpy, ...) are for hubs and refineries"
        told = f"{self.change.table} have no column {name!r} that can be set"
        self.tell(told, nearest_name(name, known)[2:] + (costs if name not in columns else ""))

    def _set_column(self, made: pd.DataFrame, mask: NDArray[np.bool_], column: Column, value: float | str) -> None:
        old = made.loc[mask, column.name].tolist()
        if column.kind == "number" and isinstance(value, str) and LIKE_A_CHANGE.fullmatch(value.strip()):
            factor = read_factor(value)
            if factor is None:
                self.tell(f"{column.name} = {value!r} is no change that can be read", "write x0.5, +20% or -10%")
                return
            with np.errstate(invalid="ignore"):
                cells = [repr(float(cell) * factor) if np.isfinite(cell) else "" for cell in old]
        else:
            text = repr(float(value)) if column.kind == "number" and not isinstance(value, str) else str(value)
            cells = [text] * len(old)
        places = made.loc[mask, [FILE, ROW]]
        file = f"{self.change.scenario or 'settings'}, {self.change.table}"
        raw = RawTable(self.change.table, file, "", {column.name: cells}, places[ROW].to_numpy(np.int64))
        typed, findings = conform(raw, Schema(self.change.table, (column,)))
        self.findings += findings
        new = made[column.name].tolist()
        for at, cell in zip(np.flatnonzero(mask).tolist(), typed[column.name], strict=True):
            new[at] = cell
        made[column.name] = np.array(new, np.float64) if column.kind == "number" else _as_texts(new)


def describe_where(change: TableChange) -> str:
    """Return in words which rows a change is about.

    Parameters
    ----------
    change : TableChange
    """
    told = [
        f"{name} {' or '.join(map(str, wanted)) if isinstance(wanted, tuple) else wanted}"
        for name, wanted in change.where.items()
    ]
    return ", ".join(told) or "any"


def _is_factor(value: float | str) -> bool:
    return isinstance(value, str) and read_factor(value) is not None


def _as_number(cell: Any) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _as_texts(cells: list[str]) -> Any:
    import pandas as pd  # noqa: PLC0415 - heavy

    return pd.Series(cells, dtype=str)
