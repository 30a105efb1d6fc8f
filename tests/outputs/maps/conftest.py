"""Maps that several tests look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.maps.draw import draw_comparison, draw_map
from map_plans import close_hub_of_shikoku, japan_plan, keep_sites

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def map_of_japan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the map of Japan with one site in 25, for tests that only look at it."""
    path = tmp_path_factory.mktemp("map_of_japan") / "map.html"
    draw_map(keep_sites(japan_plan(), 25)).save(path)
    return path


@pytest.fixture(scope="session")
def map_of_two_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw two plans with one site in 25: in the second Kinki takes what the hub of Shikoku took."""
    path = tmp_path_factory.mktemp("map_of_two_plans") / "map.html"
    plan = keep_sites(japan_plan(), 25)
    draw_comparison([plan, close_hub_of_shikoku(plan)]).save(path)
    return path
