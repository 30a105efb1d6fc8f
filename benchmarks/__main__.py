"""Command line of the benchmark; see README.md."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.machine import tell_machine, write_machine
from benchmarks.methods import METHODS
from benchmarks.picture import draw
from benchmarks.registry import find_public
from benchmarks.rows import read_rows
from benchmarks.run import run_tasks
from benchmarks.sets import SETS, with_former
from benchmarks.table import find_contradictions, tell_checks, tell_families, tell_runs

HOME = Path(__file__).parent
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
EXAMPLES = """examples:
  python -m benchmarks run quick                              a minute, to see that everything works
  python -m benchmarks run public --instances path/to/bench   public instances of a folder (or HUBSPOKE_BENCH)
  python -m benchmarks run official && python -m benchmarks table
  python -m benchmarks run public --former ../before          beside the engine of an earlier checkout
  python -m benchmarks run official --only japan/ --only orlib_pmed/
  python -m benchmarks run japan --limit 5 --results trial.csv
  python -m benchmarks list official
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 1 where a bound contradicts a proven optimum."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__, epilog=EXAMPLES)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("action", choices=["run", "list", "table"], help="run a set, list its tasks, or tell results")
    parser.add_argument("set", nargs="?", default="quick", choices=list(SETS), help="which tasks (default: quick)")
    parser.add_argument("--instances", type=Path, default=os.environ.get("HUBSPOKE_BENCH"), help="public instances")
    parser.add_argument("--results", type=Path, default=HOME / "results" / "results.csv", help="rows are added here")
    parser.add_argument("--method", action="append", choices=list(METHODS), help="only this one; repeatable")
    parser.add_argument("--only", action="append", help="only instances whose name begins so; repeatable")
    parser.add_argument("--limit", type=float, help="seconds for each run, where less than the set's own")
    parser.add_argument("--former", type=Path, help="checkout of an earlier version, whose engine runs beside")
    given = parser.parse_args(arguments)
    folder = Path(given.instances) if given.instances else None
    if given.action == "table":
        return _tell(given.results)
    if folder is None and given.set in {"public", "official", "quick"}:
        sys.stderr.write("no folder of public instances: give --instances or HUBSPOKE_BENCH; doing without\n")
    elif folder is not None and not find_public(folder):
        parser.error(f"{folder} holds no public instances; benchmarks/registry.py names its sub-folders")
    asked = SETS[given.set](folder) if given.former is None else with_former(SETS[given.set](folder))
    if given.former is not None and not (given.former / "benchmarks" / "worker.py").is_file():
        parser.error(f"{given.former} is no checkout: it has no benchmarks/worker.py")
    tasks = [
        task
        for task in asked
        if (not given.method or task.method in given.method)
        and (not given.only or task.instance.startswith(tuple(given.only)))
    ]
    if given.limit is not None:
        tasks = [replace(task, time_limit_s=min(task.time_limit_s, given.limit)) for task in tasks]
    if given.action == "list":
        for task in tasks:
            print(f"{task.instance:<36} {task.method:<14} gap {task.gap:<8g} {task.time_limit_s:g} s")
        print(f"{len(tasks)} runs, at most {sum(task.time_limit_s for task in tasks) / 60:.0f} minutes of limits")
        return 0
    write_machine(given.results.with_name("machine.json"))
    for row in run_tasks(tasks, given.results, folder, given.former):
        gap = "-" if row.gap is None else f"{100 * row.gap:.4f} %"
        print(f"{row.instance:<36} {row.method:<14} {row.status:<10} {gap:>11} {row.seconds or 0.0:8.2f} s", flush=True)
    return 0


def _tell(results: Path) -> int:
    """Write all runs and the picture beside the results, the summary into the README; that of a trial beside them."""
    rows = read_rows(results)
    results.with_name("runs.md").write_text(f"# All runs\n\n{tell_runs(rows)}\n", encoding="utf-8")
    draw(rows, results.with_name("results.svg"))
    named = [row for row in rows if row.instance.partition("/")[0] in {"japan", "generated"}]
    parts = [tell_machine(results.with_name("machine.json")), tell_checks(rows), tell_families(rows), tell_runs(named)]
    summary = "\n\n".join(parts)
    readme = HOME / "README.md" if results.parent == HOME / "results" else results.with_name("summary.md")
    if not readme.exists():
        readme.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    readme.write_text(f"{before}{BEGIN}\n\n{summary}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    wrong = find_contradictions(rows)
    print(tell_checks(rows))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
