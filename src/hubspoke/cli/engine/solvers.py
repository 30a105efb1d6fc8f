"""`hubspoke solvers`: which solvers are installed."""

from __future__ import annotations

import typer  # noqa: TC002 - typer reads the types when it runs

from hubspoke.cli.options import get_console, with_console_options


@with_console_options
def solvers(ctx: typer.Context) -> None:
    """List the solvers and whether they can be used here.

    Example: `hubspoke solvers`
    """
    console = get_console(ctx)
    from hubspoke.engine.milp.solver import available_solvers  # noqa: PLC0415

    known = available_solvers()
    lines = [f"{name:<8} {'available' if there else 'not installed'}" for name, there in known.items()]
    console.give("\n".join(lines), known)
