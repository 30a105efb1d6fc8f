"""Check that orders of the settings name plants and sites that are there, and lanes that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.findings import make_hints
from hubspoke.inputs.tables.schema import CELL_WORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.tables.survey import Survey

PLACE = "settings"


def _find_unknown_plants(found: Survey, plants: set[str]) -> Iterator[Finding]:
    """Yield one finding on all plants that are ordered and not there."""
    orders, scenario = found.settings.orders, found.settings.scenario
    ordered = {key: getattr(orders, key) for key in ("open", "close", "only")}
    unknown = {key: [plant for plant in listed if plant not in plants] for key, listed in ordered.items()}
    names = list(dict.fromkeys(plant for listed in unknown.values() for plant in listed))
    if not names:
        return
    cure = f"write the id of a hub or refinery{make_hints(sorted(plants))(names[0])}"
    if scenario:
        cure += f", or leave out the scenario {scenario}, if its plants are not those of this folder"
    what = f"there is no plant {names[0]!r}"
    if len(names) > 1:
        what = f"{len(names)} plants are not there: {', '.join(map(repr, names))}"
    keys = [f"orders.{key}" for key, listed in unknown.items() if listed]
    yield Finding(PLACE, 0, ", ".join(keys), what, cure, kind="unknown-plant")


def find_unknown_places(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each order that names no plant, or a lane that cannot be."""
    orders = found.settings.orders
    if orders.is_empty:
        return
    sites, hubs, refineries, ports = (
        set(found.tables[name]["id"]) for name in ("sites", "hubs", "refineries", "ports")
    )
    yield from _find_unknown_plants(found, hubs | refineries)
    table = found.tables["sites"]
    works = set(table.loc[table["kind"] == CELL_WORKS, "id"]) if not found.settings.sources.factory_scrap else set()
    for start, end in orders.deliver.items():
        key = f"orders.deliver.{start}"
        if start in works:
            problem = f"{start!r} is a cell works, and those are not planned"
            yield Finding(PLACE, 0, key, problem, "set sources.factory_scrap=true", fatal=False, kind="idle-order")
        elif not ((start in sites and end in hubs) or (start in hubs | ports and end in refineries)):
            problem = (
                f"{start!r} to {end!r} is neither a lane from a site to a hub nor from a hub or port to a refinery"
            )
            known = make_hints(sorted(sites | hubs | refineries | ports))
            wrong = end if start in sites | hubs | ports else start
            yield Finding(PLACE, 0, key, problem, f"correct the ids{known(wrong)}", kind="no-lane")
