"""`hubspoke distances`: distances by road from a routing server."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.options import get_console, with_console_options


@with_console_options
def distances(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the input, without lanes of its own.")],
    *,
    osrm: Annotated[str, typer.Option("--osrm", metavar="URL", help="Address of an OSRM server.")],
) -> None:
    """Write lanes.csv with the distances of all pairs of places, as a routing server knows them.

    Example: `hubspoke distances myplan --osrm http://localhost:5000`
    """
    from hubspoke.inputs.routing import write_distances  # noqa: PLC0415

    file, count = write_distances(folder, osrm)
    console = get_console(ctx)
    console.give_files([file], {"file": str(file), "lanes": count})
    console.say(f"{count:,} distances; now: hubspoke check {folder}")
