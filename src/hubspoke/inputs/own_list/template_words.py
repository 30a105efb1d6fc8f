"""What the template workbook says: heads, instructions and lists, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

NEEDED = ("needed", "必須")
SHEETS = ("sites", "hubs", "refineries", "lanes", "sizes", "existing")
"""The sheets of the template in their order; the last three are optional."""

PLACE_HEADS = {
    "id": "識別子",
    "name": "名称",
    "region": "地域",
    "prefecture": "都道府県",
    "city": "市区町村",
    "lat": "緯度",
    "lon": "経度",
}
PLANT_HEADS = {
    "technology": "処理方式",
    "max_t": "最大処理能力",
    "status": "状態",
    "existing_t": "既存能力",
    "note": "備考",
}
PLANT = PLACE_HEADS | PLANT_HEADS
HEADS: dict[str, dict[str, str]] = {
    "sites": PLACE_HEADS | {"address": "住所", "mass_t": "年間処理量", "note": "備考"},
    "hubs": PLANT,
    "refineries": PLANT,
    "lanes": {
        "from_id": "発地",
        "to_id": "着地",
        "distance_km": "距離",
        "cost_jpy_per_t": "運賃",
        "status": "通行可否",
    },
    "sizes": {
        "plant_id": "拠点id",
        "capacity_t": "能力",
        "fixed_jpy_per_yr": "固定費",
        "variable_jpy_per_t": "変動費",
    },
    "existing": {"plant_id": "拠点id", "status": "状態"},
}
"""Japanese title by column, by sheet; the head of a column holds both."""
UNITS = {
    "lat": ("deg", "度"),
    "lon": ("deg", "度"),
    "mass_t": ("t/yr", "t/年"),
    "max_t": ("t/yr", "t/年"),
    "existing_t": ("t/yr", "t/年"),
    "capacity_t": ("t/yr", "t/年"),
    "distance_km": ("km", "km"),
    "cost_jpy_per_t": ("JPY/t", "円/t"),
    "variable_jpy_per_t": ("JPY/t", "円/t"),
    "fixed_jpy_per_yr": ("JPY/yr", "円/年"),
}
"""Unit of each column of numbers, as the row below the heads states it."""
STATUS_LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "plants": (("open", "candidate", "closed"), ("稼働中", "候補", "閉鎖")),
    "lanes": (("yes", "no"), ("可", "不可")),
}
"""What may be chosen as the state of a plant, and whether a lane may be used."""
TECHNOLOGY_LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hubs": (("roasting", "kiln", "mechanical"), ("焙焼", "キルン", "機械破砕")),
    "refineries": (("hydro",), ("湿式",)),
}
"""Technologies with words of their own; every other one stands under its key."""
HINTS: Pairs = {
    "id": ("A short name of your own, unique over all sheets.", "全シートで重複しない短い記号。"),
    "region": (
        "Leave empty where prefecture is given; a region of your own may be written, too.",
        "都道府県を書けば空欄でよい。独自の地域名も書ける。",
    ),
    "lat": (
        "Degrees (WGS84). Empty: found by prefecture and city, or by address.",
        "10進の度（WGS84）。空欄なら都道府県と市区町村、または住所から求める。",
    ),
    "mass_t": (
        "Tonnes of packs per year. For figures by year name the column mass_2040_t, and so on.",
        "年間の電池パックのトン数。年ごとの値は列名を mass_2040_t などとする。",
    ),
    "technology": (
        "Choose one, or several separated by ; . Empty: the first.",
        "一つ、または ; で区切って複数。空欄なら先頭の方式。",
    ),
    "max_t": ("The most that may enter per year. Empty: no limit.", "年間に受け入れられる上限。空欄なら上限なし。"),
    "existing_t": ("What stands today. Empty: nothing.", "現在ある設備の能力。空欄ならなし。"),
    "status": ("Empty: candidate.", "空欄なら候補。"),
    "lanes.status": ("no forbids the lane. Empty: yes.", "不可とするとその区間を使わない。空欄なら可。"),
    "distance_km": ("Road distance. Empty: computed.", "道のり。空欄なら計算する。"),
}  # fmt: skip
LINES: tuple[tuple[str, str], ...] = (
    ("How to fill in this workbook", "このブックの記入方法"),
    ("1. Fill in the sheets sites, hubs and refineries: a row for each place, from row 3 on.",
     "1. sites（排出拠点）、hubs（ハブ）、refineries（精錬）の3枚に、3行目から1拠点1行で書く。"),
    ("2. lanes (distances and freight of your own), sizes (sizes and costs of your own) and existing may stay empty.",
     "2. lanes（独自の距離と運賃）、sizes（独自の規模と費用）、existing（既存施設の状態）は空欄のままでよい。"),
    ("3. Row 1 holds the names of the columns, row 2 their units: leave both. Columns may be added, moved or removed.",
     "3. 1行目は列名、2行目は単位なので変えない。列の追加、並べ替え、削除はできる。"),
    ("4. Write numbers alone, without a unit; cells with an error or a formula never calculated are refused.",
     "4. 数値は単位を付けずに書く。エラーや未計算の数式のセルは受け付けない。"),
    ("5. Save, then:", "5. 保存してから次を実行する："),
    ("   hubspoke check {name}", "   hubspoke check {name} --lang ja"),
    ("   hubspoke solve {name} -o plan", "   hubspoke solve {name} -o plan --lang ja"),
    ("Costs, freight and metals are those that ship; a folder with plan.toml beside the workbook changes them.",
     "費用、運賃、金属価格は同梱の値。変えるには、このブックと plan.toml を同じフォルダに置き、フォルダ名を指定する。"),
    ("Example (invented):", "記入例（架空）："),
)  # fmt: skip
EXAMPLE: dict[str, tuple[str | tuple[str, str], ...]] = {
    "sites": ("S1", ("Yard A", "解体A社"), "", ("Ehime", "愛媛県"), ("Matsuyama", "松山市"), "", "", "", "120", ""),
    "hubs": ("H1", ("Saijo", "西条"), "", ("Ehime", "愛媛県"), "", "33.92", "133.18", "", "3000", "", "", ""),
    "refineries": ("R1", ("Niihama", "新居浜"), "", ("Ehime", "愛媛県"), "", "33.96", "133.28", "", "", "", "", ""),
}
"""A row of each needed sheet, in the order of its heads."""
COLUMN = ("column", "列")
MEANING = ("what to write", "書き方")
