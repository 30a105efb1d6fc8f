"""Split the text of a CSV file into records with the row numbers of a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.encoding import SAVE_AS, decode
from hubspoke.inputs.files.records import MOST_ABOVE, SURE, Records, count_known, find_empty, split_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.inputs.files.headings import Headings

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SEP_LINE = re.compile(r'"?sep=(.)"?[,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
MOST_LOOKED_AT = 100_000
"""Signs at the beginning of a text in which its header is looked for."""
BREAKS = re.compile(r'"|\r\n|\r|\n')


def split_csv(data: bytes, name: str, headings: Headings) -> tuple[Records | None, list[Finding]]:
    """Decode and split a CSV file.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file in findings.
    headings : Headings
        By which separator and header are found.

    Returns
    -------
    records : Records or None
        None where the file cannot be read at all.
    findings : list of Finding
    """
    text, findings = decode(data, name)
    if text is None:
        return None, findings
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        problem = "holds NUL bytes: the file is damaged or not a CSV file"
        return None, [*findings, Finding(name, row, "", problem, SAVE_AS, kind="nul-bytes")]
    text, stated, more = _take_sep_line(text, name)
    findings += more
    if not text.strip():
        return None, [*findings, find_empty(name)]
    if (broken := _find_bare_return(text)) is not None:
        problem = "a bare carriage return breaks the row here, while other rows end with a line feed"
        cure = "put the text in quotation marks, or remove the line break in it"
        return None, [*findings, Finding(name, broken, "", problem, cure, kind="carriage-return")]
    separator = find_separator(text, headings, stated)
    if separator not in (",", stated):
        problem = f"columns are separated by {SEPARATORS[separator]}s; read that way"
        cure = "separate them by commas, with a point as decimal sign"
        findings.append(Finding(name, 0, "", problem, cure, fatal=False, kind="separator"))
    return _split(text, separator, name, headings, findings)


def _take_sep_line(text: str, name: str) -> tuple[str, str, list[Finding]]:
    """Return the text without a first line such as `sep=;`, which Excel does not show, and the sign it states."""
    match = SEP_LINE.match(text)
    if match is None:
        return text, "", []
    problem = f"the first line, sep={match[1]}, states the separator; it is no row of the table"
    finding = Finding(name, 0, "", problem, "nothing, or remove the line", fatal=False, kind="sep-line")
    return text[match.end() :], match[1], [finding]


def _find_bare_return(text: str) -> int | None:
    """Return the row that a carriage return outside quotation marks breaks, or None; all rows may end with one."""
    if "\n" not in text or "\r" not in text:
        return None
    quoted, row, broken = False, 1, None
    for found in BREAKS.finditer(text):
        sign = found[0]
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            if sign == "\r" and broken is None:
                broken = row
            row += sign != "\r"
    return broken if row > 1 else None


def find_separator(text: str, headings: Headings, stated: str = "") -> str:
    """Return the sign that splits one of the first rows into most of the known columns.

    Parameters
    ----------
    text : str
        Content of the file.
    headings : Headings
        The known columns.
    stated : str
        The sign that a line `sep=` states; empty where there is none.

    Returns
    -------
    str
        Where no sign makes a known column, the one stated, else a comma if the first row has one, else the most
        frequent of the others.
    """
    signs = [*([stated] if stated else []), *(sign for sign in SEPARATORS if sign != stated)]
    lines = [line for line in text.lstrip()[:MOST_LOOKED_AT].splitlines() if line.strip()][: MOST_ABOVE + 1]
    if not stated and count_known(_split_line(lines[0], ","), headings) >= SURE:
        return ","
    known = {sign: max(count_known(_split_line(line, sign), headings) for line in lines) for sign in signs}
    best = max(signs, key=lambda sign: known[sign])  # the first of the best
    if known[best] > 0:
        return best
    if stated or "," in lines[0]:
        return stated or ","
    return max(SEPARATORS, key=lines[0].count)


def _split_line(line: str, separator: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _split(
    text: str, separator: str, name: str, headings: Headings, findings: list[Finding]
) -> tuple[Records | None, list[Finding]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if any(map(str.strip, record)):
                numbered.append((row, record))
    except csv.Error as error:
        cure = "close every quotation mark; write a quotation mark inside a text twice"
        problem = f"malformed CSV from here to line {reader.line_num}: {error}"
        return None, [*findings, Finding(name, row + 1, "", problem, cure, kind="malformed")]
    if not numbered:
        return None, [*findings, find_empty(name)]
    records, more = split_records(numbered, name, headings)
    return records, findings + more
