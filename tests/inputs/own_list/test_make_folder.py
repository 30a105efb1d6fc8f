"""A planner's own list becomes a folder: what is sure is converted, the rest is kept and told, and no row is lost."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from hubspoke.base.errors import InputError, UsageError
from hubspoke.inputs.check.check import check
from hubspoke.inputs.own_list.make_folder import make_folder
from hubspoke.inputs.read import read
from hubspoke.inputs.tables.number_cure import number_cure

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "No,会社名,都道府県,市区町村,住所,緯度,経度,年間処理量(kg)"
ROWS = (
    "1,一号,福岡県,,,33.88,130.87,1２00",
    "2,二号,福岡,,北九州市小倉北区1,,,106t",
    '3,三号,,,福岡県久留米市東町1,,,"5,000"',
    "4,四号,Kumamoto-ken,菊池郡大津町,,,,8000",
    ",合計,,,,,,120200",
)


def write_list(path: Path, *lines: str) -> Path:
    """Write a list as text."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table that was made."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def faults_of(folder: Path) -> list[tuple[str, int, str]]:
    """Return kind, row and column of each fault of a folder."""
    return [(found.kind, found.row, found.column) for found in check(folder) if found.fatal]


def test_a_japanese_list_becomes_a_folder_that_check_passes(tmp_path: Path) -> None:
    own = write_list(tmp_path / "拠点.csv", "2026年の一覧", HEADER, *ROWS)
    made = make_folder(tmp_path / "made", [own])
    rows = rows_of(made.folder / "sites.csv")
    assert [row["mass_t"] for row in rows] == ["1.2", "106", "5", "8"]
    assert [row["id"] for row in rows] == ["S1", "S2", "S3", "S4"]
    assert [row["prefecture"] for row in rows] == ["Fukuoka", "Fukuoka", "Fukuoka", "Kumamoto"]
    assert {row["region"] for row in rows} == {"kyushu"}
    assert [row["place_precision"] for row in rows] == ["given", "municipality", "municipality", "prefecture"]
    told = "\n".join(made.lines)
    assert "年間処理量(kg) -> mass_t, unit kg, times 0.001" in told
    assert "row 7: looks like a total" in told
    assert "rows: 5 read, 1 left out, 4 written" in told
    assert faults_of(made.folder) == []
    assert read(made.folder).regions == ("kyushu",)


def test_plants_that_ship_stand_in_only_where_the_list_has_none(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "解体事業者"
    for line in ("事業所名,都道府県,処理量(t)", "甲,愛媛県,20", "乙,香川県,30"):
        book.active.append(line.split(","))
    hubs = book.create_sheet("ハブ候補")
    for line in ("施設名,都道府県,市区町村,処理方式,状態,最大処理能力(t/年)", "西条,愛媛県,西条市,焙焼,候補,６００"):
        hubs.append(line.split(","))
    book.create_sheet("メモ").append(["x"])
    book.save(tmp_path / "list.xlsx")
    made = make_folder(tmp_path / "made", [tmp_path / "list.xlsx"], "ja")
    network = read(made.folder)
    assert network.hubs[["id", "technology", "max_t"]].to_numpy().tolist() == [["H001", "roasting", 600.0]]
    assert set(network.refineries["region"]) == {"shikoku"}
    told = "\n".join(made.lines)
    assert "年間処理量" not in told
    assert "処理量(t) → mass_t、単位 t" in told
    assert "'メモ'" in told
    assert "refineries：リストに無いため" in told


def test_what_is_not_sure_is_kept_and_explained_by_check(tmp_path: Path) -> None:
    own = write_list(tmp_path / "a.csv", "名称,都道府県,住所,処理量(t),担当", "甲,愛媛県,,約3,山", "乙,,どこか,4,川")
    made = make_folder(tmp_path / "made", [own])
    rows = rows_of(made.folder / "sites.csv")
    assert [(row["mass_t"], row["担当"]) for row in rows] == [("約3", "山"), ("4", "川")]
    kinds = faults_of(made.folder)
    assert ("not-a-number", 2, "mass_t") in kinds
    assert {("blank", 3, "region"), ("blank", 3, "lat"), ("blank", 3, "lon")} <= set(kinds)


def test_names_of_places_that_contradict_or_mean_none_are_quoted(tmp_path: Path) -> None:
    lines = ("甲,福岡県,新潟県長岡市,4", "乙,,どこか,4", "丙,千葉県,市川市1,4", "丁,福島県,郡山市朝日1,4")
    own = write_list(tmp_path / "a.csv", "名称,都道府県,住所,処理量(t)", *lines)
    made = make_folder(tmp_path / "made", [own], "ja")
    precise = [row["place_precision"] for row in rows_of(made.folder / "sites.csv")]
    assert precise == ["prefecture", "", "prefecture", "municipality"]
    assert "2行目：都道府県 '福岡県' は '新潟県長岡市' と一致しない" in "\n".join(made.lines)
    found = {finding.kind: finding for finding in check(made.folder) if finding.file == "sites.csv"}
    assert (found["other-prefecture"].row, found["other-prefecture"].fatal) == (2, False)
    assert "'新潟県長岡市'" in found["other-prefecture"].problem
    assert "S003 '市川市1'" in found["unknown-municipality"].problem
    assert "1 places" in found["unknown-municipality"].problem
    assert "'どこか' is no place that is known" in found["blank"].problem


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.2千", "1200"), ("３万ｔ", "30000"), ("2k", "2000"), ("1,200千", "1200000"), ("5 m", "5 alone")],
)
def test_what_stands_for_zeros_is_written_out_in_the_cure(cell: str, number: str) -> None:
    assert number_cure(cell).startswith((f"write {number},", f"write {number};"))


