"""`hubspoke check`: every finding of the input at once."""

from __future__ import annotations

import typer  # noqa: TC002 - typer reads the types when it runs

from hubspoke.base.errors import InputError
from hubspoke.cli.console import list_as_data
from hubspoke.cli.options import (
    Changes,
    Costs,
    Folder,
    Scenario,
    Supply,
    get_console,
    parse_changes,
    with_console_options,
)


@with_console_options
def check(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    scenario: Scenario = None,
    supply: Supply = None,
    costs: Costs = None,
    changes: Changes = None,
) -> None:
    """List every problem of the input at once: file, row, column, what to do.

    Example: `hubspoke check myplan`
    """
    console = get_console(ctx)
    from hubspoke.inputs.check.check import check as check_folder  # noqa: PLC0415
    from hubspoke.inputs.read import read  # noqa: PLC0415
    from hubspoke.inputs.summary import summarise_network  # noqa: PLC0415

    set_to = parse_changes(changes, supply, scenario, costs)
    findings = check_folder(folder, changes=set_to)
    if faults := [finding for finding in findings if finding.fatal]:
        raise InputError(faults)
    text = summarise_network(read(folder, changes=set_to), console.lang)  # says the warnings, too
    console.give(text, {"ready": True, "findings": list_as_data(findings)})
