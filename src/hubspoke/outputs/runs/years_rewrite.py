"""Draw the map of a saved plan over several years again, and write its report or workbook again."""

from __future__ import annotations

from pathlib import Path

from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.errors import UsageError
from hubspoke.outputs.exports.years_workbook import write_years_workbook
from hubspoke.outputs.report.pdf import print_pdf
from hubspoke.outputs.report.years.page import write_years_report
from hubspoke.outputs.runs.folder import write_page
from hubspoke.outputs.runs.years_load import load_years
from hubspoke.outputs.runs.years_map import draw_years_plan
from hubspoke.words.language import check_language

FORMS = {"html": "report.html", "pdf": "report.pdf", "xlsx": "plan.xlsx"}
"""Forms in which a plan over several years is written again, and where."""


def redraw_years(folder: str | Path, *, lang: str = "en", tiles: str | None = None) -> list[Path]:
    """Draw the map with the slider of a saved plan over several years again.

    Parameters
    ----------
    folder : str or Path
        A run folder of several years.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network: `gsi`, `osm` or an address.

    Returns
    -------
    list of Path
        The file drawn.

    Raises
    ------
    UsageError
        No such run folder, an unknown language or background, or a file that cannot be written.
    """
    home, plan = Path(folder).resolve(), load_years(folder)
    linked = all((home / str(year) / "map.html").is_file() for year in plan.years)
    drawn = draw_years_plan(plan, lang=lang, tiles=tiles, linked=linked)
    with replaced_file(home / "map.html") as made:
        drawn.save(str(made))
    return [home / "map.html"]


def rewrite_years_report(folder: str | Path, *, lang: str = "en", form: str = "html", appendix: bool = False) -> Path:
    """Write the report of a saved plan over several years again, or its workbook.

    Parameters
    ----------
    folder : str or Path
        A run folder of several years.
    lang : {"en", "ja"}
    form : {"html", "pdf", "xlsx"}
    appendix : bool
        Whether a PDF holds assumptions and tables of detail, too.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        No such run folder, an unknown form or language, no browser for PDF, or a file that cannot be written.
    """
    spoken, home, plan = check_language(lang), Path(folder).resolve(), load_years(folder)
    if form not in FORMS:
        raise UsageError(
            f"format {form!r}: a plan of several years is written as {', '.join(FORMS)}; for others name a year, "
            f"such as {folder}/{plan.years[-1]}"
        )
    if appendix and form != "pdf":
        raise UsageError("--appendix is for --format pdf: pages have all of it, to be opened by a click")
    with replaced_file(home / FORMS[form]) as made:
        if form == "xlsx":
            write_years_workbook(plan, made, lang=lang)
            return home / FORMS[form]
        page = made.with_name("report.html")
        write_page(write_years_report(plan, lang=spoken, maps=(home / "map.html").is_file(), appendix=appendix), page)
        if form == "pdf":
            print_pdf(page, made)
    return home / FORMS[form]
