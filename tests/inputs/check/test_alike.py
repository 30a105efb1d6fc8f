"""Names that look the same but are written in other letters are told, in one table and across tables."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check

if TYPE_CHECKING:
    from pathlib import Path

    import hubspoke as hs


def told(folder: Path) -> list[tuple[str, int, str, bool]]:
    """Return place and weight of the findings on names that look alike."""
    return [
        (found.file, found.row, found.column, found.fatal)
        for found in check(folder)
        if found.kind in ("alike", "duplicate-id")
    ]


@pytest.mark.parametrize(
    ("table", "row", "column", "name"),
    [
        ("sites", 3, "id", "ｋ１"),
        ("hubs", 3, "id", "K①".replace("K", "k")),
        ("refineries", 2, "id", "ｋ1"),
        ("cities", 3, "city_code", "ａ"),
    ],
)
def test_an_id_in_full_width_is_told_beside_one_in_half_width(
    table: str, row: int, column: str, name: str, tmp_path: Path
) -> None:
    tables = flat_tables()
    tables[table] = [dict(cells) for cells in tables[table]]
    tables[table][row - 2][column] = name
    folder = write_folder(tmp_path / "kanto", tables)
    (found,) = [one for one in check(folder) if one.kind == "alike"]
    assert (found.file, found.row, found.column, found.fatal) == (f"{table}.csv", row, column, False)
    assert repr(name) in found.problem
    assert "in row 2 of" in found.problem


def test_composed_and_decomposed_letters_are_one_id(tmp_path: Path) -> None:
    tables = flat_tables()
    composed = "ガス"
    for at, name in enumerate((composed, unicodedata.normalize("NFD", composed))):
        tables["hubs"][at] = {**tables["hubs"][at], "id": name}
    assert told(write_folder(tmp_path / "kanto", tables)) == [("hubs.csv", 3, "id", True)]


def test_a_company_written_in_two_widths_is_told_once(tmp_path: Path) -> None:
    tables = flat_tables()
    names = ("トヨタ", "ﾄﾖﾀ", "ﾄﾖﾀ")
    rows = [{**row, "operator": name} for row, name in zip(tables["sites"], names, strict=True)]
    write_csv(write_folder(tmp_path / "kanto", tables) / "sites.csv", rows)
    assert told(tmp_path / "kanto") == [("sites.csv", 3, "operator", False)]


def test_frames_are_held_to_the_same(tiny_network: hs.Network, caplog: pytest.LogCaptureFixture) -> None:
    tiny_network.replace(hubs=tiny_network.hubs.replace({"id": {"hk2": "ｈｋ１"}}))
    assert "'ｈｋ１' looks like 'hk1'" in caplog.text or "'hk1' looks like 'ｈｋ１'" in caplog.text
