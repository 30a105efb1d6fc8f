"""Settings that are changed one by one, and at which of their values the plants change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.sweeps.axes import read_axes
from hubspoke.analysis.decisions.sweeps.cases import BASE, list_cases
from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.tables import as_cell
from hubspoke.analysis.study.options import plan_sweep
from hubspoke.analysis.study.parts.kept_cases import describe_case, refuse_failures

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.study import Study
    from hubspoke.analysis.study.work import Work


def run_sweep(work: Work, folder: Path) -> Facts:
    """Plan the cases of the sweep that the folder does not hold yet.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    ready = prepare_sweep(study.source.folder, plan_sweep(study.stated, study.vary, study.asked(), study.changes))
    memory = Memory(folder)
    ready.solve_missing(memory, retry=True)
    write_answers(ready, memory, lang=work.lang)
    rows = []
    for one in ready.gather(memory):
        given = {key: as_cell(value) for key, value in one.case.given.items()}
        rows.append({**describe_case(one), "given": given})
    refuse_failures(rows)
    standing = {key: as_cell(ready.standing.get(key)) for key in sorted({key for row in rows for key in row["given"]})}
    base, *others = rows
    return {"mode": ready.plan.mode, "standing": standing, "base": {**base, "name": BASE}, "cases": others}


def count_cases(study: Study) -> int:
    """Return the number of cases.

    Parameters
    ----------
    study : Study
    """
    return len(list_cases(plan_sweep(study.stated, study.vary, {}, {}), read_axes(study.vary, study.settings)))
