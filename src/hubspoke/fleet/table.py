"""List national tonnes by scenario and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.fleet.tonnes import FLEET, compute_tonnes
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.settings.settings import Settings

HEADER = ("scenario", "year", "hybrid Li-ion", "hybrid NiMH", "EV, PHEV NMC", "EV, PHEV LFP", "all, t/yr", "of base")


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


def write_table(rows: Sequence[dict[str, Any]]) -> str:
    """Write the rows of `tabulate_supply` as a table of text.

    Parameters
    ----------
    rows : sequence of dict

    Returns
    -------
    str
        Lines, without a line break at the end.
    """
    lines: list[Sequence[str]] = [HEADER]
    for row in rows:
        tonnes = (f"{row[key]:,.0f}" for key in (*FLEET, "mass_t"))
        lines.append((row["scenario"], str(row["year"]), *tonnes, f"{row['of_base']:.3f}"))
    return "\n".join(lay_out(lines, right=set(range(2, len(HEADER)))))
