"""Sweeps: the same bytes however they are solved, resumed after any end, and a row for every case."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.processes import solve_in_processes, start_worker
from hubspoke.analysis.decisions.sweeps.solve_case import CaseSolver
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan
from hubspoke.base.errors import InputError, UsageError
from hubspoke.cli import app as cli

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.sweeps.sweep import Sweep

POWER = "energy.power_jpy_per_kwh"
OWN = """
[shut]
close = ["hk1", "hk2"]
[half]
[[half.rows]]
table = "sites"
set = { supply_t = "x0.5" }
"""


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def own(tiny: Path) -> Path:
    (tiny / "scenarios.toml").write_text(OWN, encoding="utf-8")
    return tiny


def make(folder: Path, **stated: Any) -> Sweep:
    asked = {"regions": ["kanto"]} | stated.pop("asked", {})
    return prepare_sweep(
        folder, SweepPlan(**({"vary": {POWER: "10..30/2", "scenario": ["half", "shut"]}} | stated), asked=asked)
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files if file.name != ".lock"}


def answer(sweep: Sweep, out: Path, **how: Any) -> dict[str, bytes]:
    memory = Memory(out)
    sweep.solve_missing(memory, **how)
    write_answers(sweep, memory)
    return contents(out)


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    from builders import write_folder  # noqa: PLC0415

    folder = write_folder(tmp_path_factory.mktemp("sweep") / "tiny")
    (folder / "scenarios.toml").write_text(OWN, encoding="utf-8")
    out = folder.parent / "alone"
    return folder, answer(make(folder), out)


def rows_of(made: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(made["sweep.csv"].decode().splitlines()))


def test_every_case_is_what_solve_finds_and_one_without_a_plan_is_a_row(alone: tuple[Path, dict[str, bytes]]) -> None:
    folder, made = alone
    rows = rows_of(made)
    assert [row["case"] for row in rows] == [
        "base",
        "energy.power_jpy_per_kwh=10, half",
        "energy.power_jpy_per_kwh=10, shut",
        "energy.power_jpy_per_kwh=30, half",
        "energy.power_jpy_per_kwh=30, shut",
    ]
    assert [row["status"] for row in rows] == ["optimal", "optimal", "infeasible", "optimal", "infeasible"]
    plan = hs.solve(hs.read(folder, changes={POWER: 30, "scenario": "half"}), regions=["kanto"])
    assert float(rows[3]["cost_jpy"]) == plan.cost_jpy
    assert float(rows[3]["mass_t"]) == plan.mass_t
    assert rows[3]["hubs_built"] == ";".join(plan.hubs.loc[plan.hubs["load_t"] > 0, "id"])
    assert "hk1" in rows[2]["message"] or "hub" in rows[2]["message"]
    plants = list(csv.DictReader(made["plants.csv"].decode().splitlines()))
    assert {row["share"] for row in plants if row["kind"] == "hubs"} == {"1.0"}
    assert not any("second" in text for text in made["sweep.json"].decode().splitlines())


@pytest.mark.heavy
def test_processes_give_the_same_bytes_as_one(alone: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, made = alone
    assert answer(make(folder), tmp_path / "out", jobs=2) == made


@pytest.mark.heavy
def test_a_process_that_dies_costs_one_case_at_most(alone: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, made = alone
    sweep, started = make(folder), count()
    cases = list({digest: case.changes for digest, case in zip(sweep.digests, sweep.cases, strict=True)}.items())
    broken = [sys.executable, "-c", "import sys; sys.stdin.readline(); sys.stdin.readline(); sys.exit(9)"]

    def start() -> subprocess.Popen[str]:
        if next(started) in {0, 1}:
            return subprocess.Popen(broken, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return start_worker()

    found = dict(solve_in_processes(cases, folder, sweep.plan.asked, jobs=1, start=start))
    assert {f"cases/{digest}.json": text.encode() for digest, text in found.items()} == {
        name: data for name, data in made.items() if name.startswith("cases/")
    }

    def never() -> subprocess.Popen[str]:
        return subprocess.Popen(broken, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    found = dict(solve_in_processes(cases, folder, sweep.plan.asked, jobs=2, start=never))
    assert {json.loads(text)["status"] for text in found.values()} == {"failed"}
    memory = Memory(tmp_path / "out")
    for digest, text in found.items():
        memory.write(digest, text)
    assert sweep.solve_missing(memory) == 0
    assert sweep.solve_missing(memory, retry=True) == len(cases)
    write_answers(sweep, memory)
    assert contents(tmp_path / "out") == made


@pytest.mark.heavy
def test_a_sweep_that_is_killed_goes_on_where_it_was(alone: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, made = alone
    out = tmp_path / "out"
    code = f"""
        import os, signal
        from pathlib import Path
        from hubspoke.analysis.decisions.sweeps.memory import Memory
        from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
        from hubspoke.analysis.decisions.sweeps.sweep_plan import SweepPlan
        plan = SweepPlan(vary={{"{POWER}": "10..30/2", "scenario": ["half", "shut"]}}, asked={{"regions": ["kanto"]}})
        def die(done, total, left):
            if done == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        memory = Memory({str(out)!r})
        with memory.alone():
            prepare_sweep(Path({str(folder)!r}), plan).solve_missing(memory, progress=die)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    kept = {name: data for name, data in contents(out).items() if name.startswith("cases/")}
    assert len(kept) == 2
    assert all(made[name] == data for name, data in kept.items())
    told: list[int] = []
    sweep = make(folder)
    with Memory(out).alone():  # a lock goes with its program
        sweep.solve_missing(Memory(out), progress=lambda *far: told.append(far[1]))
    assert set(told) == {3}
    write_answers(sweep, Memory(out))
    assert contents(out) == made


