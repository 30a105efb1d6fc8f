"""What may come: the plan of each future alone, and plants that are best over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.robust.folder import describe_robust, write_robust
from hubspoke.analysis.decisions.robust.solve import solve_robust
from hubspoke.analysis.decisions.robust.words import tell_robust_parts
from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.sweep_plan import LIST, SweepPlan
from hubspoke.analysis.study.parts.kept_cases import describe_case, refuse_failures
from hubspoke.analysis.study.parts.tables import write_part_page
from hubspoke.analysis.study.stated import ROBUST
from hubspoke.planning.request import name_by_ids

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.work import Work


def run_futures(work: Work, folder: Path) -> Facts:
    """Plan each future alone, as a sweep whose cases are kept one by one.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study = work.study
    listed = tuple((one.name, dict(one.changes)) for one in study.futures)
    plan = SweepPlan(LIST, {}, listed, dict(study.changes), study.asked())
    ready, memory = prepare_sweep(study.source.folder, plan), Memory(folder)
    ready.solve_missing(memory, retry=True)
    write_answers(ready, memory, lang=work.lang)
    solved = {one.case.name: one for one in ready.gather(memory)[1:]}
    weights = {one.name: one.probability for one in study.futures}
    rows = [{**describe_case(one), "weight": weights[name]} for name, one in solved.items()]
    refuse_failures(rows)
    return {"are_weighted": study.are_weighted, "futures": rows}


def run_robust(work: Work, folder: Path) -> Facts:
    """Choose the plants that are best over all futures.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, options = work.study, work.study.options(ROBUST)
    request = name_by_ids(study.network, study.request(times=count_robust(len(study.futures))))
    found = solve_robust(
        study.futures,
        lambda one: study.source.read(study.source.settings(one.changes)),
        request,
        measure=options["measure"],
        alpha=float(options["alpha"]),
    )
    write_robust(found, folder)
    told = tell_robust_parts(found, work.lang)
    write_part_page(folder / "robust.html", "robust", told, study.settings, lang=work.lang)
    return describe_robust(found)


def count_robust(futures: int) -> int:
    """Return about how many plans a robust plan takes: each future alone, the mean one, and all together.

    Parameters
    ----------
    futures : int
    """
    return 3 * futures + 1
