"""A plan over several years, and what acting otherwise over them costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.parts.tables import write_part_page, write_table
from hubspoke.analysis.study.stated import PLAN
from hubspoke.outputs.runs.years_folder import write_years
from hubspoke.plan.horizon.steps import STARTS, tell_steps
from hubspoke.plan.years import CLOSED, OPEN
from hubspoke.planning.years.regret import compare_strategies
from hubspoke.planning.years.regret_words import tell_regret_parts
from hubspoke.planning.years.solve import solve_years

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.work import Work
    from hubspoke.plan.years import YearsData
    from hubspoke.settings.settings import Settings

REGRET_FILE, REGRET_PAGE = "regret.csv", "regret.html"


def run_years(work: Work, folder: Path) -> Facts:
    """Plan the years of the study together, and write their run folder.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    plan = solve_years(study.network, study.request(times=len(study.years)), study.years)
    write_years(plan, folder, lang=work.lang, maps=bool(study.options(PLAN)["maps"]))
    return describe_years(plan)


def describe_years(plan: YearsData) -> Facts:
    """Return a plan over several years as findings rest on it: for each plant when it opens, and by when it is decided.

    Parameters
    ----------
    plan : YearsData
    """
    schedule, told = plan.schedule, tell_steps(plan.schedule)
    plants = []
    for (kind, name), rows in schedule.groupby(["kind", "id"], sort=True):
        steps = told[(told["kind"] == kind) & (told["id"] == name)]
        used = rows[rows["stage"] == OPEN]
        if not len(used):
            continue
        plants.append({"kind": kind, "id": name, **_describe_plant(rows, steps, used, plan.settings)})
    return {
        "years": list(plan.years),
        "status": str(plan.status),
        "present_jpy": plan.objective_value,
        "bound_jpy": plan.bound_value,
        "gap": plan.gap,
        "invested_jpy": {str(row["year"]): float(row["invested_jpy"]) for row in plan.by_year.to_dict("records")},
        "plants": plants,
    }


def _describe_plant(rows: pd.DataFrame, steps: pd.DataFrame, used: pd.DataFrame, settings: Settings) -> dict[str, Any]:
    """Return when a plant opens and closes, how large it is then, and the last year in which that can be decided."""
    first = used.iloc[0]
    names = {**settings.hub_technologies, **settings.refinery_technologies}
    technology = str(first["technology"])
    lead = float(getattr(names.get(technology), "lead_time_yr", 0.0) or 0.0)
    stood = STARTS in set(steps["step"]) or float(first["existing_t"]) > 0
    opens = int(first["year"])
    gone = rows[rows["stage"] == CLOSED]
    return {
        "name": str(first["name"]),
        "name_ja": str(first["name_ja"]),
        "region": str(first["region"]),
        "technology": technology,
        "opens": opens,
        "stood": bool(stood),
        "lead_time_yr": lead,
        "closes": int(gone["year"].iloc[0]) if len(gone) else None,
        "last_used": int(used["year"].iloc[-1]),
        "first_size_t": float(first["size_t"]),
        "last_size_t": float(used["size_t"].iloc[-1]),
        "first_invested_jpy": float(first["invested_jpy"]),
        "invested_jpy": float(rows["invested_jpy"].sum()),
        "steps": {str(row["year"]): str(row["step"]) for row in steps.to_dict("records")},
    }


def run_regret(work: Work, folder: Path) -> Facts:
    """Price what else might be done over the same years.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    table = compare_strategies(study.network, study.request(times=len(study.years)), study.years)
    write_table(table, folder / REGRET_FILE)
    told = tell_regret_parts(table, (study.years[0], study.years[-1]), study.settings.currency, work.lang)
    write_part_page(folder / REGRET_PAGE, "regret", told, study.settings, lang=work.lang)
    return {"years": list(study.years), "strategies": table.to_dict("records")}
