"""A table that stands in two files is told once, and not row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import flat_tables, write_folder
from hubspoke.inputs.check.check import check

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_in_two_files_is_one_finding(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", flat_tables())
    text = (folder / "sites.csv").read_text(encoding="utf-8")
    (folder / "sites.tsv").write_text(text.replace(",", "\t"), encoding="utf-8")
    assert [found.problem for found in check(folder) if found.fatal] == ["the table sites stands in sites.csv too"]
