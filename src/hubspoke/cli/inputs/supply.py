"""`hubspoke supply`: tonnes that come back under every scenario."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.options import Changes, Folder, Lang, get_console, parse_changes, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def supply(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    changes: Changes = None,
    year: Annotated[
        list[int] | None, typer.Option(help="Year to tell; those of the settings, if none. Repeatable.")
    ] = None,
    flodym: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write packs by year, year of sale and kind into a folder, for flodym's CSV readers."
        ),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Read national tonnes by Time and Pack from a CSV of flodym, and give an entry for scenarios.toml.",
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of that scenario.")] = "mine",
    lang: Lang = "en",
) -> None:
    """List the tonnes of packs that come back in Japan by scenario and year, as `solve --supply` scales the sites.

    Example: `hubspoke supply --set supply.scenarios.mine.mean_life_yr=12 --set supply.scenarios.mine.life_shape=3.5`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    from hubspoke.fleet.flodym import read_flodym, state_scenario, write_flodym  # noqa: PLC0415
    from hubspoke.fleet.table import tabulate_supply, write_table  # noqa: PLC0415
    from hubspoke.inputs.settings import read_settings  # noqa: PLC0415

    if read is not None:
        tonnes = read_flodym(read)
        console.give(state_scenario(name, tonnes, read.name).rstrip("\n"), {"scenario": name, "tonnes": tonnes})
        return
    settings = read_settings(folder, changes=parse_changes(changes))
    if flodym is not None:
        years = sorted(set(year or ())) or list(settings.horizon.years)
        write_flodym(settings.supply, settings.supply.scenario, years, flodym)
    rows = tabulate_supply(settings, tuple(year or ()) or settings.horizon.years)
    console.give(write_table(rows, chosen), {"scenarios": rows})
    if flodym is not None:
        console.wrote(flodym)
