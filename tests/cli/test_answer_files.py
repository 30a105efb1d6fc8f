"""Every command that writes says so once, in one form, and refuses names that do not say what to write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from hubspoke.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], env={"HUBSPOKE_LANG": "en"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["alternatives", "plan", "-o", "sets"], "--out sets: let the name of the file end in .csv, .json, .html"),
        (["regret", "-o", "r.xlsx"], "--out r.xlsx: let the name of the file end in .csv, .json, .html"),
        (["greenfield", "-o", "places"], "--out places: let the name of the file end in .csv, .json, .html"),
        (["disruption", "plan", "-o", "d.html"], "--out d.html: let the name of the file end in .csv, .json"),
        (["map", "a", "b", "-o", "years.png"], "--out years.png: let the name of the file end in .html"),
        (["solve", "-o", "plan.xlsx"], "--out plan.xlsx: a folder is written, not a file; leave .xlsx out"),
        (["robust", "-o", "r.csv"], "--out r.csv: a folder is written, not a file; leave .csv out"),
        (["collaborate", "-o", "c.json"], "--out c.json: a folder is written, not a file; leave .json out"),
        (["front", "--against", "co2", "-o", "f.html"], "--out f.html: a folder is written, not a file"),
        (["sweep", "-o", "s.csv"], "--out s.csv: a folder is written, not a file; leave .csv out"),
        (["study", "-o", "s.html"], "--out s.html: a folder is written, not a file; leave .html out"),
        (["trace", "plan", "-o", "t.json"], "--out t.json: a folder is written, not a file; leave .json out"),
        (["compare", "a", "b", "-o", "c.html"], "--out c.html: a folder is written, not a file; leave .html out"),
    ],
)
def test_a_name_that_does_not_say_what_to_write_is_refused_before_anything_is_planned(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert f"error: {told}" in result.stderr


@pytest.mark.heavy
def test_an_answer_is_written_as_its_ending_says_and_told_once(tiny_run: Path, tmp_path: Path) -> None:
    for ending in (".csv", ".json", ".html"):
        file = tmp_path / f"sets{ending}"
        result = run("alternatives", tiny_run, "-o", file)
        assert result.exit_code == 0
        assert result.stderr.count("wrote ") == 1
        assert result.stderr.endswith(f"\nwrote {file}\n")
    data = json.loads((tmp_path / "sets.json").read_text(encoding="utf-8"))
    assert data == json.loads(run("alternatives", tiny_run, "--json").stdout)
    assert (tmp_path / "sets.csv").read_text(encoding="utf-8").count("\n") == len(data["sets"]) + 1
    assert "<table" in (tmp_path / "sets.html").read_text(encoding="utf-8")
