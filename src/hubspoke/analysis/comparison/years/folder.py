"""Write the folder of a comparison of plans over several years, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.folder import OWN, check_folder
from hubspoke.analysis.comparison.years.page import write_years_comparison_page
from hubspoke.analysis.comparison.years.tables import YEARS_TABLES
from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.json_text import keep_finite, write_json
from hubspoke.inputs.files.source import COMPARISON_FILE
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.comparison.years.tables import YearsComparisonData


def write_years_comparison(comparison: YearsComparisonData, folder: str | Path, *, lang: str = "en") -> Path:
    """Write the folder of a comparison of plans over several years: page, tables as CSV, and the main ones as JSON.

    Parameters
    ----------
    comparison : YearsComparisonData
    folder : str or Path
        A new or empty folder, or that of another comparison, which is replaced.
    lang : {"en", "ja"}
        Language of the page.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        An unknown language, or a folder that holds something else or cannot be written.
    """
    spoken, target = check_language(lang), check_folder(folder)
    with replaced_folder(target, own=OWN) as made:
        for name in YEARS_TABLES:
            write_csv_table(getattr(comparison, name), made / f"{name}.csv")
        page = write_years_comparison_page(comparison, lang=spoken)
        (made / "compare.html").write_text(page, encoding="utf-8", newline="\n")
        text = write_json(keep_finite(comparison.to_dict()))
        (made / COMPARISON_FILE).write_text(text, encoding="utf-8", newline="\n")
    return target
