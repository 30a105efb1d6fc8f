"""Write the last sheets of a workbook: what every column means, and the fingerprints of the input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.outputs.exports.sheet import write_table
from hubspoke.outputs.exports.workbook_words import DECISION, describe_column, head_decision
from hubspoke.words.language import speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.outputs.exports.sheet import Styles
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

DICTIONARY, FINGERPRINTS = "dictionary", "fingerprints"
WORDS: Pairs = {
    "sheet": ("sheet", "シート"),
    "column": ("column", "列"),
    "unit": ("unit", "単位"),
    "en": ("in English", "英語"),
    "ja": ("in Japanese", "日本語"),
    "file": ("input", "入力"),
    "digest": ("SHA-256", "SHA-256（指紋）"),
}


def write_dictionary(
    book: Any, tables: Mapping[str, pd.DataFrame], settings: Settings, styles: Styles, lang: Lang
) -> None:
    """Write the sheet of columns: sheet, column, unit, and what it holds in both languages.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    tables : mapping of str to DataFrame
        By the name of the sheet.
    settings : Settings
        Those that name the commodity, its currency and the classes of packs.
    styles : Styles
    lang : {"en", "ja"}
        Language of the heads.
    """
    words = speak(WORDS, lang)
    rows = []
    for name, table in tables.items():
        for column in map(str, table.columns):
            head = head_decision(column, settings, lang) if name == DECISION else column
            rows.append((name, head, *describe_column(name, column, settings)))
    told = pd.DataFrame(rows, columns=["sheet", "column", "unit", "en", "ja"])
    told["en"] = told["en"].str.replace("`", "", regex=False)
    write_table(book.add_worksheet(DICTIONARY), told, [words[key] for key in told.columns], styles)


def write_fingerprints(book: Any, hashes: Mapping[str, str], styles: Styles, lang: Lang) -> None:
    """Write the sheet of fingerprints: a row for each table of the input; no sheet where none is known.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    hashes : mapping of str to str
        SHA-256 by table.
    styles : Styles
    lang : {"en", "ja"}
    """
    if not hashes:
        return
    words = speak(WORDS, lang)
    told = pd.DataFrame(sorted(hashes.items()), columns=["file", "digest"])
    write_table(book.add_worksheet(FINGERPRINTS), told, [words[key] for key in told.columns], styles)
