"""`hubspoke metals`: where the metals of a plan go, the demand they meet, duties, and CO2 beside ores."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.options import Changes, Lang, Run, get_console, parse_changes, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def metals(
    ctx: typer.Context,
    run: Run,
    *,
    by_site: Annotated[
        bool, typer.Option("--by-site", help="With --json: a row of the ledger for every site.")
    ] = False,
    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory",
            metavar="FILE",
            help="Write a life-cycle inventory as .csv or .xlsx, in the form of Brightway's importers.",
        ),
    ] = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Tell where the metals of a plan go, what demand they meet, which duties it meets, and its CO2 beside ores.

    Of a plan over several years every year is told. Recoveries, contents, demand and duties may be set without solving
    again.

    Example: `hubspoke metals plan --set demand.cars.by_year.2040=8000000`
    """
    console = get_console(ctx)
    chosen, set_to = check_language(lang), parse_changes(changes)
    with console.live("counting"):
        from hubspoke.metals.text import metals_answer  # noqa: PLC0415 - pandas loads when a plan is read
        from hubspoke.money.market import revalue  # noqa: PLC0415
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run, load_years  # noqa: PLC0415

        several = is_years_run(run)
        plans = dict(load_years(run).plans) if several else {0: load_plan(run)}
        plans = {year: revalue(plan, set_to or {}) for year, plan in plans.items()}
        told = {year: metals_answer(plan, by_site=by_site, lang=chosen) for year, plan in plans.items()}
        if inventory is not None:
            from hubspoke.outputs.exports.inventory import write_inventory  # noqa: PLC0415

            if several:
                raise UsageError("an inventory is of one year: name the run folder of a year")
            write_inventory(next(iter(plans.values())), inventory)
    data = {"years": {str(year): record for year, (_, record) in told.items()}} if several else told[0][1]
    console.give("\n\n\n".join(text for text, _ in told.values()), data)
    if inventory is not None:
        console.wrote(inventory)
