"""What a study will run, and roughly how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.analysis.study.memory import digest_part
from hubspoke.analysis.study.parts.listing import PARTS
from hubspoke.analysis.study.stated import ANALYSES, PLAN
from hubspoke.analysis.study.words import page_words
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from hubspoke.analysis.study.memory import StudyMemory
    from hubspoke.analysis.study.study import Study
    from hubspoke.words.language import Lang

AGAIN, TO_DO, DONE, LEFT_OUT = "again", "to-do", "done", "left-out"
"""Whether an analysis is made anew, made, there already, or not asked for."""
EACH_S, LANE_S = 1.0, 5e-5
"""Seconds of a plan whatever its size, and of each of its lanes: measured on the data that ship, by one processor."""
FILES_S = 6.0
"""Seconds in which a run folder with its maps is written."""
LEAST_OF_PLAN = 0.2
"""Least share that the search has of the time in which the plan of a study is made and written."""
WRITES_RUNS = {"plan": 1, "policies": 3, "years": 4}
"""Analyses that write run folders, and about how many."""


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of an analysis.

    Attributes
    ----------
    name : str
    state : str
        `again`, `to-do`, `done` or `left-out`.
    why : str
        Why it is left out.
    plans : int
        About how many plans it makes.
    seconds : float
        Roughly how long it takes: as long as last time, where it ran, else by the number of plans and lanes.
    most_seconds : float
        What its limits of time add up to.
    """

    name: str
    state: str
    why: str = ""
    plans: int = 0
    seconds: float = 0.0
    most_seconds: float = 0.0


def look_ahead(study: Study, memory: StudyMemory | None) -> list[Outlook]:
    """Return what is to be expected of each analysis.

    Parameters
    ----------
    study : Study
    memory : StudyMemory or None
        None where there is no folder yet.
    """
    made, each = [], _seconds_of_plan(study, memory)
    for name in ANALYSES:
        if name not in study.analyses:
            made.append(Outlook(name, LEFT_OUT, study.left_out.get(name, "")))
            continue
        part = PARTS[name]
        plans = part.plans(study)
        before = None if memory is None else memory.seconds(name)
        is_there = memory is not None and memory.recall(name, digest_part(study, part)) is not None
        guess = plans * each + FILES_S * WRITES_RUNS.get(name, 0)
        state = DONE if is_there else TO_DO if before is None else AGAIN
        told = (0.0, 0.0) if is_there else (guess if before is None else before, plans * study.seconds)
        made.append(Outlook(name, state, "", plans, *told))
    return made


def _seconds_of_plan(study: Study, memory: StudyMemory | None) -> float:
    """Return roughly how long a plan takes: by the plan of the study, where there is one, else by the lanes."""
    before = None if memory is None else memory.seconds(PLAN)
    if memory is not None and before and memory.recall(PLAN, digest_part(study, PARTS[PLAN])) is not None:
        return min(max(before - FILES_S, LEAST_OF_PLAN * before), study.seconds)
    network, lanes = study.network, 0
    regions = study.regions or network.regions
    for region in regions:
        sites, hubs = (int((table["region"] == region).sum()) for table in (network.sites, network.hubs))
        lanes += sites * (len(network.hubs) if study.policy == "open" else hubs)
    return min(EACH_S + LANE_S * lanes, study.seconds)


def tell_outlook(study: Study, rows: list[Outlook], lang: Lang) -> str:
    """Return what will run, in lines for a terminal.

    Parameters
    ----------
    study : Study
    rows : list of Outlook
    lang : {"en", "ja"}
    """
    words = page_words(study.settings, lang)
    table = [tuple(words[key] for key in ("analysis", "asks", "plans", "roughly", "at_most", "state"))]
    for row in rows:
        named = (words[f"name_{row.name}"], words[f"asks_{row.name}"])
        state = words[row.why] if row.state == LEFT_OUT else words[f"state_{row.state}"]
        figures = ("", "", "")
        if row.state in (TO_DO, AGAIN):
            figures = (f"{row.plans}", _minutes(row.seconds, words), _minutes(row.most_seconds, words))
        table.append((*named, *figures, state))
    total = sum(row.seconds for row in rows)
    lines = lay_out(table, right={2, 3, 4})
    told = [*lines, "", words["in_all"].format(time=_minutes(total, words))]
    if total:
        has_plan = any(row.name == PLAN and row.state == DONE for row in rows)
        told.append(words["rests_on_plan" if has_plan else "rests_on_size"])
    return "\n".join(told)


def _minutes(seconds: float, words: dict[str, str]) -> str:
    if seconds < 60:
        return words["seconds"].format(n=f"{max(round(seconds), 1)}")
    return words["minutes"].format(n=f"{seconds / 60:.0f}")
