"""Fill the figures of the generated tables into the page on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.sites import SCRAP_COLUMNS, TONNE_COLUMNS
from generator.tables import SOURCES, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Rows = list[dict[str, object]]


def make_notes(tables: Mapping[str, Mapping[str, Rows]]) -> str:
    """Return ``SOURCES.md``: the hand-written template with the tables of counts and tonnes filled in.

    Parameters
    ----------
    tables
        Rows by region for ``sites``, ``hubs``, ``refineries`` and ``ports``.
    """
    template = (SOURCES / "SOURCES.template.md").read_text(encoding="utf-8")
    every_site = [row for rows in tables["sites"].values() for row in rows]
    works = [row for row in every_site if row["kind"] == "cell-works"]
    filled = {
        "regions": _region_table(tables),
        "supply": _supply_table(every_site),
        "works": str(len(works)),
        "scrap": ", ".join(f"{_sum_t(works, [column]):,.0f} t in {column[6:10]}" for column in SCRAP_COLUMNS),
    }
    for name, text in filled.items():
        template = template.replace(f"{{{{{name}}}}}", text)
    return template


def _region_table(tables: Mapping[str, Mapping[str, Rows]]) -> str:
    lines = [
        _region_line(region["name_en"], *(tables[name][region["id"]] for name in ("sites", "hubs", "refineries")))
        for region in read_table("regions")
    ]
    head = ["region", "sites", "packs 2030 (t)", "packs 2035 (t)", "packs 2040 (t)", "hubs", "refineries"]
    return _markdown(head, lines)


def _region_line(name: str, sites: Rows, hubs: Rows, refineries: Rows) -> list[str]:
    sites = [row for row in sites if row["kind"] == "dismantler"]
    refineries = [row for row in refineries if not str(row["technology"]).endswith("furnace")]
    masses = [f"{_sum_t(sites, _columns(year)):,.0f}" for year in ("2030", "2035", "2040")]
    return [name, f"{len(sites):,}", *masses, str(len(hubs)), str(len(refineries))]


def _supply_table(sites: Rows) -> str:
    lines = [
        [
            year,
            *(f"{_sum_t(sites, [column]):,.0f}" for column in _columns(year)),
            f"{_sum_t(sites, _columns(year)):,.0f}",
        ]
        for year in ("2030", "2035", "2040")
    ]
    head = ["year", "HEV, lithium-ion (t)", "HEV, NiMH (t)", "NMC (t)", "LFP (t)", "all (t)"]
    return _markdown(head, lines)


def _columns(year: str) -> list[str]:
    return [column for column in TONNE_COLUMNS if year in column]


def _sum_t(rows: Rows, columns: Iterable[str]) -> float:
    return sum(float(str(row[column])) for column in columns for row in rows)


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *lines))
