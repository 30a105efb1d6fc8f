"""`hubspoke conflict`: which rules are in conflict where there is no plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from hubspoke.cli.options import (
    LEAST_SECONDS,
    Changes,
    Closed,
    Costs,
    Folder,
    Lang,
    Opened,
    PolicyName,
    Regions,
    Scenario,
    Supply,
    Year,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.words.language import check_language


@with_console_options
def conflict(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    policy: PolicyName = None,
    year: Year = None,
    region: Regions = None,
    opened: Opened = None,
    closed: Closed = None,
    time_limit: Annotated[float, typer.Option(min=LEAST_SECONDS, help="Seconds for each proof.")] = 20.0,
    scenario: Scenario = None,
    supply: Supply = None,
    costs: Costs = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Tell which rules are in conflict where there is no plan: a smallest set of them, and the least that cures it.

    Example: `hubspoke conflict --region shikoku --set policy.longest_haul_km=100`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    set_to = parse_changes(changes, supply, scenario, costs)
    with console.live("proving"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.planning.infeasible.conflict_words import tell_conflicts  # noqa: PLC0415

        network = hs.read(folder, changes=set_to)
        found = hs.conflict(
            network,
            policy=policy,
            year=year,
            regions=region or (),
            opened=opened or (),
            closed=closed or (),
            seconds=time_limit,
        )
    lines = tell_conflicts(found, network.settings, chosen)
    console.give("\n".join(lines), {"conflicts": [asdict(one) for one in found]})
    if found:
        raise typer.Exit(hs.InfeasibleError.exit_code)
