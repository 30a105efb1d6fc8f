"""Covers hold for every choice with room enough, and part mixtures of sizes from them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.cuts.covers import broken_covers
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cuts.choice import Box


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[Floats, Ints, Floats, float]:
    """Draw plants with sizes, to which part these are open, and what must be held."""
    sizes = draw(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=3), min_size=1, max_size=4))
    plant = np.repeat(np.arange(len(sizes)), [len(own) for own in sizes])
    capacity = np.concatenate(sizes).astype(float)
    raw = np.array(draw(st.lists(st.floats(0, 1), min_size=len(plant), max_size=len(plant))))
    together = np.bincount(plant, raw)[plant]
    return capacity, plant, raw / np.maximum(together, 1.0), float(draw(st.integers(0, 25)))


@pytest.mark.heavy
@given(mixtures())
@settings(max_examples=150, deadline=None)
def test_every_choice_with_room_enough_keeps_all_covers(drawn: tuple[Floats, Ints, Floats, float]) -> None:
    capacity, plant, part, need = drawn
    covers = broken_covers(capacity, plant, part, need, 0.01)
    for values, low in covers:
        assert values @ part < low - 0.009
    own = [np.flatnonzero(plant == one) for one in np.unique(plant)]
    for chosen in product(*[(-1, *at.tolist()) for at in own]):
        is_open = np.zeros(len(plant))
        is_open[[at for at in chosen if at >= 0]] = 1.0
        if capacity @ is_open >= need:
            assert all(values @ is_open >= low for values, low in covers)


def test_a_mixture_of_a_small_and_a_large_size_is_parted() -> None:
    # two thirds of 15 and a third of 4 at one place, and 1 of 2 at another: 13.3 t of room for the 13 that are needed
    capacity, plant = np.array([4.0, 15.0, 2.0]), np.array([0, 0, 1])
    part = np.array([1 / 3, 2 / 3, 1.0])
    covers = broken_covers(capacity, plant, part, 13.0, 0.01)
    values, low = covers[0]
    # beyond 4 and 2 tonnes the large size alone holds the other 7
    assert values == pytest.approx([0, 1, 0])
    assert low == pytest.approx(1)


def test_whole_choices_and_nothing_to_hold_break_no_cover() -> None:
    capacity, plant = np.array([4.0, 15.0, 2.0]), np.array([0, 0, 1])
    assert not broken_covers(capacity, plant, np.array([0.0, 1.0, 0.0]), 13.0, 0.01)
    assert not broken_covers(capacity, plant, np.array([0.3, 0.3, 0.0]), 0.0, 0.01)
    assert not broken_covers(np.zeros(0), np.zeros(0, np.int64), np.zeros(0), 5.0, 0.01)


def short_by(tonnes: float) -> Cases:
    """Return two cases of hubs whose small size lacks some tonnes for all that there is."""
    sizes = [1e4 - tonnes, 1e4]
    problem = Problem.build([4e3, 6e3], [[1.0, 9.0], [2.0, 9.0]], [sizes, sizes], [[5.0, 7.0]] * 2)
    return Cases.build([problem, problem])


def test_a_plan_within_the_tolerance_of_room_never_costs_less_than_the_bound() -> None:
    within, beyond = (CutSearch(short_by(tonnes), 1e-6, Stop(), 0, DEFAULTS).solve() for tonnes in (4e-9, 1e-5))
    small, large = 2 * (5.0 + 1.0 + 2.0), 2 * (7.0 + 1.0 + 2.0)
    assert within.bound <= small * (1 + 1e-9)
    assert within.bound >= small * (1 - 1e-6)
    assert beyond.objective == pytest.approx(large)
    assert beyond.bound <= large


def test_a_choice_that_is_short_by_rounding_is_parted_from_those_that_hold_all() -> None:
    # a linear program cannot tell the two sizes apart, and would choose the smaller one again and again
    search = CutSearch(short_by(1e-5), 1e-6, Stop(), 0, DEFAULTS)
    master, hubs = search.master, search.master.size_columns(0, 0)
    small, other = hubs.start, hubs.start + 2
    value = np.zeros(master.width)
    value[small] = 1.0
    search.covers.part_short(value, [1])
    alone = {at: (1.0, 1.0) if at == small else (0.0, 0.0) for at in range(hubs.start, hubs.stop)}

    def bound(box: Box) -> float:
        relaxed = master.relax(box)
        assert relaxed is not None
        return relaxed.bound

    assert np.isfinite(bound(alone))  # of the other case nothing was said
    search.covers.part_short(value, [0])
    assert np.isposinf(bound(alone))
    assert np.isfinite(bound({**alone, other: (1.0, 1.0)}))
    assert np.isfinite(bound({**alone, small: (0.0, 0.0), small + 1: (1.0, 1.0)}))
