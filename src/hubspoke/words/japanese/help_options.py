"""The help of the arguments and options of every command."""

from __future__ import annotations

MESSAGES = {
    "Most that the network may cost more while any one of them is lost, such as 0.1 for ten percent of the least cost; "
    "anything, if none.": (
        "どれか一つを失っている間の費用増の上限（最小費用に対する割合。0.1 なら10％）。なければ制限しない。"
    ),
    "Folder to make; none with --excel.": "作るフォルダ。--excel では不要。",
    "Take over your own list of sites (and plants), .xlsx or .csv; repeatable, a file for each table.": (
        "手持ちの拠点（と工場）の一覧（.xlsx または .csv）を取り込む。表ごとに一つ、繰り返し可。"
    ),
    "Write an empty workbook to fill in, with instructions.": "記入要領つきの空のExcelブックを書く。",
    "Language of words, maps and report; that of the locale, if none.": (
        "文言・地図・報告書の言語。なければロケールの言語。"
    ),
    "Write JSON for machines on stdout.": "標準出力に機械用のJSONを書く。",
    "Say nothing but errors.": "エラーのほかは何も表示しない。",
    "Say more; twice for tracebacks.": "詳しく表示する。二つ重ねるとトレースバックも出す。",
    "Program whose case it is.": "ケースを作ったプログラム。",
    "The case: for RELOG 0.5 to 0.8 a JSON file.": "ケース。RELOG 0.5～0.8 ではJSONファイル。",
    "Folder to make.": "作るフォルダ。",
    "What year 1 of the case is.": "ケースの第1年が何年か。",
    "Folder of the input; the Japanese data that ship, if none.": "入力フォルダ。なければ付属の日本のデータ。",
    "Named changes of settings and tables, of those that ship or of your scenarios.toml; `a,b` takes both, "
    "`hubspoke scenarios` lists them.": (
        "設定と表の名前つき変更（付属のもの、または手元の scenarios.toml のもの）。`a,b` で両方。"
        "一覧は `hubspoke scenarios`。"
    ),
    "Scenario of the tonnes: mizuho, trend, late, export, fast or your own; `hubspoke supply` lists them.": (
        "発生量のシナリオ：mizuho、trend、late、export、fast、または独自のもの。一覧は `hubspoke supply`。"
    ),
    "Level of costs: mizuho (136 yen/kg of packs), low (Korean refineries), western, or your own.": (
        "費用水準：mizuho（電池1kg当たり136円）、low（韓国の製錬所並み）、western（欧米並み）、または独自のもの。"
    ),
    "Change a setting, such as policy.sourcing=split, or a number by +20%, -10% or x0.8. Repeatable.": (
        "設定を変える（例 policy.sourcing=split）。数値は +20%、-10%、x0.8 でも変えられる。繰り返し可。"
    ),
    "regional, shared-refinery or open; that of the settings, if none.": (
        "regional（地域完結）、shared-refinery（製錬所共用）、open（地域間自由）。なければ設定のもの。"
    ),
    "Planned year; horizon.year, if none.": "計画年。なければ horizon.year。",
    "Plan this region only. Repeatable.": "この地域だけを計画する。繰り返し可。",
    "A plant that must be open. Repeatable.": "必ず開く工場。繰り返し可。",
    "A plant that must not be. Repeatable.": "開いてはならない工場。繰り返し可。",
    "Seconds for each proof.": "証明一件当たりの秒数。",
    "Folder of the input, without lanes of its own.": "入力フォルダ（lanes を持たないもの）。",
    "Address of an OSRM server.": "OSRMサーバーのアドレス。",
    "Year to tell; those of the settings, if none. Repeatable.": "示す年。なければ設定の年。繰り返し可。",
    "Write packs by year, year of sale and kind into a folder, for flodym's CSV readers.": (
        "年・販売年・種類別の電池をflodymのCSV形式でフォルダに書く。"
    ),
    "Read national tonnes by Time and Pack from a CSV of flodym, and give an entry for scenarios.toml.": (
        "flodymのCSVから Time・Pack 別の全国トン数を読み、scenarios.toml の項目を示す。"
    ),
    "Name of that scenario.": "そのシナリオの名前。",
    "How many places in each region.": "地域ごとの地点数。",
    "Let packs leave their region: so many places in all.": "電池が地域を出てよい場合の、全体の地点数。",
    "This region only. Repeatable.": "この地域だけ。繰り返し可。",
    "Year whose packs are collected.": "集める電池の年。",
    "Places as .csv (rows of hubs.csv), .json or .html, too.": "地点を .csv（hubs.csv の行）、.json、.html でも書く。",
    "What stands as technology in these rows.": "その行に技術として書くもの。",
    "Planned years, such as 2027,2030,2035,2040; years.plan, if none.": (
        "計画年（例 2027,2030,2035,2040）。なければ years.plan。"
    ),
    "The same as .csv, .json or .html, too.": "同じ内容を .csv、.json、.html でも書く。",
    "Relative gap to prove of each plan.": "各計画について証明する最適性ギャップ（比率）。",
    "Seconds for each plan.": "計画一件当たりの秒数。",
    "A scenario of scenarios.toml; '' for the input as it is. Repeatable.": (
        "scenarios.toml のシナリオ。'' は入力のまま。繰り返し可。"
    ),
    "Scenarios of the tonnes, such as mizuho,late,fast.": "発生量のシナリオ（例 mizuho,late,fast）。",
    "Levels of costs, such as mizuho,low; with each of --supply.": (
        "費用水準（例 mizuho,low）。--supply のそれぞれと組み合わせる。"
    ),
    "How likely each is, in that order (--costs innermost); all alike, if none.": (
        "それぞれの確からしさ（その順、--costs が最も内側）。なければ等しい。"
    ),
    "What of the costs over all scenarios is made least.": "全シナリオの費用のうち何を最小にするか。",
    "For cvar: the cheapest share of all that may come, which does not count.": ("cvar で数えない、安い側の割合。"),
    "Folder for plants.csv and scenarios.csv, too.": "plants.csv と scenarios.csv もフォルダに書く。",
    "Relative gap to prove.": "証明する最適性ギャップ（比率）。",
    "Seconds for everything.": "全体の秒数。",
    "What cost is held against: CO2, the longest haul to a hub, the number of hubs, or black mass that is refined "
    "outside its region.": (
        "費用と比べるもの：CO2、ハブまでの最長輸送距離、ハブの数、地域外で製錬されるブラックマス。"
    ),
    "Points at even levels; 12, if not given. Of hauls and numbers of hubs the most that are listed; all, if not "
    "given.": "等間隔の点の数（なければ12）。輸送距離とハブ数では列挙する最大数（なければすべて）。",
    "Find all points, and the lines between them.": "すべての点と、その間の線を求める。",
    "Folder of table and page, to go on from where it was ended.": "表とページのフォルダ。途中から再開できる。",
    "Relative gap to prove at each point.": "各点で証明する最適性ギャップ（比率）。",
    "Seconds; what was found by then is told.": "秒数。それまでに見つかったものを示す。",
    "Who is who: the column operator of sites and plants (where sites have any), or regions.": (
        "主体の決め方：拠点と工場の operator 列（拠点にあれば）、または地域。"
    ),
    "Takes part; all that have sites, if none. Repeatable.": "参加する主体。なければ拠点を持つ全員。繰り返し可。",
    "Folder for members.csv and coalitions.csv, too.": "members.csv と coalitions.csv もフォルダに書く。",
    "Relative gap to prove for every coalition.": "各組について証明する最適性ギャップ（比率）。",
    "Folder of the input, the Japanese data that ship if none; and a scenario to show before and after.": (
        "入力フォルダ（なければ付属の日本のデータ）と、前後を示すシナリオ。"
    ),
    "Run folder to write.": "書き出す計画フォルダ。",
    "cost, profit (at market.price_level; sites may be left out) or co2; that of the settings, if none.": (
        "cost（費用）、profit（利益、market.price_level による。拠点を除くこともある）、co2。なければ設定のもの。"
    ),
    "Year whose packs are planned.": "計画する電池の年。",
    "Years planned together, such as 2030,2035,2040; those of the settings, if neither is given.": (
        "一体で計画する年（例 2030,2035,2040）。どちらもなければ設定の年。"
    ),
    "Relative gap to prove, such as 0.001.": "証明する最適性ギャップ（比率、例 0.001）。",
    "Seconds of the search; the best plan by then is kept. Reading, writing and how firm each plant is come on top.": (
        "探索の秒数。それまでの最良の計画を残す。読み書きと、各工場の確かさの計算は含まない。"
    ),
    "auto, or a solver of `hubspoke solvers`.": "auto、または `hubspoke solvers` のソルバー。",
    "Plant to open. Repeatable.": "開く工場。繰り返し可。",
    "Plant to keep closed. Repeatable.": "閉じておく工場。繰り返し可。",
    "Saved plan whose plants stand as they were built; only flows are planned.": (
        "工場をそのまま使う保存済みの計画。流れだけを計画する。"
    ),
    "Background of the maps from the network; without it they open offline.": (
        "ネットワークから取る地図の背景。なければオフラインで開ける。"
    ),
    "Write the full model as MPS, too.": "モデル全体をMPSでも書く。",
    "Cores that searches use at once; all, if none. Plans differ by it only where --time-limit ends a search.": (
        "探索が同時に使うコアの数。なければ全部。計画がこれで変わるのは --time-limit が探索を終えた場合だけ。"
    ),
    "Seed of the search.": "探索の乱数の種。",
    "Draw the maps.": "地図を描く。",
    "With --years: maps of the regions in every year, too.": "--years のとき、各年の地域別の地図も描く。",
    "Folder of the input, the Japanese data that ship if none; and a file that states the sweep.": (
        "入力フォルダ（なければ付属の日本のデータ）と、感度分析を定めるファイル。"
    ),
    "Folder of the sweep, to go on from.": "感度分析のフォルダ。途中から再開できる。",
    "What is varied: a setting, or scenario, over low..high, low..high/steps, a,b,c, or range (the range that the "
    "setting states; KEY may then hold *). Repeatable.": (
        "変えるもの：設定または scenario を low..high、low..high/段数、a,b,c、range（設定が示す範囲。"
        "このとき KEY に * を使える）で。繰り返し可。"
    ),
    "grid (all combinations), one-at-a-time, latin (hypercube) or sobol samples, indices (samples for Sobol "
    "indices).": "grid（全組合せ）、one-at-a-time、latin（超方格）・sobol の標本、indices（Sobol指数用の標本）。",
    "Samples to draw; 64, if not given.": "引く標本の数。なければ64。",
    "Seed of what is drawn.": "標本の乱数の種。",
    "As in `solve`.": "`solve` と同じ。",
    "Relative gap to prove in each case.": "各ケースで証明する最適性ギャップ（比率）。",
    "Seconds for each case; then results may differ by machine.": (
        "ケース一件当たりの秒数。指定すると結果が機械により異なりうる。"
    ),
    "Processes of this machine.": "この機械で使うプロセスの数。",
    "Scheduler of a Dask cluster, such as tcp://10.0.0.1:8786.": (
        "Daskクラスターのスケジューラー（例 tcp://10.0.0.1:8786）。"
    ),
    "List the cases with their numbers, and solve none.": "ケースを番号つきで一覧し、何も解かない。",
    "Solve this case only, for job arrays. Repeatable.": "このケースだけを解く（ジョブ配列用）。繰り返し可。",
    "Solve cases again that failed.": "失敗したケースを解き直す。",
    "Folder of the input (the Japanese data that ship, if none), and a file that states the study (the usual one, if "
    "none).": "入力フォルダ（なければ付属の日本のデータ）と、検討を定めるファイル（なければ標準のもの）。",
    "Folder of the study, to make or to go on from.": "検討のフォルダ。作るか、途中から再開する。",
    "List what would run and roughly how long; run nothing.": "何をおよそどれだけかけて行うかを示し、実行しない。",
    "A run folder, or several of different years for one map.": (
        "計画フォルダ。一枚の地図にする年の違うものを複数でも可。"
    ),
    "Map to write, for several run folders.": "書き出す地図（計画フォルダが複数のとき）。",
    "A run folder that `hubspoke solve` wrote.": "`hubspoke solve` が書いた計画フォルダ。",
    "html, pdf (needs Chromium or Chrome), briefing, svg (a folder of pictures), xlsx, gpkg, geojson or parquet.": (
        "html、pdf（ChromiumかChromeが要る）、briefing、svg（図のフォルダ）、xlsx、gpkg、geojson、parquet。"
    ),
    "With --format pdf: print assumptions and tables of detail, too.": (
        "--format pdf のとき、前提と詳細な表も印刷する。"
    ),
    "Run folders; the first is what the others are compared with. With --scenario an input folder.": (
        "計画フォルダ。ほかは最初のものと比べる。--scenario のときは入力フォルダ。"
    ),
    "Plan an input folder as it is and under this scenario, and compare. Repeatable; `a,b` takes both.": (
        "入力フォルダをそのままとこのシナリオの下で計画し、比べる。繰り返し可。`a,b` で両方。"
    ),
    "Folder to write: page, map, workbook and tables.": "書き出すフォルダ：ページ、地図、Excelブック、表。",
    "A site, hub or refinery; the whole plan, if none.": "拠点、ハブまたは製錬所。なければ計画全体。",
    "Folder of the input, where it is no more where it was.": "入力フォルダ（元の場所にもうないとき）。",
    "Seconds for planning again without a plant, or with it.": "工場なし、または工場ありで計画し直す秒数。",
    "Plan anew, too, what each rule of the plan costs; a tonne more at a site; more room at a plant; at what cost a "
    "plant would be chosen.": (
        "計画し直して、各規則の費用、拠点の1トン増、工場の余裕の増加、工場が選ばれる費用も示す。"
    ),
    "With --deeper, what each border between two regions costs, too.": (
        "--deeper のとき、二地域間の境界それぞれの費用も示す。"
    ),
    "Most that a set may cost more, as a share.": "組が最良より高くてよい割合。",
    "Sets that are listed at most, and counted where regions hang together.": (
        "示す組の最大数（地域が互いに関わるときは数える組の最大数）。"
    ),
    "Name sites, plants and limits that it is about, too; needs hubspoke[scip].": (
        "関係する拠点、工場、制限も示す（hubspoke[scip] が要る）。"
    ),
    "Sets as .csv, .json or .html, too.": "組を .csv、.json、.html でも書く。",
    "Seconds.": "秒数。",
    "Look for the cheapest plants that survive the loss of any one, too.": (
        "どの一つを失っても成り立つ最も安い工場の組も探す。"
    ),
    "The plants as .csv or all of it as .json, or a folder with a map, too.": (
        "工場を .csv で、または結果全体を .json で、または地図つきのフォルダも書く。"
    ),
    "A run folder; the published totals of 2040, if none.": "計画フォルダ。なければ2040年の公表値。",
    "One price level, such as peak; all of them, if none.": "価格水準を一つ（例 peak）。なければすべて。",
    "Who earns what: all, or purchase, tolling, integrated, joint-collection or a contract of your own.": (
        "誰が何を得るか：all、または purchase、tolling、integrated、joint-collection、独自の契約。"
    ),
    "Tell every dismantling site, not regions.": "地域でなく解体拠点ごとに示す。",
    "With --json: a row of the ledger for every site.": "--json のとき、拠点ごとの台帳の行も。",
    "Write a life-cycle inventory as .csv or .xlsx, in the form of Brightway's importers.": (
        "ライフサイクルインベントリをBrightwayの取込形式の .csv または .xlsx で書く。"
    ),
    "A site, source abroad, port, hub, refinery, furnace, region or lot; the whole plan, if none.": (
        "拠点、海外の供給元、港、ハブ、製錬所、炉、地域またはロット。なければ計画全体。"
    ),
    "Chain of custody: segregated, controlled_blending or mass_balance, in the words of ISO 22095.": (
        "管理連鎖（ISO 22095）：segregated（分別）、controlled_blending（管理混合）、mass_balance（マスバランス）。"
    ),
    "Years over which a mass balance is closed.": "マスバランスを締める年数。",
    "Write lots, paths and GraphML, EPCIS, Catena-X, PROV and a fragment of a passport into a folder.": (
        "ロット、経路、GraphML、EPCIS、Catena-X、PROV、電池パスポートの一部をフォルダに書く。"
    ),
    "Address below which lots and places have theirs in those files.": (
        "それらのファイルでロットと地点のアドレスの元になるアドレス。"
    ),
    "Public instances, as published.": "公開のままの問題ファイル。",
    "Format of the files; told from the content, if none.": "ファイルの形式。なければ内容から判断する。",
    "Seconds for each instance.": "問題一件当たりの秒数。",
    "Show the version.": "版を示す。",
    "Install completion for the current shell.": "いまのシェルに補完を導入する。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "いまのシェルの補完を表示する（写すか、導入を変えるため）。"
    ),
    "Show this message and exit.": "この説明を示して終わる。",
}
