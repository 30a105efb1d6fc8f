"""Files of a run folder that are missing, empty or no files are named in words."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hubspoke.base.errors import UsageError
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.held_files import RULES
from hubspoke.outputs.runs.load import load_plan
from hubspoke.outputs.runs.unreadable import tell_unreadable
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def break_file(file: Path, how: str) -> None:
    """Take a file away, empty it, put a folder in its place, or write bytes that are no text."""
    file.unlink()
    if how == "is empty":
        file.write_bytes(b"")
    elif how == "is a folder":
        file.mkdir()
    elif how == "is no text in UTF-8":
        file.write_bytes(b"\xff\xfe\xfa")


HOW = ("is missing", "is empty", "is a folder", "is no text in UTF-8")


@pytest.mark.parametrize("how", HOW)
def test_every_table_that_cannot_be_read_is_a_finding_of_the_audit(how: str, tiny_run: Path, tmp_path: Path) -> None:
    run = tmp_path / "out"
    run.mkdir()
    for file in ("plan.json", "run.json", *(f"{table}.csv" for table in TABLES)):
        shutil.copy(tiny_run / file, run / file)
    for table in TABLES:
        break_file(run / f"{table}.csv", how)
    (check,) = recount_run(run).checks
    assert (check.name, check.passed) == ("files", False)
    assert check.detail.startswith(f"{TABLES[0]}.csv {how}")
    assert f"and {len(TABLES) - 3} more" in check.detail
    with pytest.raises(UsageError) as caught:
        load_plan(run)
    assert all(f"{table}.csv {how}" in str(caught.value) for table in TABLES)
    assert "Errno" not in str(caught.value)


@pytest.mark.heavy
@pytest.mark.parametrize("how", HOW[:3])
def test_every_other_file_that_cannot_be_read_is_named(
    how: str, own_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("report", "briefing", "maps", "trace"):  # held against a whole page each, which takes seconds
        monkeypatch.delitem(RULES, name)
    for name in ("metals_ledger.csv", "road_loads.csv", "balances.csv", "plan.xlsx", "plan.gpkg", "input/sites.csv"):
        break_file(own_run / name, how)
    found = {check.name: check.detail for check in recount_run(own_run).checks if not check.passed}
    assert set(found) == {"input", "derived", "metals-ledger", "road-loads", "workbook", "layers"}
    assert f"sites.csv {how}" in found["input"]
    assert f"metals_ledger.csv {how}" in found["metals-ledger"]
    assert f"road_loads.csv {how}" in found["road-loads"]
    assert "Errno" not in str(found)


def test_a_file_without_the_right_to_read_it_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "costs.csv").write_text("x")
    told = tell_unreadable(tmp_path / "costs.csv", PermissionError(13, "Permission denied"))
    assert told == "costs.csv must not be read: the rights of the file forbid it"
