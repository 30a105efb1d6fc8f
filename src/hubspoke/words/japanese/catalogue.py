"""Every text of errors and findings with its Japanese."""

from __future__ import annotations

from hubspoke.words.japanese import (
    audit,
    checks,
    collaboration,
    console,
    content,
    files,
    folders,
    instances,
    reasons,
    relog,
    runs,
    settings,
    studies,
    tables,
    usage,
    wrong_answers,
)

FRAMES = {
    "{count} problem{s} in the input:": "入力に問題が{count}件ある：",
    "{place}: and {more} more row{s} like these": "{place}：同様の行がほかに{more}件",
    "{place}: and {more} more key{s} like these": "{place}：同様のキーがほかに{more}件",
    "{place}: and {more} more column{s} like these": "{place}：同様の列がほかに{more}件",
    "{place}: {problem} -> {cure}": "{place}：{problem} → {cure}",
}
"""How findings are listed; those that say most come first."""
PLACES = {
    "{file}, row {row}, column {column}": "{file} {row}行目（{column}）",
    "{file}, row {row}, key {column}": "{file} {row}行目（{column}）",
    "{file}, row {row}": "{file} {row}行目",
    "{file}, column {column}": "{file}（{column}）",
    "{file}, key {column}": "{file}（{column}）",
}
"""How the place of a finding is told."""
NOUNS = {
    "hub": "ハブ",
    "hubs": "ハブ",
    "refinery": "製錬所",
    "refineries": "製錬所",
    "site": "拠点",
    "port": "港",
    "grade": "品位",
    "source abroad": "海外の供給元",
    "site or hub": "拠点またはハブ",
    "hub or refinery": "ハブまたは製錬所",
    "packs": "電池",
    "black mass": "ブラックマス",
    "run folder": "計画フォルダ",
    "comparison": "比較",
    "sweep": "感度分析",
    "study": "検討",
    "trace": "追跡",
    "front": "トレードオフの曲線",
    "disruption": "停止の分析",
    "tables of a robust plan": "頑健な計画の表",
    "tables of a collaboration": "協力の分析の表",
    "sheet": "シート",
    "layer": "レイヤー",
    "comma": "コンマ",
    "semicolon": "セミコロン",
    "tab": "タブ",
    "bar": "縦線",
    "allowed": "許される",
    "there": "現にある",
    "least": "以上",
    "most": "以下",
}
"""Words of the program's own that stand in holes."""
NOUN_HOLES = ("one", "many", "there")
"""Holes in which nothing but such a word stands."""
WORD_HOLES = (*NOUN_HOLES, "goods")
"""Holes in which such a word, or one of a planner's own, may stand; in all others it stays as it is."""
CATALOGUE = {
    **audit.MESSAGES,
    **checks.MESSAGES,
    **collaboration.MESSAGES,
    **console.MESSAGES,
    **content.MESSAGES,
    **files.MESSAGES,
    **folders.MESSAGES,
    **instances.MESSAGES,
    **reasons.MESSAGES,
    **relog.MESSAGES,
    **runs.MESSAGES,
    **settings.MESSAGES,
    **studies.MESSAGES,
    **tables.MESSAGES,
    **usage.MESSAGES,
    **wrong_answers.MESSAGES,
}
"""Japanese by English, both as `str.format` takes them; the names of holes are those of this catalogue alone."""
