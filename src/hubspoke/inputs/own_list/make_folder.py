"""Make a planner's folder of a list that the planner has, whole or not at all."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.atomic_write import cannot_write, replaced_folder
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.files.load import load_outlines
from hubspoke.inputs.files.source import REGIONAL
from hubspoke.inputs.own_list.complete import convert_numbers, give_ids, place_rows, tell_apart
from hubspoke.inputs.own_list.read_list import OwnList, OwnTable, read_list
from hubspoke.inputs.own_list.words import say, say_findings
from hubspoke.inputs.starter import refuse_filled
from hubspoke.inputs.tables.numbered import make_ids
from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.inputs.tables.tonnes import accepted_columns
from hubspoke.inputs.tables.totals import leave_out_totals
from hubspoke.inputs.tables.values import find_states, translate_values
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

SETTINGS = "plan.toml"
README = "README.md"


@dataclass(frozen=True)
class Made:
    """A folder that was made, and the lines that say what was understood of the list."""

    folder: Path
    lines: tuple[str, ...]


def make_folder(folder: str | Path, paths: Sequence[Path], lang: Lang = "en") -> Made:
    """Write a planner's folder of the tables in a list.

    Parameters
    ----------
    folder : str or Path
        A folder that is empty or not there yet.
    paths : sequence of Path
        The files of the list.
    lang : {"en", "ja"}
        Language of the lines.

    Returns
    -------
    Made
        With the tables of the list, hubs and refineries that ship where the list has none, and settings that differ.

    Raises
    ------
    UsageError
        The folder holds anything or cannot be written, or a file is not there.
    InputError
        With everything for which the list cannot be taken over as a whole.
    """
    target = Path(folder).absolute()
    try:
        refuse_filled(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    own = read_list(paths)
    raws, lines = _understand(own, lang)
    shipped, more = _take_shipped(raws, lang)
    lines += more
    if own.settings.horizon != load_settings().horizon:
        lines.append(say(lang, "years", years=", ".join(map(str, own.settings.horizon.years))))
    with replaced_folder(target) as made:
        for raw in raws:
            _write(made / f"{raw.table}.csv", _as_rows(raw, own.settings))
        for table, rows in shipped.items():
            _write(made / f"{table}.csv", rows)
        (made / SETTINGS).write_text(_settings(own, paths[0].stem), encoding="utf-8")
        (made / README).write_text("\n".join([f"# {paths[0].stem}", "", *_as_code(lines)]), encoding="utf-8")
    return Made(target, tuple(lines))


def _understand(own: OwnList, lang: Lang) -> tuple[list[RawTable], list[str]]:
    """Return the tables completed, and the lines on them."""
    outlines = load_outlines(None, {}, [])
    done = [_complete(table, own.settings, outlines, lang) for table in own.tables]
    places = [raw for raw, _ in done if raw.table in REGIONAL]
    others = [raw for raw, _ in done if raw.table not in REGIONAL]
    lines = [*say_findings(lang, own.findings), *(line for _, told in done for line in told)]
    if others:  # lanes and sizes name places by the ids that the list gives them
        return [*places, *others], lines
    places, more = tell_apart(places, lang)
    return places, [*lines, *more]


def _complete(
    table: OwnTable, settings: Settings, outlines: gpd.GeoDataFrame, lang: Lang
) -> tuple[RawTable, list[str]]:
    raw, _ = find_states(table.raw, settings)
    table = replace(table, raw=raw)
    tonnes = [name for name in accepted_columns(settings) if raw.table == "sites"]
    lines = [say(lang, "table", file=raw.file, table=raw.table, row=raw.header_row)]
    lines += say_findings(lang, table.findings)
    lines += _tell_columns(table, lang)
    read = raw.length
    raw, more = convert_numbers(raw, table.headings, tonnes, lang)
    lines += more
    raw, findings = translate_values(raw, settings)
    lines += say_findings(lang, findings)
    if raw.table in REGIONAL:
        raw, findings = leave_out_totals(raw, tonnes or ("max_t", "existing_t"))
        lines += say_findings(lang, findings)
        raw, findings = make_ids(raw)
        lines += say_findings(lang, findings)
        raw, more = give_ids(raw, lang)
        lines += more
        raw, more = place_rows(raw, outlines, lang)
        lines += more
    lines.append(say(lang, "rows", read=read, left=read - raw.length, written=raw.length))
    return raw, lines


def _tell_columns(table: OwnTable, lang: Lang) -> list[str]:
    lines = []
    known = (*SCHEMAS[table.raw.table].dropped, *table.headings.names)
    for name, cells in table.raw.columns.items():
        title, filled = table.raw.titles[name], sum(map(bool, cells))
        if name in table.unclear:
            meaning = table.unclear[name]
            lines.append(say(lang, "no_factor", title=title, column=meaning.column, unit=meaning.unit))
        elif name in table.second:
            first = table.raw.titles[table.second[name]]
            lines.append(say(lang, "second", title=title, column=table.second[name], first=first))
        elif name in known:
            found, factor = table.headings.find(title), table.raw.factors.get(name, 1.0)
            told = say(lang, "unit", unit=found.unit, factor=factor) if found is not None and found.unit else ""
            lines.append(say(lang, "column", title=title, column=name, unit=told, count=filled))
        else:
            lines.append(say(lang, "kept", title=title))
    return lines


def _as_rows(raw: RawTable, settings: Settings) -> list[dict[str, str]]:
    """Return the rows of a table by title: the columns of its schema, then tonnes, then those kept as they are."""
    order = [*SCHEMAS[raw.table].names, *accepted_columns(settings)]
    columns = dict(raw.columns)
    if "source" in order and raw.table in REGIONAL and not any(columns.get("source", ())):
        columns["source"] = [f"{raw.file}, row {row}" for row in raw.rows]
    names = sorted(columns, key=lambda name: order.index(name) if name in order else len(order))
    return [{name: columns[name][row] for name in names} for row in range(raw.length)]


def _take_shipped(raws: Sequence[RawTable], lang: Lang) -> tuple[dict[str, list[dict[str, str]]], list[str]]:
    """Return the plants that ship for the regions of the sites, of the tables that the list lacks."""
    sites = next(raw for raw in raws if raw.table == "sites")
    regions = sorted(set(sites.columns["region"]) - {""})
    taken, lines = {}, []
    for table in ("hubs", "refineries"):
        if any(raw.table == table for raw in raws):
            continue
        found = {region: _read_shipped(region, table) for region in regions}
        rows = [{**row, "region": region} for region in regions for row in found[region]]
        if not rows:
            lines.append(say(lang, "no_shipped", table=table))
            continue
        taken[table] = rows
        where = ", ".join(region for region in regions if found[region])
        lines.append(say(lang, "shipped", table=table, count=len(rows), regions=where))
    return taken, lines


def _read_shipped(region: str, table: str) -> list[dict[str, str]]:
    known = {path.name: path for path in shipped_data_folder().iterdir() if path.is_dir()}
    if region not in known or not (known[region] / f"{table}.csv").is_file():
        return []
    with (known[region] / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as a CSV file that Excel opens with its Japanese signs whole."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _settings(own: OwnList, title: str) -> str:
    """Return the settings that differ from those that ship, and a line for each title whose unit is not clear."""
    lines = ["# What differs from the settings that ship; any of them may be set here.", f"title = {_quote(title)}"]
    horizon = own.settings.horizon
    if horizon != load_settings().horizon:
        lines += ["", "[horizon]", f"years = {list(horizon.years)}", f"year = {horizon.year}"]
    unclear = [(title, meaning.column) for table in own.tables for title, meaning in table.unclear.items()]
    if unclear:
        lines += [
            "",
            "# What one of them weighs is for you to say: take the sign away, and correct the number.",
            "# [columns]",
        ]
        lines += [f'# {_quote(name)} = {{ column = "{column}", kg_each = 250 }}' for name, column in unclear]
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    """Return a text as TOML writes it, which takes the strings of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _as_code(lines: Iterable[str]) -> list[str]:
    return [*(f"    {line}" for line in lines), ""]
