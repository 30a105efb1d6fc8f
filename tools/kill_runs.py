"""Kill `hubspoke solve -o OUT` over an older run folder again and again, and see that a whole plan is there each time.

    python tools/kill_runs.py [DIR] [--count 100] [--seed 1]

Two plans take turns at one place. Each run is killed after an amount of processor time drawn from that of a whole run,
by SIGKILL, or every third time by SIGTERM. Then the folder must be the plan that stood there or the one that was being
written, file by file as a run that nobody killed writes it; a plan that was between two steps must come back when it is
read; and whoever writes the folder next must leave nothing else beside it.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

import hubspoke as hs

COMMAND = "import sys; from hubspoke.cli.app import main; sys.argv[0] = 'hubspoke'; main()"
PLANS = {"old": "0.05", "new": "0.08"}
"""Rates of interest, by which the two plans differ."""
TICKS = os.sysconf("SC_CLK_TCK")
CLEAN_EACH = 10
"""After so many kills a run goes on to its end."""


def start(source: Path, out: Path, rate: str) -> subprocess.Popen[bytes]:
    """Start a run of its own session.

    Parameters
    ----------
    source, out : Path
        The input, and where the plan goes.
    rate : str
        The rate of interest.

    Returns
    -------
    Popen
    """
    words = [sys.executable, "-c", COMMAND, "solve", str(source), "-o", str(out)]
    words += ["--set", f"finance.discount_rate_per_yr={rate}"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=out.parent)  # noqa: S603 - ours


def finish(source: Path, out: Path, rate: str) -> float:
    """Run to the end, and return the seconds of processor time."""
    process = start(source, out, rate)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a run that nobody killed ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def kill_after(process: subprocess.Popen[bytes], seconds: float, how: signal.Signals) -> bool:
    """Kill a process once it has used so much processor time, and return whether it was still there."""
    stat = Path(f"/proc/{process.pid}/stat")
    while process.poll() is None:
        fields = stat.read_text().rpartition(")")[2].split()
        if (int(fields[11]) + int(fields[12])) / TICKS >= seconds:
            process.send_signal(how)
            return process.wait() != 0
        time.sleep(0.002)
    return False


def digest(folder: Path) -> str:
    """Return a digest of all files of a run folder but `run.json`, which holds times; empty without the folder."""
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def main() -> None:
    """Kill, look, and print the counts."""
    words = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("folder", nargs="?", default="examples/shikoku_planner")
    words.add_argument("--count", type=int, default=100)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    source, dice = Path(asked.folder).resolve(), random.Random(asked.seed)  # noqa: S311 - for chance
    with tempfile.TemporaryDirectory() as home:
        out, known = Path(home) / "plan", {}
        for name in ("new", "old"):
            longest = finish(source, out, PLANS[name])
            known[digest(out)] = name
        held, counts = "old", Counter[str]()
        for number in range(asked.count):
            other = "new" if held == "old" else "old"
            how = signal.SIGTERM if number % 3 == 2 else signal.SIGKILL
            at = dice.random() * longest
            killed = kill_after(start(source, out, PLANS[other]), at, how)
            counts[f"{how.name}, {'killed' if killed else 'at its end before'}"] += 1
            counts["left something beside, for the next run to sweep"] += len(list(Path(home).iterdir())) > 1
            counts["between two steps"] += not out.exists()
            hs.load(out)  # puts back what was between two steps
            found = known.get(digest(out), "NEITHER")
            counts[f"the {'plan before' if found == held else 'plan after' if found == other else found}"] += 1
            held = found if found in PLANS else held
            if number % CLEAN_EACH == CLEAN_EACH - 1:
                finish(source, out, PLANS[held])
                counts["left behind by a run to its end"] += len(list(Path(home).iterdir())) - 1
    sys.stdout.write("\n".join(f"{count:4d} {name}" for name, count in sorted(counts.items())) + "\n")
    raise SystemExit(bool(counts["the NEITHER"] or counts["left behind by a run to its end"]))


if __name__ == "__main__":
    main()
