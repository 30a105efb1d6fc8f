"""`hubspoke alternatives`: other sets of plants that cost nearly as little."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import check_file, page_writer, write_answer
from hubspoke.cli.options import LEAST_SECONDS, Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def alternatives(
    ctx: typer.Context,
    run: Run,
    *,
    within: Annotated[float, typer.Option(help="Most that a set may cost more, as a share.")] = 0.01,
    most: Annotated[
        int, typer.Option(help="Sets that are listed at most, and counted where regions hang together.")
    ] = 100,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Sets as .csv, .json or .html, too."),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=LEAST_SECONDS, help="Seconds.")] = 60.0,
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="DIR", help="Folder of the input, where it is no more where it was."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Count the sets of plants that cost little more than the best; tell the most different, and who is in all or none.

    Example: `hubspoke alternatives plan --within 0.005`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_file(out)
    with console.live("counting"):
        from hubspoke.analysis.decisions.alternatives.alternatives import find_alternatives_of  # noqa: PLC0415
        from hubspoke.analysis.decisions.alternatives.words import (  # noqa: PLC0415
            tell_alternatives,
            tell_alternatives_parts,
        )
        from hubspoke.analysis.explanation.explain import find_network  # noqa: PLC0415
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415

        plan = load_plan(run)
        network = find_network(run, plan, source)
        if network is None:
            raise UsageError(f"{run} was saved without its input; name it with --input DIR")
        found = find_alternatives_of(plan, network, within=within, most=most, time_limit=time_limit)
    told = {
        "within": found.within,
        "best_jpy": found.best_jpy,
        "number": found.number,
        "is_complete": found.is_complete,
        "sets": found.sets.to_dict("records"),
        "plants": found.plants.to_dict("records"),
    }
    parts = tell_alternatives_parts(found, chosen, listed=most)
    if out is not None:
        write_answer(out, found.sets, told, page_writer("alternatives", parts, plan.settings, chosen))
    console.give(tell_alternatives(found, chosen), told)
    if out is not None:
        console.wrote(out)
