"""What was written is used, refused or named: files, sheets, columns, orders and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.base.errors import UsageError
from hubspoke.inputs.check.check import check
from hubspoke.inputs.files.near_names import near_table
from hubspoke.inputs.read import read
from hubspoke.planning.request import Request, name_by_ids, read_task

if TYPE_CHECKING:
    from pathlib import Path

SIZE = "plant_id,capacity_t,fixed_jpy_per_yr,variable_jpy_per_t\nhk1,5000,1e8,30000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the flat tables."""
    return write_folder(tmp_path / "kanto", flat_tables())


@pytest.mark.parametrize(
    "name",
    ["lanes - コピー.csv", "Copy of existing.csv", "sites.shp", "sites.geojson", "sizes.xlsx.bak", "existing_old.txt",
     "lanes(2).csv", "boundaries (1).geojson", "boundaries.shp", "SIZES-final.json", "lane.csv", "refinery.csv"],
)  # fmt: skip
def test_a_file_under_a_near_name_is_named(name: str, folder: Path) -> None:
    (folder / name).write_text(SIZE)
    (found,) = check(folder)
    assert (found.file, found.kind, found.fatal) == (name, "misnamed", False)


@pytest.mark.parametrize("name", ["notes.csv", "memo.txt", "SOURCES.md", "sites.pdf", "phone list.csv", "photo.png"])
def test_other_files_are_nobodys_matter(name: str, folder: Path) -> None:
    (folder / name).write_text(SIZE)
    assert check(folder) == ()


@pytest.mark.parametrize("word", ["sitemap", "science", "lens", "citations", "website"])
def test_a_word_that_is_no_table_has_no_near_table(word: str) -> None:
    assert near_table(word) is None


def test_a_tsv_file_is_read(folder: Path) -> None:
    (folder / "sizes.tsv").write_text(SIZE.replace(",", "\t"))
    assert read(folder).given_sizes["capacity_t"].tolist() == [5000]


def test_files_under_japanese_names_are_read(folder: Path) -> None:
    (folder / "sites.csv").rename(folder / "解体事業者.csv")
    (folder / "hubs.csv").rename(folder / "ハブ候補.csv")
    assert len(read(folder).sites) == len(flat_tables()["sites"])


@pytest.mark.parametrize("title", ["maxt", "max_tt", "mx_t", "existing_tt"])
def test_a_limit_nearly_named_right_is_never_passed_over(title: str, folder: Path) -> None:
    write_csv(folder / "hubs.csv", [{**row, title: 100} for row in [{"id": "hk1", "lat": 35.5, "lon": 139.75}]])
    (found,) = check(folder)
    assert (found.fatal, found.column) == (True, title)
    assert "a limit would be lost" in found.cure


@pytest.mark.parametrize("title", ["max_T(t/年)", "最大処理能力（t／年）", "Capacity", "処理能力[トン]", "max t"])
def test_a_limit_under_a_sure_name_is_read(title: str, folder: Path) -> None:
    write_csv(folder / "hubs.csv", [{"id": "hk1", "lat": 35.5, "lon": 139.75, title: 1200}])
    assert read(folder).hubs["max_t"].tolist() == [1200]


def test_two_names_for_one_column_are_a_fault(folder: Path) -> None:
    write_csv(folder / "hubs.csv", [{"id": "hk1", "lat": 35.5, "lon": 139.75, "capacity": 1200, "処理能力": 900}])
    assert [found.kind for found in check(folder) if found.fatal] == ["duplicate-column"]


def test_an_order_outside_the_regions_planned_is_refused(tiny: Path) -> None:
    network = read(tiny)
    with pytest.raises(UsageError, match=r"hc1.*chubu.*not planned"):
        read_task(network, Request(regions=("kanto",), closed=("hc1",)))
    assert read_task(network, Request(regions=("kanto", "chubu"), closed=("hc1",))).network.regions


def test_regions_and_plants_are_found_by_their_names(tiny: Path) -> None:
    write_csv(tiny / "chubu/hubs.csv", [{"id": "hc1", "name_ja": "名古屋ハブ", "lat": 35.05, "lon": 136.88},
                                        {"id": "hc2", "name_ja": "双子", "lat": 34.95, "lon": 138.40},
                                        {"id": "hc3", "name_ja": "双子", "lat": 34.96, "lon": 138.41}])  # fmt: skip
    request = name_by_ids(read(tiny), Request(regions=("中部", "Kanto", "関東地方"), closed=("名古屋ハブ", "双子")))
    assert request.regions == ("chubu", "kanto")
    assert request.closed == ("hc1", "双子")  # two plants have that name
