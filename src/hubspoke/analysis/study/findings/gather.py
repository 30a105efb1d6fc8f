"""Gather all findings of a study, in the order in which a board reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.analysis.study.findings.around import tell_fronts, tell_losses, tell_places, tell_swaps, tell_worth
from hubspoke.analysis.study.findings.change import tell_futures, tell_policies, tell_sweep
from hubspoke.analysis.study.findings.evidence import gather_evidence, read_limits
from hubspoke.analysis.study.findings.plants import tell_plants
from hubspoke.analysis.study.findings.say import Speaker
from hubspoke.analysis.study.findings.sentence import SECTIONS
from hubspoke.analysis.study.findings.time import tell_time
from hubspoke.analysis.study.stated import (
    ALTERNATIVES,
    DEEPER,
    DISRUPTION,
    FRONT,
    FUTURES,
    GREENFIELD,
    PLAN,
    POLICIES,
    SWEEP,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.study.findings.evidence import Evidence, Limits
    from hubspoke.analysis.study.findings.sentence import Sentence
    from hubspoke.analysis.study.run import StudyDone
    from hubspoke.words.language import Lang


@dataclass(frozen=True, eq=False)
class Found:
    """What a study came to.

    Attributes
    ----------
    done : StudyDone
    limits : Limits
    known : list of Evidence
        Of every candidate.
    sentences : list of Sentence
    """

    done: StudyDone
    limits: Limits
    known: list[Evidence]
    sentences: list[Sentence]

    def of(self, section: str) -> list[Sentence]:
        """Return the findings of a section."""
        return [one for one in self.sentences if one.section == section]

    def speaker(self, lang: Lang) -> Speaker:
        """Return what says them in a language."""
        plan = self.done.facts.get(PLAN, {"plants": [], "regions": {}})
        return Speaker(plan["plants"], plan["regions"], self.done.study.settings, lang)


def gather_findings(done: StudyDone) -> Found:
    """Make the findings of what was computed.

    Parameters
    ----------
    done : StudyDone
    """
    limits = read_limits(done)
    known = gather_evidence(done, limits)
    made = [*tell_plants(done, known), *tell_time(done, known, limits), *tell_changes(done, limits)]
    return Found(done, limits, known, sorted(made, key=lambda one: SECTIONS.index(one.section)))


def tell_changes(done: StudyDone, limits: Limits) -> Iterator[Sentence]:
    """Yield what would change our mind, and choices that are toss-ups; nothing where there is no plan.

    Parameters
    ----------
    done : StudyDone
    limits : Limits
    """
    facts = done.facts
    if PLAN not in facts:
        return
    plan = facts[PLAN]
    built = {one["id"] for one in plan["plants"] if one["built"]}
    tellers = (
        (FUTURES, lambda told: tell_futures(told, plan, built)),
        (SWEEP, tell_sweep),
        (DISRUPTION, lambda told: tell_losses(told, limits)),
        (DEEPER, lambda told: tell_worth(told, plan, limits)),
        (POLICIES, lambda told: tell_policies(told, plan, built, limits)),
        (FRONT, tell_fronts),
        (ALTERNATIVES, lambda told: tell_swaps(told, plan, limits)),
        (GREENFIELD, lambda told: tell_places(told, plan, limits)),
    )
    for part, tell in tellers:
        if part in facts:
            yield from tell(facts[part])
