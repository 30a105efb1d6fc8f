"""`hubspoke map`: draw the maps of a saved plan again."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import PAGE, check_file
from hubspoke.cli.options import Lang, Tiles, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def draw(
    ctx: typer.Context,
    runs: Annotated[
        list[Path], typer.Argument(metavar="OUT...", help="A run folder, or several of different years for one map.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Map to write, for several run folders.")
    ] = None,
    lang: Lang = "en",
    tiles: Tiles = None,
) -> None:
    """Draw the maps of a saved plan again, or one map with a slider through plans of several years.

    Example: `hubspoke map plan-2030 plan-2035 plan-2040 -o years.html`
    """
    console = get_console(ctx)
    check_language(lang)
    with console.live("drawing"):
        from hubspoke.outputs.runs.rewrite import draw_years_of, redraw_maps  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run  # noqa: PLC0415
        from hubspoke.outputs.runs.years_rewrite import redraw_years  # noqa: PLC0415

        check_file(out, (PAGE,))
        if (len(runs) > 1) != (out is not None):
            raise UsageError("name a file with -o for several run folders, and none for one, whose maps lie in it")
        redraw = redraw_years if is_years_run(runs[0]) else redraw_maps
        made = (
            redraw(runs[0], lang=lang, tiles=tiles)
            if out is None
            else [draw_years_of(runs, out, lang=lang, tiles=tiles)]
        )
        files = [str(file) for file in made]
    console.give_files(files, {"files": files})
