"""`hubspoke supply`: tonnes that come back under every scenario."""

from __future__ import annotations

from typing import Annotated

import typer

from hubspoke.cli.options import Changes, Folder, get_console, parse_changes, with_console_options


@with_console_options
def supply(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    changes: Changes = None,
    year: Annotated[
        list[int] | None, typer.Option(help="Year to tell; those of the settings, if none. Repeatable.")
    ] = None,
) -> None:
    """List the tonnes of packs that come back in Japan by scenario and year, as `solve --supply` scales the sites.

    Example: `hubspoke supply --set supply.scenarios.mine.mean_life_yr=12 --set supply.scenarios.mine.life_shape=3.5`
    """
    console = get_console(ctx)
    from hubspoke.fleet.table import tabulate_supply, write_table  # noqa: PLC0415
    from hubspoke.inputs.settings import read_settings  # noqa: PLC0415

    settings = read_settings(folder, changes=parse_changes(changes))
    rows = tabulate_supply(settings, tuple(year or ()) or settings.horizon.years)
    console.give(write_table(rows), {"scenarios": rows})
