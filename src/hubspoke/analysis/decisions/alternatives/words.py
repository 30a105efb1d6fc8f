"""Near-optimal sets of plants, in lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.decisions.alternatives.alternatives import AlternativesFound
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "all": (
        "{number} sets of plants cost at most {share:.3g} % more than the cheapest, {best} a year.",
        "最安（年{best}）から{share:.3g}%以内の施設の組は{number}通り。",
    ),
    "one": (
        "No other set of plants costs at most {share:.3g} % more than the cheapest, {best} a year.",
        "最安（年{best}）から{share:.3g}%以内の施設の組は他にない。",
    ),
    "more": (
        (
            "At least {number} sets of plants cost at most {share:.3g} % more than the cheapest, {best} a year; not "
            "all were counted."
        ),
        "最安（年{best}）から{share:.3g}%以内の施設の組は少なくとも{number}通り（数え切っていない）。",
    ),
    "always": ("In all of them, listed or not: {names}.", "どの組にも含まれる施設：{names}。"),
    "never": ("In none of them: {number} plants.", "どの組にも含まれない施設：{number}。"),
    "some": ("In some:", "組による施設："),
    "plant": ("plant", "施設"),
    "region": ("region", "地域"),
    "share": ("share of sets", "含む組の割合"),
    "best": ("in the cheapest", "最安の組"),
    "yes": ("yes", "含む"),
    "different": ("The most different:", "最も異なる組："),
    "cost": ("more a year", "年間増加"),
    "opens": ("opens", "開設"),
    "closes": ("closes", "閉鎖"),
}


def tell_alternatives(found: AlternativesFound, lang: Lang = "en") -> str:
    """Return near-optimal sets of plants, in lines for a terminal.

    Parameters
    ----------
    found : AlternativesFound
    lang : {"en", "ja"}
    """
    return "\n".join(_lines(found, speak(WORDS, lang), lang))


def _lines(found: AlternativesFound, words: dict[str, str], lang: Lang) -> Iterator[str]:
    number, plants = len(found.sets), found.plants
    key = "more" if not found.is_complete else "all" if number > 1 else "one"
    best = format_yen(found.best_jpy, lang, found.settings)
    yield words[key].format(number=f"{number:,}", share=100 * found.within, best=best)
    if len(always := plants.loc[plants["proven"] == "all", "id"]):
        yield words["always"].format(names=", ".join(always))
    if never := int((plants["proven"] == "none").sum()):
        yield words["never"].format(number=f"{never:,}")
    some = plants[(plants["proven"] == "") & (plants["share"] > 0)].sort_values(
        ["share", "id"], ascending=[False, True]
    )
    if len(some):
        rows = [tuple(words[name] for name in ("plant", "region", "share", "best"))]
        rows += [
            (str(row["id"]), str(row["region"]), f"{row['share']:.0%}", words["yes"] if row["in_cheapest"] else "")
            for row in some.to_dict("records")
        ]
        yield from ["", words["some"], *lay_out(rows, right={2})]
    if len(different := found.sets[found.sets["most_different"]]):
        rows = [tuple(words[name] for name in ("cost", "opens", "closes"))]
        for row in different.to_dict("records"):
            more = format_yen(row["more_jpy"], lang, found.settings)
            rows.append((f"+{more}", str(row["opens"]) or "-", str(row["closes"]) or "-"))
        yield from ["", words["different"], *lay_out(rows, right={0})]
