"""`hubspoke report`: write the report of a saved plan again."""

from __future__ import annotations

from typing import Annotated

import typer

from hubspoke.cli.options import (
    Json,
    Lang,
    Quiet,
    Run,
    Verbose,
    start,
)
from hubspoke.words.language import check_language


def report(
    ctx: typer.Context,
    run: Run,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="html, pdf (needs Chromium or Chrome), xlsx, gpkg, geojson or parquet."
        ),
    ] = "html",
    lang: Lang = "en",
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Write the report of a saved plan again, as a page, a PDF, an Excel workbook or a GeoPackage.

    Example: `hubspoke report plan --lang ja --format pdf`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    check_language(lang)
    with console.live("writing"):
        from hubspoke.outputs.runs.rewrite import rewrite_report  # noqa: PLC0415

        file = str(rewrite_report(run, lang=lang, form=form))
    console.give(file, {"file": file})
