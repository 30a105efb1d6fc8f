"""Words for technologies in lists and in the table of sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.inputs.check.check import check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("cell", ["焙焼；機械破砕", "焙焼;mechanical", "roasting、機械選別"])
def test_each_word_of_a_list_is_understood(tmp_path: Path, cell: str) -> None:
    tables = tiny_tables()
    tables["kanto/hubs"][0]["technology"] = cell
    hubs = hs.read(write_folder(tmp_path, tables)).hubs.set_index("id")
    assert hubs.loc["hk1", "technology"] == "roasting;mechanical"


def test_words_of_given_sizes_are_understood(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/hubs"][0]["technology"] = "roasting;mechanical"
    size = {
        "plant_id": "hk1",
        "capacity_t": 900,
        "fixed_jpy_per_yr": 1e6,
        "variable_jpy_per_t": 1,
        "technology": "機械",
    }
    tables["sizes"] = [size]
    assert hs.read(write_folder(tmp_path, tables)).given_sizes["technology"].tolist() == ["mechanical"]


def test_more_that_stands_than_may_enter_is_told(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/hubs"][0] |= {"max_t": 900, "existing_t": 1000}
    found = [one for one in check(write_folder(tmp_path, tables)) if one.kind == "oversized"]
    assert ["above max_t of 900" in one.problem for one in found] == [True]
