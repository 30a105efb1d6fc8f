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

    Example: `hubspoke compare plan plan-shared -o comparison`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_tiles(tiles)
    with console.live("comparing"):
        from hubspoke.analysis.comparison.folder import check_folder, describe  # noqa: PLC0415
        from hubspoke.analysis.comparison.read import read_comparison  # noqa: PLC0415

        if out is not None:
            check_folder(out, runs)
        comparison = read_comparison(runs)
        if out is not None:
            comparison.save(out, lang=lang, tiles=tiles)
    console.give(comparison.summary(chosen), describe(comparison) | ({} if out is None else {"folder": str(out)}))
    if out is not None:
        console.say(f"\nwrote {out}; open {out / 'compare.html'}")
