"""`hubspoke import`: a planner's folder of another program's case."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.options import Lang, get_console, with_console_options

FORMS = ("relog",)


@with_console_options
def import_case(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="|".join(FORMS), help="Program whose case it is.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case: for RELOG 0.5 to 0.8 a JSON file.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    *,
    first_year: Annotated[int, typer.Option("--first-year", metavar="YEAR", help="What year 1 of the case is.")] = 2030,
    lang: Lang = "en",
) -> None:
    """Make a folder of another program's case, and say what was taken and what does not carry over.

    Example: `hubspoke import relog case.json myplan`
    """
    if form not in FORMS:
        raise UsageError(f"unknown program {form!r}; choose {' or '.join(FORMS)}")
    from dataclasses import asdict  # noqa: PLC0415

    from hubspoke.base.errors import list_findings  # noqa: PLC0415
    from hubspoke.inputs.check.check import check  # noqa: PLC0415
    from hubspoke.inputs.relog.make_folder import make_folder  # noqa: PLC0415
    from hubspoke.inputs.relog.words import WORDS  # noqa: PLC0415
    from hubspoke.words.language import check_language, speak  # noqa: PLC0415
    from hubspoke.words.messages import translate  # noqa: PLC0415

    known = check_language(lang)
    made = make_folder(file, folder, first_year=first_year, lang=known)
    findings, words = check(made.folder), speak(WORDS, known)
    faults = [finding for finding in findings if finding.fatal]
    counts = {"faults": len(faults), "warnings": len(findings) - len(faults), "folder": folder}
    lines = [
        *made.short,
        words["problems" if faults else "ready"].format(**counts),
    ]
    lines += [f"  {translate(line, known)}" for line in list_findings(faults, per_kind=5)]
    told = {"folder": str(made.folder), "lines": list(made.lines), "ready": not faults}
    console = get_console(ctx)
    console.give("\n".join(lines), {**told, "findings": [asdict(finding) for finding in findings]})
    console.wrote(made.folder)
