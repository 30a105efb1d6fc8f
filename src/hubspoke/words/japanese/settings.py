"""What is said of settings, scenarios and changes."""

from __future__ import annotations

MESSAGES = {
    "{names}: prices of what is sold do not enter least cost or least CO2; plan with --objective profit, or see what a "
    "plan earns with hubspoke market": (
        "{names}：売る物の価格は、費用最小とCO2最小の計画に影響しない。--objective profit で計画するか、"
        "hubspoke market で計画の収入を見る"
    ),
    "{name} must be settings by dotted key, such as {{'policy.name': 'open'}}; got {kind}": (
        "{name} は {{'policy.name': 'open'}} のような、点区切りのキーによる設定にする（{kind} が渡された）"
    ),
    "{name} must have dotted keys such as 'policy.name'; got {key}": (
        "{name} のキーは 'policy.name' のように点で区切る（{key} が渡された）"
    ),
    "settings must be Settings, changes by key, or a TOML file; got {kind}": (
        "settings は Settings、点区切りのキーによる変更、TOMLファイルのいずれかにする（{kind} が渡された）"
    ),
    "{name} must be Settings, such as those of another network; got {kind}": (
        "{name} は、他のネットワークのものなど Settings にする（{kind} が渡された）"
    ),
    "no metal is named": "金属の指定がない",
    "write the metal behind it, as in policy.least_recovery_t_per_t.lithium": (
        "policy.least_recovery_t_per_t.lithium のように金属まで書く"
    ),
    "begins in {year}, after the last planned year, {last}: it has no effect": (
        "{year}年に始まるが、最後の計画年は{last}年なので効かない"
    ),
    "begins in {year} and ends before the next planned year, {after}: it has no effect": (
        "{year}年に始まり、次の計画年（{after}年）までに終わるので効かない"
    ),
    "begins in {year}, which is not planned: it holds from {after} on": "{year}年は計画年でないため、{after}年から効く",
    "plan {year}, too (--years), or leave it so": "{year}年も計画年に加える（--years）か、そのままとする",
    "years.values: {name} is {less}, and {always} in all years; leave one of the two out": (
        "years.values：{name} は {less}、全年では {always} とされている。どちらかを外す"
    ),
    "; did you mean {near}?": "。{near} の誤りか",
    "; known: {names}": "。使えるもの：{names}",
    "; is {near} meant?": "。{near} の誤りか",
    "; {same} is written in another form of the same letters": "。{same} は同じ文字の別の書き方である",
    "there is no technology {name}": "技術 {name} は存在しない",
    "{key} = {value} is no factor": "{key} = {value} は倍率でない",
    'write "x0.8", "+20%" or "-10%"': '"x0.8"、"+20%"、"-10%" のように書く',
    "factor is given, too": "factor も書かれている",
    "give one of the two": "どちらか一方を書く",
    "must be above zero, got {number}": "0 より大きくなければならない（{number}）",
    "{level} is not a key of costs.levels": "{level} は costs.levels にない",
    "there is no setting {key} that a level could change": "費用水準で変えられる設定 {key} はない",
    "{value} is no number": "{value} は数値でない",
    "write a number, or a change of the one that stands, such as x0.8": (
        "数値か、x0.8 のような元の値に対する変更を書く"
    ),
    "{value} stands for a whole section": "{value} が節全体の代わりに書かれている",
    "write the settings below it that are to change": "その中で変える設定を書く",
    "remove it, or choose another level": "消すか、別の水準を選ぶ",
    "got 0: the formula has no fuel for it": "0 では燃料の式が成り立たない",
    "write a share such as 0.1": "0.1 のような割合を書く",
    "got 1: no truck would carry anything": "1 ではどのトラックも荷を積まない",
    "write a share from 0 to below 1": "0 以上 1 未満の割合を書く",
    "{tossup} is above close_share, {close}": "{tossup} が close_share {close} を超える",
    "a toss-up is closer than close: write a smaller share": "互角は僅差より小さい。小さい割合を書く",
    "{section} is replaced, and has no entries": "{section} を置き換えるのに、中身がない",
    "state them, or take it out of replaces": "中身を書くか、replaces から外す",
    "{name} is no section that can be replaced": "{name} は置き換えられる節でない",
    "write sections of {known}": "{known} の節を書く",
    "a level of costs is laid below a planner's own settings, which are mixed here already": (
        "費用水準は利用者の設定の下に敷くもので、ここでは既に混ざっている"
    ),
    "rows of tables are changed where the tables are read, so that nothing would change here": (
        "表の行の変更は表を読む時に行うため、ここでは何も変わらない"
    ),
    "a scenario changes many settings, of which none would be made here: only the name changes": (
        "シナリオは多くの設定を変えるが、ここでは名前しか変わらない"
    ),
    "choose it where the input is read, as solve --costs does": "solve --costs のように、入力を読む時に選ぶ",
    "choose the scenario where the input is read, as solve --scenario does": (
        "solve --scenario のように、入力を読む時にシナリオを選ぶ"
    ),
    "choose it where the input is read, as solve --scenario does": "solve --scenario のように、入力を読む時に選ぶ",
    "metals or byproducts": "metals や byproducts",
    "no year is given": "年が書かれていない",
    "{key} is no dotted key": "{key} は点で区切ったキーでない",
    "write section.key=value, such as policy.name=open": "policy.name=open のように、節.キー=値 と書く",
    "save it as UTF-8, as TOML demands": "TOML の決まりどおり UTF-8 で保存する",
    "check the name and the rights of the file": "ファイルの名前と権限を確かめる",
    "not valid TOML: {error}": "TOML として正しくない：{error}",
    'write key = value lines below [section] headers, texts in "quotation marks"': (
        '[節] の下に キー = 値 を書き、文字列は "引用符" で囲む'
    ),
    "the class {name} states no yields {set}": "種類 {name} に歩留まり {set} がない",
    "{known}add the set to the class": "{known}種類にその歩留まりを加える",
    "write one of {stated}, or ": "{stated} のいずれかを書くか、",
    "no class states contents {name}": "含有量 {name} のある種類がない",
    "hours by pack, and no mass of a pack": "電池1個当たりの時間があるが、1個の質量がない",
    "state pack_kg, too": "pack_kg も書く",
    "the yields sum to {total} t from 1 t, more than goes in": (
        "歩留まりの合計が 1 t から {total} t となり、投入量を超える"
    ),
    "lower them: what is left of 1 is lost as electrolyte, moisture and dust": (
        "下げる。1 に足りない分は電解液、水分、粉じんとして失われる"
    ),
    "{output} is no by-product": "{output} は副産物でない",
    "nobody uses black mass that is {state}": "{state} のブラックマスに利用者はいない",
    "write hub or refinery, or black_mass = 'tolled'": "hub か refinery と書くか、black_mass = 'tolled' とする",
    "{both} must be both open and closed": "{both} が開設と閉鎖の両方に指定されている",
    "keep it in one of the lists": "一方の一覧だけに残す",
    "got {value}": "値は {value}",
    "write shares above 0 and up to 1, such as [0.4, 0.8]": "[0.4, 0.8] のように、0 超 1 以下の割合を書く",
    "got 0: no plant could take anything": "0 ではどの設備も受け入れられない",
    "write a share above 0 and up to 1": "0 超 1 以下の割合を書く",
    "write steps above zero, in ascending order": "0 より大きい段階を小さい順に書く",
    "yen cannot be weighed against kg of CO2": "円と CO2 の kg は比べられない",
    "leave it out: under least CO2 every site is served": "消す。CO2最小では全拠点から回収する",
    "write [fewest, most], such as [1, 3]": "[1, 3] のように、[最少, 最多] と書く",
    "correct the value": "値を直す",
    "write a share between 0 and 1, such as 0.25 for 25 %": "0～1 の割合を書く（25％は 0.25）",
    "write a number, or a table with value, unit and source": "数値か、value・unit・source の表を書く",
    "write a section with keys of its own": "[節] の見出しと、その下にキーを書く",
    'write a list, such as [1, 3] or ["a", "b"]': '[1, 3] や ["a", "b"] のような並びを書く',
    "write a list of two numbers, such as [1, 3]": "[1, 3] のような二つの数値を書く",
    "write at least one entry": "一つ以上書く",
    "write a text in quotation marks": "引用符で囲んだ文字列を書く",
    "write true or false": "true か false と書く",
    "write a whole number": "整数を書く",
    "write a finite number": "有限の数値を書く",
    "write a number": "数値を書く",
    "unknown key {key}": "不明なキー {key}",
    "known keys there: {keys}": "そこに書けるキー：{keys}",
    "remove it": "消す",
    "write {near} if that is meant": "その意味なら {near} と書く",
    "{key} is no shipped entry, and a new one must state every key": (
        "{key} は同梱の項目でない。新しい項目には全てのキーが要る"
    ),
    "add {keys}; or {cure}": "{keys} を加える。または{cure}",
    "is no table of settings": "設定の表でない",
    "write a [{name}] header, and keys {keys} below it": "[{name}] の見出しと、その下に {keys} のキーを書く",
    'write set = {{ "section.key" = value }}, or a [name.set] header': (
        'set = {{ "節.キー" = 値 }} か、[名前.set] の見出しを書く'
    ),
    'write ["a", "b"]': '["a", "b"] と書く',
    "number {at} ": "{at}番目",
    "is no table": "が表でない",
    "has an unknown key {key}": "に不明なキー {key} がある",
    "names no table": "に表の名前がない",
    "has a filter that is no table of columns": "の条件が列の表でない",
    "sets nothing": "が何も変えない",
    'write [[{name}.rows]] with table = "sites", where = {{ supply_t = "< 5" }}, set = {{ supply_t = "x0.5" }}': (
        '[[{name}.rows]] の下に table = "sites", where = {{ supply_t = "< 5" }}, set = {{ supply_t = "x0.5" }} と書く'
    ),
    "there is no scenario {name}": "シナリオ {name} は存在しない",
    "is no scenario": "はシナリオでない",
    "is no list of names": "名前の並びでない",
    "is no list of changes to rows": "行の変更の並びでない",
    'write [name] headers with `set = {{ "section.key" = value }}` below them, saved as UTF-8': (
        '[名前] の見出しの下に `set = {{ "節.キー" = 値 }}` を書き、UTF-8 で保存する'
    ),
    "the scenario inherits from itself: {names}": "シナリオが自分自身を引き継いでいる：{names}",
    "take one of them out of inherits": "いずれかを inherits から外す",
    "the unit is {unit}": "単位が {unit} になっている",
    "state the value in {unit}": "{unit} の値を書く",
    "{value} is no number and no change that can be read": "{value} は数値でも、読み取れる変更でもない",
    "{value} changes a number, but what stands there is no single number": (
        "{value} は数値の変更だが、元の値は一つの数値でない"
    ),
    "write +20%, -10% or x0.8, or the value itself": "+20%、-10%、x0.8、または値そのものを書く",
    "got {value}, which makes no sense there": "値 {value} は意味をなさない",
    "write a number from {least} to {most}": "{least}～{most} の数値を書く",
    "write each year once, in ascending order": "年を一度ずつ、小さい順に書く",
    "default_share of all classes sums to {total}, not to 1": "全種類の default_share の合計が 1 でなく {total}",
    "change the shares of the classes so that they sum to 1": "合計が 1 になるように割合を直す",
    "write refining_basis = {yields}, or the name of another set of yields": (
        "refining_basis = {yields} とするか、別の歩留まりの名前を書く"
    ),
    "write one of {years}, or add it to horizon.years": "{years} のいずれかを書くか、horizon.years に加える",
    "name classes with lower-case letters, digits and _, but not mass": (
        "種類の名前は英小文字、数字、_ で書く（mass は使えない）"
    ),
    "no class states yields {name}": "歩留まり {name} のある種類がない",
    "{year} is not among horizon.years": "{year}年は horizon.years にない",
    "{name} is not a key of price_levels": "{name} は price_levels にない",
    "{name} is not a key of grades": "{name} は grades にない",
    "{name} is not a key of {of}": "{name} は {of} にない",
    "{key} cannot be part of a column's name": "{key} は列名の一部にできない",
    "{held} t of metal cannot be in {made} t of black mass": "金属 {held} t は、ブラックマス {made} t に入りきらない",
    "lower the contents, or raise the yield": "含有量を下げるか、歩留まりを上げる",
    "no price of {names}": "{names} の価格がない",
    "state a price for every metal": "全ての金属の価格を書く",
    "refinery_technologies has a key of that name": "refinery_technologies に同じ名前がある",
    "rename one of the two": "一方の名前を変える",
    "write 0 for one life of all cars, or a shape from {least} to {most}": (
        "全車の寿命が同じなら 0、違えば形状母数を {least}～{most} で書く"
    ),
    "{names}: not stated": "{names}：記載がない",
    "state them: the first scenario leaves out nothing": "書く。最初のシナリオは全て書かなければならない",
    "write a year, such as 2030": "2030 のような年を書く",
    "write a year, such as {year}": "{year} のような年を書く",
    "must not be negative, got {value}": "負であってはならない（{value}）",
    "must lie between 0 and 1, got {value}": "0～1 でなければならない（{value}）",
    "let the first table follow none: follows = ''": "最初の表は何にも従わない：follows = ''",
    "no table states the sales of {train}": "{train} の販売台数の表がない",
    "state supply.sales.{name}.{train}, or follow a table that does, such as follows = 'actual'": (
        "supply.sales.{name}.{train} を書くか、follows = 'actual' のように、それのある表に従う"
    ),
    "{year} is before the last planned year": "{year}年は最後の計画年より前である",
    "write {year} or later": "{year}年以降を書く",
    "{name} cannot differ from year to year": "{name} は年によって変えられない",
    "state it for all years": "全ての年に共通の値を書く",
    "{name} is what plants that stand were built for": "{name} は既設の設備を建てた時の値である",
    "write a value for a year, such as {{ 2030 = 1.5 }}": "{{ 2030 = 1.5 }} のように、年と値を書く",
    "expected a number, got {value}": "数値でない（{value}）",
    "expected a finite number, got {value}": "有限の数値でない（{value}）",
    "expected a text as {key}, got {value}": "{key} が文字列でない（{value}）",
    "expected a number or a table with {keys}; got keys {found}": "数値でも {keys} の表でもない（キー：{found}）",
    "the grade {grade} limits {key}, and the class does not state it": (
        "等級 {grade} は {key} を制限するが、種類に記載がない"
    ),
    "a tonne of its black mass holds {held} t of {key}, and {asked}": (
        "ブラックマス1 tに {key} が {held} t 含まれるが、{asked}"
    ),
    "{grade} asks for at {one} {limit}": "{grade} の条件は {limit} {one}",
    "state classes.{name}.impurity_t_per_t.{key}, or take the limit away": (
        "classes.{name}.impurity_t_per_t.{key} を書くか、制限を外す"
    ),
    "give the class another grade, or correct its contents or the limit": (
        "種類に別の等級を与えるか、含有量または制限を直す"
    ),
}
