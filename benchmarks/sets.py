"""Named sets of tasks: which instances, which methods, to which gap and for how long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.methods import ENGINE, FORMER, METHODS
from benchmarks.registry import find_public
from benchmarks.rows import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

EVERYONE = tuple(method for method in METHODS if method != FORMER)
STRONGEST = (ENGINE, "highs-strong")

PROVEN = 1e-6

JAPAN_LIMITS = {"regional": (PROVEN, 30.0), "shared-refinery": (1e-4, 30.0), "open": (1e-3, 60.0)}
"""Gap and seconds of each policy."""

GENERATED_LIMITS = {
    "500x20x5": (1e-3, 60.0),
    "2000x60x10": (1e-3, 60.0),
    "5000x100x15": (2e-3, 120.0),
    "20000x300x30": (5e-3, 180.0),
    "100000x500x40": (2e-2, 720.0),
}
"""Gap and seconds of each size."""


def quick(folder: Path | None) -> list[Task]:
    """One of each kind with all methods, a few seconds each."""
    families = ("orlib_cap/", "sscflp_holmberg/", "orlib_pmed/")
    few = _spread([name for name in find_public(folder) if name.startswith(families)], 1)
    return _cross([*few, "japan/regional", "generated/60x8x2"], EVERYONE, PROVEN, 5.0)


def public(folder: Path | None) -> list[Task]:
    """All public instances, by the engine and by the strong model on HiGHS; 60 s each, 120 s for two stages."""
    return [
        task
        for name in find_public(folder)
        for task in _cross([name], STRONGEST, PROVEN, 120.0 if name.startswith("tscflp") else 60.0)
    ]


def japan(_folder: Path | None) -> list[Task]:
    """Japan as it ships under the three policies, by all methods."""
    return [task for name, limits in JAPAN_LIMITS.items() for task in _cross([f"japan/{name}"], EVERYONE, *limits)]


def generated(_folder: Path | None) -> list[Task]:
    """Invented networks from 500 to 100,000 sites, by all methods as far as their models fit."""
    return [
        task for name, limits in GENERATED_LIMITS.items() for task in _cross([f"generated/{name}"], EVERYONE, *limits)
    ]


def official(folder: Path | None) -> list[Task]:
    """Choose what fits into half an hour: Japan, invented networks, three public instances of every family."""
    tasks = _cross(["japan/regional"], EVERYONE, PROVEN, 15.0)
    tasks += _cross(["japan/shared-refinery"], (ENGINE, "highs-strong", "cbc-plain"), 1e-4, 30.0)
    tasks += _cross(["japan/open"], (ENGINE, "highs-strong", "highs-plain", "cbc-plain"), 1e-3, 60.0)
    tasks += _cross(["generated/500x20x5"], EVERYONE, 1e-3, 20.0)
    tasks += _cross(["generated/2000x60x10"], STRONGEST, 1e-3, 40.0)
    for size, seconds in (("5000x100x15", 60.0), ("20000x300x30", 180.0), ("100000x500x40", 420.0)):
        tasks += _cross([f"generated/{size}"], (ENGINE,), GENERATED_LIMITS[size][0], seconds)
    for name in _spread(find_public(folder), 3):
        tasks += _cross([name], STRONGEST, PROVEN, 30.0 if name.startswith("tscflp") else 10.0)
    return tasks


SETS: dict[str, Callable[[Path | None], list[Task]]] = {
    "quick": quick,
    "public": public,
    "japan": japan,
    "generated": generated,
    "official": official,
}


def with_former(tasks: Iterable[Task]) -> list[Task]:
    """Let an earlier checkout run what the engine runs, but for Japan, whose data are those of each checkout."""
    return [
        each
        for task in tasks
        for each in (task, replace(task, method=FORMER))
        if each is task or (task.method == ENGINE and not task.instance.startswith("japan/"))
    ]


def _cross(names: Iterable[str], methods: Iterable[str], gap: float, seconds: float) -> list[Task]:
    return [Task(name, method, gap, seconds) for name in names for method in methods]


def _spread(names: Iterable[str], count: int) -> list[str]:
    """Give a few of each family, evenly over its list."""
    families: dict[str, list[str]] = {}
    for name in names:
        families.setdefault(name.partition("/")[0], []).append(name)
    return [
        name
        for members in families.values()
        for name in dict.fromkeys(members[n * (len(members) - 1) // max(count - 1, 1)] for n in range(count))
    ]
