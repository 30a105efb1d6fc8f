"""What planning for all scenarios, and knowing, are worth in problems of two stages with continuous capacities.

    python -m benchmarks.two_stage                     the farmer of Birge and Louveaux
    python -m benchmarks.two_stage FOLDER              and LandS, from FOLDER/LandS.cor, .sto and .tim

Plants of this package come in sizes, so that a capacity which may be any number is no plant of its cases. These
problems are stated as linear programs here, and solved by HiGHS through PuLP; RP, EV, EEV and WS then make VSS and EVPI
by the functions that robust plans use. Prints every number beside its answer; ends with 1 where one is off.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.cases.scenarios.information import worth_of_knowing, worth_of_planning
from hubspoke.engine.milp.rows import require, sum_terms
from hubspoke.engine.milp.solver import run_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.milp.solver import Outcome

FARMER = {"RP": -108_390.0, "WS": -115_405.56, "EEV": -107_240.0, "EVPI": 7_015.56, "VSS": 1_150.0}
"""Birge and Louveaux, Introduction to Stochastic Programming, section 1.1, rounded as printed."""
LANDS = {
    "RP": 397.751333,
    "EV": 394.666667,
    "EEV": 399.592667,
    "WS": 394.966667,
    "VSS": 1.841333,
    "EVPI": 2.784667,
}
"""Of the file with 27 scenarios, by its deterministic equivalent to the end."""
CLOSE = 2e-5
"""Relative distance up to which answers agree, which are rounded to so many digits."""
SIGNS = {"G": ">=", "L": "<=", "E": "=="}


@dataclass(frozen=True, eq=False)
class TwoStage:
    """A linear program of two stages: n and m columns and rows of the first, k and l of the second, T scenarios.

    Attributes
    ----------
    cost : float array, shape (n,)
    matrix, right : float arrays, shape (m, n), (m,)
    senses : tuple of str, length m
    later_cost : float array, shape (k,)
    later_matrix : float array, shape (l, k)
    technology : float array, shape (T, l, n)
        What the first stage adds to the rows of the second.
    later_right : float array, shape (T, l)
    later_senses : tuple of str, length l
    most : float array, shape (k,)
        Upper limits of the second stage.
    share : float array, shape (T,)
        Probabilities.
    """

    cost: Floats
    matrix: Floats
    right: Floats
    senses: tuple[str, ...]
    later_cost: Floats
    later_matrix: Floats
    technology: Floats
    later_right: Floats
    later_senses: tuple[str, ...]
    most: Floats
    share: Floats

    def take(self, case: int) -> TwoStage:
        """Return one scenario alone."""
        one = slice(case, case + 1)
        return replace(self, technology=self.technology[one], later_right=self.later_right[one], share=np.ones(1))

    def mean(self) -> TwoStage:
        """Return the mean scenario alone."""
        technology, right = (np.tensordot(self.share, part, 1) for part in (self.technology, self.later_right))
        return replace(self, technology=technology[None], later_right=right[None], share=np.ones(1))

    def solve(self, first: Floats | None = None) -> tuple[Outcome, Floats]:
        """Solve it, with the first stage given or free; return the answer and the first stage."""
        model = pulp.LpProblem("two_stage", pulp.LpMinimize)
        low, high = np.zeros(len(self.cost)), np.full(len(self.cost), np.inf)
        here = _add(model, "now", *((low, high) if first is None else (first, first)))
        total = list(zip(here, self.cost.tolist(), strict=True))
        _add_rows(model, self.matrix, here, self.senses, self.right, "now")
        for case, share in enumerate(self.share.tolist()):
            later = _add(model, f"later_{case}", np.zeros(len(self.most)), self.most)
            rows = np.hstack([self.technology[case], self.later_matrix])
            _add_rows(model, rows, [*here, *later], self.later_senses, self.later_right[case], f"later_{case}")
            total += [(y, share * q) for y, q in zip(later, self.later_cost.tolist(), strict=True)]
        model.setObjective(sum_terms(total))
        outcome = run_model(model)
        return outcome, np.array([x.varValue for x in here], float)


def _add(model: pulp.LpProblem, name: str, low: Floats, high: Floats) -> list[pulp.LpVariable]:
    limits = zip(low.tolist(), high.tolist(), strict=True)
    return [model.add_variable(f"{name}_{i}", a, b if np.isfinite(b) else None) for i, (a, b) in enumerate(limits)]


def _add_rows(  # noqa: PLR0917 - a block of rows has these parts
    model: pulp.LpProblem,
    matrix: Floats,
    columns: list[pulp.LpVariable],
    senses: tuple[str, ...],
    right: Floats,
    name: str,
) -> None:
    for i, (row, sense, limit) in enumerate(zip(matrix.tolist(), senses, right.tolist(), strict=True)):
        terms = [(column, value) for column, value in zip(columns, row, strict=True) if value]
        require(model, terms, sense, limit, f"row_{name}_{i}")


def weigh(problem: TwoStage) -> dict[str, float]:
    """Return RP, EV, EEV, WS, VSS and EVPI of a problem."""
    together, _ = problem.solve()
    mean, first = problem.mean().solve()
    at_mean, _ = problem.solve(first)
    alone = [problem.take(case).solve()[0] for case in range(len(problem.share))]
    return {
        "RP": together.objective,
        "EV": mean.objective,
        "EEV": at_mean.objective,
        "WS": float(problem.share @ np.array([one.objective for one in alone])),
        "VSS": worth_of_planning(together, at_mean).value,
        "EVPI": worth_of_knowing(together, alone, problem.share).value,
    }


def state_farmer() -> TwoStage:
    """Return the farmer: acres of wheat, corn and beets before it is known whether yields are a fifth up or down."""
    yields = np.array([2.5, 3.0, 20.0])
    technology = np.zeros((3, 3, 3))
    for case, factor in enumerate((0.8, 1.0, 1.2)):
        technology[case] = np.diag(factor * yields)
    # tonnes bought of wheat and corn, sold of wheat and corn, sold of beets within the quota and beyond it
    later = np.array([[1.0, 0, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0], [0, 0, 0, 0, -1, -1]])
    return TwoStage(
        cost=np.array([150.0, 230.0, 260.0]),
        matrix=np.ones((1, 3)),
        right=np.array([500.0]),
        senses=("<=",),
        later_cost=np.array([238.0, 210.0, -170.0, -150.0, -36.0, -10.0]),
        later_matrix=later,
        technology=technology,
        later_right=np.tile([200.0, 240.0, 0.0], (3, 1)),
        later_senses=(">=",) * 3,
        most=np.array([np.inf, np.inf, np.inf, np.inf, 6000.0, np.inf]),
        share=np.full(3, 1 / 3),
    )


def read_smps(stem: Path) -> TwoStage:
    """Read a problem in the SMPS form whose right sides are random, each by itself, over a few values.

    Parameters
    ----------
    stem : Path
        Of the files `.cor`, `.tim` and `.sto`, without ranges and bounds.
    """
    senses, entries, right = _read_core(stem.with_suffix(".cor"))
    columns = list(dict.fromkeys(column for column, _ in entries))
    periods = [words for words in _words(stem.with_suffix(".tim")) if len(words) == 3]
    rows = [name for name, sense in senses.items() if sense != "N"]
    objective = next(name for name, sense in senses.items() if sense == "N")
    split, first_row = columns.index(periods[1][0]), rows.index(periods[1][1])
    whole = np.array([[entries.get((column, row), 0.0) for column in columns] for row in rows])
    cost = np.array([entries.get((column, objective), 0.0) for column in columns])
    random: dict[str, list[tuple[float, float]]] = {}
    for words in _words(stem.with_suffix(".sto")):
        if words[0] == "RHS":
            random.setdefault(words[1], []).append((float(words[2]), float(words[-1])))
    sides, share = [], []
    for drawn in product(*random.values()):
        given = {**right, **{row: value for row, (value, _) in zip(random, drawn, strict=True)}}
        sides.append([given.get(row, 0.0) for row in rows[first_row:]])
        share.append(float(np.prod([likely for _, likely in drawn])))
    kinds = tuple(SIGNS[senses[row]] for row in rows)
    return TwoStage(
        cost=cost[:split],
        matrix=whole[:first_row, :split],
        right=np.array([right.get(row, 0.0) for row in rows[:first_row]]),
        senses=kinds[:first_row],
        later_cost=cost[split:],
        later_matrix=whole[first_row:, split:],
        technology=np.tile(whole[first_row:, :split], (len(share), 1, 1)),
        later_right=np.array(sides),
        later_senses=kinds[first_row:],
        most=np.full(len(columns) - split, np.inf),
        share=np.array(share),
    )


def _read_core(file: Path) -> tuple[dict[str, str], dict[tuple[str, str], float], dict[str, float]]:
    """Read the senses of rows, the entries by column and row, and the right sides of an MPS file."""
    senses: dict[str, str] = {}
    entries: dict[tuple[str, str], float] = {}
    right: dict[str, float] = {}
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("*"):
            continue
        if not line.startswith(" "):
            section = words[0]
        elif section == "ROWS":
            senses[words[1]] = words[0]
        else:
            for row, value in zip(words[1::2], words[2::2], strict=True):
                if section == "COLUMNS":
                    entries[words[0], row] = float(value)
                elif section == "RHS":
                    right[row] = float(value)
                else:
                    raise ValueError(f"{file.name}: section {section} is not read")
    return senses, entries, right


def _words(file: Path) -> Iterator[list[str]]:
    """Yield the words of every line that is neither a head nor a remark."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith((" ", "\t")) and line.split():
            yield line.split()


def compare(name: str, problem: TwoStage, known: Mapping[str, float]) -> int:
    """Print every number beside its answer, and return how many are off."""
    wrong, found = 0, weigh(problem)
    for what, answer in known.items():
        off = not abs(found[what] - answer) <= CLOSE * abs(answer)
        wrong += off
        print(f"{name} {what:5} {found[what]:16,.6f} {answer:16,.6f} {'OFF' if off else ''}", flush=True)
    return wrong


def main() -> None:
    """Compare both problems, or the one that needs no file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", help="with LandS.cor, LandS.sto and LandS.tim")
    given = parser.parse_args()
    wrong = compare("farmer", state_farmer(), FARMER)
    if given.folder is not None:
        wrong += compare("LandS", read_smps(given.folder / "LandS"), LANDS)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
