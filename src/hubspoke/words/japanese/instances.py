"""What is said of public instances and of the solvers that they are given to."""

from __future__ import annotations

MESSAGES = {
    "loading the engine (compiled once on every machine, in under a minute)": (
        "ソルバーを読み込んでいる（機械ごとに一度だけ、1分以内でコンパイルする）"
    ),
    "stopped; {count} solved before": "中止した。それまでに{count}件を解いた",
    "{instance}: read as {form}, {why}": "{instance}：{form} として読んだ（{why}）",
    "unknown solver {name}; choose one of {known}": "不明なソルバー {name}。使えるもの：{known}",
    "solver {name} is not installed here; try --solver highs": (
        "ソルバー {name} はここに導入されていない。--solver highs を試す"
    ),
    "vertices, edges, medians": "頂点、枝、メディアン",
    "capacitated medians in the plane": "平面上の容量制約付きメディアン",
    "plants, depots, customers": "工場、倉庫、顧客",
    "no capacities": "能力なし",
    "capacities ignored": "能力を無視",
    "centres and plants over several periods: a folder of three tables": "複数期間の拠点と工場：三つの表のフォルダ",
    "{size}: its rows state so": "{size}：制約式による",
    "{count} {whole} customers, {hubs} facilities": "顧客{count}（{whole}）、施設{hubs}",
    "divided": "分割する",
    "whole": "分割しない",
    "several periods": "複数の期間",
    "divided customers": "顧客を分割",
    "divided customers, costs by unit; tbed1-single leaves them whole": (
        "顧客を分割、単位当たりの費用。tbed1-single では分割しない"
    ),
    "whole customers": "顧客を分割しない",
    "whole customers, costs by unit": "顧客を分割しない、単位当たりの費用",
    "whole customers; holmberg-split divides them": "顧客を分割しない。holmberg-split では分割する",
    "whole customers; diaz-split divides them": "顧客を分割しない。diaz-split では分割する",
    "it holds the word 'capacity' in place of numbers": "数値の代わりに語 'capacity' がある",
    "it holds numbers that are not finite": "有限でない数値がある",
    "its {count} numbers do not fit {tried}": "{count}個の数値が{tried}に合わない",
    "the format {form}": "形式 {form} ",
    "any known format": "どの形式にも",
    "its {count} numbers fit several formats: {likely}, {others}": (
        "{count}個の数値が複数の形式に合う：{likely}, {others}"
    ),
    "its {count} numbers fit no other format": "{count}個の数値に合う形式はほかにない",
    "its numbers fit it": "数値が合う",
    "as many numbers as {others}, but only so do numbers of a kind stand together": (
        "数値の個数は {others} とも合うが、同種の数値が並ぶのはこの形式だけ"
    ),
    "as other formats, it would have more demand than capacity": "ほかの形式では需要が能力を超える",
    "not a table of numbers ({error})": "数値の表でない（{error}）",
    "name it capa, capb or capc, or read it with --format {form}": (
        "名前を capa、capb、capc のいずれかにするか、--format {form} で読む"
    ),
    "give a public instance as published": "公開された例題を、公開されたままの形で与える",
    "name the format with --format": "--format で形式を指定する",
    "name the right one with --format": "--format で正しい形式を指定する",
    "give a file with a public instance": "公開された例題のファイルを与える",
    "give the folder with centres.csv, plants.csv and params.json": (
        "centres.csv、plants.csv、params.json のあるフォルダを与える"
    ),
    "give a file in MPS or LP form": "MPS または LP 形式のファイルを与える",
    "give a whole file in MPS or LP form, of a facility-location problem with one echelon": (
        "一段の施設配置問題の、完全な MPS または LP 形式のファイルを与える"
    ),
}
