"""What less of another measure costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.fronts.find import find_front_of
from hubspoke.analysis.decisions.fronts.folder import describe_front, write_front
from hubspoke.analysis.decisions.fronts.memory import FrontMemory
from hubspoke.analysis.study.stated import FRONT

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.study import Study
    from hubspoke.analysis.study.work import Work

POINTS = 6
"""Points of a front where no number is stated: so many plans show where plants change."""


def run_fronts(work: Work, folder: Path) -> Facts:
    """Find the fronts of cost against each measure, each in a folder that remembers what was solved.

    Parameters
    ----------
    work : Work
    folder : Path
    """
    study, options = work.study, work.study.options(FRONT)
    fronts = []
    for name in options["against"]:
        memory = FrontMemory(folder / name)
        found = find_front_of(
            study.network,
            study.request(times=_points(study)),
            against=name,
            points=None if options["all"] else _points(study),
            every=bool(options["all"]),
            remembering=memory.remember,
        )
        write_front(found, memory.folder, lang=work.lang)
        told = describe_front(found)
        kept = ("against", "column", "method", "is_complete", "was_ended", "gap", "knee", "points")
        fronts.append({key: told[key] for key in kept})
    return {"fronts": fronts}


def _points(study: Study) -> int:
    return int(study.options(FRONT).get("points", POINTS))


def count_points(study: Study) -> int:
    """Return about how many plans the fronts take: two for each point.

    Parameters
    ----------
    study : Study
    """
    return 2 * _points(study) * len(study.options(FRONT)["against"])
