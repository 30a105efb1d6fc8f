"""`hubspoke regret`: what acting early, late or year by year costs over several years."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any

import typer

from hubspoke.cli.answer_files import check_file, page_writer, write_answer
from hubspoke.cli.options import (
    LEAST_SECONDS,
    Changes,
    Costs,
    Folder,
    Lang,
    PolicyName,
    Regions,
    Scenario,
    Supply,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.cli.plans.solve import parse_years
from hubspoke.words.language import check_language


@with_console_options
def regret(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    years: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="Planned years, such as 2027,2030,2035,2040; years.plan, if none."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The same as .csv, .json or .html, too."),
    ] = None,
    policy: PolicyName = None,
    region: Regions = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove of each plan.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=LEAST_SECONDS, help="Seconds for each plan.")] = None,
    scenario: Scenario = None,
    supply: Supply = None,
    costs: Costs = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Tell what it costs over several years to plan each for itself, to build all of the last at once, or to wait.

    Example: `hubspoke regret myplan --years 2027,2030,2035,2040 --policy shared-refinery`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_file(out)
    planned = parse_years(years, None)
    set_to = parse_changes(changes, supply, scenario, costs)
    with console.live("planning"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.planning.years.regret_words import tell_regret, tell_regret_parts  # noqa: PLC0415

        network = hs.read(folder, changes=set_to)
        planned = planned or network.settings.years.plan
        asked: dict[str, Any] = {"policy": policy, "regions": region or (), "gap": gap, "time_limit": time_limit}
        table = hs.regret(network, years=planned, **asked)
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    known = (table, (planned[0], planned[-1]), network.settings.currency, chosen)
    if out is not None:
        page = page_writer("regret", tell_regret_parts(*known), network.settings, chosen)
        write_answer(out, table, {"strategies": rows}, page)
    console.give(tell_regret(*known), {"strategies": rows})
    if out is not None:
        console.wrote(out)
