"""A planner's own titles, units and words are read where they are sure, told, and refused where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the flat tables."""
    return write_folder(tmp_path / "kanto", flat_tables())


def write_sites(folder: Path, header: str, *rows: str) -> Path:
    """Replace the sites by a text."""
    (folder / "sites.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_a_japanese_list_is_read_and_told(folder: Path) -> None:
    header = "No,事業所名,都道府県,市区町村,緯度,経度,年間処理量（ｔ）"
    write_sites(folder, header, "1,東京解体,東京都,港区,35.6,139.7,120", "2,横浜解体,神奈川県,横浜市,35.4,139.6,80")
    kinds = {found.kind: found for found in check(folder) if not found.fatal}
    assert "年間処理量（ｔ） = mass_t" in kinds["understood-columns"].problem
    assert "S1" in kinds["numbered"].problem
    sites = read(folder).sites
    assert sites[["id", "name", "prefecture"]].to_numpy().tolist()[0] == ["S1", "東京解体", "東京都"]


@pytest.mark.parametrize(
    ("title", "factor"),
    [
        ("処理量(kg)", 1e-3),
        ("処理量[千t]", 1e3),
        ("発生量(t/月)", 12),
        ("mass_kg", 1e-3),
        ("tonnes", 1),
        ("重量(万トン)", 1e4),
    ],
)
def test_units_in_titles_are_turned_into_tonnes(title: str, factor: float, folder: Path) -> None:
    write_sites(folder, f"id,lat,lon,{title}", "s1,35.6,139.7,50")
    assert read(folder).supply_t(2040).sum() == pytest.approx(50 * factor)


@pytest.mark.parametrize("title", ["{}年処理量(t)", "処理量_{}", "{}(t)", "FY{} 発生量", "mass_{}"])
def test_years_in_titles_are_understood(title: str, folder: Path) -> None:
    write_sites(
        folder, "id,lat,lon," + ",".join(title.format(year) for year in (2030, 2035, 2040)), "s1,35.6,139.7,1,2,3"
    )
    network = read(folder)
    assert [network.supply_t(year).sum() for year in (2030, 2035, 2040)] == pytest.approx([1, 2, 3])


@pytest.mark.parametrize("title", ["処理台数", "回収台数(台/年)", "処理量(L)", "重量(lb)"])
def test_what_is_no_weight_is_refused(title: str, folder: Path) -> None:
    write_sites(folder, f"id,lat,lon,{title}", "s1,35.6,139.7,50")
    (found,) = (found for found in check(folder) if found.kind == "unit")
    assert found.fatal
    assert ("kg_each" in found.cure) is ("台" in title)


def test_the_settings_say_what_titles_mean(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,搬入台数(台/年)", "s1,35.6,139.7,400")
    rule = '[columns]\n"搬入台数(台/年)" = { column = "mass_t", kg_each = 250 }\n'
    (folder / "a.toml").write_text(rule, encoding="utf-8")
    assert read(folder).supply_t(2040).sum() == pytest.approx(100)


def test_the_unit_of_a_title_counts_where_the_settings_state_no_factor(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,委託(kg)", "s1,35.6,139.7,400")
    (folder / "a.toml").write_text('[columns]\n"委託(kg)" = "mass_t"\n', encoding="utf-8")
    assert read(folder).supply_t(2040).sum() == pytest.approx(0.4)


def test_words_for_states_and_technologies_are_read_and_told(folder: Path) -> None:
    rows = [("hk1", "焙焼", "稼働中"), ("hk2", "機械破砕", "候補"), ("hk3", "キルン", "閉鎖")]
    write_csv(
        folder / "hubs.csv",
        [
            {"id": name, "lat": 35.5, "lon": 139.7, "処理方式": technology, "状態": status}
            for name, technology, status in rows
        ],
    )
    assert len([found for found in check(folder) if found.kind == "understood-values"]) == 2
    hubs = read(folder).hubs
    assert hubs["technology"].tolist() == ["roasting", "mechanical", "kiln"]
    assert hubs["status"].tolist() == ["open", "candidate", "closed"]


def test_the_own_name_of_a_column_wins_over_another_title(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,mass_t,重量(kg)", "s1,35.6,139.7,50,7")
    assert read(folder).supply_t(2040).sum() == pytest.approx(50)
    assert [found.column for found in check(folder) if found.kind == "unknown-column"] == ["重量(kg)"]


def test_a_place_is_called_by_its_japanese_name_where_it_has_no_other(folder: Path) -> None:
    write_csv(folder / "hubs.csv", [{"id": "h1", "name_ja": "千葉ハブ", "lat": 35.5, "lon": 139.7}])
    assert read(folder).hubs["name"].tolist() == ["千葉ハブ"]


def test_a_title_in_the_settings_that_no_table_holds_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "plan")
    text = '[columns]\n"委託量" = "mass_t"\n" LAT " = "lat"\n'
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    told = [finding for finding in check(folder) if finding.kind == "unheld-title"]
    assert [(finding.column, finding.fatal) for finding in told] == [("columns.委託量", False)]


@pytest.mark.parametrize(("title", "word"), [("区分", "稼働中"), ("Stand", "existing"), ("現況", "既設")])
def test_a_column_that_holds_states_of_plants_alone_is_read_as_such(title: str, word: str, folder: Path) -> None:
    rows = [row | {title: word if at else ""} for at, row in enumerate(flat_tables()["hubs"])]
    write_csv(folder / "hubs.csv", [{key: cell for key, cell in row.items() if key != "status"} for row in rows])
    assert read(folder).hubs["status"].tolist() == ["candidate", "open"]
    assert f"{title} = status" in {found.kind: found for found in check(folder)}["states"].problem


def test_a_column_that_holds_other_words_too_is_not_read_as_states(folder: Path) -> None:
    rows = [row | {"区分": word} for row, word in zip(flat_tables()["hubs"], ("稼働中", "民間"), strict=True)]
    write_csv(folder / "hubs.csv", rows)
    assert "states" not in {found.kind for found in check(folder)}


@pytest.mark.parametrize("title", ["施設の名称", "業者名", "拠点の名称"])
def test_the_of_a_title_is_passed_over(title: str, folder: Path) -> None:
    write_sites(folder, f"id,lat,lon,mass_t,{title}", "s1,35.6,139.7,50,東京ヤード")
    assert read(folder).sites["name"].tolist() == ["東京ヤード"]


def test_a_weight_under_a_title_that_is_not_known_is_named_with_what_to_write(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,委託分（トン／年）", "s1,35.6,139.7,50")
    (found,) = [one for one in check(folder) if one.fatal]
    assert "[columns] \"委託分（トン／年）\" = 'mass_t'" in found.cure
    (folder / "own.toml").write_text("[columns]\n\"委託分（トン／年）\" = 'mass_t'\n", encoding="utf-8")
    assert read(folder).supply_t(2040).sum() == pytest.approx(50)
