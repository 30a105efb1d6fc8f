"""Decode the bytes of a CSV file and split them into records with the row numbers of a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

SAVE_AS = "save the file as CSV UTF-8 (Excel: Save As, CSV UTF-8)"
SEPARATORS = {";": "semicolon", "\t": "tab"}
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Records:
    """A table as text: its header, the rows that are not empty, and their numbers in a spreadsheet."""

    header: tuple[str, ...]
    records: list[Sequence[str]]
    rows: list[int]


def split_csv(data: bytes, name: str) -> tuple[Records | None, list[Finding]]:
    """Decode and split a CSV file.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file in findings.

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
    if not text.strip():
        return None, [*findings, find_empty(name)]
    separator = find_separator(text)
    if separator != ",":
        problem = f"columns are separated by {SEPARATORS[separator]}s; read that way"
        cure = "separate them by commas, with a point as decimal sign"
        findings.append(Finding(name, 0, "", problem, cure, fatal=False, kind="separator"))
    return _split(text, separator, name, findings)


def find_empty(name: str) -> Finding:
    """Return the finding for a file or sheet in which nothing is written."""
    cure = "write a header row and the data below it"
    return Finding(name, 0, "", "nothing is written there: it is empty", cure, kind="empty-file")


def decode(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """Decode UTF-8, with or without a byte-order mark, or CP932 as Excel in Japan writes it.

    Returns
    -------
    text : str or None
        None where the bytes are neither.
    findings : list of Finding
        What the encoding may be where the text is None, else empty.
    """
    if data.startswith(UTF16_MARKS):
        return None, [_bad_encoding(name, 0, "the text is UTF-16")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        broken = error
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        return None, [_explain_encoding(data, name, broken, error.start)]
    if _is_damaged_utf8(data) or _is_euc_jp(data, text):
        return None, [_explain_encoding(data, name, broken, 0)]
    return text, []


def find_separator(text: str) -> str:
    """Return the separator of the header line: a comma, or a semicolon or tab where it has no comma."""
    header = next(line for line in text.splitlines() if line.strip())
    if "," in header:
        return ","
    return max(SEPARATORS, key=header.count) if any(sign in header for sign in SEPARATORS) else ","


def _explain_encoding(data: bytes, name: str, utf8: UnicodeDecodeError, cp932_start: int) -> Finding:
    if _is_damaged_utf8(data):
        row = data[: utf8.start].count(b"\n") + 1
        return _bad_encoding(name, row, f"byte 0x{data[utf8.start]:02x} is not UTF-8, though the rest is")
    if _is_euc_jp(data, ""):
        return _bad_encoding(name, 0, "the text looks like EUC-JP")
    row = data[:cp932_start].count(b"\n") + 1
    return _bad_encoding(name, row, "the text is neither UTF-8 nor CP932 (Shift_JIS)")


def _bad_encoding(name: str, row: int, problem: str) -> Finding:
    return Finding(name, row, "", problem, SAVE_AS, kind="encoding")


def _is_damaged_utf8(data: bytes) -> bool:
    foreign = [sign for sign in data.decode("utf-8", errors="replace") if ord(sign) > 127]
    lost = sum(sign == "\ufffd" for sign in foreign)
    return data.startswith(b"\xef\xbb\xbf") or lost * 2 < len(foreign)


def _is_euc_jp(data: bytes, as_cp932: str) -> bool:
    foreign = [sign for sign in as_cp932 if ord(sign) > 127]
    half_width = sum("\uff61" <= sign <= "\uff9f" for sign in foreign)
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return half_width * 2 >= len(foreign)


def _split(text: str, separator: str, name: str, findings: list[Finding]) -> tuple[Records | None, list[Finding]]:
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
    records, more = split_records(numbered, name)
    return records, findings + more


def split_records(numbered: list[tuple[int, list[str]]], name: str) -> tuple[Records, list[Finding]]:
    """Separate the header from the rows, fill up short rows, and report rows with more cells than the header."""
    (header_row, header), *body = numbered
    width = len(header)
    findings = []
    records: list[Sequence[str]] = []
    for row, record in body:
        if len(record) > width and any(map(str.strip, record[width:])):
            problem = f"{len(record)} fields where the header has {width}"
            cure = "put texts that hold a comma in quotation marks, or remove the extra fields"
            findings.append(Finding(name, row, "", problem, cure, kind="too-many-fields"))
        records.append(record[:width] + [""] * (width - len(record)))
    if header_row != 1:
        problem, cure = f"the header stands in row {header_row}", "remove the empty rows above it"
        findings.append(Finding(name, header_row, "", problem, cure, fatal=False, kind="late-header"))
    return Records(tuple(header), records, [row for row, _ in body]), findings
