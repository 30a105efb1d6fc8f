"""Ledger, trace and exports at work: processor seconds, and bytes of what is written.

Run it from anywhere::

    python -m benchmarks.traces                  # Japan, and Japan with 4,000 sites
    python -m benchmarks.traces --sites 10000
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

import hubspoke as hs
from hubspoke.metals.ledger import tabulate_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.api.plan import Plan

Answer = TypeVar("Answer")
SITES = 4000


def grow(network: hs.Network, count: int) -> hs.Network:
    """Give a network with `count` sites: those there are and copies of the first, all of less weight."""
    sites = network.sites
    parts, number = [sites], 0
    while sum(map(len, parts)) < count:
        number += 1
        more = sites.head(count - sum(map(len, parts)))
        parts.append(more.assign(id=more["id"] + f"-{number}"))
    made = pd.concat(parts, ignore_index=True)
    tonnes = [name for name in map(str, made) if name.endswith("_t") and name != "stock_max_t"]
    return network.replace(sites=made.assign(**{name: made[name] * len(sites) / count for name in tonnes}))


def clock(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Return the processor seconds that something takes, the best of three, and its answer."""
    best, answer = float("inf"), work()
    for _ in range(3):
        start = time.process_time()
        answer = work()
        best = min(best, time.process_time() - start)
    return best, answer


def measure(plan: Plan) -> None:
    """Print what a plan's ledger, traces and exports take; traced is the refinery that takes most."""
    ledger_s, ledger = clock(lambda: tabulate_ledger(plan))
    by_site_s, by_site = clock(lambda: tabulate_ledger(plan, by_site=True))
    refinery = str(plan.refineries["id"].iloc[int(plan.refineries["load_t"].argmax())])
    trace_s, _ = clock(lambda: plan.trace(refinery).summary())
    print(f"{plan.assignments['site_id'].nunique():,} sites")
    print(f"  ledger                            {ledger_s:6.2f} s  {len(ledger):,} rows")
    print(f"  ledger by site                    {by_site_s:6.2f} s  {len(by_site):,} rows")
    print(f"  trace of {refinery}, in words {trace_s:6.2f} s")
    for name in (None, refinery):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "trace"
            seconds, _ = clock(lambda name=name, target=target: plan.trace(name).save(target))  # type: ignore[misc]
            files = {file.name: file.stat().st_size for file in sorted(target.iterdir())}
        told = ", ".join(f"{file} {size / 1e6:.1f}" for file, size in files.items())
        print(
            f"  exports of {name or 'the whole plan':<22} {seconds:6.2f} s  {sum(files.values()) / 1e6:.1f} MB ({told})"
        )


def main() -> None:
    """Plan Japan as it ships, and with more sites, and measure both."""
    parser = argparse.ArgumentParser("python -m benchmarks.traces", description=__doc__.partition("\n")[0])
    parser.add_argument("--sites", type=int, default=SITES, help="how many sites the second plan has")
    given = parser.parse_args()
    japan = hs.read()
    for network in (japan, grow(japan, given.sites)):
        measure(hs.solve(network, policy="shared-refinery"))


if __name__ == "__main__":
    main()
