"""A process that solves cases as they are handed to it: one line in, one line out, until nobody asks any more."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TextIO

from hubspoke.analysis.decisions.sweeps.solve_case import CaseSolver
from hubspoke.base.threads import use_threads


def serve(asking: TextIO, answering: TextIO) -> None:
    """Answer every line that asks for a case, the first of which says what all have in common.

    Parameters
    ----------
    asking, answering : TextIO
        JSON, one document in each line.
    """
    common = json.loads(asking.readline())
    solver = CaseSolver(None if common["folder"] is None else Path(common["folder"]), common["asked"])
    with use_threads(common["threads"]):
        for line in asking:
            case = json.loads(line)
            answering.write(json.dumps(solver.solve(case["changes"], case["digest"])) + "\n")
            answering.flush()


def main() -> None:
    """Serve on the streams of the process; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
