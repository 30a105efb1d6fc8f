"""Every file of a run folder is held against the plan in it."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.held_files import check_files
from hubspoke.outputs.runs.load import load_plan
from hubspoke.outputs.runs.rewrite import redraw_maps

if TYPE_CHECKING:
    from pathlib import Path


def falsify_text(file: Path, pattern: str) -> None:
    """Put 7 before the first number that follows a pattern."""
    text = file.read_text(encoding="utf-8")
    changed = re.sub(f"({pattern}\\D*?)(\\d)", r"\g<1>7\2", text, count=1)
    assert changed != text, file
    file.write_text(changed, encoding="utf-8", newline="\n")


def falsify_workbook(file: Path) -> None:
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = "xl/worksheets/sheet3.xml"
    parts[name] = re.sub(rb"<v>(\d)", rb"<v>7\1", parts[name], count=1)
    with zipfile.ZipFile(file, "w") as book:
        for part, data in parts.items():
            book.writestr(part, data)


@pytest.mark.heavy
def test_files_as_written_pass(tiny_run: Path) -> None:
    assert [check.name for check in check_files(load_plan(tiny_run), tiny_run) if not check.passed] == []


@pytest.mark.heavy
def test_files_pass_without_the_tables_that_were_planned(tiny_run: Path) -> None:
    """Where those are damaged, which the audit says once, what roads carry is taken as the folder has it."""
    bare = replace(load_plan(tiny_run), network=None, contents={})
    assert [check.name for check in check_files(bare, tiny_run) if not check.passed] == []


@pytest.mark.heavy
def test_every_falsified_file_is_named(own_run: Path) -> None:
    for name in ("balances", "metals", "metals_ledger", "income", "actors"):
        falsify_text(own_run / f"{name}.csv", "\n[^\n]*,")
    loads = own_run / "road_loads.csv"
    loads.write_text(loads.read_text(encoding="utf-8").replace(",expressway,", ",bridge,", 1), encoding="utf-8")
    falsify_text(own_run / "report.html", "<td[^>]*>")
    falsify_text(own_run / "map.html", '"load":')
    falsify_text(own_run / "maps" / "kanto.html", '"load":')
    falsify_workbook(own_run / "plan.xlsx")
    with sqlite3.connect(own_run / "plan.gpkg") as layers:
        for (trigger,) in layers.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            layers.execute(f'DROP TRIGGER "{trigger}"')
        layers.execute("UPDATE hubs SET load_t = load_t + 1")
    layers.close()
    (own_run / "maps" / "nowhere.html").write_text("<html>", encoding="utf-8")
    found = {check.name: check for check in check_files(load_plan(own_run, with_input=True), own_run)}
    assert found["written"].passed
    assert {name for name, check in found.items() if not check.passed} == {
        "derived",
        "metals-ledger",
        "road-loads",
        "report",
        "maps",
        "workbook",
        "layers",
    }
    assert "and 3 more" in found["derived"].detail
    for words in ("map.html, line", "maps/kanto.html, line", "maps/nowhere.html is no map"):
        assert words in found["maps"].detail
    assert "sheet3.xml" in found["workbook"].detail
    assert "layer hubs" in found["layers"].detail


@pytest.mark.parametrize("name", ["plan.json", "hubs.csv"])
def test_what_was_changed_is_not_drawn_or_explained(own_run: Path, name: str) -> None:
    file = own_run / name
    text = file.read_text(encoding="utf-8")
    changed = text.replace(",open,", ",idle,", 1).replace('"year": 2040', '"year": 2035')
    file.write_text(changed, encoding="utf-8", newline="\n")
    with pytest.raises(hs.UsageError, match=f"{name} was changed since the plan was made"):
        hs.load(own_run)


@pytest.mark.heavy
def test_a_report_from_before_the_maps_is_still_that_of_the_plan(own_run: Path) -> None:
    """Maps may be drawn later, or never: the report links them or not, and says the same."""
    plan = load_plan(own_run)
    (own_run / "report.html").write_text(write_report(plan, lang="en", maps=False), encoding="utf-8", newline="\n")
    held = next(check for check in check_files(plan, own_run) if check.name == "report")
    assert held.passed


@pytest.mark.heavy
def test_a_map_tells_the_command_of_its_run(own_run: Path) -> None:
    facts = json.loads((own_run / "run.json").read_text(encoding="utf-8"))
    facts["command"] = ["hubspoke", "solve", "my plan", "-o", "plan"]
    (own_run / "run.json").write_text(json.dumps(facts), encoding="utf-8", newline="\n")
    redraw_maps(own_run)
    assert '"command":["hubspoke","solve","\'my plan\'"]' in (own_run / "map.html").read_text(encoding="utf-8")
    plan = load_plan(own_run, with_input=True)
    assert next(check for check in check_files(plan, own_run) if check.name == "maps").passed
