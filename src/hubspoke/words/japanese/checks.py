"""What `check` says between tables."""

from __future__ import annotations

MESSAGES = {
    "not planned, as they recover less than policy.least_recovery_t_per_t asks for: {names}": (
        "policy.least_recovery_t_per_t が求める回収量に届かないため計画しない：{names}"
    ),
    "the site {id} has 0 tonnes in every year": "拠点 {id} の量がどの年も 0 t",
    "write its tonnes, or remove it": "量を書くか、行を消す",
    "the id {id} stands in row {row} of {file} too": "id {id} は {file} の{row}行目にもある",
    "give every site, hub and refinery its own id": "拠点・ハブ・製錬所のidを全て別にする",
    "every site has 0 tonnes in every year": "全拠点の量がどの年も 0 t",
    "no site has any tonnes in {year}": "{year}年に量のある拠点がない",
    "write the tonnes of packs per year": "電池の年間量（t）を書く",
    "write them, or take {year} out of horizon.years": "量を書くか、horizon.years から{year}年を除く",
    "the region {region} is not drawn in boundaries{many}": "地域 {region} の輪郭が boundaries にない{many}",
    " ({rows} rows)": "（{rows}行）",
    "write {near}": "{near} と書く",
    "nothing, if the region is your own: it gets no outline on the map": (
        "独自の地域ならそのままでよい（地図に輪郭は出ない）"
    ),
    "the region {region} has {count} site{s} but no {one}": "地域 {region} に拠点は{count}か所あるが、{one}がない",
    "add a {one} there, or choose a policy under which the region may deliver to others": (
        "そこに{one}を加えるか、他地域へ送れる方針を選ぶ"
    ),
    "the column {key} stands twice": "列 {key} が二つある",
    "keep one of the two": "一方だけを残す",
    "the table has no rows": "表に行がない",
    "give at least one": "少なくとも1行を書く",
    "{id} lies {where} km outside of that of its region {region}": (
        "{id} は所属する地域 {region} の外にある（{where} km）"
    ),
    "in the outline of {region}, ": "{region} の輪郭内、",
    "correct lat and lon, or the region; nothing, if it is meant": (
        "lat・lon または地域を直す。意図どおりならそのままでよい"
    ),
    "{km} km is shorter than the straight line of {straight} km": "{km} km は直線距離 {straight} km より短い",
    "correct distance_km, or the positions; leave it empty where the distance is not known": (
        "distance_km か位置を直す。距離が不明なら空欄にする"
    ),
    "{km} km where the straight line is {straight} km; is it in metres?": (
        "直線距離 {straight} km に対して {km} km。メートルではないか"
    ),
    "write kilometres, or name the column distance_m": "キロメートルで書くか、列名を distance_m とする",
    "write kilometres, or correct the positions of the two cities": ("キロメートルで書くか、二つの都市の位置を直す"),
    "{name} stands there, which is none of the plant's technologies: it is of no use": (
        "現にある {name} はこの施設の technology になく、使えない"
    ),
    "add {name} to technology, if the plant may go on as it stands": (
        "そのまま使えるなら technology に {name} を加える"
    ),
    "{name} looks like {earlier} in row {row} of {file}, but is written in other letters ({points})": (
        "{name} は {file} の{row}行目の {earlier} と同じに見えるが、文字が異なる（{points}）"
    ),
    "give one of the two another name, or correct its letters": "一方を別の名前にするか、文字をそろえる",
    "write both in the same letters, if they mean the same": "同じものなら文字をそろえる",
    "{mass} t of {id} in {year} lie far above all others: the next largest site has {next} t, three quarters of them "
    "have at most {quartile} t": (
        "{id} の{year}年の {mass} t は他の拠点より桁違いに多い（次は {next} t、4分の3は {quartile} t 以下）"
    ),
    "write {mass}, if these are kg, or correct the number; nothing, if it is meant": (
        "kgであれば {mass} と書くか、数値を直す。意図どおりならそのままでよい"
    ),
    "correct the number or its unit": "数値または単位を直す",
    "correct the number or its unit; nothing, if it is meant": ("数値または単位を直す。意図どおりならそのままでよい"),
    "{what} of {value} lies far above all others: the next largest is {next}, three quarters of them are at most "
    "{quartile}": ("{what} の {value} は他の値より桁違いに大きい（次に大きい値は {next}、4分の3は {quartile} 以下）"),
    "{what} of {value} lies far below all others: the next smallest is {next}, three quarters of them are at least "
    "{quartile}": ("{what} の {value} は他の値より桁違いに小さい（次に小さい値は {next}、4分の3は {quartile} 以上）"),
    "lat {lat}, lon {lon} is {km} km from the middle of all {spots} places; three quarters of them lie within {reach} "
    "km of it": ("緯度 {lat}、経度 {lon} は全{spots}地点の中央から {km} km 離れている（4分の3は {reach} km 以内）"),
    "correct the position; nothing, if it is meant": "位置を直す。意図どおりならそのままでよい",
    "lat {lat}, lon {lon} lies far from all others, and among them with another sign": (
        "緯度 {lat}、経度 {lon} は他の全地点から遠いが、符号を変えれば同じ範囲に入る"
    ),
    "write lat {lat}, lon {lon}; nothing, if it is meant": (
        "緯度 {lat}、経度 {lon} と書く。意図どおりならそのままでよい"
    ),
    "{start} to {end} is neither a lane from a site to a hub nor from a hub to a refinery, nor from abroad to a port": (
        "{start} から {end} は、拠点→ハブ、ハブ→製錬所、海外→港のいずれの区間でもない"
    ),
    "remove the row, or correct the ids": "行を消すか、idを直す",
    "the lane {start} to {end} states nothing": "区間 {start}→{end} に値が何もない",
    "fill distance_km, cost_jpy_per_t or co2_kg_per_t, or remove the row": (
        "distance_km、cost_jpy_per_t、co2_kg_per_t のいずれかを書くか、行を消す"
    ),
    "there is no {one} {id}": "{one} {id} は存在しない",
    "write the id of a {one}": "{one}のidを書く",
    "there is no plant {id}": "設備 {id} は存在しない",
    "{count} plants are not there: {ids}": "存在しない設備が{count}件：{ids}",
    "write the id of a hub or refinery{hint}": "ハブまたは製錬所のidを書く{hint}",
    ", or leave out the scenario {scenario}, if its plants are not those of this folder": (
        "。このフォルダの設備でなければ、シナリオ {scenario} を外す"
    ),
    "{id} is a cell works, and those are not planned": "{id} は電池工場であり、計画の対象になっていない",
    "{start} to {end} is neither a lane from a site to a hub nor from a hub or port to a refinery": (
        "{start} から {end} は、拠点→ハブ、ハブ・港→製錬所のいずれの区間でもない"
    ),
    "set sources.factory_scrap=true": "sources.factory_scrap=true とする",
    "correct the ids{wrong}": "idを直す{wrong}",
    "lat {lat}, lon {lon} are no degrees; they look like metres of a projected map": (
        "lat {lat}、lon {lon} は度でない。平面直角座標のメートルではないか"
    ),
    "write degrees of latitude (lat) and longitude (lon), WGS84": "緯度（lat）と経度（lon）を度で書く（WGS84）",
    "lat {lat}, lon {lon} are swapped": "lat {lat} と lon {lon} が逆になっている",
    "exchange the columns lat and lon": "lat と lon の列を入れ替える",
    "lat {lat} is not between -90 and 90": "lat {lat} が -90～90 の範囲にない",
    "lon {lon} is not between -180 and 180": "lon {lon} が -180～180 の範囲にない",
    "lat {lat}, lon {lon} is {km} km from the nearest city of the road graph": (
        "lat {lat}、lon {lon} は道路網の最寄り都市から {km} km 離れている"
    ),
    'correct the position; or give roads.csv and cities.csv for that area, or set roads.distances = "straight"': (
        '位置を直すか、その地域の roads.csv と cities.csv を与えるか、roads.distances = "straight" とする'
    ),
    "{id} has no technology {technology}": "{id} に技術 {technology} はない",
    "write one of {known}, or nothing for the first of them": "{known} のいずれかを書くか、先頭でよければ空欄にする",
    "{capacity} t is above the plant's max_t of {most}: no more than that may enter": (
        "{capacity} t は設備の max_t {most} を超える。受け入れられるのは max_t まで"
    ),
    "lower capacity_t, or raise max_t of the plant": "capacity_t を下げるか、設備の max_t を上げる",
    "existing_t of {stands} is above max_t of {most}: no more than that may enter": (
        "existing_t {stands} が max_t {most} を超える。受け入れられるのは max_t まで"
    ),
    "raise max_t, or leave it empty for no limit": "max_t を上げるか、上限がなければ空欄にする",
    "{id} is an electric furnace, which is not built and has no sizes": "{id} は電気炉であり、建設せず規模もない",
    "remove the row; its limit is max_t in refineries, its fee stands in the settings (furnaces)": (
        "行を消す。上限は refineries の max_t、処理料金は設定の furnaces に書く"
    ),
    "the technology {name} stands there twice": "技術 {name} が二度書かれている",
    "name each technology once": "技術は一度ずつ書く",
    "{names} names an electric furnace, which is not built, beside other technologies": (
        "{names} は、建設しない電気炉を他の技術と並べている"
    ),
    "give the furnace a row of its own": "電気炉は別の行にする",
    "technology {name} at a place of kind {kind}": "技術 {name} は種別 {kind} の場所に置けない",
    "choose another technology, or write kind {kinds} if that is what it is": (
        "別の技術を選ぶか、実際にそうなら kind に {kinds} と書く"
    ),
    "{name} is a technology of {others}, not of {table}": "{name} は {others} の技術であり、{table} の技術ではない",
    "{name} is not a known technology": "{name} は知られた技術でない",
    "all {rows} rows are electric furnaces, and all black mass must be refined": (
        "{rows}行とも電気炉だが、ブラックマスは全て製錬しなければならない"
    ),
    "add a refinery, or lift the obligation (--set policy.refine_all=false)": (
        "製錬所を加えるか、義務を外す（--set policy.refine_all=false）"
    ),
    "none of {count} refineries recovers what policy.least_recovery_t_per_t asks for ({asked})": (
        "製錬所{count}件のいずれも policy.least_recovery_t_per_t の回収率（{asked}）を満たさない"
    ),
    "ask for less, or add a technology that recovers more": "要求を下げるか、回収率の高い技術を加える",
    "the code {code} stands in row {row} of {file} too": "コード {code} は {file} の{row}行目にもある",
    "give every city its own code": "都市のコードを全て別にする",
    "the road leads from {code} to itself": "道路が {code} から同じ都市に戻っている",
    "correct one of the two codes": "いずれかのコードを直す",
    "correct km, or the positions of the two cities": "km か、両都市の位置を直す",
    "no road or ferry leads from {city} to the main part of the graph": (
        "{city} から道路網の主要部へ、道路もフェリーもない"
    ),
    "add a road or ferry, or remove the city": "道路かフェリーを加えるか、都市を消す",
    "there is no city {code}": "都市 {code} は存在しない",
    "add it to cities, or correct the code{near}": "cities に加えるか、コードを直す{near}",
    "; leading zeros lost? {zeros}": "。先頭の 0 が消えていないか（{zeros}）",
    "{name} is no class of packs": "{name} は電池の種類でない",
    "write one of {known}": "{known} のいずれかを書く",
    "no lane with a cost leads from {id} to a port": "{id} から港への、費用のある区間がない",
    "add rows to lanes: from_id, to_id of a port, cost_jpy_per_t of the sea freight": (
        "lanes に行を加える：from_id、to_id（港）、cost_jpy_per_t（海上運賃）"
    ),
    "{cure}, or set {column}=false": "{cure}か、{column}=false とする",
    "sites has no row of kind {kind}": "sites に種別 {kind} の行がない",
    "add the works to sites": "工場を sites に加える",
    "the table {table} is missing or empty": "表 {table} がないか、空である",
    "no site lies in {name}": "{name} に拠点がない",
    "state them in a scenario of your own, and choose it with supply.scenario": (
        "独自のシナリオに書き、supply.scenario で選ぶ"
    ),
    "state classes.<name>.fleet, or use supply.factor": "classes.<名前>.fleet を書くか、supply.factor を使う",
    "numbers of {base} are changed, but the tonnes of the tables stand for that scenario": (
        "{base} の数値が変えられたが、表の量はそのシナリオのものである"
    ),
    "the scenario {scenario} changes nothing: no class states which packs of the fleet it is": (
        "シナリオ {scenario} は何も変えない。保有車両のどの電池かを示す種類がない"
    ),
    "no row of {table} is {where}": "{table} に {where} の行がない",
    "costs of {ids} are those of sizes, not of a technology": "{ids} の費用は技術ではなく sizes による",
    "retires in {year}, and opens from {first} on": "{year}年に廃止だが、開設は{first}年から",
    "write a later year; it may not run in the year in which it retires": "後の年を書く。廃止する年には稼働できない",
    "{cell} is no list of shares above 0 and up to 1": "{cell} は 0 超 1 以下の割合の並びでない",
    "write the share of its capacity in its first, second ... year, such as 0.4;0.8": (
        "1年目、2年目…の能力の割合を書く（例 0.4;0.8）"
    ),
    "{year} is no year": "{year} は年でない",
    "write a year, such as 2030, or leave the cell empty": "2030 のような年を書くか、空欄にする",
    "{name} is no grade of black mass": "{name} はブラックマスの等級でない",
    "write some of {known}": "{known} の中から書く",
    "{id} lies abroad, and the lane to it has no cost": "{id} は海外にあるが、そこへの区間に費用がない",
    "fill cost_jpy_per_t": "cost_jpy_per_t を書く",
    "no lane leads to {id} in {country}": "{country} の {id} への区間がない",
    "add rows to lanes: from_id of a port or hub, to_id, cost_jpy_per_t from quay to gate": (
        "lanes に行を加える：from_id（港またはハブ）、to_id、cost_jpy_per_t（岸壁から工場まで）"
    ),
    "there are packs of the grade {grade}, and no refinery takes it": (
        "等級 {grade} の電池があるが、受け入れる製錬所がない"
    ),
    "add {grade} to grades of a refinery, or a country of one to {key}.{same}": (
        "製錬所の grades に {grade} を加えるか、{key}.{same} に製錬所の国を加える"
    ),
    "no row of refineries has the country {country}": "refineries に国 {country} の行がない",
    "write it as refineries does, or add a refinery there{known}": (
        "refineries と同じ書き方にするか、そこに製錬所を加える{known}"
    ),
}
