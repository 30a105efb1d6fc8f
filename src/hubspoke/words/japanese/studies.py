"""Japanese of what is wrong with a study that is asked for."""

from __future__ import annotations

MESSAGES = {
    "one future alone is nothing to compare": "将来が1つでは比べられない",
    "name two or more, or leave it out": "2つ以上挙げるか、書かない",
    "write one for each future, scenarios outermost and costs innermost": (
        "将来ごとに1つ書く。scenarios が最も外側、costs が最も内側"
    ),
    "unknown policy {policy}": "不明な規則 {policy}",
    "take one of them out": "どちらかを消す",
    "write one of these": "このいずれかを書く",
    "mend it, or leave it out": "直すか、書かない",
    "mend the list, or leave it out": "一覧を直すか、書かない",
    "a study compares plans at least cost; the settings ask for {objective}": (
        "検討は費用最小の計画を比べる。設定は {objective} を求めている"
    ),
    'leave policy.objective out, or write set = {{ "policy.objective" = "cost" }}': (
        'policy.objective を書かないか、set = {{ "policy.objective" = "cost" }} と書く'
    ),
    "years {years}: write years, such as 2030": "年 {years}：2030 のように年を書く",
    "{years} alone is no plan over years": "{years} だけでは複数年計画にならない",
    "write two or more, or year = {years}": "2つ以上書くか、year = {years} と書く",
    "unknown analysis {name}": "不明な分析 {name}",
    "{section} has options, but is not among the analyses": "{section} に指定があるが、analyses にない",
    'add "{section}" to analyses, or take [{section_}] out': (
        'analyses に "{section}" を加えるか、[{section_}] を消す'
    ),
    "{name} is asked for, and there is nothing for it to compare": "{name} を求めているが、比べるものがない",
    'name two or more in supply, costs or scenarios, such as supply = ["mizuho", "late"]': (
        'supply、costs、scenarios のいずれかに2つ以上挙げる。例：supply = ["mizuho", "late"]'
    ),
    "write two years or more, such as years = [2030, 2035, 2040]": (
        "2つ以上の年を書く。例：years = [2030, 2035, 2040]"
    ),
    'write what to vary, such as [sweep] vary = {{ "supply.factor" = "0.7..1.3" }}': (
        '変えるものを書く。例：[sweep] vary = {{ "supply.factor" = "0.7..1.3" }}'
    ),
    "{key} is a section": "{key} は節である",
    "{key} has no options of its own": "{key} に個別の指定はない",
    "write [{key}] and its keys below; {HELP}": "[{key}] と書き、その下にキーを書く。{HELP}",
    "see docs/study.md": "docs/study.md を参照",
    'name it in analyses = ["{key}"] to run it': '実行するには analyses = ["{key}"] に挙げる',
    "take it out, or write one of the known keys; {HELP}": "消すか、既知のキーを書く。{HELP}",
    "{value} is of the wrong kind": "{value} は種類が違う",
    "a text": "文字列",
    "a list of texts": "文字列の一覧",
    "a whole number": "整数",
    "a list of whole numbers": "整数の一覧",
    "a list of numbers": "数値の一覧",
    "a number": "数値",
    "a table": "表",
    "write {kind}, such as {example}": "{kind}を書く。例：{example}",
    "the list is empty": "一覧が空である",
    "name something, or leave the key out": "何か挙げるか、キーを書かない",
    "something stands there twice": "同じものが2度ある",
    "write each once": "1度ずつ書く",
    "{value} is out of range": "{value} は範囲外",
    "the file says nothing": "ファイルに何も書かれていない",
    'write at least title = "...", or leave the file out for the usual study; {HELP}': (
        '少なくとも title = "..." と書くか、標準の検討ならファイルを指定しない。{HELP}'
    ),
    "save it as UTF-8": "UTF-8 で保存する",
    "mend this line: texts stand in quotation marks, lists in square brackets; {HELP}": (
        "この行を直す。文字列は引用符、一覧は角括弧で囲む。{HELP}"
    ),
    "it is no TOML: {error}": "TOML でない：{error}",
    "the plan of the study was saved without its input; take its folder away": (
        "検討の計画が入力なしで保存されている。そのフォルダを消す"
    ),
    "stopped; {ended} of {total} analyses are done, {out} keeps them, and the same command goes on": (
        "中断した。分析{total}件中{ended}件は完了して {out} にあり、同じコマンドで続きから始まる"
    ),
    "there is no file {file}; leave it out for the usual study": (
        "ファイル {file} は存在しない。標準の検討なら指定しない"
    ),
}
