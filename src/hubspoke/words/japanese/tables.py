"""What is said of cells, columns and tonnes of a table."""

from __future__ import annotations

MESSAGES = {
    "{name} must be a GeoDataFrame; got {kind}": "{name} は GeoDataFrame にする（{kind} が渡された）",
    "{name} must be a pandas.DataFrame; got {kind}": "{name} は pandas.DataFrame にする（{kind} が渡された）",
    "folder must be a path; got {kind}; Network.from_frames takes data frames": (
        "folder はパスにする（{kind} が渡された）。データフレームは Network.from_frames が受け取る"
    ),
    "the cell holds the error {cell}": "セルがエラー {cell} になっている",
    "correct the formula, or write the value": "数式を直すか、値を書く",
    "the formula {formula} has no stored result": "数式 {formula} の計算結果が保存されていない",
    "open the workbook in Excel, save it there, and read it again; or write the value": (
        "Excelで開いて保存し、読み込み直す。または値を書く"
    ),
    "{cell} is negative": "{cell} は負の値",
    "write 0 or a positive number": "0 以上の数値を書く",
    "{cell} is no share": "{cell} は割合でない",
    "write a number from 0 to 1, or leave it empty for that of the settings": (
        "0～1 の数値を書くか、設定の値でよければ空欄にする"
    ),
    "{cell} is not above zero": "{cell} は 0 より大きくない",
    "write a number above 0": "0 より大きい数値を書く",
    "write a number above 0; leave it empty for no limit; status closed shuts a plant": (
        "0 より大きい数値を書く。上限がなければ空欄、設備を閉じるなら status を closed とする"
    ),
    "{cell} is not above zero: a site that may keep nothing in stock can send nothing": (
        "{cell} は 0 より大きくない。在庫を持てない拠点は何も送れない"
    ),
    "write a number above 0, such as 1000000 for no limit, or leave it empty for collection.stock_max_t": (
        "0 より大きい数値を書く（上限なしは 1000000 など）。collection.stock_max_t でよければ空欄にする"
    ),
    "{cell} is not a number": "{cell} は数値でない",
    "write a number with a decimal point, such as 1234.5": "1234.5 のように、小数点をピリオドで書く",
    "leave the cell empty where there is no limit": "上限がなければ空欄にする",
    "leave the cell empty": "空欄にする",
    "write {plain}, without thousands separators": "桁区切りなしで {plain} と書く",
    "write {plain}, with a decimal point": "小数点をピリオドにして {plain} と書く",
    "write {plain} in half-width digits": "半角で {plain} と書く",
    "write {number}, without words": "{number} と数字だけで書く",
    "write {number} alone; the unit stands in the column's name": "{number} だけを書く。単位は列名が示す",
    "write a finite number, or leave the cell empty where there is no limit": (
        "有限の数値を書くか、上限がなければ空欄にする"
    ),
    "{cure}; to forbid the lane write status forbidden": "{cure}。区間を禁じるなら status を forbidden とする",
    "{cell} holds a control character": "{cell} に制御文字がある",
    "type the text again, with visible characters only": "見える文字だけで入力し直す",
    "{cell} holds a control character or line break": "{cell} に制御文字または改行がある",
    "type the id again, with visible characters only": "見える文字だけでidを入力し直す",
    "blanks around {cell} are taken away": "{cell} の前後の空白を除いて読み込む",
    "remove them from the file": "ファイルからも消す",
    "{cell} is not a known {name}": "{cell} は {name} に書ける値でない",
    "; {near} is nearest": "。最も近いのは {near}",
    "the column {name} is not known and not read": "列 {name} は不明なため読み込まない",
    "rename it {near} if that is meant": "その意味なら列名を {near} とする",
    "; else give it another name, since a limit would be lost": "。違うなら別の名前にする。上限が失われるおそれがある",
    "the prefecture {shown} is not that of {place}; the prefecture counts": (
        "都道府県 {shown} は {place} と一致しない。都道府県の方を使う"
    ),
    "correct one of the two": "どちらかを直す",
    "the cell is empty, and {shown} is no place that is known": "セルが空欄で、{shown} の場所も分からない",
    "correct the address, or write its prefecture; or write lat, lon and region": (
        "住所を直すか都道府県を書く。または lat、lon、region を書く"
    ),
    "{count} places stand at the prefectural office, as their municipality is not known, first {named}": (
        "{count}件は市区町村が分からず、都道府県庁の位置に置いた。初めは {named}"
    ),
    "write lat and lon, or the name of today where it has changed; only the larger cities are known by name": (
        "lat と lon を書くか、改称・合併した所は今の名前を書く。名前で分かるのは主な市だけ"
    ),
    "the column {name} is missing": "列 {name} がない",
    "rename the column {near}": "列 {near} の名前を変える",
    "add a column {name} to the header": "見出しに列 {name} を加える",
    "no table has a column {title}, so that nothing is read as told": (
        "どの表にも列 {title} がないため、指定は何にも効かない"
    ),
    "correct the title, or remove the line": "見出しを直すか、行を消す",
    "{shown} stands in row {row} of {file} too": "{shown} は {file} の{row}行目にもある",
    "keep one of the two rows": "一方の行だけを残す",
    "running numbers are no ids of their own: read as {shown}": (
        "通し番号は固有のidにならないため、{shown}として読み込む"
    ),
    "{first} and so on": "{first}など",
    "give every place an id": "全ての場所にidを付ける",
    "{count} of {all} places are not where they stand, but by name: {parts}": (
        "{all}か所のうち{count}か所は、実際の位置でなく名前から求めた位置：{parts}"
    ),
    "{count} of their district": "町・大字の代表点{count}か所",
    "write lat and lon where distances matter, or give jageocoder its dictionary: download one from "
    "https://www.info-proto.com/static/jageocoder/latest/ and run jageocoder install-dictionary FILE": (
        "距離が重要なら lat・lon を書く。または jageocoder に辞書を入れる："
        "https://www.info-proto.com/static/jageocoder/latest/ から入手し "
        "jageocoder install-dictionary FILE を実行する"
    ),
    "write lat and lon where distances matter, or let full addresses be looked up: pip install 'hubspoke[addresses]'": (
        "距離が重要なら lat・lon を書く。または番地までの住所を引けるようにする：pip install 'hubspoke[addresses]'"
    ),
    "{count} of their municipality": "市区町村の代表点{count}か所",
    "{count} of the prefectural office": "都道府県庁{count}か所",
    "write lat and lon where distances matter": "距離が大切な場所は lat と lon を書く",
    "regions are filled in by prefecture: {told}": "地域を都道府県から補った：{told}",
    "nothing, if that is meant; else write the region of each row in a column region": (
        "意図どおりならそのままでよい。違えば region 列に各行の地域を書く"
    ),
    "no roads are given here: {told} of {all} distances are straight lines over the globe, times {factor}, at "
    "{speed} km/h; sea is not seen": (
        "道路網がないため、距離{all}件のうち{told}件は地表の直線距離の{factor}倍（時速{speed} km）。海は考慮しない"
    ),
    "give distances in lanes (hubspoke distances), or roads and cities; nothing, if that is near enough": (
        "lanes に距離を書く（hubspoke distances）か、roads と cities を与える。この精度でよければそのままでよい"
    ),
    "the column 'region' is missing": "列 'region' がない",
    ", though {stated} has it": "（{stated} にはある）",
    "add it, with the region of each row": "列を加え、各行の地域を書く",
    "the cell is empty": "セルが空欄",
    "write the region or the prefecture, or remove the column if all rows lie in one region": (
        "地域か都道府県を書く。全行が一つの地域なら列を消す"
    ),
    "no column states the tonnes": "量を示す列がない",
    "one per class ({classes}), or {total} or {mass} for all packs together": (
        "種類ごと（{classes}）か、全体（{total}、{mass}）の列"
    ),
    "add columns such as {name}; or {forms}": "{name} のような列か、{forms}を加える",
    "rename the column {name}; or {forms}": "列 {name} の名前を直すか、{forms}を加える",
    "if {title} states them, write [columns] \"{name}\" = '{mass}' in the settings; or {forms}": (
        "{title} がそれなら、設定に [columns] \"{name}\" = '{mass}' と書く。でなければ{forms}を加える"
    ),
    "states no classes: divided {used} ({split})": "種類の記載がないため、{used}配分した（{split}）",
    "by the fleet of the scenario {base}": "シナリオ {base} の保有車両で",
    "by classes.<name>.default_share": "classes.<名前>.default_share で",
    "add columns such as {name} where the classes are known": "種類が分かる場合は {name} のような列を加える",
    "; --set supply.split=default_share divides by default_share": (
        "。--set supply.split=default_share とすると default_share で配分する"
    ),
    "no column states the tonnes of class {name}: taken as 0": "種類 {name} の量の列がない。0 とみなす",
    "no column states the tonnes of class {name}": "種類 {name} の量の列がない",
    "add {own} or {name}_t if there are such packs": "その電池があれば {own} か {name}_t を加える",
    "not read, since the classes have columns of their own": "種類ごとの列があるため読み込まない",
    "not read, since {name}_{first}_t and so on are there": "{name}_{first}_t などがあるため読み込まない",
    "not read, since {name} and so on are there": "{name} などがあるため読み込まない",
    "remove it, or the others": "この列か、他の列を消す",
    "remove one of the two": "一方を消す",
    "the column {column} is missing: horizon.years lists {year}": (
        "列 {column} がない（horizon.years に{year}年がある）"
    ),
    "add the column, or take {year} out of horizon.years": "列を加えるか、horizon.years から{year}年を除く",
    "{told}; not read": "{told}ため読み込まない",
    "looks like a total ({word})": "合計行とみられる（{word}）",
    "holds the sum of the rows above": "上の行の合計である",
    "nothing, or remove the row": "そのままでよい。または行を消す",
    "remove the row if it is a total": "合計なら行を消す",
    "{told}, but has a place; read as a row of its own": "{told}が、位置があるため独立した行として読み込む",
    "words are read as values: {told}": "語を値として読み込む：{told}",
    "; several are separated by {mark}": "。複数は {mark} で区切る",
    ", 0 if there is none": "（なければ 0）",
    "the id is empty": "idが空欄",
    "give every row an id": "全ての行にidを書く",
    "{cell} makes no sense there": "{cell} は意味をなさない",
    "write a number up to {most}, in the unit of the column's name": "列名の単位で、{most} 以下の数値を書く",
    "; if these are metres, name the column distance_m": "。メートルなら列名を distance_m とする",
    "{cell} is next to nothing": "{cell} はほぼ 0",
    "write 0": "0 と書く",
}
