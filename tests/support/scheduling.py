"""Which test files run in one process, since they share what costs most."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[2]


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Return a scheduler that gives each process whole files, and one of them all that use the plans of Japan."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - there only where tests run in several processes

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.split("::", 1)[0])

    return Scheduling(config, log)


@cache
def group_of(file: str) -> str:
    """Return the file itself, or the name of the group that it belongs to."""
    path = ROOT / file
    return "japan" if path.is_file() and "import japan, japan_plan" in path.read_text(encoding="utf-8") else file
