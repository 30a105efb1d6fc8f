"""`hubspoke robust`: plants that are best over scenarios."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any, cast

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import (
    LEAST_SECONDS,
    Changes,
    Closed,
    Folder,
    Lang,
    Opened,
    PolicyName,
    Regions,
    Year,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.words.language import check_language


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _read_weights(text: str | None) -> list[float] | None:
    try:
        return None if text is None else [float(part) for part in _split(text)]
    except ValueError:
        raise UsageError(f"--weights {text}: write numbers with commas, such as 0.5,0.3,0.2") from None


@with_console_options
def robust(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    scenario: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A scenario of scenarios.toml; '' for the input as it is. Repeatable."),
    ] = None,
    supply: Annotated[
        str | None, typer.Option(metavar="LIST", help="Scenarios of the tonnes, such as mizuho,late,fast.")
    ] = None,
    costs: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="Levels of costs, such as mizuho,low; with each of --supply."),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="How likely each is, in that order (--costs innermost); all alike, if none."),
    ] = None,
    measure: Annotated[
        str,
        typer.Option(metavar="expected|worst|regret|cvar", help="What of the costs over all scenarios is made least."),
    ] = "expected",
    alpha: Annotated[
        float, typer.Option(help="For cvar: the cheapest share of all that may come, which does not count.")
    ] = 0.8,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder for plants.csv and scenarios.csv, too.")
    ] = None,
    policy: PolicyName = None,
    year: Year = None,
    region: Regions = None,
    opened: Opened = None,
    closed: Closed = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=LEAST_SECONDS, help="Seconds for everything.")] = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Choose plants before it is known which scenario comes: best on average, at worst, by regret, or in the dear tail.

    Example: `hubspoke robust --supply mizuho,late,fast --costs mizuho,low --region shikoku --measure regret`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    likely = _read_weights(weights)
    set_to = parse_changes(changes)
    with console.live("planning"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.analysis.decisions.robust.folder import describe_robust, write_robust  # noqa: PLC0415
        from hubspoke.analysis.decisions.robust.words import tell_robust  # noqa: PLC0415

        plan = hs.robust(
            folder,
            scenarios=scenario or (),
            supply=_split(supply),
            costs=_split(costs),
            weights=likely,
            measure=measure,
            alpha=alpha,
            changes=set_to,
            policy=cast("Any", policy),
            year=year,
            regions=region or (),
            opened=opened or (),
            closed=closed or (),
            gap=gap,
            time_limit=time_limit,
        )
    if out is not None:
        write_robust(plan, out)
    console.give(tell_robust(plan, chosen), describe_robust(plan))
    if out is not None:
        console.wrote(out)
    raise typer.Exit(plan.status.exit_code)
