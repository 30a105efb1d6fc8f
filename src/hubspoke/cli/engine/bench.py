"""`hubspoke bench`: the engine on public instances."""

from __future__ import annotations

import logging
from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any

import typer

from hubspoke.cli.console import INTERRUPTED
from hubspoke.cli.options import LEAST_SECONDS, get_console, with_console_options


@with_console_options
def bench(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Public instances, as published.")],
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Format of the files; told from the content, if none."),
    ] = None,
    gap: Annotated[float, typer.Option(min=0.0, help="Relative gap to prove.")] = 1e-6,
    time_limit: Annotated[float | None, typer.Option(min=LEAST_SECONDS, help="Seconds for each instance.")] = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="auto, or a solver of `hubspoke solvers`.")] = "auto",
) -> None:
    """Solve public facility-location instances with the engine, to check it against known optima.

    Formats told from the content: orlib-cap, tbed1, holmberg (also Yang), diaz, two-stage, p-median, p-median-cap,
    ufl-simple, orlib-uncap (capacities of 0), incremental (several periods), rice (several periods: a folder with
    centres.csv, plants.csv and params.json), program (MPS or LP, packed or not, of one echelon). By name only:
    orlib-cap-single, tbed1-single (whole customers), holmberg-split, diaz-split (divided ones), orlib-uncap (any
    capacities ignored). A file that is none, or may be several, does not stop the others (exit 3).

    Example: `hubspoke bench cap41.txt p1 --time-limit 60`
    """
    console = get_console(ctx)
    from dataclasses import asdict  # noqa: PLC0415

    from hubspoke.instances.bench import describe_result, describe_result_head, exit_code, run_bench  # noqa: PLC0415
    from hubspoke.instances.warm_up import load_loops  # noqa: PLC0415

    results: list[Any] = []
    code = None
    if solver == "auto":
        with console.live("loading the engine (compiled once on every machine, in under a minute)"):
            load_loops()
    try:
        for result in run_bench(files, form=form, gap=gap, time_limit=time_limit, solver=solver):
            if not console.as_json:
                line = describe_result(result, console.lang)
                console.give(line if results else f"{describe_result_head(console.lang)}\n{line}", None)
            if result.why is not None and form is None:
                console.say(f"{result.instance}: read as {result.format}, {result.why}")
            if result.problem is not None:
                logging.getLogger("hubspoke").error(result.problem)
            results.append(result)
    except KeyboardInterrupt:
        console.say(f"stopped; {len(results)} solved before")
        code = INTERRUPTED
    if console.as_json:
        console.give("", [asdict(result) for result in results])
    raise typer.Exit(exit_code(results) if code is None else code)
