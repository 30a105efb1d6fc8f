"""The benchmark: instances are found and loaded by name, rows survive, runs are resumed, contradictions are told."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks import table
from benchmarks.__main__ import main
from benchmarks.machine import tell_machine, write_machine
from benchmarks.methods import ENGINE, FORMER, METHODS
from benchmarks.picture import draw
from benchmarks.registry import Best, find_public, load, read_best
from benchmarks.rows import Row, Task, append_row, read_rows
from benchmarks.run import run_task, run_tasks
from benchmarks.sets import SETS, with_former
from benchmarks.verify import find_faults

from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.instances.generate import generate_problem

if TYPE_CHECKING:
    from pathlib import Path

ONE_CUSTOMER = "1 1  9 7  4 3"
"""One facility for 9 t at 7, one customer of 4 t at 3."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for family, files in {"orlib_cap": ["cap10.txt", "cap9.txt"], "sscflp_holmberg": ["p1"]}.items():
        (tmp_path / "bench" / family).mkdir(parents=True)
        for file in files:
            (tmp_path / "bench" / family / file).write_text(ONE_CUSTOMER)
    (tmp_path / "bench" / "orlib_cap" / "capa.txt").write_text("1 1  capacity 7  4 3")
    (tmp_path / "bench" / "best_known.csv").write_text(
        "family,instance,best_known,proven_optimal,source\n"
        "orlib_cap,cap9,10,true,by hand\norlib_cap_singlesource,cap10,infeasible,true,not true\n"
    )
    return tmp_path / "bench"


def test_public_instances_are_named_in_natural_order(folder: Path) -> None:
    """One family may read another's files; one with four capacities has four names, or one where they are left out."""
    names = find_public(folder)
    assert names[:6] == [
        "orlib_cap/cap9",
        "orlib_cap/cap10",
        *(f"orlib_cap/capa_{c}" for c in (8000, 10000, 12000, 14000)),
    ]
    assert "orlib_uncap/capa" in names
    assert names[-1] == "sscflp_holmberg/p1"
    assert find_public(None) == []


def test_what_is_known_of_instances_is_read(folder: Path) -> None:
    assert read_best(folder) == {
        "orlib_cap/cap9": Best(10.0, proven=True),
        "orlib_cap_singlesource/cap10": Best(math.inf, proven=True),
    }


def test_instances_load_by_name(folder: Path) -> None:
    """Public ones in the form of their family, invented ones by their size."""
    assert load("orlib_cap/capa_12000", folder).hubs.capacity[0, 0] == 12000
    assert load("orlib_uncap/capa", folder).n_hubs == 1
    assert not load("orlib_cap/cap9", folder).single_sourcing
    assert load("orlib_cap_singlesource/cap9", folder).single_sourcing
    assert load("generated/7x3x2", None).collection_cost.shape == (7, 3)
    for name in ("generated/7x3", "orlib_cap/cap1", "japan/closed", "nothing"):
        with pytest.raises(KeyError):
            load(name, folder)


@pytest.mark.parametrize("name", list(SETS))
def test_every_set_names_instances_and_methods_that_exist(folder: Path, name: str) -> None:
    tasks = SETS[name](folder)
    known = {*find_public(folder), "japan/regional", "japan/shared-refinery", "japan/open"}
    assert tasks
    assert all(task.method in METHODS and (task.instance in known or "generated/" in task.instance) for task in tasks)
    assert len(set(tasks)) == len(tasks)


def test_instances_are_chosen_by_how_their_names_begin(capsys: pytest.CaptureFixture[str]) -> None:
    main(["list", "japan", "--only", "japan/open", "--method", ENGINE])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[:-1]] == ["japan/open"]


def test_an_earlier_checkout_runs_what_the_engine_runs(folder: Path) -> None:
    """Beside it, on all but Japan."""
    tasks = SETS["official"](folder)
    added = [task for task in with_former(tasks) if task not in tasks]
    assert added
    assert {task.method for task in added} == {FORMER}
    ours = {task.instance for task in tasks if task.method == ENGINE}
    assert {task.instance for task in added} == {name for name in ours if not name.startswith("japan/")}


