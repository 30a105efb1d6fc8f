"""Draw the maps of a saved plan again, and write its report, workbook or layers again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.atomic_write import cannot_write, replaced_file, replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.base.scratch import locked, scratch_folder
from hubspoke.outputs.briefing.page import write_briefing
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.layers import write_geojson, write_parquet
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.report.pdf import print_pdf
from hubspoke.outputs.runs.folder import write_page
from hubspoke.outputs.runs.load import load_plan, read_run
from hubspoke.outputs.runs.maps import draw_maps, find_pages
from hubspoke.outputs.runs.pictures import write_pictures
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

PICTURES = "svg"
FORMS = {
    "html": "report.html",
    "pdf": "report.pdf",
    "briefing": "briefing.html",
    "xlsx": "plan.xlsx",
    "gpkg": "plan.gpkg",
    "geojson": "geojson",
    "parquet": "parquet",
    PICTURES: "svg",
}
"""Forms in which a saved plan is written again, and where; the last three are folders with several files."""
REPORTS = ("html", "pdf", PICTURES)
"""Forms that are written of the tables of the plan alone."""
FOLDERS = {"geojson": write_geojson, "parquet": write_parquet}


def redraw_maps(folder: str | Path, *, lang: str = "en", tiles: str | None = None) -> list[Path]:
    """Draw the maps of a saved plan again.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network: `gsi`, `osm` or an address.

    Returns
    -------
    list of Path
        The files drawn, `map.html` first.

    Raises
    ------
    UsageError
        No run folder, an unknown language or background, or a file that cannot be written.
    """
    home = Path(folder).resolve()
    plan = load_plan(folder, with_input=True)
    try:
        with scratch_folder(home / "maps") as made:
            files = draw_maps(plan, made, lang=lang, tiles=tiles, command=read_run(home).get("command"))
            with locked(home):
                (home / "maps").mkdir(exist_ok=True)
                for file in files:
                    file.replace(home / file.relative_to(made))
    except OSError as error:
        raise cannot_write(home, error) from error
    return [home / file.relative_to(made) for file in files]


def draw_years_of(folders: Sequence[str | Path], file: Path, *, lang: str = "en", tiles: str | None = None) -> Path:
    """Draw saved plans of different years on one map with a slider.

    Parameters
    ----------
    folders : sequence of str or Path
        Two run folders or more, each of another year.
    file : Path
        The map to write; one that is there is replaced in a single step.
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network: `gsi`, `osm` or an address.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        Fewer than two run folders, two of one year, an unknown language or background, or a file that cannot be
        written.
    """
    from hubspoke.outputs.maps.draw import draw_years  # noqa: PLC0415 - as the maps of a run

    drawn = draw_years([load_plan(folder, with_input=True) for folder in folders], lang=lang, tiles=tiles)
    with replaced_file(file) as part:
        drawn.save(str(part))
    return file


def rewrite_report(folder: str | Path, *, lang: str = "en", form: str = "html", appendix: bool = False) -> Path:
    """Write the report of a saved plan again, or its tables and layers for other programs.

    With the page its briefing is written, where there is one, so that both speak one language.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    lang : {"en", "ja"}
        Language of report and workbook.
    form : {"html", "pdf", "briefing", "xlsx", "gpkg", "geojson", "parquet", "svg"}
    appendix : bool
        Whether a PDF holds assumptions and tables of detail, too.

    Returns
    -------
    Path
        The file, or for the last three forms the folder of files, inside the run folder.

    Raises
    ------
    UsageError
        An unknown form or language, no browser for PDF, no pyarrow for Parquet, a file that cannot be written, or an
        appendix to another form than PDF.
    """
    if appendix and form != "pdf":
        raise UsageError("--appendix is for --format pdf: pages have all of it, to be opened by a click")
    if form not in FORMS:
        raise UsageError(f"unknown format {form!r}; choose one of {', '.join(FORMS)}")
    spoken, home = check_language(lang), Path(folder).resolve()
    briefed = form == "html" and (home / FORMS["briefing"]).is_file()
    plan = load_plan(folder, with_input=briefed or form not in REPORTS)
    file = home / FORMS[form]
    write = partial(write_pictures, lang=spoken) if form == PICTURES else FOLDERS.get(form)
    if write is not None:
        with replaced_folder(file, own={path.name for path in file.glob("*")}) as made:
            write(plan, made)
        return file
    try:
        with scratch_folder(file) as scratch:
            made = scratch / file.name
            if form == "xlsx":
                write_workbook(plan, made, lang=lang)
            elif form == "gpkg":
                write_geopackage(plan, made)
            elif form == "briefing":
                write_page(_brief(plan, home, spoken), made)
            else:
                page = made.with_name("report.html")
                write_page(write_report(plan, lang=spoken, appendix=appendix, **find_pages(plan, home)), page)
                if form == "pdf":
                    print_pdf(page, made)
            if briefed:
                told = scratch / FORMS["briefing"]
                write_page(_brief(plan, home, spoken), told)
                told.replace(home / told.name)
            made.replace(file)
    except OSError as error:
        raise cannot_write(home, error) from error
    return file


def _brief(plan: PlanData, home: Path, lang: Lang) -> str:
    """Return the briefing of a saved plan, with links to the pages that lie beside it."""
    links = tuple(name for name in ("map.html", "report.html") if (home / name).is_file())
    return write_briefing(plan, lang=lang, links=links, command=read_run(home).get("command"))
