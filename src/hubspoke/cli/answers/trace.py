"""`hubspoke trace`: where a site's batteries end, and where a refinery's metal came from."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def trace(
    ctx: typer.Context,
    run: Run,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help="A site, source abroad, port, hub, refinery, furnace, region or lot; the whole plan, if none.",
        ),
    ] = None,
    *,
    custody: Annotated[
        str,
        typer.Option(
            metavar="MODEL",
            autocompletion=lambda: ["segregated", "controlled_blending", "mass_balance"],
            help="Chain of custody: segregated, controlled_blending or mass_balance, in the words of ISO 22095.",
        ),
    ] = "controlled_blending",
    period: Annotated[int, typer.Option(metavar="YEARS", help="Years over which a mass balance is closed.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Write lots, paths and GraphML, EPCIS, Catena-X, PROV and a fragment of a passport into a folder.",
        ),
    ] = None,
    uri: Annotated[
        str, typer.Option(metavar="URI", help="Address below which lots and places have theirs in those files.")
    ] = "https://hubspoke.example/",
    lang: Lang = "en",
) -> None:
    """Tell where a site's batteries end, and where a refinery's metal came from, in kg of each metal.

    Of a plan over several years all years are traced.

    Example: `hubspoke trace plan smm-niihama --custody mass_balance`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    with console.live("tracing"):
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415 - pandas loads when a plan is read
        from hubspoke.outputs.runs.years_load import is_years_run, load_years  # noqa: PLC0415
        from hubspoke.tracing.text import tell_trace  # noqa: PLC0415
        from hubspoke.tracing.trace import trace_plans  # noqa: PLC0415

        if is_years_run(run):
            plans = dict(load_years(run).plans)
        else:
            plan = load_plan(run)
            plans = {plan.year: plan}
        found = trace_plans(plans, name, custody=custody, period_yr=period)
        if out is not None:
            from hubspoke.outputs.traces.write import write_trace  # noqa: PLC0415

            write_trace(found, out, uri=uri, lang=chosen)
    console.give(tell_trace(found, chosen), found.to_dict() if console.as_json else {})
    if out is not None:
        console.wrote(out)
