"""Which test files run in one process, since they share what costs most, and which of them begin."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[2]
LOOPS = ("tests/base/test_compiled.py", "tests/instances/test_read.py")
"""Files that need nearly all loops of the engine: the first compiles them, the second would do so beside it."""
ENGINE = "tests/engine/"
SHARES_JAPAN = re.compile(r"^from shipped import .*(japan_plan|give_the_plan_of_japan)", re.MULTILINE)


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Return a scheduler that gives each process whole files, and one of them all that use the plans of Japan."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - there only where tests run in several processes

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.split("::", 1)[0])

    return Scheduling(config, log)


def sort_by_group(items: list[pytest.Item]) -> None:
    """Let one process compile the loops, while others run what needs few of them; large groups come first.

    Where two processes need a loop at a time each compiles it. So plans of Japan and the engine come last, when all
    loops are there to be loaded.
    """
    groups = [group_of(item.nodeid.split("::", 1)[0]) for item in items]
    size = Counter(groups)
    order = sorted(range(len(items)), key=lambda at: (_stage(groups[at]), -size[groups[at]], groups[at], at))
    items[:] = [items[at] for at in order]


def _stage(group: str) -> int:
    if group == "loops":
        return 0
    return 3 if group.startswith(ENGINE) else 2 if group == "japan" else 1


@cache
def group_of(file: str) -> str:
    """Return the file itself, or the name of the group that it belongs to."""
    if file in LOOPS:
        return "loops"
    path = ROOT / file
    return "japan" if path.is_file() and SHARES_JAPAN.search(path.read_text(encoding="utf-8")) else file
