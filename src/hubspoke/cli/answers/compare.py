"""`hubspoke compare`: saved plans side by side."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any

import typer

from hubspoke.base.errors import UsageError
from hubspoke.base.warn import gathered_warnings, warn_of_cases
from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import Changes, Lang, Tiles, check_tiles, get_console, parse_changes, with_console_options
from hubspoke.inputs.files.source import RUN_FILE, YEARS_FILE
from hubspoke.words.language import check_language

SAVED = (RUN_FILE, YEARS_FILE)
"""Files by which a saved plan is known."""


@with_console_options
def compare(
    ctx: typer.Context,
    runs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="OUT OUT...",
            show_default=False,
            help="Run folders; the first is what the others are compared with. With --scenario an input folder.",
        ),
    ] = None,
    *,
    scenarios: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="NAME",
            help="Plan an input folder as it is and under this scenario, and compare. Repeatable; `a,b` takes both.",
        ),
    ] = None,
    changes: Changes = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Folder to write: page, map, workbook and tables."),
    ] = None,
    lang: Lang = "en",
    tiles: Tiles = None,
) -> None:
    """Put plans side by side: what moved, what opened or closed, what it costs.

    Plans over several years are compared over the horizon, year by year and plant by plant; one of them with a plan of
    one year in that year.

    Example: `hubspoke compare plan plan-shared -o comparison`
    Example: `hubspoke compare myplan --scenario fast --scenario late -o comparison`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_tiles(tiles)
    folders = _check_folders(runs or [], scenarios or [], changes or [])
    notes: list[str] = []
    with console.live("planning" if scenarios else "comparing"):
        from hubspoke.analysis.comparison.folder import check_folder, describe  # noqa: PLC0415
        from hubspoke.analysis.comparison.years.compare import YearsComparison  # noqa: PLC0415

        if out is not None:
            check_folder_name(out)
            check_folder(out, folders)
        if scenarios:
            comparison = _plan_scenarios(folders, scenarios, parse_changes(changes))
        else:
            comparison, notes = _read_runs(folders)
        if isinstance(comparison, YearsComparison):
            told = comparison.to_dict()
            if out is not None:
                comparison.save(out, lang=lang)
        else:
            told = describe(comparison)
            if out is not None:
                comparison.save(out, lang=lang, tiles=tiles)
    for note in notes:
        console.say(note)
    console.give(comparison.summary(chosen), told | ({} if out is None else {"folder": str(out)}))
    if out is not None:
        console.wrote(out, page=out / "compare.html")


def _check_folders(folders: list[Path], scenarios: list[str], changes: list[str]) -> list[Path]:
    """Return the folders that were named: saved plans, or under `--scenario` at most one with input."""
    if changes and not scenarios:
        raise UsageError("--set changes what is planned: it goes with --scenario, saved plans are compared as they are")
    if scenarios and len(folders) > 1:
        raise UsageError("--scenario plans one input folder as it is and under each scenario; name one folder")
    twice = sorted({name for name in scenarios if scenarios.count(name) > 1})
    if twice:
        raise UsageError(f"--scenario {twice[0]} is given twice")
    saved = [folder for folder in folders if scenarios and any((folder / name).is_file() for name in SAVED)]
    if saved:
        raise UsageError(f"{saved[0]} is a saved plan; --scenario takes an input folder")
    return folders


def _read_runs(runs: list[Path]) -> tuple[Any, list[str]]:
    """Return saved plans side by side, and of which plans one year is compared, where others have but one."""
    from hubspoke.analysis.comparison.read import choose_year, read_comparison  # noqa: PLC0415
    from hubspoke.outputs.runs.years_load import is_years_run  # noqa: PLC0415

    several = [is_years_run(run) for run in runs] if len(runs) > 1 else []
    compared = choose_year(runs) if any(several) and not all(several) else runs
    notes = [
        f"{run} is a plan of several years: its year {one.name} is compared ({one}), without capital of what is not "
        "used in that year"
        for run, one in zip(runs, compared, strict=True)
        if run != one
    ]
    return read_comparison(runs), notes


def _plan_scenarios(folders: list[Path], scenarios: list[str], changes: dict[str, Any]) -> Any:
    """Plan the folder as it is and under each scenario, and put the plans side by side."""
    import hubspoke as hs  # noqa: PLC0415

    folder = folders[0] if folders else None
    cases = [changes, *({"scenario": name, **changes} for name in scenarios)]
    told: dict[str, list[str]] = {}
    networks = []
    for name, case in zip(("base", *scenarios), cases, strict=True):  # all are known before the first is planned
        with gathered_warnings() as told[name]:
            networks.append(hs.read(folder, changes=case))
    warn_of_cases(told)
    years = [network.settings.years.plan for network in networks]
    asked: list[dict[str, Any]] = [{"years": planned} if planned else {} for planned in years]
    plans = [hs.solve(one, **how) for one, how in zip(networks, asked, strict=True)]
    return hs.compare(*plans, names=("base", *scenarios))
