"""Write a run folder of several years: its tables, a run folder for each year, map and report; whole or not at all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.json_text import write_json
from hubspoke.inputs.files.source import YEARS_FILE
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.years_workbook import write_years_workbook
from hubspoke.outputs.report.years.page import write_years_report
from hubspoke.outputs.runs.folder import fill_run, write_page
from hubspoke.outputs.runs.load import FINGERPRINT, fingerprint_text
from hubspoke.outputs.runs.machine import describe_machine
from hubspoke.outputs.runs.target import check_target, list_own
from hubspoke.outputs.runs.years_json import years_to_json
from hubspoke.outputs.runs.years_load import fingerprint_plans, fingerprint_year_tables
from hubspoke.outputs.runs.years_map import draw_years_plan
from hubspoke.plan.years import YEARS_TABLES
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hubspoke.plan.years import YearsData


def write_years(
    plan: YearsData,
    folder: str | Path,
    *,
    lang: str = "en",
    maps: bool = True,
    all_maps: bool = False,
    tiles: str | None = None,
    command: Sequence[str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Path:
    """Write a run folder of several years; a run folder that is there is replaced in a single step.

    Parameters
    ----------
    plan : YearsData
    folder : str or Path
        A new or empty folder, or a run folder of hubspoke.
    lang : {"en", "ja"}
        Language of workbooks, reports and maps.
    maps : bool
        Whether to draw the map with the slider, and one of each year that it leads to.
    all_maps : bool
        Whether to draw those of each region in each year, too.
    tiles : str, optional
        A background of the maps that needs the network: `gsi`, `osm` or an address.
    command : sequence of str, optional
        The command line, for `run.json`.
    facts : mapping, optional
        Further facts about this run, as for `write_run`.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    UsageError
        An unknown language or background, or a folder that holds something else or cannot be written.
    AuditError
        The tables of a year contradict each other.
    """
    spoken, target = check_language(lang), check_target(folder)
    start = time.perf_counter()
    with replaced_folder(target, own=list_own(target)) as made:
        given = dict(facts or {})
        of_years = {key: value for key, value in given.items() if key != "seconds"}
        for year, one in plan.plans.items():
            (made / str(year)).mkdir()
            fill_run(
                one,
                made / str(year),
                lang=lang,
                maps=maps,
                tiles=tiles,
                command=command,
                facts=of_years,
                regional_maps=all_maps,
            )
        after_years = time.perf_counter()
        for name in YEARS_TABLES:
            write_csv_table(getattr(plan, name), made / f"{name}.csv")
        stated = years_to_json(plan, fingerprint_year_tables(made), fingerprint_plans(made, plan.years))
        write_page(stated, made / YEARS_FILE)
        write_years_workbook(plan, made / "plan.xlsx", lang=lang)
        write_page(write_years_report(plan, lang=spoken, maps=maps), made / "report.html")
        if maps:
            draw_years_plan(plan, lang=lang, tiles=tiles, linked=True).save(str(made / "map.html"))
        seconds = {"folders of years": after_years - start, "files": time.perf_counter() - after_years}
        run = {**describe_machine(), **plan.run, **given, "command": list(command or ())}
        run[FINGERPRINT] = fingerprint_text(stated)
        run["seconds"] = {**dict(given.get("seconds", {})), **plan.run.get("seconds", {}), **seconds}
        write_page(write_json(dict(sorted(run.items()))), made / "run.json")
    return target