def test_counts_without_a_weight_are_kept_and_the_settings_say_how_to_weigh_them(tmp_path: Path) -> None:
    own = write_list(tmp_path / "a.csv", "名称,都道府県,年間処理台数(台/年)", "甲,愛媛県,40")
    made = make_folder(tmp_path / "made", [own])
    settings = made.folder / "plan.toml"
    assert ("unit", 1, "年間処理台数(台/年)") in faults_of(made.folder)
    settings.write_text(settings.read_text("utf-8").replace("# [", "[").replace('# "', '"'), encoding="utf-8")
    assert faults_of(made.folder) == []
    assert float(read(made.folder).supply_t(2040).sum()) == pytest.approx(40 * 0.25)


def test_years_of_the_list_become_those_planned(tmp_path: Path) -> None:
    own = write_list(tmp_path / "a.csv", "名称,都道府県,2026年度処理量(t),2030年度処理量(t)", "甲,愛媛県,4,5")
    made = make_folder(tmp_path / "made", [own])
    assert faults_of(made.folder) == []
    network = read(made.folder)
    assert [float(network.supply_t(year).sum()) for year in (2026, 2030)] == pytest.approx([4, 5])


def test_a_second_title_of_one_column_is_kept(tmp_path: Path) -> None:
    own = write_list(tmp_path / "a.csv", "会社名,事業所名,都道府県,処理量", "甲社,東,愛媛県,4")
    (row,) = rows_of(make_folder(tmp_path / "made", [own]).folder / "sites.csv")
    assert (row["name"], row["事業所名"]) == ("甲社", "東")


@pytest.mark.parametrize("name", ["九州", "九州地方", "九州・沖縄", "Kyushu"])
def test_regions_by_name_are_those_that_ship(tmp_path: Path, name: str) -> None:
    own = write_list(tmp_path / "a.csv", "名称,地方,都道府県,処理量", f"甲,{name},福岡県,4")
    made = make_folder(tmp_path / "made", [own])
    assert [row["region"] for row in rows_of(made.folder / "sites.csv")] == ["kyushu"]
    assert {row["region"] for row in rows_of(made.folder / "hubs.csv")} == {"kyushu"}


def test_equal_numbers_in_two_lists_are_told_apart(tmp_path: Path) -> None:
    sites = write_list(tmp_path / "sites.csv", "コード,都道府県,処理量", "1,愛媛県,4", "2,愛媛県,4")
    hubs = write_list(tmp_path / "hubs.csv", "コード,都道府県", "1,愛媛県")
    made = make_folder(tmp_path / "made", [sites, hubs])
    assert faults_of(made.folder) == []
    assert read(made.folder).hubs["id"].tolist() == ["H1"]


@pytest.mark.parametrize(
    "lines",
    [("備考,a", "x,y", "z,w"), ("名称,処理量,処理量", "甲,1,2"), ("",)],
    ids=["no known columns", "twice", "empty"],
)
def test_what_cannot_be_taken_over_leaves_nothing_behind(tmp_path: Path, lines: tuple[str, ...]) -> None:
    own = write_list(tmp_path / "a.csv", *lines)
    target = tmp_path / "made"
    with pytest.raises(InputError):
        make_folder(target, [own])
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_filled_folders_and_missing_lists_are_refused(tmp_path: Path) -> None:
    own = write_list(tmp_path / "a.csv", "名称,都道府県,処理量", "甲,愛媛県,4")
    with pytest.raises(UsageError, match="not empty"):
        make_folder(tmp_path, [own])
    with pytest.raises(UsageError, match="no such file"):
        make_folder(tmp_path / "made", [tmp_path / "b.csv"])


def test_names_in_the_settings_are_quoted(tmp_path: Path) -> None:
    own = write_list(tmp_path / 'a"b.csv', "名称,都道府県,処理量", "甲,愛媛県,4")
    made = make_folder(tmp_path / "made", [own])
    assert read(made.folder).settings.title == 'a"b'
