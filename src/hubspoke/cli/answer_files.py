"""Files that a command writes beside what it says: which they may be, and the same answer as table, data or page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang
    from hubspoke.words.told import Told

TABLE, DATA, PAGE = ".csv", ".json", ".html"
"""Endings of a file with an answer: its rows, what `--json` gives, and what the terminal says."""
ANSWERS = (TABLE, DATA, PAGE)
FILES = (*ANSWERS, ".xlsx", ".pdf", ".toml", ".txt", ".geojson", ".gpkg")
"""Endings that a file has and a folder has not."""


def check_file(out: Path | None, forms: Sequence[str] = ANSWERS, option: str = "--out") -> None:
    """Refuse the name of a file whose ending does not say what to write, before anything is planned.

    Parameters
    ----------
    out : Path or None
    forms : sequence of str
        Endings that do.
    option : str
        Where it was named.
    """
    if out is not None and out.suffix.lower() not in forms:
        raise UsageError(f"{option} {out}: let the name of the file end in {', '.join(forms)}")


def check_folder_name(out: Path | None) -> None:
    """Refuse a name that is one of a file where a folder is written.

    Parameters
    ----------
    out : Path or None
    """
    if out is not None and out.suffix.lower() in FILES and not out.is_dir():
        raise UsageError(f"--out {out}: a folder is written, not a file; leave {out.suffix} out")


def write_answer(out: Path, table: pd.DataFrame, data: Any, page: Callable[[Path], None] | None = None) -> None:
    """Write an answer as its ending says: rows as CSV, all of it as JSON, or a page.

    Parameters
    ----------
    out : Path
        Replaced where it is there.
    table : DataFrame
    data : any
        As `--json` gives it.
    page : callable, optional
        Writes the page.
    """
    from hubspoke.base.atomic_write import replaced_file  # noqa: PLC0415 - only where a file is asked for
    from hubspoke.base.json_text import keep_finite  # noqa: PLC0415
    from hubspoke.outputs.exports.csv_table import write_csv_table  # noqa: PLC0415 - pandas

    ending = out.suffix.lower()
    if ending == PAGE and page is not None:
        page(out)
        return
    with replaced_file(out, cure="choose another --out file") as part:
        if ending == TABLE:
            write_csv_table(table, part)
        else:
            text = json.dumps(keep_finite(data), indent=1, allow_nan=False, ensure_ascii=False)
            part.write_text(text + "\n", encoding="utf-8", newline="\n")


def page_writer(title: str, told: Iterable[Told], settings: Settings, lang: Lang) -> Callable[[Path], None]:
    """Return what writes an answer as a page.

    Parameters
    ----------
    title : str
        Key of the words of pages.
    told : iterable of str and ToldTable
    settings : Settings
    lang : {"en", "ja"}
    """

    def write(file: Path) -> None:
        from hubspoke.analysis.study.parts.tables import write_part_page  # noqa: PLC0415 - only for pages

        write_part_page(file, title, told, settings, lang=lang)

    return write
