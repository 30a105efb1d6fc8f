"""What commands say beside their answer, and on the line that moves."""

from __future__ import annotations

MESSAGES = {
    "loading": "準備中",
    "reading": "読込み中",
    "planning": "計画中",
    "planning again": "再計画中",
    "drawing": "作図中",
    "counting": "集計中",
    "comparing": "比較中",
    "comparing places": "場所を比較中",
    "tracing": "追跡中",
    "writing": "書込み中",
    "recounting": "検算中",
    "stopped; nothing was written": "中断した。何も書いていない",
    "name the folder of the input with --input, as it was when the plan was made": (
        "計画時のままの入力フォルダを --input で指定する"
    ),
    "wrote {out}; open {page}": "{out} に書いた。{page} を開く",
    "wrote {out}": "{out} に書いた",
    "copy its rows into hubs.csv of their region": "その行を各地域の hubs.csv に写す",
    "{count} distances; now: hubspoke check {folder}": "距離{count}件。次は hubspoke check {folder}",
    "edit the tables, then: hubspoke check {folder}": "表を編集してから hubspoke check {folder}",
    "fill in its sheets, then: hubspoke check {file}": "シートに記入してから hubspoke check {file}",
    "read {sites} sites in {seconds} s": "拠点{sites}か所を{seconds}秒で読込み",
    "{done} of {total} cases, {minutes}:{seconds} left": "{total}件中{done}件、残り {minutes}:{seconds}",
    "0 of {total} cases": "{total}件中0件",
}
