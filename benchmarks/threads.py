"""Time the engine on one and on two threads, on drawn problems that it solves to the end, in the same run.

python -m benchmarks.threads                  # each problem three times on 1 and 2 threads in turn, some minutes
python -m benchmarks.threads --threads 4 --times 1 medians
python -m benchmarks.threads --counted        # on a machine that is busy: what two cores would take

Told are the shortest times by the clock, their ratio, and whether the answers are alike to the last bit. Only figures
of a machine that does nothing else tell anything. Counted, work that is divided is done one after the other, and its
processor time says how long so many threads would have been at it, the next item going to who is free first.
"""

from __future__ import annotations

import argparse
import os
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

import hubspoke as hs
from hubspoke.base.threads import Team
from hubspoke.instances.warm_up import load_loops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Answer = hs.Solution | hs.CasesSolution
    Solve = Callable[[int], Answer]


def draw_medians(vertices: int, medians: int, seed: int) -> hs.Problem:
    """Draw a p-median problem as OR-Library's are: a connected graph of n^2/50 edges with lengths of 1 to 100."""
    random = np.random.default_rng(seed)
    ring = np.column_stack([np.arange(vertices), np.roll(np.arange(vertices), -1)])
    ends = np.concatenate([ring, random.integers(0, vertices, (vertices**2 // 50, 2))])
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    length = random.integers(1, 101, len(ends)).astype(float)
    graph = coo_array((length, (ends[:, 0], ends[:, 1])), shape=(vertices, vertices)).tocsr()
    far: NDArray[np.float64] = dijkstra(graph, directed=False)
    counts = hs.Counts.between(medians, medians, vertices)
    return hs.Problem.build(
        np.ones(vertices), far, np.full(vertices, float(vertices)), np.zeros(vertices), hub_counts=counts
    )


def draw_whole_sites(sites: int, hubs: int, room: float, seed: int) -> hs.Problem:
    """Draw whole sites in a square whose lanes cost their length: hubs with room for so many times what there is."""
    random = np.random.default_rng(seed)
    mass = random.integers(10, 51, sites).astype(float)
    capacity = random.integers(100, 301, hubs).astype(float)
    capacity = np.round(capacity * room * mass.sum() / capacity.sum())
    far = np.linalg.norm(random.integers(0, 301, (sites, 1, 2)) - random.integers(0, 301, (1, hubs, 2)), axis=2)
    fixed = np.round(random.uniform(0, 90, hubs) + random.uniform(100, 110, hubs) * np.sqrt(capacity))
    return hs.Problem.build(mass, np.round(far), capacity, fixed)


def draw_years(sites: int, hubs: int, refineries: int, years: int, seed: int) -> hs.Cases:
    """Draw a network whose tonnes grow from year to year, with plants that cost something to open."""
    base = hs.generate_problem(sites, hubs, refineries, seed=seed)
    parts = np.linspace(0.4, 1.0, years)
    problems = [base.derive(supply=base.supply * part, collection_cost=base.collection_cost * part) for part in parts]
    return hs.Cases.build(problems, weights=np.ones(years))


def draw_all() -> dict[str, Solve]:
    """Return what solves each problem on so many threads."""
    medians, sites = draw_medians(900, 10, 3), draw_whole_sites(120, 24, 2.0, 1)
    years, network = draw_years(400, 30, 6, 4, 1), hs.generate_problem(3000, 80, 12, seed=2)
    return {
        "medians": lambda threads: hs.optimize(medians, threads=threads),
        "whole-sites": lambda threads: hs.optimize(sites, gap=0.001, threads=threads),
        "years": lambda threads: hs.optimize_cases(years, gap=0.005, threads=threads),
        "cuts": lambda threads: hs.optimize(network, gap=0.0015, threads=threads),
    }


class Count:
    """Does what is divided one after the other, and counts the seconds that a team would have saved."""

    def __init__(self) -> None:
        self.saved_s: float = 0.0

    def map(self, team: Team, work: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        """Do as `Team.map` does."""
        results, busy_until = [], np.zeros(team.threads)
        for item in items:
            began, before = time.thread_time(), self.saved_s
            results.append(work(item))
            busy_until[busy_until.argmin()] += time.thread_time() - began - (self.saved_s - before)
        self.saved_s += float(busy_until.sum() - busy_until.max())
        return results


def count_seconds(solve: Solve, threads: int) -> tuple[Answer, float, float]:
    """Return an answer, and the processor seconds that it takes on one thread, and by count on several."""
    count, usual = Count(), Team.map

    def map_here(team: Team, work: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        return count.map(team, work, items)

    setattr(Team, "map", map_here)  # noqa: B010 - for this one solve
    began = time.process_time()
    try:
        answer = solve(threads)
    finally:
        setattr(Team, "map", usual)  # noqa: B010
    spent = time.process_time() - began
    return answer, spent, spent - count.saved_s


def main() -> int:
    """Print a line for each problem."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems", nargs="*", help="names; all if none")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--counted", action="store_true", help="count processor time; for a machine that is busy")
    asked = parser.parse_args()
    load_loops()
    alike = True
    for name, solve in draw_all().items():
        if asked.problems and name not in asked.problems:
            continue
        seconds: dict[int, float] = {}
        answers: list[Answer] = []
        for _ in range(asked.times):
            if asked.counted:
                answer, *both = count_seconds(solve, asked.threads)
                answers.append(answer)
                if both[0] < seconds.get(1, np.inf):
                    seconds[1], seconds[asked.threads] = both
                continue
            for threads in (1, asked.threads):
                began = time.perf_counter()
                answers.append(solve(threads))
                seconds[threads] = min(seconds.get(threads, np.inf), time.perf_counter() - began)
        same = len({(answer.objective, answer.bound) for answer in answers}) == 1
        alike &= same
        print(
            f"{name:12} 1 thread {seconds[1]:7.2f} s, {asked.threads} threads {seconds[asked.threads]:7.2f} s, "
            f"{seconds[1] / seconds[asked.threads]:.2f} times as fast, gap {100 * answers[0].gap:.4f} %, "
            f"{'alike' if same else 'NOT ALIKE'}, load {os.getloadavg()[0]:.1f} of {os.cpu_count()}",
            flush=True,
        )
    return 0 if alike else 1


if __name__ == "__main__":
    raise SystemExit(main())
