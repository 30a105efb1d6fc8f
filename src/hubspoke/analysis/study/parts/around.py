"""What lies around the plan of a study: other plants as good, lost plants, what rules and plants are worth, places."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.alternatives.alternatives import find_alternatives_of
from hubspoke.analysis.decisions.alternatives.words import tell_alternatives_parts
from hubspoke.analysis.decisions.disruption.critical_map import draw_critical
from hubspoke.analysis.decisions.disruption.disruption import find_disruption
from hubspoke.analysis.decisions.disruption.folder import describe_disruption, write_disruption
from hubspoke.analysis.decisions.greenfield.greenfield import greenfield
from hubspoke.analysis.decisions.greenfield.words import tell_greenfield_parts
from hubspoke.analysis.decisions.worth.plant import find_break_even
from hubspoke.analysis.decisions.worth.rules import price_rules
from hubspoke.analysis.decisions.worth.words import tell_plant, tell_rules
from hubspoke.analysis.study.parts.tables import write_part_page, write_table
from hubspoke.analysis.study.stated import ALTERNATIVES, DEEPER, DISRUPTION, GREENFIELD
from hubspoke.analysis.study.words import page_words
from hubspoke.inputs.place_names import name_network
from hubspoke.words.language import LANGUAGES
from hubspoke.words.told import ToldTable

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.study import Study
    from hubspoke.analysis.study.work import Work
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.told import Told

KEPT_SETS = 20
"""Cheapest sets of plants that findings may look at."""
LISTED = 300
"""Cheapest sets of plants that the page lists."""
LONG = 5
"""Time limit of a search of its own, in plans."""


def run_alternatives(work: Work, folder: Path) -> Facts:
    """Find other sets of plants that cost little more than the best one.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, options = work.study, work.study.options(ALTERNATIVES)
    plan, network = work.plan()
    found = find_alternatives_of(
        plan, network, within=float(options["within"]), most=int(options["most"]), time_limit=LONG * study.seconds
    )
    write_table(found.sets, folder / "sets.csv")
    write_table(found.plants, folder / "plants.csv")
    told = tell_alternatives_parts(found, work.lang, listed=LISTED)
    write_part_page(folder / "alternatives.html", "alternatives", told, study.settings, lang=work.lang)
    return {
        "within": found.within,
        "best_jpy": found.best_jpy,
        "is_complete": found.is_complete,
        "number": found.number,
        "sets": [_listed(row) for row in found.sets.head(KEPT_SETS).to_dict("records")],
        "plants": found.plants.to_dict("records"),
    }


def _listed(row: dict[Any, Any]) -> dict[str, Any]:
    return {**row, **{key: str(row[key]).split() for key in ("opens", "closes")}}


def run_disruption(work: Work, folder: Path) -> Facts:
    """Close each plant of the plan in turn.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    plan, network = work.plan()
    survive = bool(study.options(DISRUPTION)["survive"])
    found = find_disruption(plan, network, survive=survive, time_limit=LONG * study.seconds)
    write_disruption(found, plan, folder, lang=work.lang)
    drawn = {one: draw_critical(found, plan, one) for one in LANGUAGES}
    return {
        **describe_disruption(found),
        "map": {lang: asdict(chart) for lang, chart in drawn.items() if chart is not None},
    }


def run_deeper(work: Work, folder: Path) -> Facts:
    """Plan without each rule, and find the break-even of the plants that came nearest to being chosen.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, options = work.study, work.study.options(DEEPER)
    plan, network = work.plan()
    rules = price_rules(plan, network, seconds=study.seconds, borders=bool(options["borders"]))
    words, lines = page_words(study.settings, work.lang), tell_rules(rules, plan.settings, work.lang)
    told = [
        {"rule": one.rule.key, "en": one.rule.english, "ja": one.rule.japanese, **asdict(one.difference)}
        for one in rules
    ]
    plants, rows, names = [], [], name_network(network)
    for name in list_nearest(plan, int(options["plants"])):
        even = find_break_even(plan, network, name, seconds=study.seconds)
        if even is not None:
            plants.append({"id": name, **asdict(even)})
        rows.append(
            (
                names.short(name, work.lang),
                name,
                " ".join(tell_plant(None, even, plan.settings, work.lang)),
            )
        )
    write_table(told, folder / "rules.csv")
    write_table(plants or [{"id": "", "chosen_to": "", "left_from": "", "plans": ""}], folder / "plants.csv")
    head, *each = lines
    page: list[Told] = [
        head,
        ToldTable(words["rules_table"], (words["rules_table"],), tuple((line.strip(),) for line in each), ("prose",)),
        ToldTable(
            words["break_evens"],
            (words["plant"], words["id"], words["break_evens"]),
            tuple(rows),
            ("text", "text", "prose"),
        ),
    ]
    write_part_page(folder / "deeper.html", "deeper", page, study.settings, lang=work.lang)
    return {"rules": told, "plants": plants}


def list_nearest(plan: PlanData, most: int) -> list[str]:
    """Return the plants that are not chosen and would cost least more, by what the plan tells of opening them.

    Parameters
    ----------
    plan : PlanData
    most : int
    """
    rows = []
    for table in (plan.hubs, plan.refineries[~plan.furnaces]):
        left = table[(table["state"] == "not_chosen") & table["opening_more_jpy"].notna()]
        rows += list(zip(left["opening_more_jpy"], left["id"].astype(str), strict=True))
    return [name for _, name in sorted(rows)[:most]]


def count_deeper(study: Study) -> int:
    """Return about how many plans it takes: one for each rule, and some for each plant.

    Parameters
    ----------
    study : Study
    """
    regions = len(study.regions or study.network.regions)
    borders = regions * (regions - 1) // 2 if study.options(DEEPER)["borders"] else 0
    return 5 + borders + 4 * int(study.options(DEEPER)["plants"])


def run_greenfield(work: Work, folder: Path) -> Facts:
    """Find the places at which hubs would have the least freight.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, options = work.study, work.study.options(GREENFIELD)
    found = greenfield(
        study.network,
        year=study.year,
        regions=study.regions,
        places=int(options["places"]),
        across=bool(options["across"]),
    )
    write_table(found.places, folder / "places.csv")
    write_table(found.regions, folder / "regions.csv")
    told = tell_greenfield_parts(found, work.lang)
    write_part_page(folder / "greenfield.html", "greenfield", told, study.settings, lang=work.lang)
    return {"regions": found.regions.to_dict("records"), "places": found.places.to_dict("records")}
