"""`hubspoke solvers`: which solvers are installed."""

from __future__ import annotations

import typer  # noqa: TC002 - typer reads the types when it runs

from hubspoke.cli.options import (
    Json,
    Quiet,
    Verbose,
    start,
)


def solvers(ctx: typer.Context, *, as_json: Json = False, quiet: Quiet = False, verbose: Verbose = 0) -> None:
    """List the solvers and whether they can be used here.

    Example: `hubspoke solvers`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    from hubspoke.engine.milp.solver import available_solvers  # noqa: PLC0415

    known = available_solvers()
    lines = [f"{name:<8} {'available' if there else 'not installed'}" for name, there in known.items()]
    console.give("\n".join(lines), known)
