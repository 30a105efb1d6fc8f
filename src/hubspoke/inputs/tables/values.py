"""Words in cells that mean a value of hubspoke's own: states of plants, technologies, kinds of sites."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import list_words
from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.settings.technologies import SEPARATOR, split_technologies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.settings.settings import Settings

STATUS_WORDS = {
    **dict.fromkeys(list_words("候補 候補地 計画 計画中 新設 検討中 予定 planned proposed potential"), "candidate"),
    **dict.fromkeys(list_words("稼働中 稼働 稼動中 稼動 既存 既設 操業中 操業 運転中 existing operating"), "open"),
    **dict.fromkeys(list_words("閉鎖 閉鎖済 廃止 廃止済 停止 停止中 休止 休止中 除外 shut inactive"), "closed"),
}  # fmt: skip
KIND_WORDS = {
    **dict.fromkeys(list_words("解体業者 解体事業者 解体 解体業 自動車解体業"), "dismantler"),
    **dict.fromkeys(list_words("電池工場 セル工場 電池セル工場"), "cell-works"),
}
LANE_WORDS = {
    **dict.fromkeys(list_words("不可 禁止 通行不可 輸送不可 禁 × ✕ x no n false ng closed blocked"), "forbidden"),
    **dict.fromkeys(list_words("可 許可 通行可 輸送可 ○ 〇 yes y true ok open"), "allowed"),
}
TECHNOLOGY_WORDS = {
    **dict.fromkeys(list_words("焙焼 焙焼炉 焙焼処理 熱処理"), "roasting"),
    **dict.fromkeys(list_words("キルン セメントキルン ロータリーキルン セメント焼成"), "kiln"),
    **dict.fromkeys(list_words("機械 機械処理 機械破砕 機械選別 破砕 破砕選別 破砕・選別"), "mechanical"),
    **dict.fromkeys(list_words("湿式 湿式製錬 湿式精錬 湿式処理 hydrometallurgy"), "hydro"),
    **dict.fromkeys(list_words("電炉 製鋼電炉"), "steel_furnace"),
    **dict.fromkeys(list_words("フェロニッケル フェロニッケル電炉"), "ferronickel_furnace"),
}


def translate_values(raw: RawTable, settings: Settings) -> tuple[RawTable, list[Finding]]:
    """Return a table in which words that are sure stand as the values they mean, and what was read so.

    Parameters
    ----------
    raw : RawTable
    settings : Settings
        Whose technologies count.

    Returns
    -------
    table : RawTable
        The same object where nothing is changed.
    findings : list of Finding
        A warning for each column in which words were understood.
    """
    raw, findings = find_states(raw, settings)
    columns = dict(raw.columns)
    for name, words in _words(raw.table, settings).items():
        cells = columns.get(name)
        if cells is None:
            continue
        read = {cell: _read(cell, words, several=name == "technology") for cell in set(cells)}
        found = Counter(cell for cell in cells if read[cell] != cell and cell.lower() != read[cell])
        if not found:
            continue
        columns[name] = [read[cell] for cell in cells]
        told = ", ".join(f"{word!r} = {read[word]} ({count})" for word, count in sorted(found.items()))
        problem, cure = f"words are read as values: {told}", "nothing, if that is meant"
        findings.append(Finding(raw.file, raw.header_row, name, problem, cure, fatal=False, kind="understood-values"))
    return (replace(raw, columns=columns) if findings else raw), findings


def find_states(raw: RawTable, settings: Settings) -> tuple[RawTable, list[Finding]]:
    """Return a table of plants in which a column of another title that holds states of plants alone is `status`.

    Parameters
    ----------
    raw : RawTable
    settings : Settings
        Whose columns count.

    Returns
    -------
    table : RawTable
        The same object where there is none, or more than one.
    findings : list of Finding
        A warning that the column is read.
    """
    schema = SCHEMAS.get(raw.table)
    if raw.table not in ("hubs", "refineries") or schema is None or "status" in raw.columns:
        return raw, []
    known = (*schema.names, *schema.dropped, *settings.columns)
    held = {name: {_key(cell) for cell in cells} - {""} for name, cells in raw.columns.items() if name not in known}
    alike = [name for name, words in held.items() if words and words <= {*STATUS_WORDS, *STATUS_WORDS.values()}]
    if len(alike) != 1:
        return raw, []
    (name,) = alike
    columns = {"status" if key == name else key: cells for key, cells in raw.columns.items()}
    titles = {"status" if key == name else key: title for key, title in raw.titles.items()}
    told = " = ".join((raw.titles.get(name, name), "status"))
    problem = f"columns are read under other names: {told}"
    found = Finding(raw.file, raw.header_row, "", problem, "nothing, if that is meant", fatal=False, kind="states")
    return replace(raw, columns=columns, titles=titles), [found]


def _words(table: str, settings: Settings) -> dict[str, Mapping[str, str]]:
    if table == "sites":
        return {"kind": KIND_WORDS}
    if table == "existing":
        return {"status": STATUS_WORDS}
    if table == "lanes":
        return {"status": LANE_WORDS}
    if table not in ("hubs", "refineries", "sizes"):
        return {}
    known: Mapping[str, object] = settings.hub_technologies if table == "hubs" else settings.takers
    if table == "sizes":
        known = {**settings.hub_technologies, **settings.takers}
    words = {word: name for word, name in TECHNOLOGY_WORDS.items() if name in known}
    words |= {_key(name): name for name in known}
    if table == "sizes":
        return {"technology": words}
    return {"status": STATUS_WORDS, "technology": words, "existing_technology": words}


def _read(cell: str, words: Mapping[str, str], *, several: bool) -> str:
    """Return the value that a cell means, or each of the values of a list."""
    if _key(cell) in words or not several:
        return words.get(_key(cell), cell)
    parts = split_technologies(cell)
    return SEPARATOR.join(words.get(_key(part), part) for part in parts) if len(parts) > 1 else cell


def _key(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lower()
