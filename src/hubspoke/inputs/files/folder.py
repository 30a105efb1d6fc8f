"""Find which file of a planner's folder holds which table, however the folder is laid out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.near_names import INSTRUCTIONS, find_hidden_sheet, find_misnamed, find_unread_sheet, table_of
from hubspoke.inputs.files.source import (
    BOOKS,
    BOUNDARIES,
    OWN_TITLES,
    PLACED,
    REGIONAL,
    SUFFIXES,
    TABLES,
    TEXTS,
    WRITTEN,
    Source,
)
from hubspoke.settings.reading.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Layout:
    """Tables, outlines and settings found in a folder, and the findings on how they are laid out."""

    sources: tuple[Source, ...]
    boundaries: Source | None
    settings: Path | None
    findings: tuple[Finding, ...]
    scenarios: Path | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the plan is called, in both languages, where the settings do not say it."""


def find_files(folder: Path) -> Layout:
    """List the tables, outlines and settings of a planner's folder.

    Parameters
    ----------
    folder : Path
        A folder with tables of its own or a subfolder of them for each region, or a workbook or GeoPackage.

    Returns
    -------
    Layout
        With findings for what is missing, stands twice or seems to be misnamed.
    """
    if folder.is_file() and folder.suffix.lower() in (".gpkg", *BOOKS):
        found, findings = _sources_in(folder, folder.parent, folder.stem, in_subfolder=False)
        return _lay_out(found, findings, [], folder)
    if not folder.is_dir():
        problem = "is no folder, workbook or GeoPackage" if folder.exists() else "there is no such folder"
        cure = "name a folder with sites, hubs and refineries; `hubspoke new DIR` makes one"
        return Layout((), None, None, (Finding(str(folder), 0, "", problem, cure, kind="no-folder"),))
    sources, findings = _sources_of_folder(folder, folder, in_subfolder=False)
    own: list[str] = []
    for child in _visible(folder):
        if child.is_dir() and (what := _name_written(child)):
            own.append(f"{child.name} ({what})")
        elif child.is_dir():
            more, remarks = _sources_of_folder(child, folder, in_subfolder=True)
            sources += more
            findings += remarks if more else []
    if own:
        problem = f"folders that the program wrote are not read: {', '.join(own)}"
        findings.append(Finding(folder.name or str(folder), 0, "", problem, "nothing", fatal=False, kind="own-folder"))
    return _lay_out(sources, findings, [path for path in _visible(folder) if path.suffix.lower() == ".toml"], folder)


def _lay_out(sources: list[Source], findings: list[Finding], written: list[Path], folder: Path) -> Layout:
    settings = [path for path in written if path.name.lower() != SCENARIOS]
    scenarios = next((path for path in written if path.name.lower() == SCENARIOS), None)
    tables = tuple(source for source in sources if source.table != BOUNDARIES)
    outlines = [source for source in sources if source.table == BOUNDARIES]
    findings = [*findings, *(doubles := _find_doubles(tables)), *_find_doubles(outlines), *_find_mixed_forms(tables)]
    tables = tuple(source for source in tables if source.name not in {double.file for double in doubles})
    if len(settings) > 1:
        names = ", ".join(path.name for path in settings)
        cure = "keep one and move the others out of the folder"
        findings.append(Finding(settings[1].name, 0, "", f"several settings files: {names}", cure, kind="two-settings"))
    if not any(source.table in REGIONAL for source in tables):
        problem = "holds none of the tables sites, hubs, refineries"
        cure = "put sites.csv, hubs.csv and refineries.csv there, or a folder of them for each region"
        if folder.is_file():
            cure = f"name its sheets sites, hubs and refineries, or try: hubspoke new DIR --from {folder.name}"
        findings.append(Finding(folder.name or str(folder), 0, "", problem, cure, kind="missing-file"))
    else:
        for table in REGIONAL:
            if not any(source.table == table for source in tables):
                problem, cure = f"the table {table} is missing", f"add {table}.csv"
                cure = f"add a sheet {table}" if folder.is_file() else cure
                findings.append(Finding(f"{table}.csv", 0, "", problem, cure, kind="missing-file"))
    return Layout(
        tables,
        outlines[0] if outlines else None,
        settings[0] if settings else None,
        tuple(findings),
        scenarios,
        {"title": folder.stem, "title_ja": folder.stem} if folder.is_file() else OWN_TITLES,
    )


