"""Check plants, and the rows of other tables that name them: sizes, statuses and lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.inputs.tables.findings import FILE, ROW, among, find_in_frame, find_repeats, make_hints
from hubspoke.settings.technologies import SEPARATOR, split_technologies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.inputs.tables.survey import Survey
    from hubspoke.settings.plants import Technology

    Hint = Callable[[str], str]


def find_unknown_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant with a technology that the settings do not know for plants of its kind."""
    every = _technologies(found)
    for table, technologies in every.items():
        frame = found.tables[table]
        others = [name for known in every.values() for name in known if name not in technologies]
        allowed, hint = ", ".join(technologies), make_hints(technologies)
        for file, row, cell in _cells(frame, "technology"):
            for name in dict.fromkeys(split_technologies(cell)):
                if name in technologies:
                    continue
                problem = f"{name!r} is not a known technology"
                if name in others:
                    problem = (
                        f"{name!r} is a technology of {'refineries' if table == 'hubs' else 'hubs'}, not of {table}"
                    )
                cure = f"write one of {allowed}{'' if name in others else hint(name.lower())}"
                cure += f"; several are separated by {SEPARATOR}"
                yield Finding(file, row, "technology", problem, cure, kind="unknown-technology")


def find_standing_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant of which a technology stands that is not known, or that it may not have."""
    for table, technologies in _technologies(found).items():
        frame, hint = found.tables[table], make_hints(technologies)
        standing = frame["existing_technology"].tolist()
        for (file, row, cell), name in zip(_cells(frame, "technology"), standing, strict=True):
            known = technologies.get(name)
            if not name or name in split_technologies(cell) or (known is not None and not known.offered):
                continue
            if known is None:
                problem = f"{name!r} is not a known technology"
                cure = f"write one of {', '.join(technologies)}{hint(name.lower())}"
                yield Finding(file, row, "existing_technology", problem, cure, kind="unknown-technology")
            else:
                problem = f"{name} stands there, which is none of the plant's technologies: it is of no use"
                cure = f"add {name} to technology, if the plant may go on as it stands"
                kind = "standing-technology"
                yield Finding(file, row, "existing_technology", problem, cure, fatal=False, kind=kind)


def find_repeated_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant that names a technology twice, or an electric furnace beside something else."""
    for table in _technologies(found):
        frame = found.tables[table]
        told = [split_technologies(cell) for cell in frame["technology"].tolist()]
        twice = np.array([len(set(names)) < len(names) for names in told], dtype=bool)

        def tell_twice(row: dict[str, Any]) -> tuple[str, str]:
            names = split_technologies(row["technology"])
            double = next(name for name in names if names.count(name) > 1)
            return f"the technology {double!r} stands there twice", "name each technology once"

        yield from find_in_frame(frame, twice, "technology", tell_twice, kind="repeated-technology")
        furnaces = found.settings.furnaces if table == "refineries" else {}
        mixed = np.array([len(names) > 1 and not furnaces.keys().isdisjoint(names) for names in told], dtype=bool)

        def tell_mixed(row: dict[str, Any]) -> tuple[str, str]:
            problem = f"{row['technology']!r} names an electric furnace, which is not built, beside other technologies"
            return problem, "give the furnace a row of its own"

        yield from find_in_frame(frame, mixed, "technology", tell_mixed, kind="mixed-furnace")


def find_misplaced_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant whose technology cannot stand at a place of its kind."""
    for table, technologies in _technologies(found).items():
        frame = found.tables[table]
        for name, technology in technologies.items():
            if not technology.only_at:
                continue
            wrong = _names(frame, name) & ~among(frame["kind"], ["", *technology.only_at])

            def tell(
                row: dict[str, Any], name: str = name, kinds: tuple[str, ...] = technology.only_at
            ) -> tuple[str, str]:
                problem = f"technology {name} at a place of kind {row['kind']!r}"
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
    yield from find_repeats(found.tables["sizes"], ["plant_id", "capacity_t", "technology"], "capacity_t")


def find_sizes_of_other_technologies(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each row of `sizes` with a technology that its plant does not have."""
    plants = [found.tables[table][["id", "technology"]].itertuples(index=False) for table in ("hubs", "refineries")]
    known = {str(key): split_technologies(cell) for rows in plants for key, cell in rows}
    sizes = found.tables["sizes"]
    pairs = zip(sizes["plant_id"].tolist(), sizes["technology"].tolist(), strict=True)
    wrong = np.array([bool(name) and key in known and name not in known[key] for key, name in pairs], dtype=bool)

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = f"{row['plant_id']!r} has no technology {row['technology']!r}"
        return problem, f"write one of {', '.join(known[row['plant_id']])}, or nothing for the first of them"

    yield from find_in_frame(sizes, wrong, "technology", tell, kind="other-technology")


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


def find_standing_beyond_limit(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each plant of which more stands than may enter."""

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = f"existing_t of {row['existing_t']:g} is above max_t of {row['max_t']:g}: no more than that may enter"
        return problem, "raise max_t, or leave it empty for no limit"

    for table in ("hubs", "refineries"):
        frame = found.tables[table]
        above = (frame["existing_t"] > frame["max_t"]).to_numpy(bool)
        yield from find_in_frame(frame, above, "existing_t", tell, kind="oversized", fatal=False)


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


def find_only_barred(found: Survey) -> Iterator[Finding]:
    """Yield a finding where every row of `refineries` recovers less than the policy asks for."""
    refineries, barred = found.tables["refineries"], found.settings.barred_takers
    told = [split_technologies(cell) for cell in refineries["technology"].tolist()]
    if barred and told and all(names and barred.issuperset(names) for names in told):
        first, least = refineries.iloc[0], found.settings.policy.least_recovery_t_per_t
        asked = ", ".join(f"{metal} {100 * share:g} %" for metal, share in least.items())
        problem = f"none of {len(refineries)} refineries recovers what policy.least_recovery_t_per_t asks for ({asked})"
        cure = "ask for less, or add a technology that recovers more"
        yield Finding(str(first[FILE]), int(first[ROW]), "technology", problem, cure, kind="only-barred")


def _technologies(found: Survey) -> dict[str, Mapping[str, Technology]]:
    return {"hubs": found.settings.hub_technologies, "refineries": found.settings.takers}


def _names(frame: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """Return which rows of a table of plants name a technology."""
    return np.array([name in split_technologies(cell) for cell in frame["technology"].tolist()], dtype=bool)


def _cells(frame: pd.DataFrame, column: str) -> list[tuple[str, int, str]]:
    """Return file, row and cell of each row of a table."""
    columns = (frame[name].tolist() for name in (FILE, ROW, column))
    return [(str(file), int(row), str(cell)) for file, row, cell in zip(*columns, strict=True)]


def _plant_ids(found: Survey) -> list[str]:
    return [*found.tables["hubs"]["id"], *found.tables["refineries"]["id"]]
