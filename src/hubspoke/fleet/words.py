"""Describe what the settings change of the tonnes of sites, and how totals without classes were divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.fleet.factors import national_tonnes
from hubspoke.words.language import speak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "scenario": ("scenario {name} ({years})", "シナリオ {name}（{years}）"),
    "year": ("{year}: {mass} instead of {base}", "{year}年：{base}ではなく{mass}"),
    "kt": ("{:,.0f} kt", "{:,.0f}千t"),
    "small": ("{:,.1f} kt", "{:,.1f}千t"),
    "factor": ("factor {:g}", "係数 {:g}"),
    "part": ("{name} x{factor:g}", "{name} ×{factor:g}"),
    "years": ("; ", "、"),
    "join": (", ", "、"),
    "split": ("{year}: {shares}", "{year}年：{shares}"),
    "share": ("{name} {share:.3g} %", "{name} {share:.3g}％"),
}


def describe_supply(settings: Settings, years: Sequence[int], lang: Lang = "en") -> str:
    """Describe the scenario and factors that the tonnes of sites were scaled by.

    Parameters
    ----------
    settings : Settings
    years : sequence of int
        Years whose national tonnes are told.
    lang : {"en", "ja"}

    Returns
    -------
    str
        Empty where the tonnes are those of the tables.
    """
    supply, words = settings.supply, speak(WORDS, lang)
    told = []
    if supply.scenario != supply.base:
        pairs = [
            words["year"].format(year=year, mass=_large(settings, supply.scenario, year, words), base=base)
            for year, base in ((year, _large(settings, supply.base, year, words)) for year in years)
        ]
        told.append(words["scenario"].format(name=supply.scenario, years=words["years"].join(pairs)))
    if float(supply.factor) != 1.0:
        told.append(words["factor"].format(float(supply.factor)))
    for name, factor in (*supply.class_factor.items(), *supply.region_factor.items()):
        if float(factor) != 1.0:
            told.append(words["part"].format(name=name, factor=float(factor)))
    return words["join"].join(told)


def describe_split(split: Mapping[str, Mapping[str, float]], lang: Lang = "en") -> str:
    """Describe the classes that totals without classes were divided among.

    Parameters
    ----------
    split : mapping of str to (mapping of str to float)
        Share of every class, by year.
    lang : {"en", "ja"}

    Returns
    -------
    str
        Empty where every total was stated by class.
    """
    words = speak(WORDS, lang)
    told = [
        words["split"].format(
            year=year,
            shares=words["join"].join(
                words["share"].format(name=name, share=100 * share) for name, share in shares.items() if share > 0
            ),
        )
        for year, shares in split.items()
    ]
    return words["years"].join(told)


def _large(settings: Settings, scenario: str, year: int, words: Mapping[str, str]) -> str:
    kt = sum(national_tonnes(settings, scenario, year).values()) / 1000.0
    return words["kt" if kt >= 10 else "small"].format(kt)
