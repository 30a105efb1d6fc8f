"""What is said of saved plans, of what is planned and what does not go together, and of what is drawn."""

from __future__ import annotations

MESSAGES = {
    "{some} of {all} deliveries and {few} of {flows} flows; skipped {given} lanes that are given or by ship and {own} "
    "within one ground": (
        "集荷{all}件中{some}件、輸送{flows}件中{few}件。所与または海上の{given}件と同一敷地内の{own}件は対象外"
    ),
    "{count} plants that are built; skipped {given} whose sizes are given": (
        "建設する施設{count}件。規模が所与の{given}件は対象外"
    ),
    "{some} of {all} deliveries": "集荷{all}件中{some}件",
    "{count} plants and years; skipped {given} of given sizes or just beyond what stands": (
        "施設と年の組{count}件。規模が所与または既存分をわずかに超える{given}件は対象外"
    ),
    "report.pdf not looked at": "report.pdf は見ない",
    "the bound is that of the search: too many choices under these rules to count them": (
        "下限は探索によるもの。この規則では選択肢が多く数え上げられない"
    ),
    "the bound is proven again by all {count} choices of plants, of which the cheapest costs {least} yen": (
        "施設の選択肢{count}通りを全て数え、下限を再証明した。最安は{least}円"
    ),
    "none written": "書かれていない",
    "none drawn": "描かれていない",
    "not looked at without the tables that were planned, by which roads are followed": (
        "計画した表がなく、道路をたどれないため見ない"
    ),
    "none is set": "設定なし",
    "no limit is set": "上限の設定なし",
    "none is asked for": "指定なし",
    "{target} was being replaced when a program was killed: what stood there before was put back": (
        "{target} は置換え中にプログラムが強制終了された。元あったものを戻した"
    ),
    "years.values holds for plans over several years (--years) and not for this one of {year} alone, which is planned "
    "without {names} of that year; state with --set what is to hold": (
        "years.values は複数年の計画（--years）でのみ有効で、{year}年だけのこの計画にはその年の {names} が"
        "反映されない。反映する値は --set で指定する"
    ),
    "unknown price level {name}": "不明な価格水準 {name}",
    "{file} has no column {name}; it has {names}": "{file} に列 {name} がない。あるのは {names}",
    "no rows": "行がない",
    "{file} has no column of values; name it {name}": "{file} に値の列がない。列名を {name} とする",
    "{name}: name the scenario with letters, digits, - and _": "{name}：シナリオの名前は英字、数字、-、_ で書く",
    "{file} cannot be read ({error})": "{file} を読めない（{error}）",
    "{file}, row {row}: there is no kind of pack {kind}": "{file} {row}行目：電池の種類 {kind} はない",
    "{file}, row {row}: {tonnes} are no tonnes": "{file} {row}行目：{tonnes} は量でない",
    "{file}, row {row}: {year}, {value} are no year and tonnes": "{file} {row}行目：{year}、{value} は年と量でない",
    "unknown scheme {scheme}": "不明な契約方式 {scheme}",
    "--set {key}: the plan rests on it; solve again with it, or set one of {known}": (
        "--set {key}：計画の前提である。それで solve し直すか、{known} のいずれかを変える"
    ),
    "{file}: an inventory ends in {endings}": "{file}：インベントリのファイル名は {endings} で終わる",
    "Parquet needs pyarrow: pip install 'hubspoke[parquet]'": (
        "Parquet には pyarrow が要る：pip install 'hubspoke[parquet]'"
    ),
    "{count} plans need as many names, not {given}": "計画{count}件には同数の名前が要る（{given}個しかない）",
    "two plans are of {year}; `hubspoke compare` draws plans of one year on one map": (
        "{year}年の計画が二つある。同じ年の計画を一枚の地図に描くのは `hubspoke compare`"
    ),
    "give two plans or more to draw on one map, not {count}": (
        "一枚の地図に描く計画を二つ以上指定する（{count}件では不可）"
    ),
    "the plan has no region {region}; it has {known}": "この計画に地域 {region} はない。あるのは {known}",
    "links between maps must be relative paths, got {href}": "地図間のリンクは相対パスとする（{href} は不可）",
    "unknown tiles {name}: write {known}, or an address such as https://host/{{z}}/{{x}}/{{y}}.png": (
        "不明な背景 {name}：{known} か、https://host/{{z}}/{{x}}/{{y}}.png のような住所を書く"
    ),
    "the address of tiles {name} holds a character that no address has": "背景の住所 {name} に使えない文字がある",
    "PDF needs a browser: install Chromium or Chrome, or print report.html from your own": (
        "PDFにはブラウザが要る：Chromium か Chrome を入れるか、手元のブラウザで report.html を印刷する"
    ),
    "{browser} could not print the report; print report.html from your own": (
        "{browser} で報告書を印刷できなかった。手元のブラウザで report.html を印刷する"
    ),
    "{browser} could not print the report ({error}); print report.html from your own": (
        "{browser} で報告書を印刷できなかった（{error}）。手元のブラウザで report.html を印刷する"
    ),
    "{name} of the plan's network was changed after planning; solve again": (
        "計画後に network の {name} が変えられた。solve し直す"
    ),
    "{folder} holds a plan of several years; name one of them: {names}": (
        "{folder} は複数年の計画である。年を指定する：{names}"
    ),
    "{folder} is no run folder of hubspoke (it has no plan.json); `hubspoke solve -o` makes one": (
        "{folder} は計画フォルダでない（plan.json がない）。`hubspoke solve -o` で作る"
    ),
    "{folder}/{file} was changed since the plan was made: it is no longer what was planned; put back the file as "
    "it was, or solve again": ("計画後に {folder}/{file} が変えられ、計画と一致しない。元に戻すか、solve し直す"),
    "{folder}/{file}; solve again": "{folder}/{file}。solve し直す",
    "{file} is a folder, where a file belongs": "{file} はファイルでなくフォルダになっている",
    "{file} is missing": "{file} がない",
    "{file} must not be read: the rights of the file forbid it": "{file} を読む権限がない",
    "{file} is empty": "{file} が空である",
    "{file} is no text in UTF-8": "{file} は UTF-8 の文字でない",
    "{file} was changed: it is no longer what was planned; solve again": (
        "{file} が変更され、計画した内容ではなくなっている。solve し直す"
    ),
    "{name} is no run folder of hubspoke: its {file} is something else": (
        "{name} は計画フォルダでない：{file} が別物である"
    ),
    "{name} was written by a newer hubspoke (format {format}); update hubspoke to read it": (
        "{name} は新しい hubspoke が書いた（形式 {format}）。hubspoke を更新する"
    ),
    "{name} was written by an older hubspoke (format {format}); solve again to renew it": (
        "{name} は古い hubspoke が書いた（形式 {format}）。solve し直す"
    ),
    "{name}/plan.json was written by another version of hubspoke, or is damaged ({faults}); solve again": (
        "{name}/plan.json は別の版の hubspoke が書いたか、壊れている（{faults}）。solve し直す"
    ),
    "{count} settings do not fit, such as {first}": "合わない設定が{count}件（{first} など）",
    "{name}/plan.json is damaged ({error}); solve again": "{name}/plan.json が壊れている（{error}）。solve し直す",
    "{name}/{file} is damaged (line {line}: {error}); solve again": (
        "{name}/{file} が壊れている（{line}行目：{error}）。solve し直す"
    ),
    "{name} was made with other outlines of Japan than ship with this hubspoke; solve again": (
        "{name} は、この hubspoke に同梱のものと異なる日本の輪郭で作られた。solve し直す"
    ),
    "unknown format {form}; choose one of {known}": "不明な形式 {form}。{known} から選ぶ",
    "{name}/years.json is damaged (years); solve again": "{name}/years.json が壊れている（years）。solve し直す",
    "{name}/years.json was written by another version of hubspoke, or is damaged ({faults}); solve again": (
        "{name}/years.json は別の版の hubspoke が書いたか、壊れている（{faults}）。solve し直す"
    ),
    "{name}/years.json is damaged ({error}); solve again": "{name}/years.json が壊れている（{error}）。solve し直す",
    "{folder} holds no plan of several years; `hubspoke solve --years ... -o` makes one": (
        "{folder} に複数年の計画はない。`hubspoke solve --years ... -o` で作る"
    ),
    "format {form}: a plan of several years is written as {known}; for others name a year, such as {folder}/{year}": (
        "形式 {form}：複数年の計画は {known} で書く。他の形式は {folder}/{year} のように年を指定する"
    ),
    "--uri {base}: write an absolute address, such as https://example.com/": (
        "--uri {base}：https://example.com/ のような絶対の住所を書く"
    ),
    "the input was read with other tonnes than were planned: read it with the plan's `supply`": (
        "計画と異なる量で入力を読んでいる。計画の `supply` で読む"
    ),
    "the input is not what was planned: {names} changed; solve again, or name the old input": (
        "入力が計画時と異なる：{names} が変わった。solve し直すか、元の入力を指定する"
    ),
    "a fixed design says which plants are open; leave --open and --close out, or change the design": (
        "固定した設計が開設する設備を決めている。--open と --close を外すか、設計を変える"
    ),
    "no supply is given for {year}; choose one of {known}, or add it to horizon.years (--set horizon.years=[{same}])": (
        "{year}年の発生量がない。{known} から選ぶか、horizon.years に加える（--set horizon.years=[{same}]）"
    ),
    "{field} takes a list of names; got the text {given}: put it in square brackets": (
        "{field} には名前のリストを渡す。文字列 {given} は角括弧で囲む"
    ),
    "year takes a whole number, such as 2040; got {year}": "year には2040のような整数を渡す。{year} が渡された",
    "the design has plants that the network lacks: {names}; plan on the tables of the design, or add them": (
        "設計の設備が network にない：{names}。設計の表で計画するか、加える"
    ),
    "the design is a plan of several years ({known}): name a year": "設計は複数年の計画である（{known}）。年を指定する",
    "the design has no plants in {year}: its first year is {first}": "設計には{year}年の設備がない（初年は{first}年）",
    "unknown policy {name}; choose one of {known}": "不明な方針 {name}。{known} から選ぶ",
    "unknown objective {objective}; choose one of {known}": "不明な目的 {objective}。{known} から選ぶ",
    "policy.shortfall_jpy_per_t is set: yen cannot be weighed against kg of CO2; leave it out": (
        "policy.shortfall_jpy_per_t がある。円と CO2 の kg は比べられないため外す"
    ),
    "set sources.overseas=false, or plan at least cost or CO2 without policy.shortfall_jpy_per_t": (
        "sources.overseas=false とするか、policy.shortfall_jpy_per_t なしで費用または CO2 最小で計画する"
    ),
    "{names}: an electric furnace stands anyway and takes what pays; do not open it": (
        "{names}：電気炉は常に存在し、採算の合う分を受け入れる。開設に指定しない"
    ),
    "the gap must be 0 or more, got {gap}": "許容差は 0 以上とする（{gap} は不可）",
    "threads must be 1 or more, got {threads}": "スレッドは 1 以上とする（{threads} は不可）",
    "the time limit must be above 0 seconds, got {seconds}": "時間の上限は 0 秒より長くする（{seconds} は不可）",
    "{names}: asked to be both open and closed": "{names}：開設と閉鎖の両方に指定されている",
    "unknown region {region}": "不明な地域 {region}",
    "unknown plant {plant}": "不明な設備 {plant}",
    "{plant} lies in {region}, which is not planned (--region {planned}); leave the order out, or plan {home}, too": (
        "{plant} は {region} にあり、計画の対象でない（--region {planned}）。指定を外すか、{home} も計画する"
    ),
    "--write-mps: at most profit, or where CO2 of ores counts, refineries whose technologies recover other shares "
    "of the metals are planned by a search over several models; write that of least cost, or give each refinery "
    "one technology of the usual recoveries": (
        "--write-mps：利益最大、または鉱石の CO2 を数える場合、"
        "回収率の異なる技術の製錬所は複数のモデルを探索して計画する。費用最小のモデルを書くか、"
        "各製錬所を通常の回収率の一技術にする"
    ),
    "no year to plan; state years.plan, or give years (--years 2030,2035,2040)": (
        "計画する年がない。years.plan に書くか、年を指定する（--years 2030,2035,2040）"
    ),
    "years {years}: give each once, in ascending order": "年 {years}：一度ずつ、小さい順に指定する",
    "years.until is {until}, before the last planned year {last}; write that or later": (
        "years.until の{until}年は最後の計画年{last}年より前である。その年以降を書く"
    ),
    "years.values: plants have other sizes in {year}; state sizes for all years alike": (
        "years.values：{year}年の設備の規模が異なる。全年共通の規模を書く"
    ),
    "years.values: {name} has other sizes in {year}; state its sizes for all years alike": (
        "years.values：{name} の{year}年の規模が異なる。全年共通の規模を書く"
    ),
    "years.least_share: every site is served anyway, so that no share can be the least; let sites be left out by "
    "policy.shortfall_jpy_per_t (what a tonne left costs), plan for most profit, or leave the share out": (
        "years.least_share：全拠点から必ず回収するため、最低割合は意味を持たない。policy.shortfall_jpy_per_t（残す1 "
        "tの費用）で残すことを認める、利益最大で計画する、または割合を外す"
    ),
    "--policy: years.values states policy.name by year; leave one of the two out": (
        "--policy：years.values に年ごとの policy.name がある。どちらか一方を外す"
    ),
    "years.values: policy.objective and policy.sourcing hold for all years alike; state them once": (
        "years.values：policy.objective と policy.sourcing は全年共通である。一度だけ書く"
    ),
    "policy.co2_counts_ores=true: plans of one year only; name it with --year, or leave it out": (
        "policy.co2_counts_ores=true：一年の計画のみ。--year で年を指定するか、外す"
    ),
    "most profit over several years: refineries whose technologies recover other shares of the metals can be "
    "planned for one year only; give each refinery one technology of usual recoveries, or plan at least cost": (
        "複数年の利益最大：回収率の異なる技術の製錬所は一年しか計画できない。各製錬所を通常の回収率の一技術にするか、"
        "費用最小で計画する"
    ),
    "years: {year} is over {far} years from those for which sites state tonnes, {first} to {last}": (
        "年：{year}年は、拠点の量がある {first}～{last}年から{far}年を超えて離れている"
    ),
    "years.budget_jpy: {year} is not planned; write one of {planned}": (
        "years.budget_jpy：{year}年は計画年でない。{planned} のいずれかを書く"
    ),
    "years {years}: give two years or more, so that one can act early or late": (
        "年 {years}：早い・遅いを比べるため、二年以上を指定する"
    ),
    "what acting otherwise costs is told at least cost only; leave the objective out": (
        "別の行動の費用は費用最小でのみ示せる。目的を外す"
    ),
    "each year has a plan alone, but not all of them with the same plants; look at years.may_close, "
    "years.sites_keep_hub, years.least_share, budgets, and how many plants may be opened": (
        "各年単独では計画があるが、同じ設備では全年を満たせない。years.may_close、years.sites_keep_hub、"
        "years.least_share、予算、開設できる設備数を確かめる"
    ),
    "{year}: there would be a plan if all plants could run by then{room}; look at years.decided_from with the "
    "lead_time_yr of the technologies, at opens_from, retires and ramp_up of the plants, or plan that year under "
    "another policy by years.values": (
        "{year}年：全設備がそれまでに稼働できれば計画がある{room}。years.decided_from と技術の lead_time_yr、設備の "
        "opens_from、retires、ramp_up を確かめるか、years.values でその年を別の方針で計画する"
    ),
    "custody {model}: {why}; choose {known}": "管理方式 {model}：{why}。{known} から選ぶ",
    "hubs mix the packs of many sites, so that no lot keeps the identity of one": (
        "ハブは多数の拠点の電池を混ぜるため、個々の由来を保てない"
    ),
    "claims that are traded apart from the material leave nothing to trace": "物と切り離した証書の取引では追跡できない",
    "unknown custody {model}": "不明な管理方式 {model}",
    "period of {years} years: a mass balance is closed over 1 year or more": (
        "期間{years}年：マスバランスは1年以上で締める"
    ),
    "a period of {years} years is one of {model}; under {name} leave it out": (
        "期間{years}年は {model} のもの。{name} では外す"
    ),
    "nothing in the plan is called {name}": "計画に {name} という名前のものはない",
    "{name} is {state} of the plan, and nothing goes through it; there is nothing to trace": (
        "{name} は計画の{state}で、何も通らない。追跡するものがない"
    ),
    "may leave packs at their sites": "電池を拠点に残すことがある",
    "black mass from abroad must be taken, so it is planned with every site served only": (
        "海外のブラックマスは必ず受け入れるため、全拠点から回収する場合にのみ計画できる"
    ),
}
