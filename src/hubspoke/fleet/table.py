"""List national tonnes by scenario and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.fleet.tonnes import FLEET, compute_tonnes
from hubspoke.words.language import speak
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "scenario": ("scenario", "シナリオ"),
    "year": ("year", "年"),
    "hev": ("hybrid Li-ion", "HV Liイオン"),
    "nimh": ("hybrid NiMH", "HV ニッケル水素"),
    "nmc": ("EV, PHEV NMC", "EV・PHEV 三元系"),
    "lfp": ("EV, PHEV LFP", "EV・PHEV LFP"),
    "mass_t": ("all, t/yr", "合計 t/年"),
    "of_base": ("of base", "基準比"),
}


def tabulate_supply(settings: Settings, years: Sequence[int]) -> list[dict[str, Any]]:
    """Return the national tonnes of every scenario in some years.

    Parameters
    ----------
    settings : Settings
    years : sequence of int

    Returns
    -------
    list of dict
        `scenario`, `name_en`, `name_ja`, `year`, tonnes of `hev`, `nimh`, `nmc` and `lfp`, their sum `mass_t`, and
        `of_base`, the sum over that of `supply.base`; 1 where that has none.
    """
    rows: list[dict[str, Any]] = []
    for name, scenario in settings.supply.scenarios.items():
        for year in years:
            tonnes = compute_tonnes(settings.supply, name, year)
            mass_t = sum(tonnes.values())
            base_t = sum(compute_tonnes(settings.supply, settings.supply.base, year).values())
            told = {"scenario": name, "name_en": scenario.name_en, "name_ja": scenario.name_ja, "year": year}
            rows.append(told | tonnes | {"mass_t": mass_t, "of_base": mass_t / base_t if base_t else 1.0})
    return rows


def write_table(rows: Sequence[dict[str, Any]], lang: Lang = "en") -> str:
    """Write the rows of `tabulate_supply` as a table of text.

    Parameters
    ----------
    rows : sequence of dict
    lang : {"en", "ja"}
        In Japanese scenarios are told with their names, behind those that options take.

    Returns
    -------
    str
        Lines, without a line break at the end.
    """
    words = speak(WORDS, lang)
    masses = (*FLEET, "mass_t")
    lines: list[Sequence[str]] = [[words[key] for key in ("scenario", "year", *masses, "of_base")]]
    for row in rows:
        tonnes = (f"{row[key]:,.0f}" for key in masses)
        name = f"{row['scenario']}（{row['name_ja']}）" if lang == "ja" and row["name_ja"] else row["scenario"]
        lines.append((name, str(row["year"]), *tonnes, f"{row['of_base']:.3f}"))
    return "\n".join(lay_out(lines, right=set(range(2, len(lines[0])))))
