"""Sentences on time: what waiting costs, and what it is worth to know what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.evidence import WAIT
from hubspoke.analysis.study.findings.sentence import (
    LATER,
    NOW,
    OPEN,
    Clause,
    Figure,
    Sentence,
    count,
    share,
    yen_per_yr,
)
from hubspoke.analysis.study.findings.waiting import tell_waiting
from hubspoke.analysis.study.stated import FUTURES, REGRET, ROBUST, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Evidence, Limits
    from hubspoke.analysis.study.parts.part import Facts
    from hubspoke.analysis.study.run import StudyDone


def tell_time(done: StudyDone, known: Sequence[Evidence], limits: Limits) -> Iterator[Sentence]:
    """Yield what is invested first, what waiting and acting otherwise cost, and what knowing is worth.

    Parameters
    ----------
    done : StudyDone
    known : sequence of Evidence
    limits : Limits
    """
    if YEARS in done.facts:
        yield from _tell_invested(done.facts[YEARS], known)
    if REGRET in done.facts:
        rows = done.facts[REGRET]["strategies"]
        yield from tell_waiting(rows, known, limits)
        for row in rows:
            if not str(row["strategy"]).startswith(WAIT):
                yield from _tell_strategy(row, limits)
    if ROBUST in done.facts:
        yield from _tell_robust(done.facts[ROBUST], done.facts.get(FUTURES), limits)


def _tell_invested(facts: Facts, known: Sequence[Evidence]) -> Iterator[Sentence]:
    first = str(facts["years"][0])
    if facts["invested_jpy"][first] <= 0:
        return
    figures = {"invested": Figure(facts["invested_jpy"][first], "jpy"), "year": Figure(facts["years"][0], "year")}
    for name in (NOW, LATER, OPEN):
        opening = [one.years for one in known if one.verdict == name and one.years]
        paid = sum(float(one["first_invested_jpy"]) for one in opening if one["opens"] == facts["years"][0])
        figures[name] = Figure(paid, "jpy")
    section = next((name for name in (NOW, LATER) if figures[name].value > 0), OPEN)
    yield Sentence(section, (Clause("invested", YEARS, figures),))


def _tell_strategy(row: Mapping[str, Any], limits: Limits) -> Iterator[Sentence]:
    """Yield what a strategy other than the plan over all years costs."""
    name = str(row["strategy"])
    if name == "together":
        return
    key = {"each year alone": "each_alone"}.get(name, "at_once")
    if row["present_jpy"] is None:
        yield Sentence(NOW, (Clause(f"{key}_none", REGRET, {"why": Figure(row["why_not"], "message")}),))
        return
    figures = {"more": Figure(row["more_jpy"], "jpy"), "share": share(row["more_share"])}
    if key == "each_alone":
        cheap = row["more_share"] <= limits.wait_share
        rule = "each_alone_cheap" if cheap else "each_alone"
        yield Sentence(LATER if cheap else NOW, (Clause(rule, REGRET, figures),))
        return
    alike = row["more_share"] <= limits.tossup_share
    yield Sentence(OPEN if alike else LATER, (Clause(f"{key}_alike" if alike else key, REGRET, figures),))


def _tell_robust(facts: Facts, futures: Facts | None, limits: Limits) -> Iterator[Sentence]:
    scenarios = [row for row in facts["scenarios"] if row["regret_jpy"] is not None]
    if scenarios:
        worst = max(scenarios, key=lambda row: float(row["regret_jpy"]))
        figures = {
            "number": count(len(facts["plants"])),
            "regret": yen_per_yr(max(worst["regret_jpy"], 0.0)),
            "share": share(max(worst["regret_jpy"], 0.0) / worst["alone_jpy"]),
            "future": Figure(worst["scenario"], "future"),
            "plants": Figure([row["id"] for row in facts["plants"]], "plants"),
        }
        cheap = figures["share"].value <= limits.tossup_share
        rule = "robust_cheap" if cheap else "robust_dear"
        chosen = [row["plants"] for row in (futures or {}).get("futures", ()) if "plants" in row]
        if not cheap and chosen and all(set(one) == set(figures["plants"].value) for one in chosen):
            rule = "robust_size"
        yield Sentence(NOW if cheap else OPEN, (Clause(rule, ROBUST, figures),), tuple(figures["plants"].value))
    known = facts["information"]["evpi_high_jpy"]
    if known is not None and facts["expected_jpy"]:
        figures = {"value": yen_per_yr(max(known, 0.0)), "share": share(max(known, 0.0) / facts["expected_jpy"])}
        cheap = figures["share"].value <= limits.wait_share
        yield Sentence(
            LATER if not cheap else NOW, (Clause("knowing_little" if cheap else "knowing", ROBUST, figures),)
        )
