"""Which refinery may take which grade of black mass, by what it asks for and by the countries that grades may go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.settings.technologies import split_technologies as split_cell

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.settings.settings import Settings


def admissible_grades(refineries: pd.DataFrame, settings: Settings) -> NDArray[np.bool_]:
    """Return which grade of black mass may go to which refinery.

    Parameters
    ----------
    refineries : DataFrame
        With `grades`, those that each takes (all, where it is empty), and `country`, empty for home.
    settings : Settings
        Whose policy says which grades may go to which countries.

    Returns
    -------
    bool array, shape (R, B)
    """
    abroad = settings.policy.refine_abroad
    allowed = np.ones((len(refineries), len(settings.grades)), np.bool_)
    for row, (cell, country) in enumerate(zip(refineries["grades"], refineries["country"], strict=True)):
        named = split_cell(cell)
        for column, grade in enumerate(settings.grades):
            wanted = not named or grade in named
            allowed[row, column] = wanted and (country == "" or country in abroad.get(grade, ()))
    return allowed
