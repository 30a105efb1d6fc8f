"""`hubspoke compare`: saved plans side by side."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.options import Lang, Tiles, check_tiles, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def compare(
    ctx: typer.Context,
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="OUT OUT...",
            show_default=False,
            help="Run folders; the first is what the others are compared with.",
        ),
    ],
    *,
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
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_tiles(tiles)
    with console.live("comparing"):
        from hubspoke.analysis.comparison.folder import check_folder, describe  # noqa: PLC0415
        from hubspoke.analysis.comparison.read import choose_year, read_comparison  # noqa: PLC0415
        from hubspoke.analysis.comparison.years.compare import YearsComparison  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run  # noqa: PLC0415

        if out is not None:
            check_folder(out, runs)
        several = [is_years_run(run) for run in runs] if len(runs) > 1 else []
        compared = choose_year(runs) if any(several) and not all(several) else runs
        comparison = read_comparison(runs)
        if isinstance(comparison, YearsComparison):
            told = comparison.to_dict()
            if out is not None:
                comparison.save(out, lang=lang)
        else:
            told = describe(comparison)
            if out is not None:
                comparison.save(out, lang=lang, tiles=tiles)
    for run, one in zip(runs, compared, strict=True):
        if run != one:
            console.say(
                f"{run} is a plan of several years: its year {one.name} is compared ({one}), without capital of"
            )
            console.say("what is not used in that year")
    console.give(comparison.summary(chosen), told | ({} if out is None else {"folder": str(out)}))
    if out is not None:
        console.say(f"\nwrote {out}; open {out / 'compare.html'}")
