"""Places in the plane beside published values of the multi-source Weber problem.

    python -m benchmarks.places POINTS VALUES [COUNT ...]

POINTS has a line `x y weight` for each point, VALUES a line `count value` for each published optimum. Prints the cost
found, how far it lies above the published one, and processor seconds; ends with 1 where one is over 0.1 % above.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from hubspoke.analysis.decisions.greenfield.plane import place_in_plane

MOST_ABOVE = 1e-3


def main() -> None:
    """Compare all counts, or those asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("points", type=Path)
    parser.add_argument("values", type=Path)
    parser.add_argument("counts", type=int, nargs="*")
    given = parser.parse_args()
    points = np.loadtxt(given.points)
    known = {int(count): float(value) for count, value in np.loadtxt(given.values)}
    worst = 0.0
    for count in given.counts or sorted(known):
        began = time.process_time()
        found = place_in_plane(points[:, :2], points[:, 2], count)
        above = found.cost / known[count] - 1
        worst = max(worst, above)
        print(f"{count:4} {found.cost:16,.4f} {100 * above:9.5f} % {time.process_time() - began:7.1f} s", flush=True)
    sys.exit(1 if worst > MOST_ABOVE else 0)


if __name__ == "__main__":
    main()
