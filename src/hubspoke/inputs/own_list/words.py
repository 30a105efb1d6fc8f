"""The lines that say how a planner's own list was understood, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.words.language import speak
from hubspoke.words.messages import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.base.errors import Finding
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "table": ("{file}: read as {table}, header in row {row}", "{file}：{table} として読み込み、見出しは{row}行目"),
    "column": ("  {title} -> {column}{unit}: {count} cells", "  {title} → {column}{unit}：{count}件"),
    "unit": (", unit {unit}, times {factor:g}", "、単位 {unit}、{factor:g}倍"),
    "kept": (
        "  {title}: not known; kept, but not planned with",
        "  {title}：不明な列。残すが計画には使わない",
    ),
    "no_factor": (
        "  {title}: means {column}, but its unit {unit} cannot be turned into tonnes; kept, see the settings file",
        "  {title}：{column} の意味だが、単位 {unit} は換算できない。残すので設定ファイルを参照",
    ),
    "second": (
        "  {title}: means {column} too, which {first} already gives; kept, but not planned with",
        "  {title}：{column} の意味だが、{first} を採用。残すが計画には使わない",
    ),
    "converted": (
        "  {column}: {count} cells written in another form, such as {before} -> {after}",
        "  {column}：{count}件の書き方を変換（例 {before} → {after}）",
    ),
    "ids": ("  id: {count} made, {first} to {last}", "  id：{count}件を付番（{first}～{last}）"),
    "lettered": (
        "  id: the numbers of several tables are the same; {first} and so on tell them apart",
        "  id：表の間で番号が重なるため、{first} などとして区別",
    ),
    "prefecture": (
        "  prefecture: {count} written in one form or found by address, such as {before} -> {after}",
        "  prefecture：{count}件を統一または住所から補完（例 {before} → {after}）",
    ),
    "region": (
        "  region: {stated} stated, {by_name} by prefecture, {by_place} by position, {none} not found",
        "  region：記載{stated}件、都道府県から{by_name}件、座標から{by_place}件、不明{none}件",
    ),
    "positions": (
        "  positions: {given} given, {municipality} of municipalities, {prefecture} of prefectures, {none} not found",
        "  位置：記載{given}件、市区町村の代表点{municipality}件、都道府県庁{prefecture}件、不明{none}件",
    ),
    "rows": (
        "  rows: {read} read, {left} left out, {written} written",
        "  行：読込{read}、除外{left}、書込{written}",
    ),
    "shipped": (
        "{table}: none in the list; {count} of the data that ship, in {regions}",
        "{table}：リストに無いため、同梱データの{regions}の{count}件を使用",
    ),
    "no_shipped": (
        "{table}: none in the list, and none ship for its regions",
        "{table}：リストに無く、該当地域の同梱データも無い",
    ),
    "years": ("years: {years}, as the columns state them", "対象年：{years}（列名による）"),
    "found": ("  {place}{told}", "  {place}{told}"),
    "row": ("row {row}: ", "{row}行目："),
    "ready": ("check: ready to be planned, {warnings} warnings", "check：計画できる（注意{warnings}件）"),
    "problems": (
        "check: {faults} problems remain, {warnings} warnings; they are listed by: hubspoke check {folder}",
        "check：問題が{faults}件、注意が{warnings}件残っている。一覧は hubspoke check {folder}",
    ),
}


def say(lang: Lang, key: str, **values: Any) -> str:
    """Return a line in a language.

    Parameters
    ----------
    lang : {"en", "ja"}
    key : str
        Of `WORDS`.
    **values : any
        What its places take.

    Returns
    -------
    str
    """
    if lang == "ja" and "file" in values:
        values["file"] = str(values["file"]).replace(", sheet ", " シート ")
    return speak(WORDS, lang)[key].format(**values)


def say_findings(lang: Lang, findings: Iterable[Finding]) -> list[str]:
    """Return a line for each finding of the reading; those on columns have lines of their own, and are left out."""
    lines = []
    for finding in findings:
        if finding.kind == "understood-columns":
            continue
        told = translate(finding.problem, lang)
        place = say(lang, "row", row=finding.row) if finding.row else ""
        lines.append(say(lang, "found", place=place, told=told))
    return lines
