"""`hubspoke explain`: the reasons for a saved plan, or for one site or plant of it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any

import typer

from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import keep_finite
from hubspoke.cli.options import LEAST_SECONDS, Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def explain(
    ctx: typer.Context,
    run: Run,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", show_default=False, help="A site, hub or refinery; the whole plan, if none."),
    ] = None,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="DIR", help="Folder of the input, where it is no more where it was."),
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=LEAST_SECONDS, help="Seconds for planning again without a plant, or with it.")
    ] = 60.0,
    deeper: Annotated[
        bool,
        typer.Option(
            "--deeper",
            help="Plan anew, too, what each rule of the plan costs; a tonne more at a site; more room at a plant; at "
            "what cost a plant would be chosen.",
        ),
    ] = False,
    borders: Annotated[
        bool, typer.Option("--borders", help="With --deeper, what each border between two regions costs, too.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Tell why this hub, why this site goes there, what the runner-up costs, what closing it costs.

    A plant is closed for a try (one not chosen is opened) and all is planned again. Of a plan over several years: why a
    plant opens when it does, and what one planned year earlier, one later or never costs.

    Example: `hubspoke explain plan was-kawasaki-hub`
    """
    console = get_console(ctx)
    lines: list[str] = []
    data: dict[str, Any] = {}
    chosen = check_language(lang)
    if borders and (not deeper or name is not None):
        raise UsageError("--borders goes with --deeper, for the whole plan")
    with console.live("planning again"):
        from hubspoke.analysis.explanation.explain import check_name, find_network  # noqa: PLC0415
        from hubspoke.analysis.explanation.explain import explain as explain_it  # noqa: PLC0415
        from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run, load_years  # noqa: PLC0415

        reasons: Any
        if is_years_run(run):
            if source is not None:
                raise UsageError(f"--input {source}: {run} keeps the input of each of its years; leave --input out")
            if deeper:
                raise UsageError("--deeper is told of plans of one year; name one year's folder of the plan")
            reasons = explain_it(load_years(run, with_input=name is not None), name, time_limit=time_limit)
        else:
            plan = load_plan(run)
            if name is not None:
                check_name(plan, name)
            network = find_network(run, plan, source) if name is not None or deeper else None
            reasons = explain_it(plan, name, network=network, time_limit=time_limit)
            if deeper:
                from hubspoke.analysis.decisions.worth.worth import tell_worth  # noqa: PLC0415

                lines, data = tell_worth(plan, network, name, seconds=time_limit, borders=borders, lang=chosen)
    if not deeper:
        console.give(reasons.summary(chosen), reasons.to_dict(), dim=_list_ids(reasons))
        return
    console.give("\n".join([reasons.summary(chosen), "", *lines]), reasons.to_dict() | {"deeper": keep_finite(data)})


def _list_ids(reasons: Any) -> list[str]:
    """Return the identifiers that stand beside names in what is told of a whole plan."""
    rows = [*getattr(reasons, "plants", ()), *getattr(reasons, "dearest", ())]
    return [str(getattr(row, "plant_id", "") or getattr(row, "site_id", "")) for row in rows]
