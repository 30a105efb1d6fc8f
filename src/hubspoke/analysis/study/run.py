"""Run the analyses of a study one after the other; one that fails is told, and the others stand."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hubspoke.analysis.study.memory import StudyMemory, digest_part
from hubspoke.analysis.study.parts.listing import PARTS
from hubspoke.analysis.study.stated import PLAN
from hubspoke.analysis.study.work import Work
from hubspoke.base.alone import alone_in
from hubspoke.base.errors import HubspokeError

if TYPE_CHECKING:
    from hubspoke.analysis.study.parts.part import Facts, Part
    from hubspoke.analysis.study.study import Study
    from hubspoke.words.language import Lang

NEEDS_PLAN = "needs-plan"
"""Why an analysis of the plan fails where there is none."""

Progress = Callable[[str, int, int], object]
"""Takes the name of an analysis that begins, how many ended, and how many there are."""


@dataclass(frozen=True)
class Failure:
    """Why an analysis has no figures.

    Attributes
    ----------
    message : str
        In English, as errors are raised; `NEEDS_PLAN` where the plan of the study failed before.
    exit_code : int
    """

    message: str
    exit_code: int


@dataclass(frozen=True, eq=False)
class StudyDone:
    """What the analyses of a study came to.

    Attributes
    ----------
    study : Study
    facts : dict of str to dict
        Figures by analysis, of those that ended.
    failures : dict of str to Failure
    waiting : tuple of str
        Those that did not begin yet.
    """

    study: Study
    facts: dict[str, Facts] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """That of the first analysis that failed; 0 where none did."""
        return next((one.exit_code for one in self.failures.values()), 0)


def run_study(
    study: Study,
    memory: StudyMemory,
    *,
    lang: Lang = "en",
    progress: Progress | None = None,
    after_each: Callable[[StudyDone], object] | None = None,
) -> StudyDone:
    """Run the analyses that the folder does not remember.

    Parameters
    ----------
    study : Study
    memory : StudyMemory
    lang : {"en", "ja"}
        Of the pages that the analyses write.
    progress : callable, optional
        Called before each analysis.
    after_each : callable, optional
        Called with what is there after each analysis that ran, so that what a program that is killed leaves behind can
        be read.

    Returns
    -------
    StudyDone

    Raises
    ------
    UsageError
        Another study is at work in the folder.
    """
    facts: dict[str, Facts] = {}
    failures: dict[str, Failure] = {}
    work = Work(study, memory.parts, lang)
    with alone_in(memory.folder, kind="study"):
        for at, name in enumerate(study.analyses):
            if progress is not None:
                progress(name, at, len(study.analyses))
            part = PARTS[name]
            digest = digest_part(study, part)
            kept = memory.recall(name, digest)
            if kept is not None:
                facts[name] = kept
                continue
            if part.needs_plan and PLAN in failures:
                failures[name] = Failure(NEEDS_PLAN, failures[PLAN].exit_code)
                continue
            _run_part(part, digest, work, memory, facts, failures)
            if after_each is not None:
                after_each(StudyDone(study, dict(facts), dict(failures), study.analyses[at + 1 :]))
    return StudyDone(study, facts, failures)


def _run_part(  # noqa: PLR0917 - what a study is made of
    part: Part,
    digest: str,
    work: Work,
    memory: StudyMemory,
    facts: dict[str, Facts],
    failures: dict[str, Failure],
) -> None:
    """Run an analysis, and put its figures, or why there are none, among those of the others."""
    began = time.perf_counter()
    memory.forget(part)
    try:
        facts[part.name] = memory.keep(part.name, digest, part.run(work, memory.parts / part.name), began)
    except HubspokeError as error:
        failures[part.name] = Failure(str(error), error.exit_code)
    except Exception as error:
        logging.getLogger("hubspoke").debug("analysis %s", part.name, exc_info=True)
        told = f"{type(error).__name__}: {error}"
        failures[part.name] = Failure(told, HubspokeError.exit_code)
