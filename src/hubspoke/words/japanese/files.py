"""What is said of files: folders, workbooks, text files and outlines."""

from __future__ import annotations

MESSAGES = {
    "drawn in several features, which are taken together: {told}": "複数の図形に分かれているため、まとめて扱う：{told}",
    "nothing, if that is meant": "意図どおりならそのままでよい",
    "no region is drawn": "地域の輪郭がない",
    "give one feature with kind region and an id for each region": (
        "地域ごとに、kind が region で id のある図形を一つ書く"
    ),
    "{place} has no properties": "{place} に properties がない",
    "feature {number}": "図形{number}",
    "give each feature properties with kind, id, name_en, name_ja": (
        "各図形の properties に kind、id、name_en、name_ja を書く"
    ),
    "{place}: kind is {kind}": "{place}：kind が {kind} になっている",
    "{place}: a region without id": "{place}：地域に id がない",
    "give the region an id": "地域に id を付ける",
    "{place} has no usable polygon": "{place} に使えるポリゴンがない",
    "give each feature a polygon in degrees of longitude and latitude (WGS84)": (
        "各図形に、経度・緯度（度、WGS84）のポリゴンを書く"
    ),
    "not a GeoJSON FeatureCollection": "GeoJSON の FeatureCollection でない",
    "export the outlines again as GeoJSON in UTF-8": "輪郭を UTF-8 の GeoJSON で書き出し直す",
    "the text is not UTF-8": "文字コードが UTF-8 でない",
    "not valid JSON: {error}": "JSON として正しくない：{error}",
    "not valid GeoJSON: nested too deeply": "GeoJSON として正しくない：入れ子が深すぎる",
    "the first line, sep={mark}, states the separator; it is no row of the table": (
        "1行目の sep={mark} は区切り文字の指定であり、表の行ではない"
    ),
    "nothing, or remove the line": "そのままでよい。または行を消す",
    "holds NUL bytes: the file is damaged or not a CSV file": "NULバイトを含む。壊れているか、CSVでない",
    "a bare carriage return breaks the row here, while other rows end with a line feed": (
        "ここで行が復帰文字（CR）だけで切れている。他の行は改行（LF）で終わる"
    ),
    "columns are separated by {one}s; read that way": "列が{one}で区切られている。そのとおり読み込む",
    "put the text in quotation marks, or remove the line break in it": "文字列を引用符で囲むか、中の改行を消す",
    "separate them by commas, with a point as decimal sign": "コンマ区切り、小数点はピリオドにする",
    "save the file as CSV UTF-8 (Excel: Save As, CSV UTF-8)": (
        "CSV UTF-8 で保存する（Excel：名前を付けて保存、CSV UTF-8）"
    ),
    "the text is neither UTF-8 nor CP932 (Shift_JIS)": "文字コードが UTF-8 でも CP932（Shift_JIS）でもない",
    "byte 0x{byte} is not UTF-8, though the rest is": "バイト 0x{byte} が UTF-8 でない（他は UTF-8）",
    "the text looks like EUC-JP": "文字コードが EUC-JP とみられる",
    "the text is UTF-16": "文字コードが UTF-16",
    "the text looks like 7-bit JIS (ISO-2022-JP), but is damaged": (
        "文字コードが JIS（ISO-2022-JP）とみられるが、壊れている"
    ),
    "malformed CSV from here to line {line}: {error}": "ここから{line}行目までCSVの形が崩れている：{error}",
    "close every quotation mark; write a quotation mark inside a text twice": (
        "引用符を全て閉じる。文字列中の引用符は二つ重ねて書く"
    ),
    "the text is 7-bit JIS (ISO-2022-JP); read that way": "文字コードは JIS（ISO-2022-JP）。そのとおり読み込む",
    "could be CP932 or EUC-JP; read as CP932, with half-width katakana such as {word}": (
        "CP932 とも EUC-JP とも読める。CP932 として読み込む（半角カナ {word} など）"
    ),
    "is no folder, workbook or GeoPackage": "フォルダ、ブック、GeoPackage のいずれでもない",
    "there is no such folder": "フォルダが存在しない",
    "folders that the program wrote are not read: {names}": "このプログラムが書いたフォルダは読み込まない：{names}",
    "nothing": "そのままでよい",
    "several settings files: {names}": "設定ファイルが複数ある：{names}",
    "keep one and move the others out of the folder": "一つを残し、他はフォルダの外へ移す",
    "put sites.csv, hubs.csv and refineries.csv there, or a folder of them for each region": (
        "sites.csv、hubs.csv、refineries.csv を置く。または地域ごとのフォルダに置く"
    ),
    "name its sheets sites, hubs and refineries, or try: hubspoke new DIR --from {name}": (
        "シート名を sites、hubs、refineries とするか、hubspoke new DIR --from {name} を試す"
    ),
    "add {table}.csv": "{table}.csv を加える",
    "add a sheet {table}": "シート {table} を加える",
    "holds none of the tables sites, hubs, refineries": "sites、hubs、refineries のいずれの表もない",
    "the table {table} is missing": "表 {table} がない",
    "name a folder with sites, hubs and refineries; `hubspoke new DIR` makes one": (
        "sites、hubs、refineries のあるフォルダを指定する。`hubspoke new DIR` で作れる"
    ),
    "the table {table} stands in {name} too": "表 {table} は {name} にもある",
    "keep one of the two files": "一方のファイルだけを残す",
    "the table {table} stands in the folder itself and in subfolders: {below}": (
        "表 {table} がフォルダ直下とサブフォルダ（{below}）の両方にある"
    ),
    "keep one flat table with a region column, or one table in each region's folder": (
        "region 列のある一つの表か、地域ごとのフォルダの表のどちらかにする"
    ),
    "cannot be read: {reason}": "読み込めない：{reason}",
    "check the rights of the file, and close it in other programs": (
        "ファイルの権限を確かめ、他のプログラムで開いていれば閉じる"
    ),
    "the {one} {sheet} is not that of a table and is not read": "{one} {sheet} は表の名前でないため読み込まない",
    "nothing, if it is only for your own use": "手元用ならそのままでよい",
    "name it {near} if it is that table": "その表なら名前を {near} とする",
    "the file is not that of a table and is not read": "表のファイルでないため読み込まない",
    "name it {near}, as text of that kind, if it is that table; else move it away": (
        "その表なら {near} の名前と形式にする。違えば別の場所へ移す"
    ),
    "the sheet {sheet} is hidden and not read": "シート {sheet} は非表示のため読み込まない",
    "show it if it is meant, else remove it": "必要なら表示し、不要なら消す",
    "save the file again, or as CSV UTF-8": "保存し直すか、CSV UTF-8 で保存する",
    "both {before} and {shown} mean the column {key}": "{before} と {shown} はどちらも列 {key} を意味する",
    "keep one of the two, or rename the other": "一方を残すか、もう一方の名前を変える",
    "{rows} row{s} take the text of the merged cell above or beside": (
        "{rows}行が、上または横の結合セルの文字を引き継ぐ"
    ),
    "a number in a merged cell: it is not clear to which rows it belongs": (
        "結合セルに数値がある。どの行のものか決められない"
    ),
    "split the merged cell": "セルの結合を解く",
    "write at least one row, or remove the file if it is optional": "1行以上書く。なくてよい表ならファイルを消す",
    "has several sheets: {best} is read, {others} not": "シートが複数ある。{best} を読み込み、{others} は読み込まない",
    "name the sheet {table} if another one is meant": "別のシートなら、名前を {table} とする",
    "no coordinate system is stated": "座標系の指定がない",
    "set the layer's coordinate system, or add the columns lat and lon in degrees": (
        "レイヤーの座標系を設定するか、lat と lon の列（度）を加える"
    ),
    "use a layer of points, or add the columns lat and lon in degrees": (
        "点のレイヤーにするか、lat と lon の列（度）を加える"
    ),
    "the geometry is a {kind}, not a point": "形状が点でなく {kind}",
    "columns are read under other names: {told}": "列を別の名前で読み込む：{told}",
    "a column without a name is not read": "名前のない列は読み込まない",
    "name it in the header, or remove it": "見出しに名前を書くか、列を消す",
    "the unit {unit} cannot be turned into that of {key}": "単位 {unit} は {key} の単位に換算できない",
    "give it in the unit of {key}": "{key} の単位で書く",
    ', or state the weight of one: [columns] "{title}" = {{ column = "{key}", kg_each = 250 }}': (
        '。または1個の重さを書く：[columns] "{title}" = {{ column = "{key}", kg_each = 250 }}'
    ),
    "nothing is written there: it is empty": "何も書かれていない",
    "write a header row and the data below it": "見出しの行と、その下にデータを書く",
    "the header stands in rows {first} and {row}; read together": (
        "見出しが{first}行目と{row}行目にある。合わせて読み込む"
    ),
    "write it in one row": "1行に書く",
    "the header stands in row {row}": "見出しは{row}行目にある",
    "the header stands in row {row}; {above} not read ({title})": (
        "見出しは{row}行目にある。{above}読み込まない（{title}）"
    ),
    "row 1 is": "1行目は",
    "rows 1 to {row} are": "1～{row}行目は",
    "remove the empty rows above it": "上の空行を消す",
    "nothing, or remove what stands above the header": "そのままでよい。または見出しより上を消す",
    "a row of units, not of data; read as part of the header": "データでなく単位の行。見出しの一部として読み込む",
    "write the unit behind each column's name, such as mass_t": "単位は mass_t のように列名の後ろに書く",
    "{found} fields where the header has {width}": "見出しは{width}列だが、この行は{found}列",
    "put texts that hold a comma in quotation marks, or remove the extra fields": (
        "コンマを含む文字列を引用符で囲むか、余分な列を消す"
    ),
    "the library that reads this kind of file is not installed (extra {extra})": (
        "この形式を読むライブラリがない（追加機能 {extra}）"
    ),
    "pip install 'hubspoke[{extra}]', or save the table as CSV UTF-8": (
        "pip install 'hubspoke[{extra}]' を実行するか、表を CSV UTF-8 で保存する"
    ),
    "in this kind of workbook a cell with an error (#N/A) or an uncalculated formula reads as empty": (
        "この形式のブックでは、エラー（#N/A）や未計算の数式のセルが空欄として読まれる"
    ),
    "save it as .xlsx, so that such cells are found": ".xlsx で保存すると、そのようなセルが見つかる",
    "no table of sites is found": "拠点の表が見つからない",
    "name the sheet or file that lists them sites": "拠点の一覧のシートまたはファイルの名前を sites とする",
    "no titles that are known: {shown}": "知っている見出しがない：{shown}",
    "write a row of titles above the data, such as 事業所名, 都道府県, 年間処理量(t)": (
        "データの上に見出しの行を書く（例 事業所名、都道府県、年間処理量(t)）"
    ),
    "{found} numbers for {years} years": "{years}年分に対して数値が{found}個",
    "no plant takes what centres give ({told})": "拠点が出すもの（{told}）を受け入れる設備がない",
    "add one": "一つ加える",
}
