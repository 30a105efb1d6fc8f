"""Check which refineries take which grades of black mass, and that those abroad can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import nearest_name
from hubspoke.inputs.tables.findings import among, find_in_frame, make_hints
from hubspoke.inputs.tables.schema import FORBIDDEN
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.tables.survey import Survey

PLACE = "settings"
KEY = "policy.refine_abroad"


def find_unknown_grades(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each refinery that takes a grade which the settings do not know."""
    table, known = found.tables["refineries"], found.settings.grades
    hint = make_hints(known)
    named = [split_technologies(cell) for cell in table["grades"].tolist()]
    wrong = np.array([not set(names) <= set(known) for names in named], dtype=bool)

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        name = next(name for name in split_technologies(row["grades"]) if name not in known)
        return f"{name!r} is no grade of black mass", f"write some of {', '.join(known)}{hint(name)}"

    yield from find_in_frame(table, wrong, "grades", tell, kind="unknown-grade")


def find_unknown_countries(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each country that a grade may go to, or metal comes back from, and no refinery lies in."""
    known = sorted(set(found.tables["refineries"]["country"].tolist()) - {""})
    policy = found.settings.policy
    asked = {f"{KEY}.{grade}": countries for grade, countries in policy.refine_abroad.items()}
    for key, countries in {**asked, "policy.metal_returns_from": policy.metal_returns_from}.items():
        for country in countries:
            if country not in known:
                problem = f"no row of refineries has the country {country!r}"
                cure = f"write it as refineries does, or add a refinery there{nearest_name(country, known)}"
                yield Finding(PLACE, 0, key, problem, cure, kind="unknown-country")


def find_unpriced_lanes(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each given lane to a refinery abroad without a cost: no road leads there that has one."""
    lanes, refineries = found.tables["lanes"], found.tables["refineries"]
    abroad = refineries.loc[refineries["country"] != "", "id"].tolist()
    wrong = among(lanes["to_id"], abroad) & lanes["cost_jpy_per_t"].isna().to_numpy(bool)
    wrong &= (lanes["status"] != FORBIDDEN).to_numpy(bool)

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        return f"{row['to_id']!r} lies abroad, and the lane to it has no cost", "fill cost_jpy_per_t"

    yield from find_in_frame(lanes, wrong, "cost_jpy_per_t", tell, kind="unpriced-lane")


def find_unshipped(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each refinery abroad that may take a grade, and that no given lane leads to."""
    table, lanes = found.tables["refineries"], found.tables["lanes"]
    allowed = {country for countries in found.settings.policy.refine_abroad.values() for country in countries}
    reached = lanes.loc[lanes["status"] != FORBIDDEN, "to_id"].tolist()
    stranded = among(table["country"], allowed) & ~among(table["id"], reached)

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        cure = "add rows to lanes: from_id of a port or hub, to_id, cost_jpy_per_t from quay to gate"
        return f"no lane leads to {row['id']!r} in {row['country']}", cure

    yield from find_in_frame(table, stranded, "id", tell, kind="stranded", fatal=False)


def find_untaken_grades(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each grade of which there are packs, and which no refinery that may be planned takes."""
    settings, refineries = found.settings, found.tables["refineries"]
    if refineries.empty:
        return
    barred = settings.barred_takers | (set(settings.furnaces) if settings.policy.refine_all else set())
    rows = refineries[["technology", "grades", "country", "status"]].itertuples(index=False, name=None)
    takers = [
        (set(split_technologies(str(cell))), str(country))
        for technology, cell, country, status in rows
        if status != "closed" and not barred.issuperset(split_technologies(str(technology)))
    ]
    sites = found.tables["sites"]
    for grade in settings.grades:
        columns = [
            f"{name}_{year}_t"
            for name, pack in settings.classes.items()
            for year in settings.horizon.years
            if pack.grade == grade
        ]
        if not columns or not set(columns) <= set(sites) or not sites[columns].to_numpy(float).any():
            continue
        abroad = settings.policy.refine_abroad.get(grade, ())
        if takers and not any((not cell or grade in cell) and (not at or at in abroad) for cell, at in takers):
            problem = f"there are packs of the grade {grade!r}, and no refinery takes it"
            cure = f"add {grade} to grades of a refinery, or a country of one to {KEY}.{grade}"
            yield Finding("refineries", 0, "grades", problem, cure, kind="untaken-grade")
