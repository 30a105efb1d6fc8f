"""Write a plan over several years without its tables as JSON and read it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import write_json
from hubspoke.base.status import Status
from hubspoke.outputs.runs.plan_json import read_stated
from hubspoke.plan.years import YearsData
from hubspoke.settings.policy import worst_bound
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData

FORMAT = "hubspoke-years"
VERSION = 1
"""Version of the format: one higher after each change that keeps old and new programs from reading one another's."""
UNITS = {"cost": "JPY, present value", "profit": "JPY, present value", "co2": "kg"}
"""Unit of the objective over all years."""


def years_to_json(plan: YearsData, tables: Mapping[str, str], plans: Mapping[str, str]) -> str:
    """Write everything of a plan over several years but its tables and the plans of its years.

    Parameters
    ----------
    plan : YearsData
    tables : mapping of str to str
        SHA-256 of the file of every table.
    plans : mapping of str to str
        SHA-256 of the plan.json of every year.

    Returns
    -------
    str
        JSON; a bound or gap that is infinite is null.
    """
    first = plan.plans[plan.years[0]]
    content: dict[str, Any] = {
        "format": FORMAT,
        "format_version": VERSION,
        "title": plan.title,
        "years": list(plan.years),
        "policies": list(plan.policies),
        "status": str(plan.status),
        "objective": plan.objective,
        "objective_unit": UNITS[plan.objective],
        "objective_value": plan.objective_value,
        "bound_value": plan.bound_value,
        "gap": plan.gap,
        "present_cost_jpy": plan.present_cost_jpy,
        "options": dict(sorted(plan.options.items())),
        "hashes": dict(sorted(first.hashes.items())),
        "tables": dict(sorted(tables.items())),
        "plans": dict(sorted(plans.items())),
        "settings": plan.settings.model_dump(mode="json", exclude_none=True),
    }
    return write_json(dict(sorted(content.items())))


def years_from_json(
    text: str,
    tables: Mapping[str, pd.DataFrame],
    plans: Mapping[int, PlanData],
    run: Mapping[str, Any],
    *,
    name: str,
) -> YearsData:
    """Rebuild a plan over several years from its JSON, its tables and the plans of its years.

    Parameters
    ----------
    text : str
        What `years_to_json` wrote.
    tables : mapping of str to DataFrame
        As in `YEARS_TABLES`.
    plans : mapping of int to PlanData
    run : mapping
        Facts about the run that made the plan.
    name : str
        The run folder, as messages name it.

    Returns
    -------
    YearsData

    Raises
    ------
    UsageError
        The text is damaged, is something else, or was written by another version of hubspoke.
    """
    content = read_years_json(text, name)
    try:
        bound = content["bound_value"]
        return YearsData(
            title=content["title"],
            years=tuple(content["years"]),
            status=Status(content["status"]),
            objective=content["objective"],
            objective_value=content["objective_value"],
            bound_value=worst_bound(content["objective"]) if bound is None else bound,
            gap=float("inf") if content["gap"] is None else content["gap"],
            options=content["options"],
            plans=plans,
            schedule=tables["schedule"],
            by_year=tables["by_year"],
            factors=tables["factors"],
            settings=Settings.model_validate(content["settings"]),
            run=run,
        )
    except ValidationError as error:
        first = ".".join(map(str, error.errors()[0]["loc"]))
        faults = f"{error.error_count()} settings do not fit, such as {first}"
        raise UsageError(
            f"{name}/years.json was written by another version of hubspoke, or is damaged ({faults}); solve again"
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{name}/years.json is damaged ({error}); solve again") from error


def read_years_json(text: str, name: str) -> dict[str, Any]:
    """Read the JSON of a plan over several years, and check its format, version and years.

    Parameters
    ----------
    text : str
    name : str
        The run folder, as messages name it.

    Returns
    -------
    dict
        The content, not checked any further.

    Raises
    ------
    UsageError
        The text is no JSON, is not that of such a plan, or has another version than `VERSION`.
    """
    content = read_stated(text, name, file="years.json", form=FORMAT, version=VERSION)
    years = content.get("years")
    if not (isinstance(years, list) and years and all(isinstance(year, int) for year in years)):
        raise UsageError(f"{name}/years.json is damaged (years); solve again")
    return content
