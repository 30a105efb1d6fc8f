"""Check plants, and the rows of other tables that name them: sizes, statuses and lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.findings import FILE, ROW, among, find_in_frame, find_repeats, make_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.plants import Technology

    Hint = Callable[[str], str]


def find_unknown_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant whose technology the settings do not know."""
    for table, technologies in _technologies(found).items():
        frame = found.tables[table]
        unknown = ~among(frame["technology"], technologies)

        allowed, hint = ", ".join(technologies), make_hints(technologies)

        def tell(row: dict[str, Any], allowed: str = allowed, hint: Hint = hint) -> tuple[str, str]:
            cure = f"write one of {allowed}{hint(row['technology'].lower())}"
            return f"{row['technology']!r} is not a known technology", cure

        yield from find_in_frame(frame, unknown, "technology", tell, kind="unknown-technology")


def find_misplaced_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant whose technology cannot stand at a place of its kind."""
    for table, technologies in _technologies(found).items():
        frame = found.tables[table]
        for name, technology in technologies.items():
            if not technology.only_at:
                continue
            wrong = among(frame["technology"], [name]) & ~among(frame["kind"], ["", *technology.only_at])

            def tell(row: dict[str, Any], kinds: tuple[str, ...] = technology.only_at) -> tuple[str, str]:
                problem = f"technology {row['technology']} at a place of kind {row['kind']!r}"
                return problem, f"choose another technology, or write kind {' or '.join(kinds)} if that is what it is"

            yield from find_in_frame(frame, wrong, "technology", tell, kind="misplaced-technology")


def find_unknown_plants(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each row of `sizes` or `existing` without a known plant, and each repeated in `existing`."""
    plants = _plant_ids(found)
    hint = make_hints(plants)
    for table in ("sizes", "existing"):
        frame = found.tables[table]
        unknown = ~among(frame["plant_id"], ["", *plants])

        def tell(row: dict[str, Any]) -> tuple[str, str]:
            cure = f"write the id of a hub or refinery{hint(row['plant_id'])}"
            return f"there is no plant {row['plant_id']!r}", cure

        yield from find_in_frame(frame, unknown, "plant_id", tell, kind="unknown-plant")
    yield from find_repeats(found.tables["existing"], ["plant_id"], "plant_id")
    yield from find_repeats(found.tables["sizes"], ["plant_id", "capacity_t"], "capacity_t")


def find_oversized(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each capacity step above the limit of its plant."""
    import pandas as pd  # noqa: PLC0415 - heavy

    sizes = found.tables["sizes"]
    if sizes.empty:
        return
    plants = pd.concat([found.tables[table][["id", "max_t"]] for table in ("hubs", "refineries")])
    limit = plants.drop_duplicates("id").set_index("id")["max_t"]
    told = sizes.assign(_max_t=sizes["plant_id"].map(limit).astype("float64"))
    above = (told["capacity_t"] > told["_max_t"]).to_numpy()

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = (
            f"{row['capacity_t']:g} t is above the plant's max_t of {row['_max_t']:g}: no more than that may enter"
        )
        return problem, "lower capacity_t, or raise max_t of the plant"

    yield from find_in_frame(told, above, "capacity_t", tell, kind="oversized", fatal=False)


def find_sized_furnaces(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each row of `sizes` that names an electric furnace, which is not built and has no sizes."""
    refineries, sizes = found.tables["refineries"], found.tables["sizes"]
    furnaces = refineries.loc[refineries["technology"].isin(found.settings.furnaces), "id"].tolist()

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = f"{row['plant_id']!r} is an electric furnace, which is not built and has no sizes"
        return problem, "remove the row; its limit is max_t in refineries, its fee stands in the settings (furnaces)"

    yield from find_in_frame(sizes, among(sizes["plant_id"], furnaces), "plant_id", tell, kind="sized-furnace")


def find_only_furnaces(found: Survey) -> Iterator[Finding]:
    """Yield a finding where all black mass must be refined but every row of `refineries` is an electric furnace."""
    refineries = found.tables["refineries"]
    furnaces = among(refineries["technology"], found.settings.furnaces)
    if found.settings.policy.refine_all and len(refineries) and furnaces.all():
        first = refineries.iloc[0]
        problem = f"all {len(refineries)} rows are electric furnaces, and all black mass must be refined"
        cure = "add a refinery, or lift the obligation (--set policy.refine_all=false)"
        yield Finding(str(first[FILE]), int(first[ROW]), "technology", problem, cure, kind="only-furnaces")


def _technologies(found: Survey) -> dict[str, Mapping[str, Technology]]:
    return {"hubs": found.settings.hub_technologies, "refineries": found.settings.takers}


def _plant_ids(found: Survey) -> list[str]:
    return [*found.tables["hubs"]["id"], *found.tables["refineries"]["id"]]
