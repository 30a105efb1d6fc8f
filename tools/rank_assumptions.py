"""Write `docs/japan.md`: which assumptions move the plan of Japan most, by changing one at a time.

python tools/rank_assumptions.py

Every number of the settings that states a range is set to both ends of it, and every question of `QUESTIONS` is
answered the other way; each time all of Japan is planned anew.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hubspoke as hs
from hubspoke.settings.quantity import is_quantity_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.api.plan import Plan

PAGE = Path(__file__).resolve().parents[1] / "docs" / "japan.md"
POLICY: hs.PolicyName = "regional"
LISTED = 10
UNSEEN = (
    *("price_levels", "contracts", "reference", "market", "metals", "supply", "carbon", "policy", "overseas"),
    *("classes", "byproducts", "firmness", "furnaces"),
)
"""Sections that no plan of least cost reads, or that `QUESTIONS` asks about."""

QUESTIONS = (
    ("sales of electric cars", "as the trend goes", {"supply.scenario": "trend"}),
    ("sales of electric cars", "faster than the targets", {"supply.scenario": "fast"}),
    ("life of cars", "14 years, not 10", {"supply.scenario": "late"}),
    ("used electric cars", "80 % leave, not 35 %", {"supply.scenario": "export"}),
    ("black mass of a tonne of packs", "as packs are weighed", {"materials.yields": "physical"}),
    ("kilns", "none", {"hub_technologies.kiln.offered": False}),
    ("hubs of a region", "one to three", {"policy.hubs_per_region": [1, 3]}),
    ("capital of refineries", "three times, as in Europe", {"refinery_technologies.hydro.capital_jpy": 60e9}),
)
"""Assumptions that are no single number with a range."""

TEXT = """# Japan: what the plan rests on

The plan of all of Japan for 2040 under `regional`, at least cost: **{cost:.1f} bn yen a year, {per_kg:.0f} yen per kg
of packs**. Sites are synthetic, tonnes are a scenario, and most costs are estimates (`data/regions/SOURCES.md` and the
settings say which). `python tools/rank_assumptions.py` changes one assumption at a time, plans Japan anew ({runs}
plans), and writes this page. Of numbers with a range the end that moves more is listed.

## The ten assumptions that move the cost most

| assumption | set to | bn yen/yr | change | hubs that change | refineries that change |
|---|---|---:|---:|---:|---:|
{top}

## What moves the most plants

| assumption | set to | bn yen/yr | change | hubs that change | refineries that change |
|---|---|---:|---:|---:|---:|
{moving}

## What holds

Of the {runs} plans, in each of which one assumption is changed, so many use the plant too:

| plant | kind | plans | share |
|---|---|---:|---:|
{held}

How close the next best plan comes without each plant, with all assumptions as they ship, the plan itself says
(`firmness` in [columns.md](columns.md)).
"""


@dataclass(frozen=True)
class Trial:
    """A plan with one assumption changed."""

    name: str
    value: str
    cost_jpy: float
    hubs: frozenset[str]
    refineries: frozenset[str]


def main() -> int:
    """Solve all trials and write the page."""
    base = _solve({})
    first = _trial("", "", base)
    trials = [first]
    for name, value, changes in _list_changes(base.settings.model_dump()):
        try:
            trials.append(_trial(name, value, _solve(changes)))
        except hs.HubspokeError as error:
            sys.stderr.write(f"{name} = {value}: {error}\n")
    others = trials[1:]
    by_cost = sorted(_widest(others, first), key=lambda trial: -abs(trial.cost_jpy - first.cost_jpy))
    by_plants = sorted(
        _widest(others, first), key=lambda trial: (-_moved(trial, first), -abs(trial.cost_jpy - first.cost_jpy))
    )
    used = sorted(first.hubs | first.refineries)
    shares = [(plant, sum(plant in trial.hubs | trial.refineries for trial in others)) for plant in used]
    held = [
        f"| `{plant}` | {'hub' if plant in first.hubs else 'refinery'} | {count} | {100 * count / len(others):.0f} % |"
        for plant, count in sorted(shares, key=lambda pair: -pair[1])
    ]
    text = TEXT.format(
        cost=first.cost_jpy / 1e9,
        per_kg=first.cost_jpy / base.mass_t / 1000,
        runs=len(others),
        top="\n".join(_row(trial, first) for trial in by_cost[:LISTED]),
        moving="\n".join(_row(trial, first) for trial in by_plants[:LISTED]),
        held="\n".join(held),
    )
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _solve(changes: Mapping[str, Any]) -> Plan:
    return hs.solve(hs.read(changes=dict(changes)), policy=POLICY)


def _trial(name: str, value: str, plan: Plan) -> Trial:
    hubs, refineries = (
        frozenset(plants.loc[plants["state"] == "open", "id"]) for plants in (plan.hubs, plan.refineries)
    )
    return Trial(name, value, plan.cost_jpy, hubs, refineries)


def _list_changes(settings: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, told, changes in QUESTIONS:
        yield name, told, dict(changes)
    for key, quantity in _walk(settings):
        if key.split(".")[0] not in UNSEEN:
            for end in ("low", "high"):
                if end in quantity and quantity[end] != quantity["value"]:
                    yield f"`{key}`", f"{_tell(quantity[end])}, not {_tell(quantity['value'])}", {key: quantity[end]}


def _tell(value: float) -> str:
    return f"{value / 1e9:,g} bn" if abs(value) >= 1e9 else f"{value:,g}"


def _walk(section: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, value in section.items():
        if is_quantity_table(value):
            yield f"{above}{key}", value
        elif isinstance(value, Mapping):
            yield from _walk(value, f"{above}{key}.")


def _widest(trials: list[Trial], first: Trial) -> list[Trial]:
    """Return of both ends of each range the one that moves more."""
    best: dict[str, Trial] = {}
    for trial in trials:
        known = best.get(trial.name)
        if known is None or _weight(trial, first) > _weight(known, first):
            best[trial.name] = trial
    return list(best.values())


def _weight(trial: Trial, first: Trial) -> tuple[float, int]:
    return abs(trial.cost_jpy - first.cost_jpy), _moved(trial, first)


def _moved(trial: Trial, first: Trial) -> int:
    return len(first.hubs - trial.hubs) + len(first.refineries - trial.refineries)


def _row(trial: Trial, first: Trial) -> str:
    change = 100 * (trial.cost_jpy / first.cost_jpy - 1)
    moved = f"{len(first.hubs - trial.hubs)} | {len(first.refineries - trial.refineries)}"
    return f"| {trial.name} | {trial.value} | {trial.cost_jpy / 1e9:.1f} | {change:+.1f} % | {moved} |"


if __name__ == "__main__":
    raise SystemExit(main())