@pytest.mark.heavy
def test_a_damaged_case_is_solved_again_and_another_sweep_uses_what_is_there(
    alone: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, made = alone
    sweep = make(folder)
    answer(sweep, tmp_path / "out")
    memory = Memory(tmp_path / "out")
    (memory.cases / f"{sweep.digests[1]}.json").write_text("{", encoding="utf-8")
    assert sweep.solve_missing(memory) == 1
    assert contents(tmp_path / "out") == made
    more = make(folder, vary={POWER: "10..30/3", "scenario": ["half", "shut"]})
    assert more.solve_missing(memory) == 2
    assert [one.case.number for one in more.gather(memory)] == list(range(1, 8))


@pytest.mark.heavy
def test_changed_tables_and_requests_are_other_cases(own: Path, tmp_path: Path) -> None:
    first = make(own)
    sites = own / "kanto" / "sites.csv"
    sites.write_text(sites.read_text(encoding="utf-8").replace("400", "401"), encoding="utf-8")
    assert not set(first.digests) & set(make(own).digests)
    assert not set(make(own).digests) & set(make(own, asked={"gap": 0.1}).digests)
    other = json.loads(CaseSolver(own, first.plan.asked).solve(first.cases[0].changes, first.digests[0]))
    assert other["status"] == "failed"  # in a process that reads the tables as they are now
    assert "tables are others" in other["message"]
    memory = Memory(tmp_path / "out")
    first.solve_missing(memory, only=[1])
    kept = memory.read(first.digests[0])
    assert kept is not None
    assert kept["status"] == "optimal"  # of the tables as they were read


def test_two_sweeps_do_not_share_a_folder_at_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "out")
    with memory.alone(), pytest.raises(UsageError, match="another sweep"), Memory(tmp_path / "out").alone():
        pass
    with memory.alone():
        pass


