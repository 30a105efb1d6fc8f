"""Sentences on waiting: until when building nothing new is cheap, what it rests on, and by when to decide."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.evidence import WAIT
from hubspoke.analysis.study.findings.sentence import LATER, NOW, Clause, Figure, Sentence, plants_of, share
from hubspoke.analysis.study.stated import PLAN, REGRET, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Evidence, Limits


def tell_waiting(
    strategies: Sequence[Mapping[str, Any]], known: Sequence[Evidence], limits: Limits
) -> Iterator[Sentence]:
    """Yield until when building nothing new is cheap; where it gets dear later on, both in one sentence.

    Parameters
    ----------
    strategies : sequence of mapping
        What acting otherwise costs.
    known : sequence of Evidence
    limits : Limits
    """
    for across in (False, True):
        rows = [
            {**row, "year": int(str(row["strategy"]).removeprefix(WAIT).partition(",")[0])}
            for row in strategies
            if str(row["strategy"]).startswith(WAIT) and ("," in str(row["strategy"])) == across
        ]
        yield from _tell(sorted(rows, key=lambda row: int(row["year"])), "_across" if across else "", known, limits)


def _tell(
    rows: Sequence[Mapping[str, Any]], across: str, known: Sequence[Evidence], limits: Limits
) -> Iterator[Sentence]:
    planned = [row for row in rows if row["present_jpy"] is not None]
    cheap = [row for row in planned if row["more_share"] <= limits.wait_share]
    dear = [row for row in planned if row["more_share"] > limits.wait_share]
    if cheap and dear and cheap[-1]["year"] < dear[0]["year"]:
        figures = _figures(cheap[-1]) | {f"dear_{key}": one for key, one in _figures(dear[0]).items()}
        yield Sentence(LATER, (Clause(f"wait_between{across}", REGRET, figures), *_rests(cheap[-1], known)))
    else:
        for row in cheap:
            yield Sentence(LATER, (Clause(f"wait_cheap{across}", REGRET, _figures(row)), *_rests(row, known)))
        for row in dear:
            yield Sentence(NOW, (Clause(f"wait_dear{across}", REGRET, _figures(row)),))
    for row in rows:
        if row["present_jpy"] is None:
            figures = {"year": Figure(row["year"], "year"), "why": Figure(row["why_not"], "message")}
            yield Sentence(LATER if cheap else NOW, (Clause("wait_none", REGRET, figures),))


def _figures(row: Mapping[str, Any]) -> dict[str, Figure]:
    more = Figure(row["more_jpy"], "jpy")
    return {"year": Figure(row["year"], "year"), "more": more, "share": share(row["more_share"])}


def _rests(row: Mapping[str, Any], known: Sequence[Evidence]) -> Iterator[Clause]:
    """Yield by when new plants are decided if they wait, and the standing plants that serve till then."""
    leads = [float(one.years["lead_time_yr"]) for one in known if one.years and not one.years["stood"]]
    if leads:
        told = {"decide": Figure(math.floor(row["year"] - max(leads)), "year"), "lead": Figure(max(leads), "years")}
        yield Clause("wait_decide", YEARS, told)
    if stands := [one.plant["id"] for one in known if one.plant["stands_t"] > 0]:
        yield Clause("wait_rests", PLAN, {"plants": plants_of(stands)})
