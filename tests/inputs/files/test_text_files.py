"""Text files are read right in every encoding and with every separator in use, or refused by name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.files.encoding import decode
from hubspoke.inputs.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.errors import Finding

HALF_WIDTH = ["ﾏﾂﾔﾏｶｲﾀｲ", "ｶﾜｸﾞﾁｵｰﾄ", "ﾐﾔｻﾞｷ", "ﾌｸｵｶﾊﾟｰﾂ", "ｺｳﾁﾘｻｲｸﾙ", "ｶ)ﾔﾏﾀﾞ", "ｲｹﾀﾞ ﾔｼﾛ"]
KANJI = ["東京都庁", "松山解体", "高松自動車リサイクル", "広島リサイクルセンター", "鹿児島ハブ候補"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the flat tables."""
    return write_folder(tmp_path / "kanto", flat_tables())


def write_sites(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Replace the sites by a text."""
    (folder / "sites.csv").write_bytes(text.encode(encoding))
    return folder


def find(folder: Path, kind: str) -> list[Finding]:
    """Return the findings of a kind."""
    return [found for found in check(folder) if found.kind == kind]


@pytest.mark.parametrize("names", [HALF_WIDTH, KANJI, [*HALF_WIDTH, *KANJI], *([name] for name in HALF_WIDTH)])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "iso2022_jp_ext"])
def test_names_come_back_from_every_encoding(names: list[str], encoding: str) -> None:
    text = "id,name\r\n" + "".join(f"s{number},{name}\r\n" for number, name in enumerate(names))
    assert decode(text.encode(encoding), "f")[0] == text


@pytest.mark.parametrize("names", [KANJI, *([name] for name in KANJI)])
def test_euc_jp_is_refused_by_name(names: list[str]) -> None:
    text, (found,) = decode(("id,name\n" + "\n".join(names)).encode("euc_jp"), "f")
    assert text is None
    assert "EUC-JP" in found.problem


def test_what_could_be_either_is_told() -> None:
    text, (found,) = decode("id,name\ns1,ﾏﾂﾔﾏ\n".encode("cp932"), "f")
    assert text is not None
    assert "'ﾏﾂﾔﾏ'" in found.problem
    assert not found.fatal


def test_damaged_jis_is_refused_with_its_row() -> None:
    text, (found,) = decode("id\n東京\n".encode("iso2022_jp") + b"\x1b$B\xff"[:3] + b"\x7f\x7f\n", "f")
    assert text is None
    assert (found.row, found.fatal) == (3, True)


def test_ids_are_one_in_composed_and_decomposed_form(folder: Path) -> None:
    rows = [
        {**row, "id": unicodedata.normalize("NFD", f"ガレージ{number}")}
        for number, row in enumerate(flat_tables()["sites"])
    ]
    write_csv(folder / "sites.csv", rows)
    write_csv(folder / "lanes.csv", [{"from_id": "ガレージ1", "to_id": "hk1", "distance_km": 30}])
    assert not [found for found in check(folder) if found.fatal]
    assert read(folder).given_lanes["from_id"].tolist() == [unicodedata.normalize("NFC", "ガレージ1")]


def test_an_id_in_another_width_is_told(folder: Path) -> None:
    write_csv(folder / "lanes.csv", [{"from_id": "ｋ１", "to_id": "hk1", "distance_km": 30}])
    (found,) = find(folder, "unknown-id")
    assert "other form" in found.cure
    assert "'k1'" in found.cure


def test_a_bare_carriage_return_is_refused_with_its_row(folder: Path) -> None:
    write_sites(folder, "id,name,lat,lon,mass_t\ns1,A,35.6,139.7,5\ns2,B\rC,35.6,139.8,5\n")
    (found,) = find(folder, "carriage-return")
    assert (found.row, found.fatal) == (3, True)


def test_carriage_returns_alone_may_end_all_rows(folder: Path) -> None:
    write_sites(folder, "id,name,lat,lon,mass_t\rs1,A,35.6,139.7,5\rs2,B,35.6,139.8,5\r")
    assert read(folder).sites["name"].tolist() == ["A", "B"]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "sep=;;;;\n"])
def test_a_sep_line_is_no_row(line: str, folder: Path) -> None:
    write_sites(folder, f"{line}id;name;lat;lon;mass_t\ns1;A, B;35.6;139.7;5\ns2;B;;139.8;5\n")
    assert find(folder, "sep-line")
    assert [found.row for found in find(folder, "blank")] == [3]  # as Excel counts, which does not show the line


@pytest.mark.parametrize("sign", [";", "\t", "|", ","])
def test_the_separator_is_the_one_that_makes_known_columns(sign: str, folder: Path) -> None:
    header = sign.join(["id", '"name, long; short"', "lat", "lon", "処理量(t)"])
    write_sites(folder, f"{header}\n" + sign.join(["s1", '"a,b;c"', "35.6", "139.7", "5"]) + "\n")
    assert read(folder).sites["id"].tolist() == ["s1"]


def test_commas_in_a_title_above_do_not_make_a_table_of_commas(folder: Path) -> None:
    write_sites(folder, "Yards, tonnes, 2026\n\nsource: survey, 2026\nid;lat;lon;mass_t\ns1;35.6;139.7;5\n")
    (late,) = find(folder, "late-header")
    assert (late.row, "row 4" in late.problem, "Yards" in late.problem) == (4, True, True)
    assert len(read(folder).sites) == 1


def test_control_characters_in_names_are_refused_and_line_breaks_kept(folder: Path) -> None:
    write_sites(folder, 'id,name,lat,lon,mass_t\ns1,"a\nb\tc",35.6,139.7,5\ns2,d\x1b[31m,35.6,139.8,5\n')
    (found,) = find(folder, "control-character")
    assert (found.row, found.column) == (3, "name")


def test_an_id_with_a_sign_that_cannot_be_seen_is_refused(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,mass_t\ns\u200b1,35.6,139.7,5\n")
    assert [found.row for found in find(folder, "control-character")] == [2]


def test_a_byte_order_mark_before_the_header_twice_is_no_part_of_it(folder: Path) -> None:
    write_sites(folder, "\ufeff\ufeffid,lat,lon,mass_t\ns1,35.6,139.7,5\n")
    assert read(folder).sites["id"].tolist() == ["s1"]


def test_a_row_named_total_is_left_out_or_told(folder: Path) -> None:
    rows = "s1,A,35.6,139.7,5\ns2,B,35.6,139.8,6\n"
    write_sites(folder, f"id,name,lat,lon,mass_t\n{rows},小計,,,11\ns3,C,35.7,139.8,7\nx,Grand total,,,18\n")
    assert [found.row for found in find(folder, "total-row")] == [4, 6]
    assert read(folder).supply_t(2040).sum() == pytest.approx(18)
    write_sites(folder, f"id,name,lat,lon,mass_t\n{rows}s3,合計,35.7,139.8,7\n")
    (found,) = find(folder, "total-row")
    assert "has a place" in found.problem
    assert len(read(folder).sites) == 3


def test_a_nameless_sum_below_the_data_is_left_out(folder: Path) -> None:
    write_sites(folder, "id,lat,lon,mass_t\ns1,35.6,139.7,5\ns2,35.6,139.8,6\n,,,11\n")
    assert len(read(folder).sites) == 2
