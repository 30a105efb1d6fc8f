"""The plan that a study is about, and the plans by other policies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.parts.tables import write_table
from hubspoke.analysis.study.stated import PLAN, POLICIES
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.states import is_built
from hubspoke.planning.solve import solve_request

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.work import Work
    from hubspoke.plan.plan import PlanData

NAMED = ("id", "name", "name_ja", "operator", "region", "technology", "state")
POLICIES_FILE = "policies.csv"


def run_plan(work: Work, folder: Path) -> Facts:
    """Plan the year of the study, and write a run folder.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    plan = solve_request(study.network, study.request())
    write_run(plan, folder, lang=work.lang, maps=bool(study.options(PLAN)["maps"]))
    return describe_plan(plan)


def describe_plan(plan: PlanData) -> Facts:
    """Return a plan as findings rest on it: every candidate, with its region in both languages.

    Parameters
    ----------
    plan : PlanData
    """
    sites = plan.assignments.drop_duplicates("site_id")
    names = ("region", "name_en", "name_ja")
    regions = zip(*(plan.regions[name].astype(str).tolist() for name in names), strict=True)
    return {
        "policy": plan.policy,
        "year": plan.year,
        "status": str(plan.status),
        "cost_jpy": plan.cost_jpy,
        "bound_jpy": plan.bound_value,
        "gap": plan.gap,
        "mass_t": plan.mass_t,
        "sites": len(sites),
        "synthetic": int((sites["origin"] == "synthetic").sum()),
        "regions": {region: {"en": en, "ja": ja} for region, en, ja in regions},
        "region_costs": dict(zip(plan.regions["region"].astype(str), plan.regions["here_jpy"].tolist(), strict=True)),
        "plants": [
            *_list_plants(plan.hubs, "hub"),
            *_list_plants(plan.refineries[~plan.furnaces], "refinery"),
        ],
    }


def _list_plants(table: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    rows = []
    for row, built in zip(table.to_dict("records"), is_built(table), strict=True):
        rows.append(
            {
                "kind": kind,
                **{name: str(row[name]) for name in NAMED},
                "built": bool(built),
                "stands_t": float(row["existing_t"]),
                "size_t": float(row["size_t"]),
                "load_t": float(row["load_t"]),
                "cost_jpy": float(row["cost_jpy"]),
                "firmness": str(row["firmness"]),
                "closing_more_low_jpy": float(row["closing_more_low_jpy"]),
                "closing_more_jpy": float(row["closing_more_jpy"]),
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
            }
        )
    return rows


def run_policies(work: Work, folder: Path) -> Facts:
    """Plan under each policy, with a run folder for each; one without a plan says why.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, rows = work.study, []
    for name in study.options(POLICIES)["names"]:
        try:
            plan = solve_request(study.network, study.request(policy=name))
        except (InfeasibleError, NoPlanFoundError) as error:
            rows.append({"policy": name, "status": "none", "why_not": str(error).split("\n", maxsplit=1)[0]})
            continue
        write_run(plan, folder / name, lang=work.lang, maps=bool(study.options(PLAN)["maps"]))
        told = describe_plan(plan)
        plants = [one["id"] for one in told["plants"] if one["built"]]
        kept = {key: told[key] for key in ("policy", "status", "cost_jpy", "bound_jpy", "gap")}
        rows.append({**kept, "plants": plants, "why_not": ""})
    if all(row["status"] == "none" for row in rows):
        raise InfeasibleError("\n".join(f"{row['policy']}: {row['why_not']}" for row in rows))
    write_table(rows, folder / POLICIES_FILE)
    return {"policies": rows}
