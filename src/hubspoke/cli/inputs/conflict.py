"""`hubspoke conflict`: which rules are in conflict where there is no plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from hubspoke.cli.options import LEAST_SECONDS, Folder, Lang, get_console, with_console_options
from hubspoke.cli.plan_options import Asked, with_plan_options
from hubspoke.words.language import check_language


@with_console_options
@with_plan_options()
def conflict(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    time_limit: Annotated[float, typer.Option(min=LEAST_SECONDS, help="Seconds for each proof.")] = 20.0,
    rows: Annotated[
        bool, typer.Option("--rows", help="Name sites, plants and limits that it is about, too; needs hubspoke[scip].")
    ] = False,
    asked: Asked,
    lang: Lang = "en",
) -> None:
    """Tell which rules are in conflict where there is no plan: a smallest set of them, and the least that cures it.

    Example: `hubspoke conflict --region shikoku --set policy.longest_haul_km=100`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    set_to = asked.settings
    with console.live("proving"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.planning.infeasible.conflict_words import tell_conflicts  # noqa: PLC0415

        network = hs.read(folder, changes=set_to)
        found = hs.conflict(
            network,
            **asked.request,
            seconds=time_limit,
            rows=rows,
        )
    lines = tell_conflicts(found, network, chosen)
    console.give("\n".join(lines), {"conflicts": [asdict(one) for one in found]})
    if found:
        raise typer.Exit(hs.InfeasibleError.exit_code)
