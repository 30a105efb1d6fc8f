"""`hubspoke collaborate`: what companies or regions gain by working together, and how it divides."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import LEAST_SECONDS, Folder, Lang, get_console, with_console_options
from hubspoke.cli.plan_options import Asked, with_plan_options
from hubspoke.words.language import check_language


@with_console_options
@with_plan_options(without=("opened",))
def collaborate(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="operator|region",
            autocompletion=lambda: ["operator", "region"],
            help="Who is who: the column operator of sites and plants (where sites have any), or regions.",
        ),
    ] = None,
    member: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Takes part; all that have sites, if none. Repeatable.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder for members.csv and coalitions.csv, too.")
    ] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove for every coalition.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=LEAST_SECONDS, help="Seconds for everything.")] = None,
    asked: Asked,
    lang: Lang = "en",
) -> None:
    """Tell what companies or regions gain by working together: every coalition planned, and the cost of all divided.

    Example: `hubspoke collaborate --by region --policy shared-refinery -o collaboration`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    set_to = asked.settings
    with console.live("planning"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.analysis.decisions.collaboration.folder import (  # noqa: PLC0415
            describe_collaboration,
            write_collaboration,
        )
        from hubspoke.analysis.decisions.collaboration.words import tell_collaboration  # noqa: PLC0415

        found = hs.collaborate(
            hs.read(folder, changes=set_to),
            by=by,
            members=member or (),
            **asked.request,
            gap=gap,
            time_limit=time_limit,
        )
    if out is not None:
        write_collaboration(found, out)
    console.give(tell_collaboration(found, chosen), describe_collaboration(found))
    if out is not None:
        console.wrote(out)
