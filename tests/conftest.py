"""Fixtures shared by all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import write_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Write the folder of a tiny network: two regions, six sites, four hubs, three refineries."""
    return write_folder(tmp_path / "tiny")
