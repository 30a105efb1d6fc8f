"""The metal in a plan: tonnes contained and recovered, by hub, refinery, grade and metal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.metals import black_mass_contents, metal_contents, metal_recoveries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.plan import Plan

    Floats = NDArray[np.float64]

COLUMNS = ("hub_id", "refinery_id", "region", "grade", "metal", "contained_t", "recovered_t")


def tabulate_metals(plan: Plan) -> pd.DataFrame:
    """Follow the metal of every hub's packs to the refineries.

    The metal of a hub is that of the packs it takes in, that of a port what is in the black mass landed there. It
    leaves in the black mass of its grade; where a hub or port delivers a grade to several refineries, each gets metal
    in proportion to its tonnes.

    Returns
    -------
    DataFrame
        Columns `hub_id, refinery_id, region, grade, metal, contained_t, recovered_t`; `region` is the refinery's.
    """
    metals = list(plan.settings.metals)
    held = _metal_by_hub(plan)
    flows = plan.flows[plan.flows["mass_t"] > 0]
    keys = [(str(hub), str(grade)) for hub, grade in zip(flows["hub_id"], flows["grade"], strict=True)]
    shares = (flows["mass_t"] / flows.groupby(["hub_id", "grade"])["mass_t"].transform("sum")).to_numpy(float)
    none = np.zeros(len(metals))
    contained = np.array([held.get(key, none) for key in keys]).reshape(len(flows), len(metals)) * shares[:, None]
    recovered = contained * metal_recoveries(plan.settings)
    home = plan.refineries.set_index("id")["region"]
    frame = pd.DataFrame(
        {
            "hub_id": np.repeat(flows["hub_id"].to_numpy(object), len(metals)),
            "refinery_id": np.repeat(flows["refinery_id"].to_numpy(object), len(metals)),
            "region": np.repeat(flows["refinery_id"].map(home).to_numpy(object), len(metals)),
            "grade": np.repeat(flows["grade"].to_numpy(object), len(metals)),
            "metal": np.tile(np.array(metals, dtype=object), len(flows)),
            "contained_t": contained.ravel(),
            "recovered_t": recovered.ravel(),
        },
        columns=list(COLUMNS),
    )
    return frame[frame["contained_t"] > 0].reset_index(drop=True)


def _metal_by_hub(plan: Plan) -> dict[tuple[str, str], Floats]:
    """Give t of each metal that a hub's packs or a port's landings hold, by hub or port and black-mass grade."""
    settings = plan.settings
    columns = [f"{name}_t" for name in settings.classes]
    tonnes = plan.assignments.groupby("hub_id")[columns].sum()
    contents = metal_contents(settings)
    grades = np.array([pack.grade for pack in settings.classes.values()])
    held: dict[tuple[str, str], Floats] = {}
    for grade in settings.grades:
        own = grades == grade
        metal = tonnes.to_numpy(float)[:, own] @ contents[own]
        held |= {(str(hub), grade): row for hub, row in zip(tonnes.index, metal, strict=True)}
    inside = dict(zip(settings.classes, black_mass_contents(settings), strict=True))
    for row in plan.imports.to_dict("records"):
        key = str(row["port_id"]), str(row["grade"])
        held[key] = held.get(key, np.zeros(len(settings.metals))) + row["mass_t"] * inside[row["class"]]
    return held
