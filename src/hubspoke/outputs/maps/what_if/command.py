"""State the command that plans again what a map plans by itself."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.plan.plan import PlanData

PROGRAM = ["hubspoke", "solve"]
_WITH_VALUE = ("-o", "--out", "--tiles", "--write-mps", "--lang")
_ALONE = ("--maps", "--no-maps", "--all-maps", "--json", "-q", "--quiet", "-v", "-vv", "--verbose")
INPUT = "INPUT"
"""Stands for the folder of tables, where it is not known."""


def retell_command(plan: PlanData, command: Sequence[str] | None) -> list[str]:
    """Return the words of the command that made a plan, ready for a shell, without where it is written and shown.

    Parameters
    ----------
    plan : PlanData
    command : sequence of str or None
        The command line, if one made the plan; else one is made up of what was asked, for tables in `INPUT`.
    """
    words = list(command or ())
    asked = _without_output(words[2:]) if words[:2] == PROGRAM else _ask_again(plan)
    return [*PROGRAM, *map(shlex.quote, asked)]


def _without_output(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    skips = False
    for word in words:
        if skips:
            skips = False
        elif word in _WITH_VALUE:
            skips = True
        elif word not in _ALONE and not word.startswith(tuple(f"{name}=" for name in _WITH_VALUE if name[1] == "-")):
            kept.append(word)
    return kept


def _ask_again(plan: PlanData) -> list[str]:
    regions = [word for region in plan.options.get("regions", ()) for word in ("--region", str(region))]
    opened = [word for name in plan.options.get("open", ()) for word in ("--open", str(name))]
    closed = [word for name in plan.options.get("close", ()) for word in ("--close", str(name))]
    return [INPUT, "--policy", plan.policy, "--year", str(plan.year), *regions, *opened, *closed]
