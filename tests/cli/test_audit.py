"""`hubspoke audit`: a saved plan recounted, in words and as data."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import write_folder
from hubspoke.cli import app as cli
from hubspoke.outputs.runs.folder import write_run
from light_runs import leave_charts_empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def empty_charts() -> Iterator[None]:
    """Leave the charts empty wherever a report is written, or written again to be compared."""
    with pytest.MonkeyPatch.context() as patch:
        leave_charts_empty(patch)
        yield


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("saved")
    source = write_folder(home / "input")
    plan = hs.solve(hs.read(source))
    return write_run(plan, home / "plan", maps=False, facts={"source": str(source), "changes": {}})


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, ["audit", *map(str, words)])


def spoil(saved: Path, folder: Path) -> Path:
    """Copy a run folder and change one cost in it."""
    shutil.copytree(saved, folder)
    table = pd.read_csv(folder / "hubs.csv")
    table.loc[table["state"] == "open", "hub_capital_jpy"] += 1000.0
    table.to_csv(folder / "hubs.csv", index=False)
    return folder


@pytest.mark.heavy
def test_a_saved_plan_passes_and_every_check_is_named(saved: Path) -> None:
    done = run(saved)
    assert done.exit_code == 0
    assert "FAIL" not in done.stdout
    assert {"objective", "sampled-plants"} <= {line.split()[1] for line in done.stdout.splitlines()}


@pytest.mark.heavy
def test_checks_are_told_in_japanese_without_a_word_of_english(saved: Path) -> None:
    told = run(saved, "--lang", "ja").stdout
    assert {line.split()[0] for line in told.splitlines()} == {"合格"}
    assert set(re.findall("[A-Za-z]{2,}", told)) <= {"Excel", "GIS", "CO"}


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")  # the other files are not what is audited here
def test_one_changed_figure_fails_with_the_checks_named(saved: Path, tmp_path: Path) -> None:
    done = run(spoil(saved, tmp_path / "changed"))
    assert done.exit_code == hs.AuditError.exit_code
    assert "FAIL  sampled-plants" in done.stdout
    assert "fails its audit" in done.stderr
    told = run(tmp_path / "changed", "--lang", "ja")
    assert "不合格  抜取り：施設費：" in told.stdout
    assert "計画が検査に合格しない" in told.stderr
    assert re.search(" (is|recounted|formula) ", told.stdout + told.stderr) is None


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")  # the other files are not what is audited here
def test_the_answer_is_one_json_document_whether_it_passes_or_not(saved: Path, tmp_path: Path) -> None:
    good, bad = run(saved, "--json"), run(spoil(saved, tmp_path / "changed"), "--json")
    assert (good.exit_code, json.loads(good.stdout)["passed"]) == (0, True)
    told = json.loads(bad.stdout)
    assert (bad.exit_code, told["passed"]) == (hs.AuditError.exit_code, False)
    assert "sampled-plants" in {check["name"] for check in told["checks"] if not check["passed"]}


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")  # the other files are not what is audited here
def test_without_its_input_the_tables_alone_are_recounted_and_the_rest_is_named(saved: Path, tmp_path: Path) -> None:
    shutil.copytree(saved, tmp_path / "plan")
    (tmp_path / "plan" / "input" / "sites.csv").unlink()
    alone = run(tmp_path / "plan")
    assert alone.exit_code == hs.AuditError.exit_code
    assert "FAIL  input: " in alone.stdout
    assert "sampled-freight: not checked" in alone.stdout
    assert "--input" in alone.stderr
    named = run(tmp_path / "plan", "--input", saved.parent / "input")
    assert named.exit_code == 0
    assert "not checked" not in named.stdout


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")  # the other files are not what is audited here
def test_an_input_that_has_changed_is_refused(saved: Path, tmp_path: Path) -> None:
    shutil.copytree(saved.parent / "input", tmp_path / "input")
    table = next((tmp_path / "input").rglob("sites.csv"))
    text = table.read_text(encoding="utf-8")
    table.write_text(text.rstrip() + "\n\n", encoding="utf-8")
    assert run(saved, "--input", tmp_path / "input").exit_code == 0  # the same content in other bytes
    table.write_text(text.replace("35.", "36.", 1), encoding="utf-8")
    done = run(saved, "--input", tmp_path / "input")
    assert done.exit_code == 2
    assert "not what was planned" in done.stderr


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 2
    assert "no run folder" in done.stderr
