"""Random changes to a plan, answered by the kernel that ships inside the maps, and by the solver."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hubspoke as hs
from hubspoke.base.errors import HubspokeError
from hubspoke.outputs.maps.offline import read_asset
from hubspoke.outputs.maps.what_if.payload import write_choices

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from hubspoke.api.plan import Plan

SOLVE = """([told, closed, opened, factors]) => {
  const found = hubspoke.kernel.solve(told, { closed: new Set(closed), opened: new Set(opened), factors });
  if (found.missing !== undefined) return null;
  return [found.cost ?? 0, found.low, (found.hub ?? []).map((h) => told.hubs[h].plant)];
}"""
TOLERANCE = 1e-11
"""Relative: sums of some thousand numbers in another order."""
FACTORS = (0.5, 0.75, 1.3, 2.0)


@dataclass(frozen=True)
class WhatIf:
    """Places of plants to close and to open, and factors on prices by name."""

    closed: list[int]
    opened: list[int]
    factors: dict[str, float]


@dataclass(frozen=True)
class Asked:
    """A plan that can be changed: its ids by place, and what the map knows of it."""

    plan: Plan
    ids: list[str]
    told: dict[str, Any]


def prepare(plan: Plan) -> Asked:
    """Write what a map of the plan would hold."""
    hubs, refineries = plan.hubs["id"].tolist(), plan.refineries["id"].tolist()
    plants = [{"kind": kind, "id": key} for kind, ids in (("hub", hubs), ("refinery", refineries)) for key in ids]
    payload = {"plants": plants, "regions": [[region, region] for region in plan.regions["region"]]}
    return Asked(plan, [*hubs, *refineries], write_choices(plan, payload, None))


def list_what_ifs(asked: Asked, count: int, seed: int) -> list[WhatIf]:
    """Invent changes: plants in use are closed, candidates opened, prices moved; some leave no plan at all."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    plan, told = asked.plan, asked.told
    tables = (plan.hubs, plan.refineries)
    used = [asked.ids.index(key) for table in tables for key in table.loc[table["state"] == "open", "id"]]
    known = [one["plant"] for kind in ("hubs", "refineries") for one in told[kind]]
    made = []
    for _ in range(count):
        closed = sorted({*draw.sample(used, draw.choice([0, 1, 1, 2])), *draw.sample(known, draw.choice([0, 0, 1]))})
        rest = [plant for plant in known if plant not in closed]
        opened = draw.sample(rest, min(len(rest), draw.choice([0, 0, 1, 2])))
        factors = {name: draw.choice(FACTORS) for name, _ in told["prices"] if draw.random() < 0.5}
        made.append(WhatIf(closed, opened, factors))
    return made


def load_kernel(page: Page) -> None:
    """Put the kernel alone into a page."""
    page.goto("about:blank")
    page.evaluate(f"() => {{ window.hubspoke = {{}}; (0, eval)({_quote(read_asset('what_if/kernel.js'))}); }}")


def _quote(text: str) -> str:
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${") + "`"


def ask_kernel(page: Page, asked: Asked, what_if: WhatIf) -> tuple[float, float, list[str]] | None:
    """Return cost, bound and hubs as the map finds them; None where it finds no plan."""
    found = page.evaluate(SOLVE, [asked.told, what_if.closed, what_if.opened, what_if.factors])
    return found and (found[0], found[1], [asked.ids[plant] for plant in found[2]])


def ask_solver(folder: Path | None, asked: Asked, what_if: WhatIf) -> Plan | None:
    """Return the plan of the solver, proven to the end; None where there is none."""
    plan = asked.plan
    changes = {
        key: value * what_if.factors.get(name, 1.0) for name, keys in asked.told["prices"] for key, value in keys
    }
    network = hs.read(folder, changes=changes)
    opened, closed = ([asked.ids[plant] for plant in plants] for plants in (what_if.opened, what_if.closed))
    try:
        return hs.solve(
            network, policy=plan.policy, regions=plan.options["regions"], opened=opened, closed=closed, gap=1e-10
        )
    except HubspokeError:
        return None


def solve_tiny(folder: Path, policy: hs.PolicyName) -> Plan:
    """Plan the tiny network under a policy."""
    return hs.solve(hs.read(folder), policy=policy)


def place_of(page: Page, plant: str) -> int:
    """Find a plant among those of a map, by its id."""
    return int(page.evaluate(f"hubspoke.data().plants.findIndex((one) => one.id === {json.dumps(plant)})"))


def open_card(page: Page, place: int) -> None:
    """Open the card of a plant, and wait until the map has made room for it: what glides is not hit by a click."""
    page.evaluate(f"hubspoke.openPlant(map_plan, {place})")
    page.wait_for_function("!map_plan._panAnim?._inProgress")


def used_hub(plan: Plan, region: str) -> str:
    """Return the id of the hub that a region uses."""
    hubs = plan.hubs
    return str(hubs.loc[(hubs["state"] == "open") & (hubs["region"] == region), "id"].iloc[0])
