"""`hubspoke market`: metals against the cost of recycling, and who earns what."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.options import Changes, Lang, get_console, parse_changes, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def market(
    ctx: typer.Context,
    run: Annotated[
        Path | None,
        typer.Argument(metavar="OUT", show_default=False, help="A run folder; the published totals of 2040, if none."),
    ] = None,
    *,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["peak", "current", "lowest"],
            help="One price level, such as peak; all of them, if none.",
        ),
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["all", "purchase", "tolling", "integrated", "joint-collection"],
            help="Who earns what: all, or purchase, tolling, integrated, joint-collection or a contract of your own.",
        ),
    ] = None,
    each_site: Annotated[bool, typer.Option("--each-site", help="Tell every dismantling site, not regions.")] = False,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Value metals against the cost of recycling, and tell what every actor of a plan earns.

    Without OUT: the published totals of 2040, from the stated formula. With OUT: the metals of a plan; other prices and
    contracts may be set without solving again.

    Example: `hubspoke market plan --scheme purchase --set price_levels.current.usd_per_t.nickel=20000`
    """
    console = get_console(ctx)
    chosen, set_to = check_language(lang), parse_changes(changes)
    if run is None and scheme is not None:
        raise UsageError("--scheme needs a plan: name a run folder that `hubspoke solve` wrote")
    with console.live("counting"):
        from hubspoke.money.text import market_answer  # noqa: PLC0415
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415

        plan = None if run is None else load_plan(run)
        text, data = market_answer(plan, level=level, scheme=scheme, each_site=each_site, changes=set_to, lang=chosen)
    console.give(text, data)
