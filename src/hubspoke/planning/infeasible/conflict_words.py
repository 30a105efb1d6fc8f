"""Conflicts of rules in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.inputs.place_names import name_network
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.place_names import JOINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hubspoke.inputs.network import Network
    from hubspoke.planning.infeasible.conflict import Conflict
    from hubspoke.planning.infeasible.rows import RowsInConflict
    from hubspoke.words.language import Lang, Pairs
    from hubspoke.words.place_names import PlaceNames

NAMED = 8
"""Most names of one kind."""
WORDS: Pairs = {
    "fine": ("There is a plan: no rules are in conflict.", "計画は存在する。矛盾する規則はない。"),
    "set": (
        "These rules{where} have no plan together; without any one of them the others have:",
        "次の規則は{where}同時に守れない（どれか一つを外せば残りは守れる）：",
    ),
    "not_irreducible": (
        "These rules{where} have no plan together; not all of them were proven to matter in time:",
        "次の規則は{where}同時に守れない（時間内に全てが必要とは証明されていない）：",
    ),
    "further": ("Without them there is still no plan:", "これらを外してもなお計画はない："),
    "no_rule": (
        "No rule stands against a plan{where}: some packs can reach no hub, or some black mass no refinery.",
        "規則のためではない{where}。届けられる中間処理拠点がない電池か、製錬拠点がないブラックマスがある。",
    ),
    "cures": (
        "Each of these alone leads to a plan, the least change first (proven in steps of 1 km and 1 %):",
        "次のどれか一つで計画ができる（変更の小さい順。1 km・1％刻みでより小さい変更に計画がないことを証明）：",
    ),
    "some_cures": (
        "Each of these alone leads to a plan, the least change first; a smaller one may do:",
        "次のどれか一つで計画ができる（変更の小さい順。より小さい変更で足りる可能性もある）：",
    ),
    "no_cure": (
        "No single rule gives way so that there is a plan of all others.",
        "どの一つを緩めても、残り全てを守る計画はない。",
    ),
    "rows": (
        "What it is about (by SCIP, confirmed by HiGHS{all}): {told}.",
        "関係するもの（SCIPで特定し、HiGHSで確認{all}）：{told}。",
    ),
    "needed": ("; each is needed", "。いずれも必要"),
    "row_sites": ("sites {names}", "排出元{names}"),
    "row_plants": ("plants {names}", "施設{names}"),
    "row_regions": ("numbers of plants in {names}", "{names}の施設数"),
    "row_total": ("the number of plants in total", "施設の総数"),
    "and_more": (" and {n} more", "ほか{n}"),
    "where": (" in {regions}", "（{regions}）"),
}


def tell_conflicts(found: Sequence[Conflict], network: Network, lang: Lang = "en") -> list[str]:
    """Return conflicts of rules in lines.

    Parameters
    ----------
    found : sequence of Conflict
        One behind the other; none where there is a plan.
    network : Network
        That was planned, whose names and commodity the words are about.
    lang : {"en", "ja"}
    """
    lines = _lines(found, name_network(network), lang)
    return [in_commodity_words(line, network.settings, lang) for line in lines]


def _tell_rows(rows: RowsInConflict, words: dict[str, str], places: PlaceNames, lang: Lang) -> str:
    """Return which sites, plants and limits a conflict is about."""
    told = []
    plants = [places.plant(one, lang) for one in rows.plants]
    regions = [places.region(one, lang) for one in rows.regions]
    for key, names in (("row_sites", rows.sites), ("row_plants", plants), ("row_regions", regions)):
        if names:
            more = words["and_more"].format(n=len(names) - NAMED) if len(names) > NAMED else ""
            told.append(words[key].format(names=JOINT[lang].join(names[:NAMED]) + more))
    if rows.in_total:
        told.append(words["row_total"])
    return words["rows"].format(all=words["needed"] if rows.is_irreducible else "", told="; ".join(told))


def _lines(found: Sequence[Conflict], places: PlaceNames, lang: Lang) -> Iterator[str]:
    words = speak(WORDS, lang)
    if not found:
        yield words["fine"]
    for number, conflict in enumerate(found):
        if number:
            yield words["further"]
        regions = JOINT[lang].join(places.region(one, lang) for one in conflict.regions)
        where = words["where"].format(regions=regions) if regions else ""
        if not conflict.rules:
            yield words["no_rule"].format(where=where)
            return
        yield words["set" if conflict.is_irreducible else "not_irreducible"].format(where=where)
        for rule in conflict.rules:
            yield f"  - {rule.japanese if lang == 'ja' else rule.english}"
        if conflict.rows is not None:
            yield _tell_rows(conflict.rows, words, places, lang)
    if not found:
        return
    if not found[-1].cures:
        yield words["no_cure"]
        return
    yield words["cures" if all(cure.is_least for cure in found[-1].cures) else "some_cures"]
    for cure in found[-1].cures:
        yield f"  - {cure.japanese if lang == 'ja' else cure.english}"
