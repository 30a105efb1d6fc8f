"""The points of a front as rows of texts, the same for a terminal and for a page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hubspoke.words.numbers import format_number, format_yen

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.words.language import Lang

MANY = 4
"""Plants of the first point that are named."""


def head_cells(found: FrontFound, words: dict[str, str]) -> tuple[str, ...]:
    """Return the head of the table of points.

    Parameters
    ----------
    found : FrontFound
    words : dict of str to str
    """
    name = found.measure.name
    return (
        words["point"],
        words["kind"],
        words["cost"],
        words[f"{name}_unit"],
        words["more"],
        words[f"{name}_step"],
        words["opens"],
        words["closes"],
    )


def row_cells(found: FrontFound, row: dict[object, object], words: dict[str, str], lang: Lang) -> tuple[str, ...]:
    """Return the cells of a point.

    Parameters
    ----------
    found : FrontFound
    row : dict
        Of the table of points.
    words : dict of str to str
    lang : {"en", "ja"}
    """
    more, step = float(str(row["more_jpy"])), float(str(row["jpy_per_unit"]))
    return (
        f"{'* ' if row['knee'] else ''}{row['point']}",
        words[f"{row['kind']}_kind"] if row["attained"] else words["touches"],
        format_yen(float(str(row["cost_jpy"])), lang, found.settings),
        show_value(found, float(str(row[found.measure.column]))),
        "" if math.isnan(more) else f"+{format_yen(more, lang, found.settings)}",
        "" if math.isnan(step) else format_number(step),
        _name_opened(found, row, words, lang),
        found.names.plants(str(row["closes"]).split(), lang),
    )


def _name_opened(found: FrontFound, row: dict[object, object], words: dict[str, str], lang: Lang) -> str:
    """Return which plants open; of the first point, where many do, how many."""
    opened = str(row["opens"]).split()
    if row["point"] == 1 and len(opened) > MANY:
        return words["many"].format(n=len(opened))
    return found.names.plants(opened, lang)


def show_value(found: FrontFound, value: float) -> str:
    """Return a value of the other measure.

    Parameters
    ----------
    found : FrontFound
    value : float
    """
    return f"{value:,.0f}" if found.measure.name == "hubs" else format_number(value)
