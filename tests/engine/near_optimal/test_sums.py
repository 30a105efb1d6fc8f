"""Sums of one number of each list, by trying all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hubspoke.engine.near_optimal.sums import cheapest_sums, count_sums


def test_sums_are_counted_and_listed_like_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    lists = [np.sort(np.r_[0.0, rng.integers(0, 9, number)]).astype(float) for number in (5, 3, 7, 4)]
    every_sum = sorted(sum(one) for one in product(*lists))
    for limit in (0.0, 4.0, 11.5, 99.0):
        fitting = [one for one in every_sum if one <= limit]
        assert count_sums(lists, limit) == (len(fitting), True)
        picked, sums = cheapest_sums(lists, limit, 40)
        assert sums.tolist() == pytest.approx(fitting[:40])
        assert len({tuple(row) for row in picked.tolist()}) == len(picked)
    monkeypatch.setattr("hubspoke.engine.near_optimal.sums.EXACT_SUMS", 1)
    number, is_exact = count_sums(lists, 11.5)
    assert not is_exact
    assert (
        0.9 * len([one for one in every_sum if one <= 11.5]) <= number <= len([one for one in every_sum if one <= 11.5])
    )
