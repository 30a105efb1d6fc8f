"""The help of every command: what it does, paragraph by paragraph."""

from __future__ import annotations

from hubspoke.words.japanese import help_options

EXAMPLE, EXAMPLE_JA = "Example: ", "例："
"""What an example of a command begins with."""
COMMANDS = {
    "Plan hub-and-spoke recycling of traction batteries: which hub, which refinery, who delivers where.": (
        "車載用電池のハブ＆スポーク型リサイクルを計画する：どのハブ、どの製錬所を使い、どの拠点がどこへ運ぶか。"
    ),
    "Start with `hubspoke solve -o plan`, then open plan/map.html.": (
        "まず `hubspoke solve -o plan` を実行し、plan/map.html を開く。"
    ),
    "Exit codes: 0 solved within the gap, 2 usage, 3 bad input, 4 infeasible, 5 a plan not proven within the gap, "
    "6 stopped with none, 7 solver not available.": (
        "終了コード：0 最適性ギャップ内で解けた、2 使い方の誤り、3 入力の誤り、4 計画が存在しない、"
        "5 ギャップ内と証明できない計画、6 計画なしで停止、7 ソルバーが使えない。"
    ),
    "Make a starter folder with the Japanese data, or with your own list, ready to edit; or a workbook to fill in.": (
        "日本のデータ、または手持ちの一覧から、編集できる入力フォルダを作る。記入用のExcelブックも作れる。"
    ),
    "Make a folder of another program's case, and say what was taken and what does not carry over.": (
        "ほかのプログラムのケースから入力フォルダを作り、何を取り込み何を移せなかったかを示す。"
    ),
    "List every problem of the input at once: file, row, column, what to do.": (
        "入力の問題をすべて一度に示す：ファイル、行、列、直し方。"
    ),
    "Tell which rules are in conflict where there is no plan: a smallest set of them, and the least that cures it.": (
        "計画が存在しないとき、どの規則どうしが両立しないか（最小の組）と、最小の直し方を示す。"
    ),
    "Write lanes.csv with the distances of all pairs of places, as a routing server knows them.": (
        "経路サーバーの知る全地点間の距離で lanes.csv を書く。"
    ),
    "List the tonnes of packs that come back in Japan by scenario and year, as `solve --supply` scales the sites.": (
        "日本で戻る電池のトン数をシナリオ・年別に示す（`solve --supply` が拠点に掛けるもの）。"
    ),
    "Find the cities from which packs are collected at the least freight, and set them beside the candidates.": (
        "電池を最小の運賃で集められる都市を探し、候補地と並べる。"
    ),
    "Tell what it costs over several years to plan each for itself, to build all of the last at once, or to wait.": (
        "複数年を年ごとに別々に計画する、最終年の分を一度に建てる、待つ、のそれぞれがいくら高くつくかを示す。"
    ),
    "Choose plants before it is known which scenario comes: best on average, at worst, by regret, or in the dear "
    "tail.": "どのシナリオになるか分からないうちに工場を選ぶ：平均、最悪、後悔、高い側の裾のいずれかで最良のもの。",
    "Tell what less CO2, shorter hauls, fewer hubs or more refining at home cost: plans with no better one in both.": (
        "CO2を減らす、輸送を短くする、ハブを減らす、地元での製錬を増やすといくらかかるかを示す："
        "両方でそれに勝るものがない計画。"
    ),
    "Tell what companies or regions gain by working together: every coalition planned, and the cost of all divided.": (
        "企業または地域が協力して得るものを示す：すべての組を計画し、全体の費用を分ける。"
    ),
    "List the scenarios that ship and those of a folder's scenarios.toml; or show what one of them changes.": (
        "付属のシナリオとフォルダの scenarios.toml のシナリオを一覧する。または一つが何を変えるかを示す。"
    ),
    "Plan at least cost, most profit or least CO2: choose hubs and refineries, assign sites, write tables and maps.": (
        "費用最小・利益最大・CO2最小で計画する：ハブと製錬所を選び、拠点を割り当て、表と地図を書く。"
    ),
    "Plan many cases: settings and scenarios over ranges, lists or samples; what moves the cost, and what holds.": (
        "多数のケースを計画する：設定とシナリオを範囲・一覧・標本で変え、何が費用を動かし何が変わらないかを見る。"
    ),
    "Run several analyses and write one report: what to decide now, what can wait, what would change our mind.": (
        "複数の分析を行い、一つの報告書にする：いま決めること、待てること、考えを変えるもの。"
    ),
    "Draw the maps of a saved plan again, or one map with a slider through plans of several years.": (
        "保存済みの計画の地図を描き直す。または複数年の計画を一枚の地図にし、スライダーで年を選ぶ。"
    ),
    "Write the report of a saved plan again, as a page, a PDF, pictures, an Excel workbook or a GeoPackage.": (
        "保存済みの計画の報告書を、ページ・PDF・図・Excel・GeoPackageで書き直す。"
    ),
    "Put plans side by side: what moved, what opened or closed, what it costs.": (
        "計画を並べて比べる：何が移り、何が開き閉じ、いくらかかるか。"
    ),
    "Plans over several years are compared over the horizon, year by year and plant by plant; one of them with a plan "
    "of one year in that year.": ("複数年の計画は期間全体・年別・工場別に比べる。単年の計画とはその年で比べる。"),
    "Tell why this hub, why this site goes there, what the runner-up costs, what closing it costs.": (
        "なぜこのハブか、なぜこの拠点がそこへ運ぶか、次点はいくらか、閉じるといくらかかるかを示す。"
    ),
    "A plant is closed for a try (one not chosen is opened) and all is planned again. Of a plan over several years: "
    "why a plant opens when it does, and what one planned year earlier, one later or never costs.": (
        "工場を試しに閉じ（選ばれなかったものは開き）、全体を計画し直す。複数年の計画では、なぜその年に開くか、"
        "一つ早い年、一つ遅い年、開かない場合にいくらかかるか。"
    ),
    "Count the sets of plants that cost little more than the best; tell the most different, and who is in all or "
    "none.": "最良より少しだけ高い工場の組を数え、最も異なるものと、すべてに入る・どれにも入らない工場を示す。",
    "Close each plant of a plan in turn and plan anew: what that costs, which tonnes have no home, what would "
    "survive.": ("計画の工場を一つずつ閉じて計画し直す：いくらかかり、どれだけが行き場を失い、何なら耐えるか。"),
    "Recount a saved plan without the model: rules, sums, lanes, costs, and a sample by plain formulas.": (
        "保存済みの計画をモデルなしで数え直す：規則、合計、輸送、費用、および平易な式による標本。"
    ),
    "Checks that need the input are skipped, and named, where it is gone or has changed. Of a plan over several years "
    "each kind of check has one line; -v gives every one of every year.": (
        "入力がないか変わったときは、それを要する検査を省き、その名を示す。複数年の計画では検査の種類ごとに一行、"
        "-v で各年のすべて。"
    ),
    "Value metals against the cost of recycling, and tell what every actor of a plan earns.": (
        "金属の価値をリサイクル費用と比べ、計画の各主体の収支を示す。"
    ),
    "Without OUT: the published totals of 2040, from the stated formula. With OUT: the metals of a plan; other prices "
    "and contracts may be set without solving again.": (
        "OUTなし：2040年の公表値を示された式から。OUTあり：計画の金属。価格と契約は解き直さずに変えられる。"
    ),
    "Tell where the metals of a plan go, what demand they meet, which duties it meets, and its CO2 beside ores.": (
        "計画の金属の行き先、満たす需要、満たす義務、鉱石と比べたCO2を示す。"
    ),
    "Of a plan over several years every year is told. Recoveries, contents, demand and duties may be set without "
    "solving again.": "複数年の計画ではすべての年を示す。回収率、含有量、需要、義務は解き直さずに変えられる。",
    "Tell where a site's batteries end, and where a refinery's metal came from, in kg of each metal.": (
        "拠点の電池の行き先と、製錬所の金属の由来を、金属ごとにkgで示す。"
    ),
    "Of a plan over several years all years are traced.": "複数年の計画ではすべての年をたどる。",
    "List the solvers and whether they can be used here.": "ソルバーと、ここで使えるかどうかを一覧する。",
    "Solve public facility-location instances with the engine, to check it against known optima.": (
        "公開の施設配置問題をエンジンで解き、既知の最適値と照合する。"
    ),
    "Formats told from the content: orlib-cap, tbed1, holmberg (also Yang), diaz, two-stage, p-median, p-median-cap, "
    "ufl-simple, orlib-uncap (capacities of 0), incremental (several periods), rice (several periods: a folder with "
    "centres.csv, plants.csv and params.json), program (MPS or LP, packed or not, of one echelon). By name only: "
    "orlib-cap-single, tbed1-single (whole customers), holmberg-split, diaz-split (divided ones), orlib-uncap (any "
    "capacities ignored). A file that is none, or may be several, does not stop the others (exit 3).": (
        "内容から分かる形式：orlib-cap、tbed1、holmberg（Yangも）、diaz、two-stage、p-median、p-median-cap、ufl-simple、"
        "orlib-uncap（容量0）、incremental（複数期間）、"
        "rice（複数期間。centres.csv、plants.csv、params.json のフォルダ）、program（一段階のMPSまたはLP、圧縮も可）。"
        "名前でだけ指定できる形式：orlib-cap-single、tbed1-single（顧客を分けない）、holmberg-split、diaz-split（分ける）、"
        "orlib-uncap（容量を無視）。どれでもない、または複数に当てはまるファイルがあっても、ほかは続ける（終了コード3）。"
    ),
}
MESSAGES = {**COMMANDS, **help_options.MESSAGES}


def split_help(text: str) -> list[str]:
    """Return the paragraphs of a text of help, each on one line; every example is one.

    Parameters
    ----------
    text : str
    """
    paragraphs = text.replace(f"\n{EXAMPLE}", f"\n\n{EXAMPLE}").split("\n\n")
    return [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]


def translate_help(text: str) -> str:
    r"""Return a text of help in Japanese; a paragraph that is not known stays as it is.

    Parameters
    ----------
    text : str
        As a command or an option has it.

    Examples
    --------
    >>> print(translate_help("List the solvers and whether they can be used here.\n\nExample: `hubspoke solvers`"))
    ソルバーと、ここで使えるかどうかを一覧する。
    <BLANKLINE>
    例：`hubspoke solvers`
    """
    return "\n\n".join(
        EXAMPLE_JA + part.removeprefix(EXAMPLE).replace(EXAMPLE, EXAMPLE_JA)
        if part.startswith(EXAMPLE)
        else MESSAGES.get(part, part)
        for part in split_help(text)
    )
