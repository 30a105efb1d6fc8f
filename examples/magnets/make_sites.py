"""Write the wind columns of sites.csv: magnet modules of the turbines that are taken down in a year, from wind.csv.

python examples/magnets/make_sites.py
"""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
KG_PER_MW = {"onshore": 70.0, "offshore": 106.0}
"""Magnets in a turbine (Mizuho Bank Industry Research, May 2025): a mean over all drives, those without, too."""
LIFE_YR = 20
"""Assumption: turbines are taken down after 20 years; 25 are usual, too."""
MAGNET_SHARE = 0.5
"""Magnet in a module on its steel back, an estimate; the yield of the classes in magnets.toml."""
YEARS = (2030, 2035, 2040, 2045)
PREFECTURES = {
    "onshore": {"Hokkaido": 0.3, "Aomori": 0.2, "Akita": 0.2, "Iwate": 0.15, "Kagoshima": 0.08, "Mie": 0.07},
    "offshore": {"Akita": 139 / 471, "Hokkaido": 112 / 471, "Fukuoka": 220 / 471},
}
"""Share of the capacity: onshore an estimate over the six prefectures that lead, offshore the parks of wind.csv."""


def main() -> None:
    """Write the columns anew; all others stay."""
    with (HERE / "wind.csv").open(encoding="utf-8", newline="") as file:
        stated = {int(row["year"]): row for row in csv.DictReader(file)}
    path = HERE / "sites.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for kind, shares in PREFECTURES.items():
        for year in YEARS:
            mass_t = built_mw(stated, kind, year - LIFE_YR) * KG_PER_MW[kind] / 1000 / MAGNET_SHARE
            for row in rows:
                row[f"{kind}_{year}_t"] = f"{mass_t * shares.get(row['prefecture'], 0.0):.1f}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def built_mw(stated: dict[int, dict[str, str]], kind: str, year: int) -> float:
    """Return the capacity that was added in a year, on the line between the years that are stated."""

    def standing(at: int) -> float:
        before, after = max(one for one in stated if one <= at), min(one for one in stated if one >= at)
        low, high = (float(stated[one][f"{kind}_mw"]) for one in (before, after))
        return low if before == after else low + (high - low) * (at - before) / (after - before)

    return standing(year) - standing(year - 1)


if __name__ == "__main__":
    main()
