"""Near-optimal sets of plants, in words: sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_yen
from hubspoke.words.told import Told, ToldTable, lay_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    "listed": (" The cheapest {number} of them are listed.", "安い順に{number}通りを挙げる。"),
    "always": ("In all of them, listed or not: {names}.", "どの組にも含まれる施設：{names}。"),
    "never": ("In none of them: {number} plants.", "どの組にも含まれない施設：{number}。"),
    "some": ("In some:", "組による施設："),
    "sets": ("Sets of plants, from cheap to dear", "施設の組（安い順）"),
    "differs": ("other plants", "異なる施設数"),
    "plant": ("plant", "施設"),
    "id": ("id", "ID"),
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
    return lay_lines(tell_alternatives_parts(found, lang))


def tell_alternatives_parts(found: AlternativesFound, lang: Lang = "en", *, listed: int = 0) -> Iterator[Told]:
    """Yield near-optimal sets of plants, as sentences and tables.

    Parameters
    ----------
    found : AlternativesFound
    lang : {"en", "ja"}
    listed : int
        Most sets that are listed, besides the most different.
    """
    words, plants = speak(WORDS, lang), found.plants
    yield tell_number(found, lang)
    if len(always := plants.loc[plants["proven"] == "all", "id"]):
        yield words["always"].format(names=found.names.plants(always, lang))
    if never := int((plants["proven"] == "none").sum()):
        yield words["never"].format(number=f"{never:,}")
    some = plants[(plants["proven"] == "") & (plants["share"] > 0)].sort_values(
        ["share", "id"], ascending=[False, True]
    )
    if len(some):
        rows: tuple[tuple[str, ...], ...] = tuple(
            (
                found.names.short(str(row["id"]), lang),
                str(row["id"]),
                found.names.region(str(row["region"]), lang),
                f"{row['share']:.0%}",
                words["yes"] if row["in_cheapest"] else "",
            )
            for row in some.to_dict("records")
        )
        heads = tuple(words[name] for name in ("plant", "id", "region", "share", "best"))
        yield ToldTable(words["some"], heads, rows, ("text", "text", "text", "number", "text"))
    different = found.sets[found.sets["most_different"]]
    for caption, sets in ((words["different"], different), (words["sets"], found.sets.head(listed))):
        if len(sets):
            rows = tuple(_set_cells(row, found, lang) for row in sets.to_dict("records"))
            heads = tuple(words[name] for name in ("cost", "differs", "opens", "closes"))
            yield ToldTable(caption, heads, rows, ("number", "number", "prose", "prose"))


def tell_number(found: AlternativesFound, lang: Lang) -> str:
    """Return how many sets of plants there are, in a sentence.

    Parameters
    ----------
    found : AlternativesFound
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    key = "more" if not found.is_complete else "all" if found.number > 1 else "one"
    best = format_yen(found.best_jpy, lang, found.settings)
    told = words[key].format(number=f"{found.number:,}", share=100 * found.within, best=best)
    listed = words["listed"].format(number=f"{len(found.sets):,}") if len(found.sets) < found.number else ""
    return told + listed


def _set_cells(row: Mapping[Any, Any], found: AlternativesFound, lang: Lang) -> tuple[str, ...]:
    more = format_yen(row["more_jpy"], lang, found.settings)
    opens, closes = (found.names.plants(str(row[key]).split(), lang) for key in ("opens", "closes"))
    return f"+{more}", f"{row['differs']:,}", opens, closes
