"""States of plants: what is built is open or idle, and an electric furnace is neither."""

from __future__ import annotations

import pandas as pd

from hubspoke.plan.states import STATES, count_built, count_idle, count_open, is_built, is_open

PLANTS = pd.DataFrame({"state": [*STATES, "idle"]}, index=[7, 3, 5, 2, 9, 4])


def test_every_state_is_one_of_the_known() -> None:
    assert STATES == ("open", "idle", "furnace", "not_chosen", "closed")


def test_open_and_idle_plants_are_built() -> None:
    assert is_built(PLANTS).to_dict() == {7: True, 3: True, 5: False, 2: False, 9: False, 4: True}
    assert is_open(PLANTS).to_dict() == {7: True, 3: False, 5: False, 2: False, 9: False, 4: False}


def test_built_plants_are_the_open_and_the_idle_ones() -> None:
    assert (count_built(PLANTS), count_open(PLANTS), count_idle(PLANTS)) == (3, 1, 2)
    assert (count_built(PLANTS[:0]), count_open(PLANTS[:0]), count_idle(PLANTS[:0])) == (0, 0, 0)
