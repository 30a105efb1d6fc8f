"""Parameters of the engine that tests set to send problems down a certain way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hubspoke.engine.parameters import DEFAULTS, EngineParameters


def tuned(**methods: dict[str, Any]) -> EngineParameters:
    """Return the default parameters with some changed, by method and name: `tuned(choice={"direct_lanes": 0})`."""
    return replace(
        DEFAULTS, **{method: replace(getattr(DEFAULTS, method), **changed) for method, changed in methods.items()}
    )


def by_cuts_or_whole(by_cuts: bool) -> EngineParameters:  # noqa: FBT001 - drawn by hypothesis
    """Return parameters that send every problem to the search by cuts, or small ones to the full model as usual."""
    return tuned(choice={"direct_lanes": -1}) if by_cuts else DEFAULTS
