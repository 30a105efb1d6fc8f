"""The rows of a decision: for every hub its refinery, its packs, what each stage costs, and how firm the choice is.

Map, report, workbook and terminal show these rows first, so that they cannot say different things.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.plan.decision.stages import STAGES, sum_stages
from hubspoke.plan.firmness import UNRATED, format_closing
from hubspoke.plan.firmness import WORDS as FIRMNESS_WORDS
from hubspoke.plan.states import BUILT
from hubspoke.words.language import speak
from hubspoke.words.names import name_regions
from hubspoke.words.numbers import per_kg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


@dataclass(frozen=True)
class Choice:
    """A plant that was chosen.

    Attributes
    ----------
    id, name : str
        `name` is short, in one language.
    region : str
        Name of its region.
    state : str
    firmness : str
        Key of how firm the choice is: `needed`, `firm`, `close` or `toss-up`; empty where that is not known.
    firmness_name : str
        The same in words.
    more : str
        What the best plan without it costs more in a year, with the currency; empty where that is not known.
    more_least_jpy, more_jpy : float
        The same in yen per year, at least and at most; NaN where that is not known.
    instead : str
        Short names of what opens in its place.
    """

    id: str
    name: str
    region: str
    state: str
    firmness: str
    firmness_name: str
    more: str
    more_least_jpy: float
    more_jpy: float
    instead: str


@dataclass(frozen=True)
class Decision:
    """A hub with what comes before and after it.

    Attributes
    ----------
    region, region_name : str
        Where the hub stands.
    hub : Choice
    refineries : tuple of Choice
        Where its black mass goes, most of it first.
    on_one_ground : bool
        Whether the first of them stands where the hub stands.
    mass_t : float
        Packs, t per year.
    capacity_t : float
        Packs that the hub can take, t per year.
    stages : dict of str to float
        Yen per kg of packs by stage, in the order of `STAGES`.
    origins : tuple of (str, float)
        Names of the regions that the packs come from and t per year, most first.
    """

    region: str
    region_name: str
    hub: Choice
    refineries: tuple[Choice, ...]
    on_one_ground: bool
    mass_t: float
    capacity_t: float
    stages: dict[str, float]
    origins: tuple[tuple[str, float], ...]

    @property
    def per_kg(self) -> float:
        """Yen per kg of packs, all stages together."""
        return sum(self.stages.values())


def list_decisions(plan: PlanData, lang: Lang) -> tuple[Decision, ...]:
    """List the hubs of a plan that are built, by region and there the largest first.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
        Language of names.
    """
    regions = name_regions(plan.regions, lang)
    order = {region: at for at, region in enumerate(regions)}
    paid = {stage: jpy.to_dict() for stage, jpy in sum_stages(plan).items()}
    teller = _Teller(plan, regions, lang)
    packs = _sum_by_ends(plan.assignments, "hub_id", "region")
    flows = _sum_by_ends(plan.flows, "hub_id", "refinery_id")
    rows = []
    for hub in [hub for hub in teller.hubs.values() if hub["state"] in BUILT]:
        name, region, mass_t = str(hub["id"]), str(hub["region"]), float(hub["load_t"])
        targets = _rank(flows, name)
        rows.append(
            Decision(
                region=region,
                region_name=regions.get(region, region),
                hub=teller.tell(name, teller.hubs),
                refineries=tuple(teller.tell(key, teller.refineries) for key, _ in targets),
                on_one_ground=bool(targets) and _stand_together(hub, teller.refineries[targets[0][0]]),
                mass_t=mass_t,
                capacity_t=float(hub["capacity_t"]),
                stages={stage: per_kg(paid[stage][name], mass_t) for stage in STAGES},
                origins=tuple((regions.get(key, key), t) for key, t in _rank(packs, name)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (order.get(row.region, len(order)), -row.mass_t, row.hub.id)))


def tabulate_decisions(plan: PlanData, lang: Lang) -> pd.DataFrame:
    """Return the decision as a table of numbers and names, one row for each hub that is built.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
        Language of names.
    """
    return pd.DataFrame(
        [
            {
                "region": row.region_name,
                "hub_id": row.hub.id,
                "hub": row.hub.name,
                "refinery_id": "; ".join(plant.id for plant in row.refineries),
                "refinery": "; ".join(plant.name for plant in row.refineries),
                "mass_t": row.mass_t,
                **{f"{stage}_jpy_per_kg": row.stages[stage] for stage in STAGES},
                "jpy_per_kg": row.per_kg,
                "hub_firmness": row.hub.firmness_name,
                "hub_without_least_jpy": row.hub.more_least_jpy,
                "hub_without_jpy": row.hub.more_jpy,
                "hub_next_best": row.hub.instead,
                "refinery_firmness": row.refineries[0].firmness_name if row.refineries else "",
                "refinery_without_least_jpy": row.refineries[0].more_least_jpy if row.refineries else math.nan,
                "refinery_without_jpy": row.refineries[0].more_jpy if row.refineries else math.nan,
                "refinery_next_best": row.refineries[0].instead if row.refineries else "",
            }
            for row in list_decisions(plan, lang)
        ]
    )


class _Teller:
    """Tell plants in short, by id."""

    def __init__(self, plan: PlanData, regions: Mapping[str, str], lang: Lang) -> None:
        self.hubs, self.refineries = _rows_by_id(plan.hubs), _rows_by_id(plan.refineries)
        self._regions, self._lang, self._settings = regions, lang, plan.settings
        self._names = name_shortly(plan, lang)

    def tell(self, name: str, plants: Mapping[str, Mapping[Any, Any]]) -> Choice:
        row = plants[name]
        rated = str(row.get("firmness", ""))
        others = [plants[key] for key in str(row.get("closing_opens", "")).split("; ") if key in plants]
        region = str(row["region"])
        more = format_closing(row, self._lang, self._settings) if "closing_more_jpy" in row else ""
        unrated = UNRATED[self._lang == "ja"] if more else ""
        return Choice(
            id=name,
            name=self._names[name],
            region=self._regions.get(region, region),
            state=str(row["state"]),
            firmness=rated,
            firmness_name=speak(FIRMNESS_WORDS, self._lang).get(rated, unrated),
            more_least_jpy=float(row.get("closing_more_low_jpy", math.nan)),
            more_jpy=float(row.get("closing_more_jpy", math.nan)),
            more=more,
            instead=("、" if self._lang == "ja" else ", ").join(self._names[str(one["id"])] for one in others),
        )


def _rows_by_id(plants: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of plants by their ids: column by column, as pandas takes four times as long for rows."""
    rows = zip(*(plants[name].tolist() for name in plants.columns), strict=True)
    made = (dict(zip(plants.columns, row, strict=True)) for row in rows)
    return {str(row["id"]): row for row in made}


def _sum_by_ends(table: pd.DataFrame, start: str, end: str) -> dict[str, dict[str, float]]:
    """Return tonnes by two columns; pandas takes many times as long to group so few rows by both."""
    parts: dict[str, dict[str, list[float]]] = {}
    for one, other, t in zip(*(table[name].tolist() for name in (start, end, "mass_t")), strict=True):
        parts.setdefault(str(one), {}).setdefault(str(other), []).append(t)
    return {one: {other: math.fsum(t) for other, t in ends.items()} for one, ends in parts.items()}


def _rank(sums: Mapping[str, Mapping[str, float]], hub: str) -> list[tuple[str, float]]:
    """Return the second keys of sums by hub, and tonnes, the most first; those without any are left out."""
    ranked = sorted(sums.get(hub, {}).items(), key=lambda one: (-one[1], one[0]))
    return [(key, t) for key, t in ranked if t > 0]


def _stand_together(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    return (one["lat"], one["lon"]) == (other["lat"], other["lon"])
