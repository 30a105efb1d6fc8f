"""`hubspoke greenfield`: where hubs would stand if they could stand anywhere."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.answer_files import TABLE, check_file, page_writer, write_answer
from hubspoke.cli.options import (
    Changes,
    Folder,
    Lang,
    Scenario,
    Supply,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.words.language import check_language


@with_console_options
def greenfield(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    places: Annotated[int, typer.Option(min=1, help="How many places in each region.")] = 1,
    across: Annotated[
        bool, typer.Option("--across", help="Let packs leave their region: so many places in all.")
    ] = False,
    region: Annotated[list[str] | None, typer.Option(metavar="NAME", help="This region only. Repeatable.")] = None,
    year: Annotated[int | None, typer.Option(help="Year whose packs are collected.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Places as .csv (rows of hubs.csv), .json or .html, too."),
    ] = None,
    technology: Annotated[
        str, typer.Option(metavar="NAME", help="What stands as technology in these rows.")
    ] = "roasting;mechanical",
    supply: Supply = None,
    scenario: Scenario = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Find the cities from which packs are collected at the least freight, and set them beside the candidates.

    Example: `hubspoke greenfield myplan --places 2 -o medians.csv`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_file(out)
    set_to = parse_changes(changes, supply, scenario)
    with console.live("comparing places"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.analysis.decisions.greenfield.words import (  # noqa: PLC0415
            tell_greenfield,
            tell_greenfield_parts,
        )

        network = hs.read(folder, changes=set_to)
        found = hs.greenfield(network, year=year, regions=region or (), places=places, across=across)
    told = {"year": found.year, "regions": found.regions.to_dict("records"), "places": found.places.to_dict("records")}
    if out is not None:
        page = page_writer("greenfield", tell_greenfield_parts(found, chosen), network.settings, chosen)
        write_answer(out, found.to_hubs(technology), told, page)
    console.give(tell_greenfield(found, chosen), told)
    if out is not None:
        console.wrote(out)
    if out is not None and out.suffix.lower() == TABLE:
        console.say("copy its rows into hubs.csv of their region")
