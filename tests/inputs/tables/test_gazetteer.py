"""Places are found by the spellings in use, and never by a name that means several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read
from hubspoke.inputs.tables.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("prefecture", "city", "address", "found"),
    [
        ("福岡県", "北九州市八幡西区", "", "北九州市"),
        ("福岡", "北九州", "", "北九州市"),
        ("FUKUOKA", "Kitakyushu City", "", "北九州市"),
        ("", "", "福岡県京都郡苅田町1-2", "苅田町"),
        ("", "", "北九州市小倉北区1-1", "北九州市"),
        ("三重", "四日市", "", "四日市市"),
        ("", "", "四日市市諏訪町1", "四日市市"),
        ("", "", "福島県郡山市朝日1", "郡山市"),
        ("", "", "〒530-0001大阪府大阪市北区梅田3", "大阪市"),
        ("", "", "530-0001 大阪市北区梅田3", "大阪市"),
        ("京都", "", "", "京都府"),
        ("Tōkyō-to", "", "", "東京都"),
        ("Hyougo Prefecture", "", "", "兵庫県"),
        ("Gumma", "", "", "群馬県"),
        ("北海道", "礼文町", "", "北海道"),
        ("東京都", "府中市", "", "東京都"),
        ("", "府中市", "", None),
        ("Bayern", "München", "", None),
        ("", "", "", None),
    ],
)
def test_spellings(prefecture: str, city: str, address: str, found: str | None) -> None:
    place = load_gazetteer().find(prefecture, city, address)
    assert (place and place.name_ja) == found


def test_all_prefectures_are_known_by_both_names_and_apart() -> None:
    gazetteer = load_gazetteer()
    places = {place.prefecture: place for place in gazetteer.prefectures.values()}
    assert len(places) == 47
    for place in places.values():
        assert gazetteer.find_prefecture(place.prefecture) is place
        assert gazetteer.find_prefecture(place.prefecture_ja) is place
        assert gazetteer.find_prefecture(place.prefecture_ja.rstrip("府県")) is place


def test_places_by_name_are_counted_and_share_no_ground(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", flat_tables())
    header = "id,prefecture,city,lat,lon"
    (folder / "hubs.csv").write_text(
        f"{header}\na,東京都,八王子市,,\nb,東京都,八王子市,,\nc,,,35.6,139.7\n", encoding="utf-8"
    )
    (warning,) = [found for found in check(folder) if found.kind == "imprecise"]
    assert "2 of 3 places" in warning.problem
    hubs = read(folder).hubs.set_index("id")
    assert hubs["place_precision"].tolist() == ["municipality", "municipality", "given"]
    assert hubs["lat"].nunique() == 2
    assert hubs["ground"].tolist()[:2] == ["a", "b"]


def test_half_a_position_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", flat_tables())
    (folder / "hubs.csv").write_text("id,prefecture,lat,lon\na,東京都,35.6,\n", encoding="utf-8")
    assert [(found.kind, found.column) for found in check(folder) if found.fatal] == [("blank", "lon")]
