"""Write the figures of an analysis as a table, and as a page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.analysis.decisions.told_page import write_told_page
from hubspoke.analysis.study.words import page_words
from hubspoke.base.atomic_write import replaced_file
from hubspoke.outputs.exports.csv_table import write_csv_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang
    from hubspoke.words.told import Told


def write_table(rows: Sequence[Mapping[str, Any]] | pd.DataFrame, file: Path) -> None:
    """Write rows as CSV; lists are written with spaces between.

    Parameters
    ----------
    rows : sequence of mapping, or DataFrame
    file : Path
    """
    table = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame([_flat(row) for row in rows])
    file.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(file) as part:
        write_csv_table(table, part)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: " ".join(map(str, one)) if isinstance(one, list) else one for key, one in row.items()}


def write_part_page(
    file: Path, title: str, told: Iterable[Told], settings: Settings, *, lang: Lang, chart: Chart | None = None
) -> None:
    """Write what an analysis tells as a page.

    Parameters
    ----------
    file : Path
    title : str
        Key of the words of pages.
    told : iterable of str and ToldTable
    settings : Settings
    lang : {"en", "ja"}
    chart : Chart, optional
    """
    words = page_words(settings, lang)
    file.parent.mkdir(parents=True, exist_ok=True)
    page = write_told_page(words[title], words["title"], told, lang=lang, chart=chart)
    with replaced_file(file) as part:
        part.write_text(page, encoding="utf-8", newline="\n")
