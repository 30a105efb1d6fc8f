"""What is said of a call that is wrong: commands, their options, and what plans are asked."""

from __future__ import annotations

MESSAGES = {
    "{option} {out}: let the name of the file end in {forms}": "{option} {out}：ファイル名の末尾を {forms} とする",
    "--out {out}: a folder is written, not a file; leave {ending} out": (
        "--out {out}：ファイルでなくフォルダを書く。{ending} を外す"
    ),
    "--appendix is for --format pdf: pages have all of it, to be opened by a click": (
        "--appendix は --format pdf 用である。ページにはすべて入っており、クリックで開く"
    ),
    "compare needs two plans or more": "比較には計画が二つ以上要る",
    "give {count} different names for the {plans} plans, not {names}": (
        "計画{plans}件に別々の名前を{count}個付ける（{names} は不可）"
    ),
    "{base} and {name} have no site in common (sites are matched by id): compare plans of the same network": (
        "{base} と {name} に共通の拠点がない（idで照合）。同じ network の計画を比べる"
    ),
    "a plan over several years compares with others such; else name a year: plan.plans[2035]": (
        "複数年の計画は複数年の計画と比べる。または年を指定する：plan.plans[2035]"
    ),
    "{folder} is one of the plans; name another folder with -o, such as -o comparison": (
        "{folder} は比べる計画の一つである。-o comparison のように別のフォルダを指定する"
    ),
    "compare needs two run folders or more, such as: hubspoke compare plan plan-shared": (
        "比較には計画フォルダが二つ以上要る（例 hubspoke compare plan plan-shared）"
    ),
    "{run} is a plan of the years {planned}, the other is of {theirs} alone: name one year of it, such as "
    "{first}/{year}, or plan the other for the same years (--years)": (
        "{run} は {planned} 年の計画で、他方は {theirs} 年だけの計画である。{first}/{year} のように一年を指定するか、"
        "他方も同じ年で計画する（--years）"
    ),
    "{names} counts the costs of {first}, {name} those of {other}: present values of other horizons cannot be "
    "compared. Plan both with the same first year and years.until, or compare single years{single}": (
        "{names} は {first} の費用、{name} は {other} の費用を数える。期間の違う現在価値は比べられない。初年と "
        "years.until をそろえて計画するか、単年どうしを比べる{single}"
    ),
    ", such as {one}/{year} {other}/{same}": "（例 {one}/{year} {other}/{same}）",
    "the plan was made for least {objective}; this is told of plans at least cost": (
        "この計画は {objective} 最小のものである。費用最小の計画についてのみ示せる"
    ),
    "--rows needs SCIP: pip install 'hubspoke[scip]'": "--rows には SCIP が要る：pip install 'hubspoke[scip]'",
    "--rows needs pyscipopt 6 or later: pip install -U 'hubspoke[scip]'": (
        "--rows には pyscipopt 6以降が要る：pip install -U 'hubspoke[scip]'"
    ),
    "--loss-within must be 0 or more, got {most_more}; 0.1 is ten percent": (
        "--loss-within は0以上（指定値{most_more}）。10%なら0.1"
    ),
    "--within must lie between 0 and 1, got {within}; 0.01 is one percent": (
        "--within は 0～1 とする（{within} は不可）。1％は 0.01"
    ),
    "--most must be 1 or more, got {most}": "--most は 1 以上とする（{most} は不可）",
    "the time limit came before any set of plants; allow more time": (
        "設備の組合せが得られる前に時間切れとなった。時間を延ばす"
    ),
    "--places {places}: give 1 or more": "--places {places}：1 以上を指定する",
    "no site has packs in {year}": "{year}年に電池のある拠点がない",
    "no {count} places{where} are reached from all sites; ask for more with --places, or see `hubspoke check`": (
        "全拠点から行ける{count}か所の組がない{where}。--places を増やすか、`hubspoke check` で確かめる"
    ),
    "--places {count}: there are {places} cities{where} to choose from": (
        "--places {count}：選べる都市は{places}か所{where}"
    ),
    "points and weights must be finite, weights 0 or more": "点と重みは有限、重みは 0 以上とする",
    "{count} places for {points} points: give a number from 1 to that of the points": (
        "点{points}個に対して{count}か所。1 から点の数までとする"
    ),
    "scenarios: give a list of names, such as [{names}]": "scenarios：[{names}] のように名前の並びを書く",
    "scenarios: {names} stands there twice; give each once, with its weight": (
        "scenarios：{names} が二度ある。一度ずつ、重みとともに書く"
    ),
    "give two scenarios or more: --scenario NAME twice, or lists for --supply and --costs": (
        "シナリオを二つ以上指定する：--scenario 名前 を二度、または --supply と --costs に並びを書く"
    ),
    "weights: {given} are given for {count} scenarios: {names}": (
        "weights：シナリオ{count}件（{names}）に対して{given}個"
    ),
    "weights must be 0 or more, and not all of them 0": "重みは 0 以上とし、全てを 0 にはできない",
    "unknown measure {measure}": "不明な指標 {measure}",
    "alpha must be 0 or more and below 1, got {alpha}": "alpha は 0 以上 1 未満とする（{alpha} は不可）",
    "each scenario has a plan alone, but no plants serve all of them ({names}); {cure}": (
        "各シナリオ単独では計画があるが、全て（{names}）に応じられる設備の組がない。{cure}"
    ),
    "give a price to tonnes that stay at their sites (--set policy.shortfall_jpy_per_t=...), or leave the "
    "scenario out": ("拠点に残す量に価格を付ける（--set policy.shortfall_jpy_per_t=...）か、シナリオを外す"),
    "{name}: the time limit came before any plan; allow more time or a wider gap": (
        "{name}：計画が得られる前に時間切れとなった。時間を延ばすか、許容差を広げる"
    ),
    "robust plans are made at least cost; leave --objective out, and policy.objective at cost": (
        "頑健な計画は費用最小で作る。--objective を外し、policy.objective は cost のままにする"
    ),
    "refineries that recover other shares of the metals cannot be planned over scenarios": (
        "金属の回収率が異なる製錬所は、シナリオをまたいで計画できない"
    ),
    "{name}: has other plants than {first}; close plants by `close` in a scenario, leave out no rows": (
        "{name}：設備が {first} と異なる。シナリオでは行を除かず `close` で閉じる"
    ),
    "{name}: policy.sourcing differs from {first}; it must be the same in all scenarios": (
        "{name}：policy.sourcing が {first} と異なる。全シナリオで同じにする"
    ),
    "no setting that fits {pattern} states a range; write one, such as {example}=10..30": (
        "{pattern} に合う設定に範囲がない。{example}=10..30 のように書く"
    ),
    "nothing is given to vary {key} over; write a list, or a range such as 10..30": (
        "{key} を変える値がない。並びか、10..30 のような範囲を書く"
    ),
    "a value to vary {key} over is given twice": "{key} を変える値が二度書かれている",
    "cannot vary {key}: there is no such setting{near}": "{key} は変えられない：そのような設定がない{near}",
    "{key}={given}: write two numbers, the lower one first, and 2 steps or more": (
        "{key}={given}：小さい方から二つの数値と、2 以上の段数を書く"
    ),
    "{count} cases are more than {most}; vary fewer settings, or draw samples": (
        "{count}件は上限 {most} 件を超える。変える設定を減らすか、標本を取る"
    ),
    "the scheduler is gone; {cure}": "スケジューラが失われた。{cure}",
    "run the same command again, here or on another cluster: it goes on where this one ended": (
        "同じコマンドを、ここか別のクラスタで再び実行すると、続きから始まる"
    ),
    "--cluster needs dask.distributed: pip install 'hubspoke[cluster]'": (
        "--cluster には dask.distributed が要る：pip install 'hubspoke[cluster]'"
    ),
    "no scheduler answers at {address} ({error}); start one with `dask scheduler`": (
        "{address} のスケジューラが応答しない（{error}）。`dask scheduler` で起動する"
    ),
    "the cluster at {address} has no workers; {cure}": "{address} のクラスタにワーカーがない。{cure}",
    "the scheduler is gone ({error}); {cure}": "スケジューラが失われた（{error}）。{cure}",
    "another {one} is at work in {folder}; wait for it, or name another folder with -o": (
        "{folder} では別の{one}が動いている。終わるのを待つか、-o で別のフォルダを指定する"
    ),
    "there is no folder {folder}": "フォルダ {folder} は存在しない",
    '{file}: case {at} is none; write [[case]] with name = "...", scenario = "...", set = {{ }}': (
        '{file}：{at}番目はケースでない。[[case]] に name = "..."、scenario = "..."、set = {{ }} を書く'
    ),
    "{file}: case {at} changes nothing; the case without changes is there anyway": (
        "{file}：{at}番目のケースは何も変えない。変更なしのケースは常に含まれる"
    ),
    "unknown mode {mode}": "不明な方式 {mode}",
    "nothing is varied; write --vary energy.power_jpy_per_kwh=10..30, or a sweep file": (
        "変える設定がない。--vary energy.power_jpy_per_kwh=10..30 と書くか、感度分析のファイルを指定する"
    ),
    "mode list takes the cases as they are stated; choose another mode to vary settings": (
        "方式 list は書かれたケースをそのまま使う。設定を変えるには別の方式を選ぶ"
    ),
    "{samples} samples: draw 1 to 100,000": "標本{samples}件：1～100,000 件とする",
    "{samples} samples: a Sobol sequence is even for powers of two only; {told}": (
        "標本{samples}件：Sobol列は2のべき乗でのみ均等になる。{told}"
    ),
    "write {one} or {other}": "{one} または {other} と書く",
    "{file} cannot be read: {error}": "{file} を読めない：{error}",
    "{file}: unknown key {key}": "{file}：不明なキー {key}",
    "{file}: {key} = {value} is of the wrong kind; see docs/decisions.md": (
        "{file}：{key} = {value} の種類が違う。docs/decisions.md を参照"
    ),
    "--loss-within is a limit on plants that survive; leave --no-survive out": (
        "--loss-within は喪失に耐える施設への上限である。--no-survive を外す"
    ),
    "the plan{part} has no site, hub or refinery {name}": "この計画{part}に拠点・ハブ・製錬所 {name} はない",
    ", which is of {regions} only,": "（{regions} のみ）",
    "reasons are told for plans of least cost that serve every site; this plan {why}": (
        "理由を示せるのは、全拠点から回収する費用最小の計画のみ。この計画は{why}"
    ),
    "is for objective {objective}": "目的が {objective} である",
    "asks plants for a least throughput": "設備に最少処理量を求めている",
    "asks refineries together for recycled metal": "製錬所全体に再生金属を求めている",
    "{name} lies in {region}, which the plan leaves out: it is of other regions": (
        "{name} は {region} にあり、この計画の対象地域でない"
    ),
    "a plan over several years holds the network of each year; leave network out": (
        "複数年の計画は各年の network を持つ。network を外す"
    ),
    "{id} is an electric furnace, which stands anyway and takes what pays: it never opens": (
        "{id} は電気炉である。常に存在し、採算の合う分を受け入れるため、開設することはない"
    ),
    "the plan holds no input, which is needed to plan again; solve again, or load it by hs.load": (
        "計画に再計画のための入力がない。solve し直すか、hs.load で読み込む"
    ),
    "{told} and years {years}: give one of the two": "{told}と複数年 {years}：どちらか一方を指定する",
    "a fixed design": "固定した設計",
    "the plants stand as the design built them: take the design of a later year or of a larger plan, plan fewer "
    "tonnes (another year, --supply), let sites be left out (policy.shortfall_jpy_per_t), or let tonnes cross "
    "borders to plants with room (--policy)": (
        "設備は設計のまま動かせない。後年または大きい計画の設計を使う、量を減らす（別の年、--supply）、"
        "拠点に残すことを認める（policy.shortfall_jpy_per_t）、または余力のある設備へ地域を越えて運ぶ（--policy）"
    ),
    "a case cannot be asked for {name}": "ケースに {name} は指定できない",
    "{run} was saved without its input; name it with --input DIR": (
        "{run} には入力が保存されていない。--input フォルダ で指定する"
    ),
    "--set changes what is planned: it goes with --scenario, saved plans are compared as they are": (
        "--set は計画を変えるもので、--scenario とともに使う。保存済みの計画はそのまま比べる"
    ),
    "--scenario plans one input folder as it is and under each scenario; name one folder": (
        "--scenario は一つの入力フォルダを、そのままと各シナリオで計画する。フォルダを一つ指定する"
    ),
    "{folder} is a saved plan; --scenario takes an input folder": (
        "{folder} は保存した計画である。--scenario には入力フォルダを指定する"
    ),
    "--scenario {name} is given twice": "--scenario {name} が二度指定されている",
    "--input {source}: {run} keeps the input of each of its years; leave --input out": (
        "--input {source}：{run} は各年の入力を持つ。--input を外す"
    ),
    "name a file with -o for several run folders, and none for one, whose maps lie in it": (
        "計画フォルダが複数なら -o でファイルを指定する。一つなら地図はその中に書くため指定しない"
    ),
    "--scheme needs a plan: name a run folder that `hubspoke solve` wrote": (
        "--scheme には計画が要る。`hubspoke solve` が書いたフォルダを指定する"
    ),
    "an inventory is of one year: name the run folder of a year": (
        "インベントリは一年のもの。年の計画フォルダを指定する"
    ),
    "a fault of hubspoke itself ({words}); run again with -vv and report it": (
        "hubspoke 自体の不具合（{words}）。-vv を付けて再び実行し、報告する"
    ),
    "unknown program {form}; choose {known}": "不明なプログラム {form}。{known} から選ぶ",
    "name a folder to make, or --excel FILE.xlsx for an empty workbook to fill in": (
        "作るフォルダを指定する。記入用の空のブックは --excel ファイル.xlsx"
    ),
    "--excel writes an empty workbook alone; name no folder and no list beside it": (
        "--excel は空のブックだけを書く。フォルダや一覧を同時に指定しない"
    ),
    "{words}: give a folder, a scenario, or both in this order": (
        "{words}：フォルダ、シナリオ、またはこの順に両方を指定する"
    ),
    "--set {pair}: write KEY=VALUE, such as --set policy.sourcing=split": (
        "--set {pair}：--set policy.sourcing=split のように キー=値 と書く"
    ),
    "{option} {name} and --set {key}={value}: give one of them": (
        "{option} {name} と --set {key}={value}：どちらか一方を指定する"
    ),
    "--weights {text}: write numbers with commas, such as 0.5,0.3,0.2": (
        "--weights {text}：0.5,0.3,0.2 のように、数値をコンマで区切って書く"
    ),
    "--design {design} and --years {years}: a design is planned for one year, see --year": (
        "--design {design} と --years {years}：設計は一年について計画する（--year）"
    ),
    "--write-mps writes the model of one year; name that year with --year, and leave --years out": (
        "--write-mps は一年のモデルを書く。--year で年を指定し、--years を外す"
    ),
    "--write-mps writes the model of one year; name it with --year, and leave --years out": (
        "--write-mps は一年のモデルを書く。--year で年を指定し、--years を外す"
    ),
    "--year {year} and --years {years}: give one of the two": (
        "--year {year} と --years {years}：どちらか一方を指定する"
    ),
    "--years {years}: {told}; write years with commas between them, such as 2030,2035,2040": (
        "--years {years}：{told}。2030,2035,2040 のように、年をコンマで区切って書く"
    ),
    "--years {years}: give each year once, in ascending order, such as {right}": (
        "--years {years}：{right} のように、年を一度ずつ小さい順に書く"
    ),
    "--jobs and --cluster: the cluster says itself how many cases it solves at once": (
        "--jobs と --cluster：同時に解く件数はクラスタが決める"
    ),
    "{words}: give a folder, a sweep file that ends in .toml, or both": (
        "{words}：フォルダ、.toml で終わる感度分析のファイル、または両方を指定する"
    ),
    "there is no case {case}: they are 1 to {count}": "ケース {case} は存在しない（1～{count}）",
    "--vary {pair}: write KEY=VALUES, such as energy.power_jpy_per_kwh=10..30": (
        "--vary {pair}：energy.power_jpy_per_kwh=10..30 のように キー=値 と書く"
    ),
    "most profit with policy.refine_all=false: {one} and {name} give the one grade {grade}, whose metals are then "
    "worth more or less by the mix; give {own} a grade of its own (a section grades.own and classes.{key}.grade = "
    "'own'), plan at least cost or CO2, or set policy.refine_all=true": (
        "policy.refine_all=false での利益最大：{one} と {name} は同じ等級 {grade} となり、金属の価値が混合比で変わる。"
        "{own} に別の等級を与える（節 grades.own と classes.{key}.grade = 'own'）、費用または CO2 最小で計画する、"
        "または policy.refine_all=true とする"
    ),
    "{plant} pays more for metals than they sell for after refining; lower {key}": (
        "{plant} の金属の買取額が製錬後の売価を上回る。{key} を下げる"
    ),
    "all points are asked for, and a number; give one": "全ての点と、点の数の両方が指定されている。一方にする",
    "--points: 2 or more": "--points：2 以上とする",
    "the time limit came before both ends of the front; allow more time": (
        "トレードオフ曲線の両端が得られる前に時間切れとなった。時間を延ばす"
    ),
    "cost cannot be held against {name}": "費用を {name} と比べることはできない",
    "a front holds least cost, with every site served, against another measure; leave --objective, "
    "policy.objective and policy.shortfall_jpy_per_t out": (
        "トレードオフ曲線は、全拠点から回収する費用最小と別の指標を比べる。--objective、policy.objective、"
        "policy.shortfall_jpy_per_t を外す"
    ),
    "a front is told of the packs at home; set sources.overseas=false": (
        "トレードオフ曲線は国内の電池についてのみ示す。sources.overseas=false とする"
    ),
    "refineries that recover other shares of the metals are planned by several models, no front": (
        "回収率の異なる製錬所は複数のモデルで計画するため、トレードオフ曲線を描けない"
    ),
    "the plan was saved without its input: nothing can be planned anew; name it by --input DIR": (
        "計画に入力が保存されておらず、再計画できない。--input フォルダ で指定する"
    ),
    "--borders goes with --deeper, for the whole plan": "--borders は計画全体について --deeper とともに使う",
    "--deeper is told of plans of one year; name one year's folder of the plan": (
        "--deeper は一年の計画についてのみ示す。計画の中の一年のフォルダを指定する"
    ),
    "sites may be left out (policy.shortfall_jpy_per_t), so that their tonnes contradict no rule": (
        "拠点に残すことができる（policy.shortfall_jpy_per_t）ため、量が規則と矛盾することはない"
    ),
}
