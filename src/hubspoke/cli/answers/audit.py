"""`hubspoke audit`: a saved plan recounted without the model."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import AuditError
from hubspoke.cli.options import Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def audit(
    ctx: typer.Context,
    run: Run,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="DIR", help="Folder of the input, where it is no more where it was."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Recount a saved plan without the model: rules, sums, lanes, costs, and a sample by plain formulas.

    Checks that need the input are skipped, and named, where it is gone or has changed. Of a plan over several years
    each kind of check has one line; -v gives every one of every year.

    Example: `hubspoke audit plan`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    with console.live("recounting"):
        from hubspoke.audit.audit import raise_failures  # noqa: PLC0415 - pandas loads when a plan is read
        from hubspoke.outputs.runs.audit import recount_run  # noqa: PLC0415
        from hubspoke.outputs.runs.years_audit import recount_years_run, tell_by_kind  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run  # noqa: PLC0415

        several = is_years_run(run)
        found = recount_years_run(run, source=source) if several else recount_run(run, source=source)
    told = tell_by_kind(found, chosen) if several and not console.verbose else found.tell(chosen)
    console.give(told, found.to_dict())
    if found.skipped:
        console.say("name the folder of the input with --input, as it was when the plan was made")
    if console.as_json and not found.passed:  # the checks are told already, in one JSON document
        raise typer.Exit(AuditError.exit_code)
    raise_failures(found)
