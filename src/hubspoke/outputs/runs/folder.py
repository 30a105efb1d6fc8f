"""Write a run folder: a plan as tables, workbook, GeoPackage, report, briefing and maps, whole or not at all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.json_text import write_json
from hubspoke.inputs.files.source import RUN_FILE
from hubspoke.outputs.briefing.page import write_briefing
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.derived import derive_tables
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.kept_input import keep_input
from hubspoke.outputs.runs.load import FINGERPRINT, fingerprint_files, fingerprint_text
from hubspoke.outputs.runs.machine import describe_machine
from hubspoke.outputs.runs.maps import draw_maps, list_region_maps
from hubspoke.outputs.runs.plan_json import plan_to_json
from hubspoke.outputs.runs.target import check_target, list_own
from hubspoke.plan.plan import TABLES
from hubspoke.plan.roads.loads import trace_roads
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hubspoke.plan.plan import PlanData


def write_run(
    plan: PlanData,
    folder: str | Path,
    *,
    lang: str = "en",
    maps: bool = True,
    tiles: str | None = None,
    command: Sequence[str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Path:
    """Write a run folder; one that is there is replaced in a single step.

    Parameters
    ----------
    plan : PlanData
    folder : str or Path
        A new or empty folder, or a run folder of hubspoke.
    lang : {"en", "ja"}
        Language of the workbook, the report and the maps.
    maps : bool
        Whether to draw the maps.
    tiles : str, optional
        A background of the maps that needs the network: `gsi`, `osm` or an address.
    command : sequence of str, optional
        The command line, for `run.json`.
    facts : mapping, optional
        Further facts about this run for `run.json`: `source` and `changes` state where the input was and which
        settings were changed; `seconds` are added to those of the plan.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    UsageError
        An unknown language or background, or a folder that holds something else or cannot be written.
    AuditError
        The tables of the plan contradict each other, so that its masses or its money do not add up.
    """
    check_language(lang)
    target = check_target(folder)
    with replaced_folder(target, own=list_own(target)) as made:
        fill_run(plan, made, lang=lang, maps=maps, tiles=tiles, command=command, facts=facts)
    return target


def fill_run(
    plan: PlanData,
    made: Path,
    *,
    lang: str = "en",
    maps: bool = True,
    tiles: str | None = None,
    command: Sequence[str] | None = None,
    facts: Mapping[str, Any] | None = None,
    regional_maps: bool = True,
) -> None:
    """Write everything of a run into an empty folder.

    Parameters
    ----------
    plan : PlanData
    made : Path
        The folder, which is there.
    lang, maps, tiles, command, facts
        As for `write_run`.
    regional_maps : bool
        Whether a map of each region is among the maps.

    Raises
    ------
    UsageError
        An unknown language or background.
    AuditError
        The tables of the plan contradict each other, so that its masses or its money do not add up.
    """
    spoken, start = check_language(lang), time.perf_counter()
    for name in TABLES:
        write_csv_table(getattr(plan, name), made / f"{name}.csv")
    roads = trace_roads(plan)
    derived = derive_tables(plan, road_loads=roads.table)
    for name, table in derived.items():
        write_csv_table(table, made / f"{name}.csv")
    keep_input(plan, made)
    write_page(stated := plan_to_json(plan, fingerprint_files(made)), made / RUN_FILE)
    after_tables = time.perf_counter()
    seconds = {"files": after_tables - start}
    write_workbook(plan, made / "plan.xlsx", lang=lang, derived=derived)
    catchments = draw_catchments(plan)
    write_geopackage(plan, made / "plan.gpkg", catchments=catchments, road_loads=roads.table)
    after_exports = time.perf_counter()
    seconds["exports"] = after_exports - after_tables
    region_maps = list_region_maps(plan) if maps and regional_maps else {}
    around: dict[str, Any] = {"maps": maps, "region_maps": region_maps, "briefing": True}
    report = write_report(plan, lang=spoken, actors=derived["actors"], **around)
    write_page(report, made / "report.html")
    links = ("map.html", "report.html") if maps else ("report.html",)
    briefing = write_briefing(plan, lang=spoken, roads=roads, links=links, command=command)
    write_page(briefing, made / "briefing.html")
    after_report = time.perf_counter()
    seconds["report"] = after_report - after_exports
    if maps:
        drawn = {"catchments": catchments, "roads": roads, "regional": regional_maps, "command": command}
        draw_maps(plan, made, lang=lang, tiles=tiles, **drawn)
        seconds["maps"] = time.perf_counter() - after_report
    run = {**describe_machine(), **plan.run, **dict(facts or {}), "command": list(command or ())}
    told = dict((facts or {}).get("seconds", {}))
    run[FINGERPRINT] = fingerprint_text(stated)
    run["seconds"] = {**told, **plan.run.get("seconds", {}), **seconds}
    (made / "run.json").write_text(write_json(dict(sorted(run.items()))), encoding="utf-8", newline="\n")


def write_page(text: str, file: Path) -> None:
    """Write a page of text as UTF-8 with LF line ends.

    Parameters
    ----------
    text : str
    file : Path
        Replaced where it is there.
    """
    file.write_text(text, encoding="utf-8", newline="\n")
