"""Which instances there are: public files of a folder, Japan as it ships, and invented networks of every size.

An instance is known by a name, `family/member`, and is loaded only in the process that solves it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.generate import generate_problem
from hubspoke.instances.read import ORLIB_CAPACITIES, read_instances

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


JAPAN = ("regional", "shared-refinery", "open")
YEAR = 2040


@dataclass(frozen=True)
class Best:
    """What is known of a public instance: its best objective, and whether that is proven optimal."""

    objective: float
    proven: bool


FAMILIES: dict[str, tuple[str, str]] = {
    "orlib_cap": ("orlib_cap", "orlib-cap"),
    "orlib_cap_singlesource": ("orlib_cap", "orlib-cap-single"),
    "orlib_uncap": ("orlib_cap", "orlib-uncap"),
    "cflp_tbed1": ("cflp_tbed1", "tbed1"),
    "cflp_tbed1_singlesource": ("cflp_tbed1", "tbed1-single"),
    "sscflp_holmberg": ("sscflp_holmberg", "holmberg"),
    "sscflp_yang": ("sscflp_yang", "holmberg"),
    "sscflp_diaz": ("sscflp_diaz", "diaz"),
    "tscflp_fernandes": ("tscflp_fernandes", "two-stage"),
    "orlib_pmed": ("orlib_pmed", "p-median"),
}
"""Families of public instances: the sub-folder of their files, and the format they are read in."""


def find_public(folder: Path | None) -> list[str]:
    """Name the public instances of a folder, family by family, in natural order."""
    if folder is None:
        return []
    return [
        f"{family}/{member}"
        for family, (place, form) in FAMILIES.items()
        for path in sorted((folder / place).glob("*"), key=_natural)
        for member in _members(path, form)
    ]


def read_best(folder: Path | None) -> dict[str, Best]:
    """Read `best_known.csv` (family, instance, best_known, proven_optimal) of a folder, by name.

    The word `infeasible` in place of a number is an infinite objective.
    """
    file = folder / "best_known.csv" if folder else None
    if file is None or not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            f"{row['family']}/{row['instance']}": Best(
                float(row["best_known"].replace("infeasible", "inf")), row["proven_optimal"].strip().lower() == "true"
            )
            for row in csv.DictReader(lines)
        }


def load(name: str, folder: Path | None) -> Problem:
    """Load an instance by name.

    Raises
    ------
    KeyError
        No such instance.
    """
    family, _, member = name.partition("/")
    if family == "japan" and member in JAPAN:
        return _load_japan(member)
    if family == "generated":
        return generate_problem(*parse_size(member))
    if folder is not None and family in FAMILIES:
        place, form = FAMILIES[family]
        for path in sorted((folder / place).glob("*")):
            if member in _members(path, form):
                found = (one.problem for one in read_instances(path, form) if one.name == member)
                return next(problem for problem in found if isinstance(problem, Problem))
    raise KeyError(name)


def parse_size(member: str) -> tuple[int, int, int]:
    """Read sites, hubs and refineries from a name such as `500x20x5`."""
    if re.fullmatch(r"\d+x\d+x\d+", member) is None:
        raise KeyError(member)
    sites, hubs, refineries = map(int, member.split("x"))
    return sites, hubs, refineries


def _load_japan(policy: str) -> Problem:
    import hubspoke as hs  # noqa: PLC0415 - tables load only for the instances that need them
    from hubspoke.costs.costs import build_costs  # noqa: PLC0415
    from hubspoke.lanes.lanes import build_lanes  # noqa: PLC0415
    from hubspoke.planning.formulation.formulate import formulate  # noqa: PLC0415
    from hubspoke.settings.rules import resolve_policy  # noqa: PLC0415

    network = hs.read()
    lanes = build_lanes(network, YEAR)
    rules = resolve_policy(network.settings.policy.model_copy(update={"name": policy}))
    return formulate(network, lanes, build_costs(network, lanes, YEAR), rules).problem


def _members(path: Path, form: str) -> Iterator[str]:
    """Name what a file holds; the three large files of OR-Library hold one instance per capacity, or one of none."""
    capacities = () if form == "orlib-uncap" else ORLIB_CAPACITIES.get(path.stem.lower(), ())
    for capacity in capacities:
        yield f"{path.stem}_{capacity:g}"
    if not capacities:
        yield path.stem


def _natural(path: Path) -> list[tuple[int, str]]:
    """Sort p2 before p10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", path.stem) if part]
