"""`hubspoke report`: write the report of a saved plan again."""

from __future__ import annotations

from typing import Annotated

import typer

from hubspoke.cli.options import Lang, Run, get_console, with_console_options
from hubspoke.words.language import check_language


@with_console_options
def report(
    ctx: typer.Context,
    run: Run,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="html, pdf (needs Chromium or Chrome), briefing, svg (a folder of pictures), xlsx, gpkg, geojson or "
            "parquet.",
        ),
    ] = "html",
    appendix: Annotated[
        bool, typer.Option("--appendix", help="With --format pdf: print assumptions and tables of detail, too.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Write the report of a saved plan again, as a page, a PDF, pictures, an Excel workbook or a GeoPackage.

    Example: `hubspoke report plan --lang ja --format pdf`
    Example: `hubspoke report plan --format pdf --appendix`
    """
    console = get_console(ctx)
    check_language(lang)
    with console.live("writing"):
        from hubspoke.outputs.runs.rewrite import rewrite_report  # noqa: PLC0415
        from hubspoke.outputs.runs.years_load import is_years_run  # noqa: PLC0415
        from hubspoke.outputs.runs.years_rewrite import rewrite_years_report  # noqa: PLC0415

        rewrite = rewrite_years_report if is_years_run(run) else rewrite_report
        file = str(rewrite(run, lang=lang, form=form, appendix=appendix))
    console.give_files([file], {"file": file})
