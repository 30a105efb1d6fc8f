"""`hubspoke new`: a starter folder, of the data that ship or of a planner's own list."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.options import Lang, get_console, with_console_options

if TYPE_CHECKING:
    from hubspoke.cli.console import Console


@with_console_options
def new(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", show_default=False, help="Folder to make; none with --excel.")
    ] = None,
    *,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Take over your own list of sites (and plants), .xlsx or .csv; repeatable, a file for each table.",
        ),
    ] = None,
    excel: Annotated[
        Path | None,
        typer.Option("--excel", metavar="FILE.xlsx", help="Write an empty workbook to fill in, with instructions."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Make a starter folder with the Japanese data, or with your own list, ready to edit; or a workbook to fill in.

    Example: `hubspoke new myplan --from sites.xlsx`
    """
    console = get_console(ctx)
    if excel is not None:
        if folder is not None or lists:
            raise UsageError("--excel writes an empty workbook alone; name no folder and no list beside it")
        _write_template(console, excel, lang)
        return
    if folder is None:
        raise UsageError("name a folder to make, or --excel FILE.xlsx for an empty workbook to fill in")
    if lists:
        _take_over(console, folder, lists, lang)
        return
    from hubspoke.inputs.starter import write_starter  # noqa: PLC0415

    made = write_starter(folder)
    console.give_files([made], {"folder": str(made)})
    console.say(f"edit the tables, then: hubspoke check {folder}")


def _write_template(console: Console, file: Path, lang: str) -> None:
    from hubspoke.inputs.own_list.template import write_template  # noqa: PLC0415

    made = write_template(file, lang)
    console.give_files([made], {"file": str(made)})
    console.say(f"fill in its sheets, then: hubspoke check {file}")


def _take_over(console: Console, folder: Path, lists: list[Path], lang: str) -> None:
    """Make a folder of a list, and say what was understood and what remains to be done."""
    from dataclasses import asdict  # noqa: PLC0415

    from hubspoke.base.errors import list_findings  # noqa: PLC0415
    from hubspoke.inputs.check.check import check  # noqa: PLC0415
    from hubspoke.inputs.own_list.make_folder import make_folder  # noqa: PLC0415
    from hubspoke.inputs.own_list.words import say  # noqa: PLC0415
    from hubspoke.words.language import check_language  # noqa: PLC0415
    from hubspoke.words.messages import translate  # noqa: PLC0415

    known = check_language(lang)
    made = make_folder(folder, lists, known)
    findings = check(made.folder)
    faults = [finding for finding in findings if finding.fatal]
    counts = {"faults": len(faults), "warnings": len(findings) - len(faults), "folder": folder}
    lines = [
        *made.lines,
        say(known, "problems" if faults else "ready", **counts),
    ]
    lines += [f"  {translate(line, known)}" for line in list_findings(faults, per_kind=5)]
    told = {"folder": str(made.folder), "lines": list(made.lines), "ready": not faults}
    console.give("\n".join(lines), {**told, "findings": [asdict(finding) for finding in findings]})
    console.wrote(made.folder)
