"""Say findings in a language: figures as texts, in the words of findings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.change_words import CHANGES
from hubspoke.analysis.study.findings.words import AFTER_HEAD, BETWEEN, NAMES, SENTENCES, SETTINGS, STOP
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.messages import translate
from hubspoke.words.names import name_technology
from hubspoke.words.numbers import format_gap, format_number, format_yen
from hubspoke.words.place_names import PlaceNames

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hubspoke.analysis.study.findings.sentence import Clause, Figure, Sentence
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

BESIDE = " / "
"""What stands between the parts of the name of a future."""
LISTED = 6
"""Most names in a list."""
MARKS = ".。!?！？"


class Speaker:
    """Says findings of one study in one language.

    Parameters
    ----------
    plants : sequence of mapping
        Rows with `id`, `name`, `name_ja` and `operator`.
    regions : mapping of str to mapping
        Names of regions by language.
    settings : Settings
    lang : {"en", "ja"}
    """

    def __init__(
        self,
        plants: Sequence[Mapping[str, Any]],
        regions: Mapping[str, Mapping[str, str]],
        settings: Settings,
        lang: Lang,
    ) -> None:
        self.lang = lang
        self.settings = settings
        self._places = PlaceNames(plants, regions)
        self._sentences, self._names, self._keys = (
            {key: in_commodity_words(text, settings, lang) for key, text in speak(words, lang).items()}
            for words in ({**SENTENCES, **CHANGES}, NAMES, SETTINGS)
        )
        self._ways: dict[str, Callable[[Any], str]] = {
            "jpy": lambda value: format_yen(_whole(value), lang, settings),
            "jpy_per_yr": lambda value: format_yen(_whole(value), lang, settings),
            "share": format_share,
            "share_down": lambda value: format_share(value, math.floor),
            "share_up": lambda value: format_share(value, math.ceil),
            "change": lambda value: f"{'+' if value >= 0 else '−'}{100 * abs(value):.1f} %",
            "gap": format_gap,
            "t_per_yr": lambda value: f"{format_number(value)} {self._names['t_per_yr']}",
            "t_per_yr:hub": lambda value: f"{format_number(value)} {self._names['t_packs']}",
            "t_per_yr:refinery": lambda value: f"{format_number(value)} {self._names['t_black_mass']}",
            "count": lambda value: f"{value:,}",
            "year": str,
            "years": lambda value: f"{value:g}{self._names['years_unit']}",
            "plant": self.name_plant,
            "plants": lambda names: self._list([self.name_plant(one) for one in names]),
            "kind": self._name,
            "region": self.name_region,
            "policy": self._name,
            "policies": lambda names: self._list([self._name(one) for one in names]),
            "future": self.name_future,
            "measure": self._name,
            "key": self.name_setting,
            "value": _tell_value,
            "message": lambda text: self._cut(translate(text.split("\n", maxsplit=1)[0], lang)),
            "pair": lambda pair: in_commodity_words(pair[lang == "ja"], settings, lang),
            "pairs": lambda pairs: self._list([str(pair[lang == "ja"]) for pair in pairs]),
        }

    def say(self, sentence: Sentence) -> str:
        """Return a finding in words."""
        return "".join(self.say_parts(sentence))

    def say_parts(self, sentence: Sentence) -> tuple[str, str]:
        """Return a finding in words: the sentence itself, and what speaks for it, which may be nothing."""
        head, *others = (self.say_clause(one) for one in sentence.clauses)
        if not self._sentences[sentence.rule].startswith("{"):  # names stay as they are
            head = head[:1].upper() + head[1:]
        if not others:
            return head + ("" if head.endswith(tuple(MARKS)) else STOP[self.lang]), ""
        return head, AFTER_HEAD[self.lang] + BETWEEN[self.lang].join(others) + STOP[self.lang]

    def say_clause(self, clause: Clause) -> str:
        """Return what one analysis says."""
        told = {name: self.say_figure(figure) for name, figure in clause.figures.items()}
        return self._sentences[clause.rule].format(**told)

    def say_figure(self, figure: Figure) -> str:
        """Return a figure in words; a gap where it has none."""
        if figure.value is None or (isinstance(figure.value, float) and math.isnan(figure.value)):
            return "–"
        if figure.unit.startswith("measure:"):
            return f"{format_number(figure.value)} {self._names[figure.unit.removeprefix('measure:') + '_unit']}"
        return self._ways[figure.unit](figure.value)

    def name_plant(self, name: str) -> str:
        """Return the short name of a plant and its id; the id alone of one that is not known."""
        return self._places.plant(name, self.lang)

    def shorten(self, name: str) -> str:
        """Return the short name of a plant, which no plant of another name has; the id of one that is not known."""
        return self._places.short(name, self.lang)

    def name_region(self, name: str) -> str:
        """Return the name of a region."""
        return self._places.region(name, self.lang)

    def name_setting(self, key: str) -> str:
        """Return what a setting is called; its key where it has no name."""
        section, _, rest = key.partition(".")
        technology, _, last = rest.rpartition(".")
        if key in self._keys:
            return self._keys[key]
        if section.endswith("_technologies") and last in self._keys:
            return self._keys[last].format(technology=name_technology(self.settings, technology, self.lang))
        return key

    def say_policy(self, name: str) -> str:
        """Return what a policy is called."""
        return self._name(name)

    def list_plants(self, names: Sequence[str]) -> str:
        """Return plants in one line."""
        return self._list([self.name_plant(one) for one in names])

    def name_future(self, name: str) -> str:
        """Return what a future is called: scenarios of tonnes and levels of costs by their names, before their keys."""
        known = {**self.settings.costs.levels, **self.settings.supply.scenarios}
        told = []
        for part in name.split(BESIDE):
            long = str(getattr(known.get(part), f"name_{self.lang}", ""))
            told.append(f"{long} ({part})" if long else self._name(part))
        return BESIDE.join(told)

    def _name(self, name: str) -> str:
        return self._names.get(name, name)

    def _list(self, names: Sequence[str]) -> str:
        told = self._names["comma"].join(names[:LISTED])
        more = len(names) - LISTED
        return told + (self._names["more"].format(number=more) if more > 0 else "")

    def _cut(self, text: str) -> str:
        """Return what a message says first, without cures."""
        for mark in (STOP["ja"], "; "):
            text = text.partition(mark)[0]
        if text.count("(") > text.count(")"):  # what was cut away closed it
            text = text[: text.rindex("(")].rstrip()
        return text.rstrip(".")


def format_share(value: float, towards: Callable[[float], float] | None = None) -> str:
    """Return a share in per cent, with more digits the smaller it is.

    Parameters
    ----------
    value : float
    towards : callable, optional
        `math.floor` or `math.ceil`, where a share is proven on one side alone; to the nearest when left out.

    Examples
    --------
    >>> [format_share(value) for value in (1.0, 0.925, 0.0123, 0.00051, 0.0)]
    ['100 %', '92.5 %', '1.2 %', '0.05 %', '0 %']
    """
    percent = 100 * value
    if not math.isfinite(percent):
        return "–"
    digits = 2 if 0 < abs(percent) < 1 else 1
    if towards is not None:
        percent = towards(round(percent * 10**digits, 6)) / 10**digits
    told = f"{percent:.{digits}f}".rstrip("0").rstrip(".")
    return f"{told.replace('-', '−')} %" if float(told) else "0 %"


def _whole(value: float) -> float:
    """Return an amount, and 0 for what is nothing but rounding."""
    return 0.0 if abs(value) < 0.5 else value


def _tell_value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= 1000 else f"{value:g}"
