"""Solve one case of a sweep, and say what it came to as a text that is the same wherever it is solved."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.comparison.totals import figures_of
from hubspoke.base.errors import HubspokeError, InfeasibleError, InputError, NoPlanFoundError, UsageError
from hubspoke.base.json_text import write_json
from hubspoke.base.own_version import own_version
from hubspoke.inputs.shared import SharedInput
from hubspoke.lanes.shared import SharedLanes
from hubspoke.plan.states import is_built
from hubspoke.planning.request import Request, name_by_ids, read_task
from hubspoke.planning.solve import solve_request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

FORMAT = 1
"""Of what is kept of a case."""
INFEASIBLE, BAD_INPUT, NO_PLAN, FAILED = "infeasible", "bad-input", "no-plan", "failed"
"""States of cases without a plan."""
STATES = (
    (InfeasibleError, INFEASIBLE),
    (InputError, BAD_INPUT),
    (UsageError, BAD_INPUT),
    (NoPlanFoundError, NO_PLAN),
)
NAMES = ("title", "title_ja", "scenario")
"""Settings that name a plan and change nothing in it."""
REGION = ("region", "cost_jpy", "cost_jpy_per_t", "mass_t", "co2_t")
PLANT = ("id", "name", "name_ja", "region", "technology", "size_t", "load_t")


class CaseSolver:
    """Solves cases of one folder, one after the other; what they have in common is read and computed once.

    Parameters
    ----------
    folder : Path or None
        As in `read`.
    asked : mapping of str to any
        What every case is asked, by the names of `ASKED`.
    """

    def __init__(self, folder: Path | None, asked: Mapping[str, Any]) -> None:
        self._input = SharedInput(folder)
        self._lanes = SharedLanes()
        self._asked = dict(asked)

    def settings(self, changes: Mapping[str, Any]) -> Settings:
        """Return the settings of a case (InputError where they have faults).

        Parameters
        ----------
        changes : mapping of str to any
        """
        return self._input.settings(changes)

    def digest(self, settings: Settings) -> str:
        """Return the SHA-256 of all that a case depends on: version, tables, settings, and what is asked.

        Parameters
        ----------
        settings : Settings
            Of the case.
        """
        merged = settings.model_dump(mode="json", exclude=set(NAMES))
        whole = [FORMAT, own_version(), self._input.hashes(settings), merged, self._asked]
        return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def check(self, settings: Settings) -> None:
        """Read the input under some settings, and raise what is wrong with it, or with what every case is asked.

        Parameters
        ----------
        settings : Settings
        """
        network = self._input.read(settings)
        read_task(network, name_by_ids(network, self._request()))

    def solve(self, changes: Mapping[str, Any], digest: str) -> str:
        """Solve a case, and return what is kept of it; a case without a plan says why, and raises nothing.

        Parameters
        ----------
        changes : mapping of str to any
            Settings by dotted key.
        digest : str
            What `digest` returned when the case was listed.

        Returns
        -------
        str
            JSON that is the same whoever solves it.
        """
        try:
            settings = self.settings(changes)
            if self.digest(settings) != digest:
                return tell_no_plan(digest, FAILED, "the tables are others here than where the cases were listed")
            plan = solve_request(self._input.read(settings), self._request())
        except HubspokeError as error:
            state = next((state for kind, state in STATES if isinstance(error, kind)), FAILED)
            return tell_no_plan(digest, state, str(error))
        except Exception as error:  # noqa: BLE001 - one case must not end the others
            return tell_no_plan(digest, FAILED, f"{type(error).__name__}: {error}")
        return describe_plan(plan, digest)

    def _request(self) -> Request:
        names = {"open": "opened", "close": "closed"}
        asked = {names.get(key, key): value for key, value in self._asked.items()}
        return Request(**asked, rated=False, lanes=self._lanes.build)


def tell_no_plan(digest: str, status: str, message: str) -> str:
    """Return what is kept of a case that has no plan.

    Parameters
    ----------
    digest : str
    status : str
        `infeasible`, `bad-input`, `no-plan` or `failed`.
    message : str
        Why.
    """
    return write_json({"format": FORMAT, "digest": digest, "status": status, "message": message})


def describe_plan(plan: PlanData, digest: str) -> str:
    """Return what is kept of a case: key figures, costs by term, regions, and the plants that are built.

    Parameters
    ----------
    plan : PlanData
    digest : str
    """
    figures = {key: value for key, value in figures_of(plan).items() if key not in {"title", "status"}}
    costs = plan.costs.groupby("term", sort=False)["cost_jpy"].sum()
    return write_json(
        {
            "format": FORMAT,
            "digest": digest,
            "status": str(plan.status),
            "message": "",
            "objective_value": plan.objective_value,
            "bound_value": plan.bound_value,
            "figures": figures,
            "costs": {str(term): float(jpy) for term, jpy in costs.items() if jpy},
            "regions": _records(plan.regions, REGION),
            "hubs": _records(plan.hubs[is_built(plan.hubs)], PLANT),
            "refineries": _records(plan.refineries[is_built(plan.refineries)], PLANT),
        }
    )


def _records(table: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table[list(columns)].to_dict("records")]
