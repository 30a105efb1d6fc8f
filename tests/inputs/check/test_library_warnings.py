"""Numbers that make no sense become findings: no library warns of them, on the terminal or elsewhere."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from builders import tiny_tables, write_folder
from hubspoke.cli.app import app
from hubspoke.inputs.check.check import check

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {
    "tonnes of two classes": ("kanto/sites", {"hev_t": "1e308", "nmc_t": "1e308"}),
    "tonnes of every class": ("kanto/sites", {"hev_t": "1e308", "nmc_t": "1e308", "lfp_t": "1e308"}),
    "a position": ("kanto/sites", {"lat": "1e308"}),
    "two coordinates": ("kanto/hubs", {"lat": "1e308", "lon": "-1e308"}),
    "a limit": ("kanto/hubs", {"max_t": "1e308"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_number_that_makes_no_sense_is_a_finding_and_no_warning(name: str, tmp_path: Path) -> None:
    tables = tiny_tables()
    table, cells = BROKEN[name]
    tables[table][0].update(cells)
    folder = write_folder(tmp_path / "n", tables)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = check(folder)
    assert {finding.column for finding in found if finding.fatal} & set(cells)


@pytest.mark.parametrize("column", ["km", "from_code"])
def test_a_broken_road_is_a_finding_and_no_warning(column: str, tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["cities"] = [
        {"city_code": "A", "lat": 35.6, "lon": 139.7},
        {"city_code": "B", "lat": 35.7, "lon": 139.8},
    ]
    tables["roads"] = [{"from_code": "A", "to_code": "B", "km": 20, "kind": "road"} | {column: "1e308"}]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = check(write_folder(tmp_path / "n", tables))
    assert any(finding.fatal and finding.file.startswith("roads") for finding in found)


def test_what_libraries_warn_of_does_not_reach_the_terminal(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubspoke.inputs import summary  # noqa: PLC0415 - what the command calls

    real = summary.summarise_network

    def warn(*given: object, **named: object) -> object:
        warnings.warn("divide by zero encountered", RuntimeWarning, stacklevel=1)
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(summary, "summarise_network", warn)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        answer = CliRunner().invoke(app, ["check", str(tiny)])
    assert answer.exit_code == 0, answer.output
    assert "divide by zero" not in answer.output
