"""The checks of an audit in words: a line for each, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.audit.check import LISTED
from hubspoke.words.language import speak
from hubspoke.words.messages import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.audit.check import Check
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "passed": ("ok    {name}", "合格  {name}"),
    "noted": ("ok    {name} ({note})", "合格  {name}（{note}）"),
    "failed": ("FAIL  {name}: {detail}", "不合格  {name}：{detail}"),
    "skipped": (
        "-     {name}: not checked{of}, the input is not at hand",
        "-     {name}：{of}入力が手元にないため未検査",
    ),
    "of_years": (" in {years}", "{years}、"),
    "years": ("{count} years", "{count}年分"),
    "year": ("{year}: {name}", "{year}年：{name}"),
    "between": ("; ", "。"),
    "more": ("; and {count} more", "。ほか{count}件"),
    "fails": ("the plan fails its audit:", "計画が検査に合格しない："),
}
JAPANESE = {
    "known-ids": "識別子は入力にある",
    "descriptions": "名称・位置は入力のとおり",
    "supply": "発生量は入力のとおり",
    "landings": "輸入量は入力のとおり",
    "sizes": "規模は許されるもの",
    "lanes": "距離・運賃は計算のとおり",
    "cost-terms": "費目は計算のとおり",
    "alternatives": "各拠点の次善のハブ",
    "statement": "計画の条件は設定のとおり",
    "sites-served": "全拠点の全量を引き取る",
    "single-sourcing": "各拠点の届け先は一つ",
    "open-plants": "使う施設は開いている",
    "loads": "受入量の合計",
    "capacity": "受入量は能力以内",
    "black-mass": "ブラックマスの収支",
    "imports": "輸入の収支",
    "borders": "地域境界の規則",
    "destinations": "届け先の規則",
    "counts": "施設数の規則",
    "haul": "最長運搬距離の規則",
    "least-throughput": "最低処理量の規則",
    "forced": "開閉・届け先の指定",
    "furnaces": "電炉の規則",
    "least-recovery": "最低回収率の規則",
    "recycled-content": "再生材比率の規則",
    "ores": "失われる金属のCO2",
    "shared-ground": "同一敷地の節約",
    "sums": "表どうしの合計",
    "objective": "目的関数の値",
    "bound": "証明された下限",
    "regions": "地域の表",
    "firmness": "選択の確実さ",
    "proven": "規模の実績",
    "proof": "全選択肢による下限の再証明",
    "sampled-freight": "抜取り：運賃",
    "sampled-plants": "抜取り：施設費",
    "sampled-tonnes": "抜取り：発生量",
    "files": "ファイルが読める",
    "input": "入力",
    "written": "ファイルは書いたときのまま",
    "derived": "計画から導く表",
    "metals-ledger": "金属の台帳",
    "trace": "追跡",
    "road-loads": "道路の輸送量",
    "report": "報告書",
    "briefing": "要約資料",
    "maps": "地図",
    "workbook": "Excelブック",
    "layers": "GISレイヤー",
    "factors": "割引係数",
    "stages": "施設の年次推移",
    "by-year": "年別の費用",
    "present-value": "現在価値",
    "budgets": "投資の上限",
    "openings": "開設数の上限",
    "coverage": "回収の下限",
    "switching": "届け先の変更",
    "limits": "規模の上限",
    "capital": "資本費",
}
"""What each check holds, by its name; in English the names say it themselves."""


def name_check(name: str, lang: Lang) -> str:
    """Return the name of a check in a language.

    Parameters
    ----------
    name : str
        As checks bear it; of a plan over several years with the year before it.
    lang : {"en", "ja"}
    """
    if lang == "en":
        return name
    year, colon, kind = name.partition(": ")
    told = JAPANESE.get(kind if colon else name, kind if colon else name)
    return speak(WORDS, lang)["year"].format(year=year, name=told) if colon else told


def tell_check(check: Check, lang: Lang) -> str:
    """Return a line on a check.

    Parameters
    ----------
    check : Check
    lang : {"en", "ja"}
    """
    key = "failed" if check.faults else "noted" if check.remarks else "passed"
    told = {"detail": tell_faults(check, lang), "note": _join(check.remarks, lang)}
    return speak(WORDS, lang)[key].format(name=name_check(check.name, lang), **told)


def tell_faults(check: Check, lang: Lang) -> str:
    """Return the first faults that a check found, and how many more there are.

    Parameters
    ----------
    check : Check
    lang : {"en", "ja"}
    """
    more = speak(WORDS, lang)["more"].format(count=f"{check.more:,}") if check.more else ""
    return _join(check.faults[:LISTED], lang) + more


def _join(sentences: Iterable[str], lang: Lang) -> str:
    return speak(WORDS, lang)["between"].join(translate(sentence, lang) for sentence in sentences)


def tell_failed(checks: Iterable[Check], lang: Lang) -> str:
    """Return what an error says of the checks that a plan fails.

    Parameters
    ----------
    checks : iterable of Check
        Those that failed.
    lang : {"en", "ja"}
    """
    between = {"en": ": ", "ja": "："}[lang]
    lines = (f"  {name_check(check.name, lang)}{between}{tell_faults(check, lang)}" for check in checks)
    return "\n".join([speak(WORDS, lang)["fails"], *lines])


def tell_skipped(name: str, lang: Lang, years: int = 0) -> str:
    """Return a line on a check that was not made, of some years where it is one of single years.

    Parameters
    ----------
    name : str
    lang : {"en", "ja"}
    years : int
        0 where it is none of single years.
    """
    words = speak(WORDS, lang)
    of = words["of_years"].format(years=count_years(years, lang)) if years else ""
    return words["skipped"].format(name=name_check(name, lang), of=of)


def count_years(count: int, lang: Lang) -> str:
    """Return a number of years in words.

    Parameters
    ----------
    count : int
    lang : {"en", "ja"}
    """
    return speak(WORDS, lang)["years"].format(count=count)