@pytest.mark.heavy
def test_an_earlier_checkout_runs_with_its_own_files(folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "former"
    (there / "benchmarks").mkdir(parents=True)
    (there / "src").mkdir()
    (there / "benchmarks" / "worker.py").write_text(
        "import json, sys\n"
        "print(json.dumps({'status': 'optimal', 'objective': 7.0 if 'former' in sys.path[1] else 0.0,"
        " 'bound': float(sys.argv[2] == 'hubspoke')}))\n"
    )
    told = run_task(Task("orlib_cap/cap9", FORMER, 1e-6, 1.0), folder, there)
    assert (told["status"], told["objective"], told["bound"]) == ("optimal", 7.0, 1.0)


def test_the_official_set_leaves_time_for_public_instances() -> None:
    """Half an hour in all: 22 minutes of limits at most for what needs no folder."""
    assert sum(task.time_limit_s for task in SETS["official"](None)) <= 22 * 60


def test_rows_survive_a_file(tmp_path: Path) -> None:
    rows = [
        Row("a/1", ENGINE, 1e-6, 5.0, "optimal", 10.5, 10.4, 0.25, 80.0, 10.5, True, 3, 2, 0, 6),
        Row("a/2", "cbc-plain", 1e-6, 5.0, "killed", seconds=9.0, best_known=math.inf),
    ]
    for row in rows:
        append_row(tmp_path / "new" / "results.csv", row)
    assert read_rows(tmp_path / "new" / "results.csv") == rows
    assert read_rows(tmp_path / "none.csv") == []


@pytest.mark.heavy
def test_a_run_has_its_own_process_and_is_not_repeated(folder: Path, tmp_path: Path) -> None:
    """The row holds objective, bound, memory and the published optimum; a second call has nothing to do."""
    tasks = [Task("orlib_cap/cap9", "highs-plain", 1e-6, 20.0)]
    (row,) = run_tasks(tasks, tmp_path / "results.csv", folder)
    assert (row.status, row.lanes, row.best_known) == ("optimal", 1, 10.0)
    assert row.objective == pytest.approx(10.0)
    assert row.bound == pytest.approx(10.0)
    assert row.memory_mb is not None
    assert row.memory_mb > 20
    assert list(run_tasks(tasks, tmp_path / "results.csv", folder)) == []


@pytest.mark.heavy
def test_a_run_without_an_answer_is_a_row_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_task(Task("orlib_cap/absent", "highs-plain", 1e-6, 1.0), folder)["status"] == "failed"
    assert "KeyError" in capsys.readouterr().err


def test_wrong_plans_are_found_out() -> None:
    problem = generate_problem(20, 4, 2)
    plan = optimize(problem, gap=1e-3)
    assert find_faults(problem, plan) == []
    assert find_faults(problem, replace(plan, objective=plan.objective * 1.01)) == ["cost"]
    assert "service" in find_faults(problem, replace(plan, share=plan.share / 2))
    assert "black mass" in find_faults(problem, replace(plan, flow=plan.flow / 2))
    assert "hub room" in find_faults(problem, replace(plan, hub_size=np.full(4, -1)))


def test_contradictions_to_proven_optima_are_told() -> None:
    """A bound above, a plan below; neither where the published value is not proven."""
    row = Row("f/1", ENGINE, 1e-6, 5.0, "optimal", 100.0, 100.0, 1.0, best_known=100.0, best_is_proven=True)
    high, low = replace(row, bound=101.0), replace(row, objective=99.0, bound=99.0)
    assert table.find_contradictions([row]) == []
    assert ["bound" in line for line in table.find_contradictions([high, low])] == [True, False]
    assert table.find_contradictions([replace(high, best_is_proven=False)]) == []
    assert "no bound lies above" in table.tell_checks([row])
    assert "CONTRADICTIONS" in table.tell_checks([high])


def test_ratios_are_geometric_means_against_the_engine() -> None:
    rows = [
        Row("f/1", ENGINE, 1e-6, 5.0, "optimal", 10.0, 10.0, 1.0),
        Row("f/1", "highs-plain", 1e-6, 5.0, "feasible", 11.0, 9.0, 2.0),
        Row("f/2", ENGINE, 1e-6, 5.0, "optimal", 10.0, 10.0, 1.0),
        Row("f/2", "highs-plain", 1e-6, 5.0, "feasible", 11.0, 9.0, 8.0),
    ]
    line = table.tell_families(rows).splitlines()[-1]
    assert [word.strip() for word in line.split("|")[2:9]] == ["highs-plain", "2", "0", "-", "18.1818", "4", "4"]
    assert table.geometric_mean([]) is None


def test_an_empty_instance_is_answered_by_its_emptiness() -> None:
    row = Row("f/1", ENGINE, 1e-6, 5.0, "infeasible", best_known=math.inf, best_is_proven=True)
    assert table.is_at_best(row)
    assert not table.is_at_best(replace(row, status="unknown"))
    assert table.find_contradictions([row]) == []


@pytest.mark.heavy
def test_the_picture_is_the_same_for_the_same_rows(tmp_path: Path) -> None:
    rows = [Row("generated/9x3x1", ENGINE, 1e-6, 5.0, "optimal", 10.0, 10.0, 1.0, sites=9)]
    draw(rows, tmp_path / "one.svg")
    draw(rows, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_the_command_line_lists_and_refuses(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["list", "public", "--instances", str(folder), "--method", ENGINE, "--limit", "3"]) == 0
    shown = capsys.readouterr().out
    assert "orlib_cap/cap9" in shown
    assert "highs" not in shown
    assert "3 s" in shown
    with pytest.raises(SystemExit):
        main(["list", "public", "--instances", str(tmp_path)])


def test_results_name_the_parameters_of_the_engine(tmp_path: Path) -> None:
    write_machine(tmp_path / "machine.json")
    told = json.loads((tmp_path / "machine.json").read_text(encoding="utf-8"))
    assert told["parameters"] == json.loads(json.dumps(DEFAULTS.to_dict()))
    assert tell_machine(tmp_path / "machine.json").startswith("Measured on ")
