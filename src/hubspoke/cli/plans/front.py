"""`hubspoke front`: what less of another measure costs."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import LEAST_SECONDS, Folder, Lang, get_console, with_console_options
from hubspoke.cli.plan_options import Asked, with_plan_options
from hubspoke.words.language import check_language


@with_console_options
@with_plan_options()
def front(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    against: Annotated[
        str,
        typer.Option(
            metavar="co2|longest-haul|hubs|refined-at-home",
            autocompletion=lambda: ["co2", "longest-haul", "hubs", "refined-at-home"],
            help="What cost is held against: CO2, the longest haul to a hub, the number of hubs, or black mass that "
            "is refined outside its region.",
        ),
    ],
    points: Annotated[
        int | None,
        typer.Option(
            min=2,
            metavar="N",
            help="Points at even levels; 12, if not given. Of hauls and numbers of hubs the most that are listed; "
            "all, if not given.",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Find all points, and the lines between them.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT", help="Folder of table and page, to go on from where it was ended."),
    ] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove at each point.")] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=LEAST_SECONDS, help="Seconds; what was found by then is told.")
    ] = None,
    asked: Asked,
    lang: Lang = "en",
) -> None:
    """Tell what less CO2, shorter hauls, fewer hubs or more refining at home cost: plans with no better one in both.

    Example: `hubspoke front --region shikoku --against co2 -o front`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    set_to = asked.settings
    with console.live("planning"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.analysis.decisions.fronts.folder import describe_front  # noqa: PLC0415
        from hubspoke.analysis.decisions.fronts.words import tell_front  # noqa: PLC0415

        found = hs.front(
            hs.read(folder, changes=set_to),
            against=against,
            points=points,
            every=every,
            out=out,
            **asked.request,
            gap=gap,
            time_limit=time_limit,
            lang=chosen,
        )
    console.give(tell_front(found, chosen), describe_front(found))
    if out is not None:
        console.wrote(out, page=out / "front.html")
