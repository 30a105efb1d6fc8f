"""What a scenario changes: settings and cells of tables, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.inputs.network import FRAMES
from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

KEYS = {"lanes": ["from_id", "to_id"], "sizes": ["plant_id", "capacity_t"], "roads": ["from_code", "to_code"]}
"""Columns by which rows are known, where these are not `id`."""
UNTOLD = ("scenario", "title", "title_ja", "table_changes")
"""Settings that name a scenario, or say again what the tables show."""
SHOWN = 5
"""Rows that are listed of one column."""
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "same": "nothing changes",
        "rows": "{n:,} rows",
        "row": "1 row",
        "total": "total",
        "gone": "{n:,} rows less",
        "come": "{n:,} rows more",
        "none": "none",
    },
    "ja": {
        "same": "変更なし",
        "rows": "{n:,}行",
        "row": "1行",
        "total": "合計",
        "gone": "{n:,}行減",
        "come": "{n:,}行増",
        "none": "なし",
    },
}


@dataclass(frozen=True)
class Cell:
    """A cell of a table, or a setting, before and after."""

    table: str
    row: str
    column: str
    before: Any
    after: Any


def list_differences(before: Network, after: Network) -> list[Cell]:
    """Return every setting and cell in which two networks of the same tables differ.

    Parameters
    ----------
    before, after : Network

    Returns
    -------
    list of Cell
        Settings first, with an empty `table` and the dotted key as `column`; rows that one of the networks lacks have
        no column.
    """
    found = list(diff_settings(before.settings, after.settings))
    for name, file in FRAMES.items():
        found += _diff_table(file, getattr(before, name), getattr(after, name))
    return found


def diff_settings(before: Settings, after: Settings) -> Iterator[Cell]:
    """Yield every setting that differs, by its dotted key; of a quantity its value.

    Parameters
    ----------
    before, after : Settings
    """
    yield from _diff(before.model_dump(mode="json"), after.model_dump(mode="json"), "")


def _diff(before: Mapping[str, Any], after: Mapping[str, Any], above: str) -> Iterator[Cell]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new or (not above and key in UNTOLD):
            continue
        if is_quantity_table(old) or is_quantity_table(new):
            pair: tuple[Any, Any] = (old, new)
            values = [one["value"] if is_quantity_table(one) else one for one in pair]
            if values[0] != values[1]:
                yield Cell("", "", f"{above}{key}", *values)
        elif old is None and isinstance(new, dict) and new.get("derived_from"):
            copied = before[new["derived_from"]]
            same = {name: copied.get(name) for name in ("name_en", "name_ja", "derived_from")}
            yield from _diff(copied, {**new, **same}, f"{above}{key}.")
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from _diff(old, new, f"{above}{key}.")
        else:
            yield Cell("", "", f"{above}{key}", old, new)


def _diff_table(table: str, before: pd.DataFrame, after: pd.DataFrame) -> list[Cell]:
    keys = KEYS.get(table, ["city_code"] if table == "cities" else ["id"])
    rows: list[dict[str, Any]] = []
    for frame in (before, after):
        names = [" - ".join(map(str, one)) for one in zip(*(frame[key].tolist() for key in keys), strict=True)]
        rows.append(dict(zip(names, frame.to_dict("records"), strict=True)))
    old, new = rows
    found = [Cell(table, name, "", "", None) for name in old if name not in new]
    found += [Cell(table, name, "", None, "") for name in new if name not in old]
    for name in old:
        for column, value in old[name].items() if name in new else ():
            other = new[name].get(column)
            if value != other and not (value != value and other != other):  # noqa: PLR0124 - NaN differs from itself
                found.append(Cell(table, name, str(column), value, other))
    return found


def describe_differences(found: list[Cell], lang: Lang) -> list[str]:
    """Return lines of text on what differs: settings one by one, tables column by column.

    Parameters
    ----------
    found : list of Cell
        As `list_differences` returns them.
    lang : {"en", "ja"}
    """
    words = WORDS[lang]
    if not found:
        return [words["same"]]
    lines = [
        f"{cell.column}: {_show(cell.before, lang)} -> {_show(cell.after, lang)}" for cell in found if not cell.table
    ]
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in found:
        if cell.table:
            side = "" if cell.column else ("gone" if cell.after is None else "come")
            groups.setdefault((cell.table, cell.column or side), []).append(cell)
    for (table, column), cells in groups.items():
        if column in {"gone", "come"}:
            lines.append(f"{table}: {words[column].format(n=len(cells))} ({_names(cells)})")
            continue
        many = words["row"] if len(cells) == 1 else words["rows"].format(n=len(cells))
        total = _tell_total(cells, words["total"], lang)
        lines.append(f"{table}.{column}: {many}{total}")
        if total and len(cells) > SHOWN:
            continue
        pairs = {(_show(cell.before, lang), _show(cell.after, lang)) for cell in cells}
        if len(pairs) == 1 and len(cells) > 1:
            old, new = next(iter(pairs))
            lines.append(f"  {old} -> {new} ({_names(cells)})")
            continue
        told = ((cell.row, _show(cell.before, lang), _show(cell.after, lang)) for cell in cells[:SHOWN])
        lines += [f"  {row}: {old} -> {new}" for row, old, new in told]
        if len(cells) > SHOWN:
            lines.append("  ...")
    return lines


def _tell_total(cells: list[Cell], word: str, lang: Lang) -> str:
    """Return the totals of a column of tonnes before and after."""
    if not all(cell.column.endswith("_t") and isinstance(cell.before, float) for cell in cells):
        return ""
    old, new = (float(np.sum([getattr(cell, end) for cell in cells])) for end in ("before", "after"))
    return f", {word} {_show(old, lang)} -> {_show(new, lang)}" if np.isfinite(old + new) else ""


def _names(cells: list[Cell]) -> str:
    return ", ".join(cell.row for cell in cells[:SHOWN]) + (", ..." if len(cells) > SHOWN else "")


def _show(value: Any, lang: Lang) -> str:
    if value is None or value in ("", [], ()):
        return WORDS[lang]["none"]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:,.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_show(inner, lang)}" for key, inner in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
