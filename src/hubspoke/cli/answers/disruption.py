"""`hubspoke disruption`: what the loss of each plant does to a plan."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import DATA, TABLE, check_file, write_answer
from hubspoke.cli.options import LEAST_SECONDS, Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def disruption(
    ctx: typer.Context,
    run: Run,
    *,
    survive: Annotated[
        bool, typer.Option(help="Look for the cheapest plants that survive the loss of any one, too.")
    ] = True,
    loss_within: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Most that the network may cost more while any one of them is lost, such as 0.1 for ten percent of "
            "the least cost; anything, if none.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="The plants as .csv or all of it as .json, or a folder with a map, too.",
        ),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=LEAST_SECONDS, help="Seconds for everything.")] = 600.0,
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="DIR", help="Folder of the input, where it is no more where it was."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Close each plant of a plan in turn and plan anew: what that costs, which tonnes have no home, what would survive.

    Example: `hubspoke disruption plan -o losses --time-limit 300`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    if loss_within is not None and not survive:
        raise UsageError("--loss-within is a limit on plants that survive; leave --no-survive out")
    if out is not None and out.suffix:
        check_file(out, (TABLE, DATA))
    with console.live("planning again"):
        from hubspoke.analysis.decisions.disruption.disruption import find_disruption  # noqa: PLC0415
        from hubspoke.analysis.decisions.disruption.folder import (  # noqa: PLC0415
            describe_disruption,
            write_disruption,
        )
        from hubspoke.analysis.decisions.disruption.words import tell_disruption  # noqa: PLC0415
        from hubspoke.analysis.explanation.explain import find_network  # noqa: PLC0415
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415

        plan = load_plan(run)
        network = find_network(run, plan, source)
        if network is None:
            raise UsageError(f"{run} was saved without its input; name it with --input DIR")
        found = find_disruption(plan, network, survive=survive, loss_within=loss_within, time_limit=time_limit)
    told = describe_disruption(found)
    if out is not None and out.suffix:
        write_answer(out, found.plants, told)
    elif out is not None:
        write_disruption(found, plan, out, lang=chosen)
    console.give(tell_disruption(found, chosen), told)
    if out is not None:
        console.wrote(out, page=None if out.suffix else out / "disruption.html")
