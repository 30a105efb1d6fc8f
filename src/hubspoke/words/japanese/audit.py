"""What the audit says of the faults that it finds in a plan."""

from __future__ import annotations

MESSAGES = {
    # against the tables that were planned
    "{figure} of {name} is {told}, expected {wanted}": "{name} の {figure} が {told}、正しくは {wanted}",
    "{figure} of {name} is {told}, recounted {wanted}": "{name} の {figure} が {told}、再計算では {wanted}",
    "{figure} of {name} is {told}, by the plain formula {wanted}": (
        "{name} の {figure} が {told}、基本の式では {wanted}"
    ),
    "from {low} to {high}": "{low}から{high}",
    "technology of {name} is {told}, expected {wanted}": "{name} の技術が {told}、正しくは {wanted}",
    "site {name} is missing": "拠点 {name} がない",
    "source abroad {name} is missing": "海外の供給元 {name} がない",
    "the network has no {goods} {name}": "入力に{goods} {name} がない",
    "the table lists other plants than the network, or in another order: {goods} {names}": (
        "施設の表が入力と違うか、順序が違う：{goods} {names}"
    ),
    "{name} has no size of {size} t": "{name} に {size} t の規模はない",
    "{name} may take {allowed} t and takes {taken} t": "{name} の受入れは {allowed} t まで。{taken} t を受け入れている",
    "{name} takes {taken} t, more than the {size} t of its size": (
        "{name} は {taken} t を受け入れ、規模の {size} t を超える"
    ),
    "there is no lane from {name} to {other}": "{name} から {other} への経路がない",
    "the {what} is {told}, that of the settings {wanted}": "{what} が {told}、設定では {wanted}",
    "the year is {told}, the settings have {years}": "年が {told}、設定にあるのは {years}",
    "region {name} has two rows": "地域 {name} に行が二つある",
    "its hours fit no way of its length": "所要時間が距離に合わない",
    "{name}: its hours fit no way of its length": "{name}：所要時間が距離に合わない",
    "there is no truck {name}": "トラック {name} はない",
    "{plant}: there is no technology {name}": "{plant}：技術 {name} はない",
    # rules
    "site {name} sends a share of {share} to {hub}": "拠点 {name} から {hub} への割合が {share}",
    "site {name} is listed twice with {hub}": "拠点 {name} と {hub} の組が二度ある",
    "site {name} is left out, and every site must be served": "拠点 {name} を回収していない。全拠点から回収する規則",
    "site {name} delivers to {count} hubs": "拠点 {name} の届け先が{count}か所",
    "{plant} recovers {share} % of {metal}, and {least} % are asked": (
        "{plant} の {metal} の回収率が {share} %、求めるのは {least} %"
    ),
    "{one} {name} is listed twice": "{one} {name} が二度ある",
    "{one} {name} is used and not open": "{one} {name} を使っているが、開いていない",
    "{name} is not built and gets a subsidy of {jpy} yen": "{name} は建てないのに補助金 {jpy} 円を受ける",
    "{name} takes in {taken} t, more than its {capacity} t": (
        "{name} が {taken} t を受け入れ、能力 {capacity} t を超える"
    ),
    "the flow from {hub} to {refinery} is {mass} t": "{hub} から {refinery} への量が {mass} t",
    "the flow of {grade} from {hub} to {refinery} is listed twice": (
        "{hub} から {refinery} への {grade} の流れが二度ある"
    ),
    "{name} lands a share of {share} at {port}": "{name} から {port} に揚がる割合が {share}",
    "{name} is listed twice with a port": "{name} と港の組が二度ある",
    "site {name} of {region} delivers to {hub} in another region": "{region} の拠点 {name} が他地域の {hub} に届ける",
    "black mass of {hub} goes to {refinery} in another region": "{hub} のブラックマスが他地域の {refinery} に行く",
    "{plant} takes {taken}, and gets {grade}": "{plant} が受け入れるのは {taken}、届くのは {grade}",
    "{grade} goes to {plant} in {country}, where it may not go": (
        "{grade} が、行ってはならない {country} の {plant} に行く"
    ),
    "{count} {one} are open in {region}, allowed {limits}": "{region} で開く{one}が{count}か所、許されるのは {limits}",
    "{count} {one} are open in total, allowed {limits}": "開く{one}が計{count}か所、許されるのは {limits}",
    "{fewest} or more": "{fewest}以上",
    "{name} takes in {taken} t/yr, and must take {least} to be open": (
        "{name} の受入れが年 {taken} t、開くには {least} t が要る"
    ),
    "site {name} is {km} km from {hub}, allowed {most}": "拠点 {name} から {hub} まで {km} km、許されるのは {most} km",
    "{name} had to be open and is {state}": "{name} は開くはずが {state}",
    "{name} had to stay closed and is {state}": "{name} は閉じるはずが {state}",
    "{name} is an electric furnace, and all black mass must be refined": (
        "{name} は電炉。ブラックマスは全て製錬する規則"
    ),
    "{given} t of {metal} are recycled, and {needed} t are asked for new batteries": (
        "{metal} の再生が {given} t、新しい電池に求めるのは {needed} t"
    ),
    "flows.csv has a column ore_co2_kg": "flows.csv に列 ore_co2_kg がある",
    "flows.csv has no column ore_co2_kg": "flows.csv に列 ore_co2_kg がない",
    # what other choices cost
    "runner_up_hub_id of {name} is {told}, not the next": "{name} の runner_up_hub_id が {told}、次善ではない",
    "runner_up_more_jpy of {name} is told, but there is no other hub": (
        "{name} に runner_up_more_jpy があるが、ほかのハブはない"
    ),
    "{text} or {figure} of {name} is told, which is known for plans of least cost that serve all only": (
        "{name} に {text} か {figure} がある。全拠点から回収する費用最小の計画だけで分かるもの"
    ),
    "{figure} or {text} of {name} is told, and its state is {state}": (
        "{name} に {figure} か {text} があるが、状態は {state}"
    ),
    "closing {name} is told, which is known for plants in use in plans of least cost that serve all only": (
        "{name} の閉鎖の費用がある。全拠点から回収する費用最小の計画で使う施設だけで分かるもの"
    ),
    "closing {name} costs from {low} to {high} more": "{name} の閉鎖による増加が {low} から {high}",
    "closing_opens of {name} names {other}, no plant of its kind that could open": (
        "{name} の closing_opens にある {other} は、代わりに開ける同種の施設ではない"
    ),
    "the plants in use cost {sums} yen by sums over lanes, and {table} by the table of costs": (
        "使う施設の費用が、経路の合計では {sums} 円、費用の表では {table} 円"
    ),
    "the bound of {bound} yen is above the {least} yen of the cheapest choice of plants": (
        "下限 {bound} 円が、最も安い施設の組合せの {least} 円を上回る"
    ),
    "opening_more_jpy of {name} is {told}, recounted {wanted}": (
        "{name} の opening_more_jpy が {told}、再計算では {wanted}"
    ),
    "opening_instead_of of {name} is {told}, expected {wanted}": (
        "{name} の opening_instead_of が {told}、正しくは {wanted}"
    ),
    "closing_more_low_jpy of {name} is {told}, and the best plan without it costs {least} more": (
        "{name} の closing_more_low_jpy が {told}、それのない最良の計画の増加は {least}"
    ),
    "closing_more_jpy of {name} is {told}, and the best plan without it costs {least} more": (
        "{name} の closing_more_jpy が {told}、それのない最良の計画の増加は {least}"
    ),
    "closing_opens of {name} is {told}, expected {wanted}": "{name} の closing_opens が {told}、正しくは {wanted}",
    # sums
    "costs.csv does not hold each term and region once": "costs.csv に費目と地域の組が一度ずつない",
    "the objective is {told}, that of the policy {wanted}": "目的が {told}、規則では {wanted}",
    "the objective is {told}, recounted {wanted}": "目的関数の値が {told}、再計算では {wanted}",
    "the bound of {bound} {unit} is worse than the objective of {objective}": (
        "下限 {bound} {unit} が目的関数の値 {objective} と矛盾する"
    ),
    "JPY, present value": "JPY（現在価値）",
    "the gap is {told}, recounted {wanted}": "ギャップが {told}、再計算では {wanted}",
    "the status is {told}, recounted {wanted}": "状態が {told}、再計算では {wanted}",
    # files beside the plan
    "{key}: counted_kg and metal_kg are not of one tonnage": "{key}：counted_kg と metal_kg の量が合わない",
    "{key}: of {told}, the plan is of {year}": "{key}：{told}年のもの。計画は{year}年",
    "{key}: {told} kg, recounted {wanted}": "{key}：{told} kg、再計算では {wanted} kg",
    "{key}: {kg} kg more come in than go out": "{key}：入る量が出る量より {kg} kg 多い",
    "{key}: {amount} {unit} more enter the city than leave it": "{key}：都市に入る量が出る量より {amount} {unit} 多い",
    "{link}: no {kind} has such ends": "{link}：{kind} の両端として誤り",
    "{link}: the network has no such link": "{link}：入力にこの区間はない",
    "{link}: {city} has another name or place": "{link}：{city} の名称か位置が違う",
    "{link}: the network has no city {city}": "{link}：入力に都市 {city} はない",
    "{place}, line {row}: {shown} is not what the plan holds, {wanted}": (
        "{place} {row}行目：{shown} は計画と違う。正しくは {wanted}"
    ),
    "{name} stands twice": "{name} が二度ある",
    "maps/{name} is no map of the plan": "maps/{name} はこの計画の地図でない",
    "plan.xlsx is missing": "plan.xlsx がない",
    "plan.xlsx is not what the plan holds: {parts}": "plan.xlsx が計画と違う：{parts}",
    "plan.gpkg is missing": "plan.gpkg がない",
    "{kind}/{name} is not what the plan holds": "{kind}/{name} が計画と違う",
    "plan.gpkg, layer {name} is not what the plan holds": "plan.gpkg のレイヤー {name} が計画と違う",
    "plan.gpkg, layer {name}: cannot be read ({error})": "plan.gpkg のレイヤー {name} を読めない（{error}）",
    "report.html is not what the plan holds": "report.html が計画と違う",
    "report.html is missing": "report.html がない",
    "process {name} mixes origins": "工程 {name} で由来が混ざる",
    "made lot": "作られるロット",
    "used lot": "使われるロット",
    # years
    "the table of factors has other years than the plan": "係数の表の年が計画と違う",
    "the table of years has other years than the plan": "年の表の年が計画と違う",
    "{one} {name} is not told of once for each year": "{one} {name} が各年に一度ずつない",
    "there is no stage {stage}": "{stage} という段階はない",
    "it was closed for good": "前に廃止された",
    "it was there before": "前からあった",
    "it is {stage} and was never open": "開いたことがないのに {stage}",
    "it takes in {load} t and is built for {stands} t": "受入れが {load} t、規模は {stands} t",
    "it takes in {load} t and is {stage}": "{stage} なのに {load} t を受け入れる",
    "it stands at {stands} t and is {stage}": "{stage} なのに規模が {stands} t",
    "it is smaller than in the year before": "前の年より小さい",
    "it grows while it is idle": "休止中に大きくなる",
    "{one} {name} is open in {year} in one table alone": "{one} {name} は{year}年に、一方の表だけで開いている",
    "its step is {told}, recounted {wanted}": "変化が {told}、再計算では {wanted}",
    "{one} {name} is not in the input": "{one} {name} は入力にない",
    "{place}: {told} t/yr stood before, in the input {wanted}": "{place}：既存の能力が年 {told} t、入力では {wanted} t",
    "{place}: it opens no earlier than {year}": "{place}：{year}年より前には開けない",
    "{place}: it retires in {year}": "{place}：{year}年に引退する",
    "{place}: it closes, and none may": "{place}：閉じるが、閉鎖は許されない",
    "{place}: what is built can be there from {year} on": "{place}：建てたものが使えるのは{year}年から",
    "{place}: {figure} is {told}, recounted {wanted}": "{place}：{figure} が {told}、再計算では {wanted}",
    "{year}: {spent} are invested, the budget is {most}": "{year}年：投資が {spent}、上限は {most}",
    "{spent} are invested over all years, the budget is {most}": "全期間の投資が {spent}、上限は {most}",
    "{year}: {count} plants of kind {one} open, at most {most} may": (
        "{year}年：{one}が{count}か所開く。許されるのは{most}か所まで"
    ),
    "{year}: {told} t are collected, at least {least} t are asked for": (
        "{year}年：回収が {told} t、求めるのは {least} t 以上"
    ),
    "site {name} is collected in {before}, and less of it in {year}": (
        "拠点 {name} の回収が{before}年より{year}年に少ない"
    ),
    "site {name} delivers to another hub in {year} than before": "拠点 {name} の届け先が{year}年に変わる",
    "{year}: {told} are paid once, recounted {wanted}": "{year}年：一度の支払いが {told}、再計算では {wanted}",
}
