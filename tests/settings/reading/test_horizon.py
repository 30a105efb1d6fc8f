"""The planned year follows the years that are stated without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.base.errors import InputError
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_years_without_a_planned_one_plan_their_last(tmp_path: Path) -> None:
    assert load_settings(None, {"horizon.years": "[2026, 2028]"}).horizon.year == 2028
    own = write(tmp_path, "[horizon]\nyears = [2030]\nyear = 2030\n")
    assert load_settings(own, {"horizon.years": "[2026]"}).horizon.year == 2026
    assert load_settings(write(tmp_path, "[horizon]\nyears = [2031]\n")).horizon.year == 2031
    assert load_settings(None, {"horizon.years": "[2030, 2040, 2050]"}).horizon.year == 2040


def test_a_planned_year_that_is_stated_beside_its_years_must_be_one_of_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2040 is not among horizon\.years"):
        load_settings(write(tmp_path, "[horizon]\nyears = [2031]\nyear = 2040\n"))
    with pytest.raises(InputError, match=r"2050 is not among horizon\.years"):
        load_settings(None, {"horizon.years": "[2026]", "horizon.year": "2050"})