def _name_written(folder: Path) -> str:
    """Return what a folder is that the program wrote; empty for any other."""
    return next((what for mark, what in WRITTEN.items() if (folder / mark).is_file()), "")


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))


def _sources_of_folder(folder: Path, root: Path, *, in_subfolder: bool) -> tuple[list[Source], list[Finding]]:
    sources: list[Source] = []
    findings: list[Finding] = []
    region = folder.resolve().name
    for path in _visible(folder):
        if not path.is_file():
            continue
        name, suffix = path.relative_to(root).as_posix(), path.suffix.lower()
        if path.stem.lower() == BOUNDARIES and suffix in (".geojson", ".json"):
            sources.append(Source(BOUNDARIES, path, name))
        elif suffix in SUFFIXES:
            found, remarks = _sources_in(path, root, region, in_subfolder=in_subfolder)
            sources += found
            findings += remarks
        else:
            findings += find_misnamed(path.stem, suffix, name)
    return sources, findings


def _sources_in(path: Path, root: Path, region: str, *, in_subfolder: bool) -> tuple[list[Source], list[Finding]]:
    from hubspoke.inputs.files import raw_table  # noqa: PLC0415 - pandas loads only when a folder is read

    name, suffix, table = path.relative_to(root).as_posix(), path.suffix.lower(), table_of(path.stem)
    if suffix in (*TEXTS, ".parquet"):
        if table in TABLES:
            return [Source(table, path, name, "", region, in_subfolder)], []
        return [], find_misnamed(path.stem, suffix, name)
    layers, hidden, findings = raw_table.list_layers(path, name)
    findings += [finding for sheet in hidden for finding in find_hidden_sheet(sheet, name)]
    if table in TABLES and layers and not any(table_of(layer) == table for layer in layers):
        chosen = Source(table, path, name, layers[0], region, in_subfolder)
        return [chosen if suffix == ".gpkg" else replace(chosen, sheets=tuple(layers))], findings
    found = []
    unread = []
    what = "layer" if suffix == ".gpkg" else "sheet"
    for layer in layers:
        if (key := table_of(layer)) is not None:
            shown = name if table == key else f"{name}, {what} {layer}"
            found.append(Source(key, path, shown, layer, region, in_subfolder))
        elif layer not in INSTRUCTIONS:
            unread.append(find_unread_sheet(layer, name, what=what))
    if not found:  # a book of something else
        return [], [*findings, *(finding for finding in unread if finding.kind == "misnamed")]
    return found, [*findings, *unread]


def _find_doubles(sources: Iterable[Source]) -> list[Finding]:
    seen: dict[tuple[str, Path], Source] = {}
    findings = []
    for source in sources:
        key = (source.table, Path() if source.table == BOUNDARIES else _home(source))
        if key in seen:
            problem = f"the table {source.table} stands in {seen[key].name} too"
            findings.append(Finding(source.name, 0, "", problem, "keep one of the two files", kind="two-files"))
        seen.setdefault(key, source)
    return findings


def _find_mixed_forms(sources: Iterable[Source]) -> list[Finding]:
    findings = []
    for table in TABLES:
        here = [source for source in sources if source.table == table]
        if table in PLACED and len({source.in_subfolder for source in here}) > 1:
            flat = next(source for source in here if not source.in_subfolder)
            below = ", ".join(source.name for source in here if source.in_subfolder)
            problem = f"the table {table} stands in the folder itself and in subfolders: {below}"
            cure = "keep one flat table with a region column, or one table in each region's folder"
            findings.append(Finding(flat.name, 0, "", problem, cure, kind="mixed-forms"))
    return findings


def _home(source: Source) -> Path:
    return source.path.parent
