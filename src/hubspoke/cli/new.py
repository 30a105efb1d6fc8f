"""`hubspoke new`: a starter folder."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.options import get_console, with_console_options


@with_console_options
def new(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
) -> None:
    """Make a starter folder with the Japanese data, ready to edit.

    Example: `hubspoke new myplan`
    """
    console = get_console(ctx)
    from hubspoke.inputs.starter import write_starter  # noqa: PLC0415

    made = write_starter(folder)
    console.give(str(made), {"folder": str(made)})
    console.say(f"edit the tables, then: hubspoke check {folder}")
