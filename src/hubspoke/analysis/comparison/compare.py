"""Compare plans, each with the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from hubspoke.analysis.comparison.differences import find_differences
from hubspoke.analysis.comparison.plants import compare_plants
from hubspoke.analysis.comparison.sites import compare_sites, count_moves
from hubspoke.analysis.comparison.tables import ComparisonData
from hubspoke.analysis.comparison.totals import compare_costs, compare_regions, compare_totals
from hubspoke.analysis.comparison.years.compare import YearsComparison, compare_years
from hubspoke.base.errors import UsageError
from hubspoke.plan.years import YearsData
from hubspoke.words.names import name_plans, number_alike

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hubspoke.outputs.maps.elements import PlanMap
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


@dataclass(frozen=True, eq=False)
class Comparison(ComparisonData):
    """Plans side by side: the tables (see `ComparisonData`), and what can be done with them."""

    def summary(self, lang: Lang = "en") -> str:
        """Return the differences in a few lines of text."""
        from hubspoke.analysis.comparison.summary import summarise_comparison  # noqa: PLC0415 - words load when wanted

        return summarise_comparison(self, lang)

    def map(self, *, lang: str = "en", tiles: str | None = None) -> PlanMap:
        """Draw the plans on one map, with a switch between them."""
        from hubspoke.outputs.maps.draw import draw_comparison  # noqa: PLC0415 - folium loads when a map is wanted

        return draw_comparison(self.plans, names=self.names, lang=lang, tiles=tiles)

    def save(self, folder: str | Path, *, lang: str = "en", tiles: str | None = None) -> Path:
        """Write a folder with the page, the map, the workbook and the tables, whole or not at all."""
        from hubspoke.analysis.comparison.folder import write_comparison  # noqa: PLC0415

        return write_comparison(self, folder, lang=lang, tiles=tiles)


@overload
def compare(*plans: PlanData, names: Sequence[str] | None = None) -> Comparison: ...
@overload
def compare(*plans: YearsData, names: Sequence[str] | None = None) -> YearsComparison: ...
def compare(*plans: Any, names: Sequence[str] | None = None) -> Comparison | YearsComparison:
    """Put plans side by side, each compared with the first.

    Sites and plants are matched by their identifiers.

    Parameters
    ----------
    *plans : PlanData, or YearsData
        Two or more, all of one year or all over several years.
    names : sequence of str, optional
        A name for each, no two alike; policy and year when left out, numbered where they are the same.

    Returns
    -------
    Comparison
        A YearsComparison of plans over several years.

    Raises
    ------
    UsageError
        Plans of one year and over several together, or over other horizons; fewer than two plans, too few or too many
        names, equal names, or plans with no site in common.
    """
    if len(plans) < 2:
        raise UsageError("compare needs two plans or more")
    if any(isinstance(plan, YearsData) for plan in plans):
        if not all(isinstance(plan, YearsData) for plan in plans):
            raise UsageError("a plan over several years compares with others such; else name a year: plan.plans[2035]")
        return compare_years(plans, number_alike([plan.policies[0] for plan in plans]) if names is None else names)
    named = tuple(names) if names is not None else name_plans(plans)
    if len(named) != len(plans) or len(set(named)) != len(named):
        raise UsageError(f"give {len(plans)} different names for the {len(plans)} plans, not {', '.join(named)}")
    pairs = list(zip(named, plans, strict=True))
    for name, plan in pairs[1:]:
        _check_common(named[0], plans[0], name, plan)
    sites = compare_sites(pairs)
    return Comparison(
        names=named,
        plans=plans,
        totals=compare_totals(pairs, sites),
        costs=compare_costs(pairs),
        regions=compare_regions(pairs),
        plants=compare_plants(pairs),
        moves=count_moves(pairs),
        sites=sites,
        settings=find_differences(pairs),
    )


def _check_common(base_name: str, base: PlanData, name: str, plan: PlanData) -> None:
    theirs = plan.assignments["site_id"]
    if len(theirs) and len(base.assignments) and not theirs.isin(set(base.assignments["site_id"])).any():
        raise UsageError(
            f"{base_name} and {name} have no site in common (sites are matched by id): "
            "compare plans of the same network"
        )
