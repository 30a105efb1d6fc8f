"""Maps that several tests look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.maps.draw import draw_map
from map_plans import japan_plan, keep_sites

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def map_of_japan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the map of Japan with one site in 25, for tests that only look at it."""
    path = tmp_path_factory.mktemp("map_of_japan") / "map.html"
    draw_map(keep_sites(japan_plan(), 25)).save(path)
    return path
