"""What to write for a cell that is no number as it stands, by what people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.tables.number_cure import number_cure

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("cell", ["1\u00a0200", "1\u202f200", "1 200", "1'200", "1,200", "１，２００"])
def test_thousands_are_set_apart_by_many_signs(cell: str) -> None:
    assert number_cure(cell) == "write 1200, without thousands separators"


@pytest.mark.parametrize("cell", ["－", "―", "なし", "制限なし", "N/A", "unlimited"])
def test_words_for_nothing_mean_no_limit_where_one_can_stand(cell: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", flat_tables())
    for table, column, cure in (("hubs", "max_t", "where there is no limit"), ("sites", "lat", "leave the cell empty")):
        rows = [dict(row) for row in flat_tables()[table]]
        rows[0][column] = cell
        write_csv(folder / f"{table}.csv", rows)
        (found,) = [one for one in check(folder) if one.column == column and one.fatal]
        assert found.cure.endswith(cure)
        write_csv(folder / f"{table}.csv", flat_tables()[table])
