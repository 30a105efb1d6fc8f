"""Write a plan without its tables as JSON and read it again; the same plan gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import write_json
from hubspoke.base.status import Status
from hubspoke.inputs.files.boundaries import COLUMNS, read_boundaries
from hubspoke.inputs.files.source import BOUNDARIES, Source
from hubspoke.outputs.land.land import has_shipped_outlines, read_shipped, shipped_path
from hubspoke.settings.policy import UNITS, worst_bound
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from hubspoke.plan.plan import PlanData

FORMAT = "hubspoke-plan"
VERSION = 5
"""Version of the format: one higher after each change that keeps old and new programs from reading one another's."""


def plan_to_json(plan: PlanData, tables: Mapping[str, str]) -> str:
    """Write everything of a plan but its tables, and but the facts about the run.

    Keys are sorted, except within `settings`, where the order of classes, grades and trucks has a meaning.

    Parameters
    ----------
    plan : PlanData
    tables : mapping of str to str
        SHA-256 of the file of every table.

    Returns
    -------
    str
        JSON; a bound or gap that is infinite is null.
    """
    content: dict[str, Any] = {
        "format": FORMAT,
        "format_version": VERSION,
        "title": plan.title,
        "year": plan.year,
        "policy": plan.policy,
        "status": str(plan.status),
        "objective": plan.objective,
        "objective_unit": UNITS[plan.objective],
        "objective_value": plan.objective_value,
        "bound_value": plan.bound_value,
        "gap": plan.gap,
        "options": dict(sorted(plan.options.items())),
        "hashes": dict(sorted(plan.hashes.items())),
        "contents": {} if plan.network is None else dict(sorted(plan.contents.items())),
        "tables": dict(sorted(tables.items())),
        "regions": plan.regions["region"].tolist(),
        "outlines": _outlines_to_json(plan),
        "settings": plan.settings.model_dump(mode="json", exclude_none=True),
    }
    return write_json(dict(sorted(content.items())))


def plan_from_json(text: str, tables: Mapping[str, Any], run: Mapping[str, Any], *, name: str) -> PlanData:
    """Rebuild a plan from its JSON and its tables.

    Parameters
    ----------
    text : str
        What `plan_to_json` wrote.
    tables : mapping of str to DataFrame
        The tables of the plan by name, as in `TABLES`.
    run : mapping
        Facts about the run that made the plan.
    name : str
        The run folder, as messages name it.

    Returns
    -------
    PlanData

    Raises
    ------
    UsageError
        The text is damaged, is something else, or was written by another version of hubspoke.
    """
    from hubspoke.plan.plan import PlanData  # noqa: PLC0415 - plan knows this room only by its name

    content = read_json(text, name)
    try:
        return PlanData(
            title=content["title"],
            year=content["year"],
            policy=content["policy"],
            status=Status(content["status"]),
            objective=content["objective"],
            objective_value=content["objective_value"],
            bound_value=worst_bound(content["objective"]) if content["bound_value"] is None else content["bound_value"],
            gap=float("inf") if content["gap"] is None else content["gap"],
            options=content["options"],
            **tables,
            settings=Settings.model_validate(content["settings"]),
            outlines=_outlines_from_json(content["outlines"], name),
            hashes=content["hashes"],
            contents=content["contents"],
            run=run,
        )
    except ValidationError as error:
        first = ".".join(map(str, error.errors()[0]["loc"]))
        faults = f"{error.error_count()} settings do not fit, such as {first}"
        raise UsageError(
            f"{name}/plan.json was written by another version of hubspoke, or is damaged ({faults}); solve again"
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{name}/plan.json is damaged ({error}); solve again") from error


def read_json(text: str, name: str) -> dict[str, Any]:
    """Read the JSON of a plan, and check its format and version.

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
        The text is no JSON, is not that of a plan, or has another version than `VERSION`.
    """
    return read_stated(text, name, file="plan.json", form=FORMAT, version=VERSION)


def read_stated(text: str, name: str, *, file: str, form: str, version: int) -> dict[str, Any]:
    """Read JSON that states its format and version, and check both.

    Parameters
    ----------
    text : str
    name, file : str
        The run folder and the file in it, as messages name them.
    form : str
        The format that it must be of.
    version : int
        The version that this program writes.

    Returns
    -------
    dict
        The content, not checked any further.

    Raises
    ------
    UsageError
        The text is no JSON, or is of another format or version.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{name}/{file} is damaged (line {error.lineno}: {error.msg}); solve again") from error
    if not isinstance(content, dict) or content.get("format") != form:
        raise UsageError(f"{name} is no run folder of hubspoke: its {file} is something else")
    stated = content.get("format_version")
    if not isinstance(stated, int) or stated > version:
        raise UsageError(f"{name} was written by a newer hubspoke (format {stated}); update hubspoke to read it")
    if stated < version:
        raise UsageError(f"{name} was written by an older hubspoke (format {stated}); solve again to renew it")
    return content


def _outlines_to_json(plan: PlanData) -> dict[str, Any]:
    """Return a reference to the outlines that ship with the package, or any other outlines in full."""
    if has_shipped_outlines(plan):
        return {"shipped": hashlib.sha256(read_shipped()).hexdigest()}
    return {"features": _to_features(plan.outlines)}


def _to_features(outlines: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return outlines as GeoJSON features."""
    from shapely.geometry import mapping  # noqa: PLC0415 - loads where outlines are written out

    return [
        {
            "type": "Feature",
            "properties": {name: row[name] for name in COLUMNS},
            "geometry": mapping(row["geometry"]),
        }
        for row in outlines.to_dict("records")
    ]


def _outlines_from_json(content: Mapping[str, Any], name: str) -> gpd.GeoDataFrame:
    """Read the outlines back from what `_outlines_to_json` returned."""
    if "shipped" in content:
        data = read_shipped()
        if hashlib.sha256(data).hexdigest() != content["shipped"]:
            raise UsageError(f"{name} was made with other outlines of Japan than ship with this hubspoke; solve again")
    else:
        data = json.dumps({"type": "FeatureCollection", "features": content["features"]}).encode()
    source = Source(BOUNDARIES, shipped_path(), "plan.json")
    return read_boundaries(source, data)[0]
