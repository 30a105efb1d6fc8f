"""What is to be done about a plant, in a phrase: keep, enlarge or build it, at what size, for how much, by when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.analysis.study.findings.evidence import decide_by
from hubspoke.analysis.study.findings.sentence import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.analysis.study.findings.evidence import Evidence
    from hubspoke.analysis.study.findings.say import Speaker


def list_deeds(known: Sequence[Evidence], speaker: Speaker, words: Mapping[str, str]) -> str:
    """Return what is to be done about plants, in one line.

    Parameters
    ----------
    known : sequence of Evidence
    speaker : Speaker
    words : mapping of str to str
        Those of the page.
    """
    return words["deed_between"].join(tell_deed(one, speaker, words) for one in known)


def tell_deed(one: Evidence, speaker: Speaker, words: Mapping[str, str]) -> str:
    """Return what is to be done about a plant; without a plan over the years, its size in the plan of one year.

    Parameters
    ----------
    one : Evidence
    speaker : Speaker
    words : mapping of str to str
        Those of the page.
    """
    plant, years = one.plant, one.years
    unit = f"t_per_yr:{plant['kind']}"
    figures = {"plant": Figure(plant["id"], "plant")}
    stands = float(plant["stands_t"])
    if years:
        figures["year"] = Figure(years["opens"], "year")
        figures["invested"] = Figure(years["first_invested_jpy"], "jpy")
        size = float(years["first_size_t"])
        if not years["stood"]:
            figures["decide"] = Figure(decide_by(years), "year")
            if one.wait is not None:
                figures["latest"] = Figure(math.floor(one.wait["year"] - years["lead_time_yr"]), "year")
            key = "deed_wait" if one.wait is not None else "deed_build"
        elif years["first_invested_jpy"] < 1:
            key, size = "deed_keep", stands or size
        else:
            key = "deed_enlarge"
    else:
        size = float(plant.get("size_t", 0.0))
        key = "deed_keep" if 0 < size <= stands * 1.001 else "deed_size"
        size = stands if key == "deed_keep" else size
    figures["size"] = Figure(size, unit)
    return words[key].format(**{name: speaker.say_figure(figure) for name, figure in figures.items()})