def test_folders_that_hold_something_else_are_refused(tiny: Path) -> None:
    with pytest.raises(UsageError, match="holds other files"):
        Memory(tiny)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    Memory(tmp_path / "out").cases.rmdir()
    (tmp_path / "out" / "cases").touch()
    with pytest.raises(UsageError, match="cannot write"):
        Memory(tmp_path / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path: Path) -> None:
    Memory(tmp_path / "out").cases.chmod(0o500)
    with pytest.raises(UsageError, match="may not be written"):
        Memory(tmp_path / "out")


@pytest.mark.parametrize(
    ("stated", "kind", "told"),
    [
        ({"vary": {"scenario": ["shutt"]}}, InputError, "did you mean 'shut'"),
        ({"vary": {"supply.factor": [1, -1]}}, InputError, "above zero"),
        ({"asked": {"regions": ["kantou"]}}, UsageError, "did you mean 'kanto'"),
        ({"asked": {"policy": "shared"}}, UsageError, "policy"),
        ({"asked": {"year": 2031}}, UsageError, "2031"),
    ],
)
def test_bad_names_are_found_before_anything_is_solved(
    own: Path, stated: dict[str, Any], kind: type[Exception], told: str
) -> None:
    with pytest.raises(kind, match=told):
        make(own, **stated)


@pytest.mark.heavy
def test_the_command_lists_solves_one_and_all_and_writes_both_languages(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["sweep", own, "-o", out, "--region", "kanto", "--vary", f"{POWER}=10..30", "--vary", "scenario=,half"]
    words += ["--mode", "one-at-a-time"]
    listed = run(*words, "--list", "--json")
    assert [case["case"] for case in json.loads(listed.stdout)["cases"]] == [
        "base",
        "energy.power_jpy_per_kwh=10",
        "energy.power_jpy_per_kwh=30",
        "base",
        "half",
    ]
    assert run(*words, "--case", "2").stdout == "1 of 1 solved\n"
    assert run(*words, "--list").stdout.splitlines()[1].startswith("2 x ")
    assert run(*words, "--case", "9").exit_code == 2
    told = run(*words, "-v")
    assert told.exit_code == 0, told.output
    assert "5 of 5 cases have a plan." in told.stdout
    assert "0:00 left" in told.stderr
    page = (out / "sweep.html").read_text(encoding="utf-8")
    assert "What each setting moves alone" in page
    assert "100 %" in page
    data = json.loads(run(*words, "--json", "--lang", "ja").stdout)
    assert data["solved"] == 0
    assert data["states"] == {"optimal": 5}
    page = (out / "sweep.html").read_text(encoding="utf-8")
    assert "設定を一つずつ変えたときの影響" in page
    assert "全ケースで建設" in page


@pytest.mark.heavy
def test_plans_with_many_plants_are_found_and_audited_as_solve_does(own: Path, tmp_path: Path) -> None:
    vary = {POWER: [15], "policy.hubs_per_region": [[2, 2]]}
    sweep = make(own, vary=vary, asked={"regions": []})
    rows = rows_of(answer(sweep, tmp_path / "out"))
    assert [row["status"] for row in rows] == ["optimal", "optimal"], rows[1]["message"]
    plan = hs.solve(hs.read(own, changes={POWER: 15, "policy.hubs_per_region": [2, 2]}))
    assert float(rows[1]["cost_jpy"]) == plan.cost_jpy
    assert rows[1]["hubs"] == "4.0"


@pytest.mark.heavy
def test_samples_are_shown_as_points(own: Path, tmp_path: Path) -> None:
    sweep = make(own, mode="latin", samples=3, vary={POWER: "10..30"})
    page = answer(sweep, tmp_path / "out")["sweep.html"].decode()
    assert "rank correlation with the cost +1.00" in page


@pytest.mark.parametrize(
    "words",
    [
        ["a", "b", "--vary", "x=1"],
        ["--vary", "x"],
        ["--vary", f"{POWER}=10..30", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2"],
        [],
    ],
)
def test_wrong_calls_are_refused(tmp_path: Path, words: list[str]) -> None:
    assert run("sweep", *words, "-o", tmp_path / "out").exit_code == 2
