"""Sums and counts by key are those of pandas, whatever the rows hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hubspoke.base.sums import count_by_key, sum_by_key, sum_exactly

KEYS = ["b", "a", "関東", "none here"]


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_sums_and_counts_are_those_of_a_grouping(rows: int) -> None:
    random = np.random.default_rng(rows)
    numbers = {name: np.where(random.random(rows) < 0.1, np.nan, random.uniform(-1, 1, rows)) for name in ("x", "y")}
    texts = {"key": random.choice(["a", "b", "関東", "left out"], rows), "what": random.choice(["p", "q", "r"], rows)}
    table = pd.DataFrame({**{name: pd.Series(values, dtype=str) for name, values in texts.items()}, **numbers})
    groups = table.groupby("key")
    wanted = groups[["x", "y"]].sum().reindex(KEYS).fillna(0.0).to_numpy(float)
    assert sum_by_key(table, "key", ["x", "y"], KEYS) == pytest.approx(wanted, abs=1e-12)
    exactly = sum_exactly(table["key"].tolist(), [table["x"], table["y"]], KEYS)
    assert exactly == pytest.approx(wanted, abs=1e-12)
    order = random.permutation(rows)
    again = table.iloc[order]
    assert sum_exactly(again["key"].tolist(), [again["x"], again["y"]], KEYS).tolist() == exactly.tolist()
    assert count_by_key(table, "key", "what", KEYS) == groups["what"].nunique().reindex(KEYS).fillna(0).tolist()


def test_what_is_infinite_stays_so() -> None:
    table = pd.DataFrame({"key": ["a", "a", "b"], "x": [np.inf, 1.0, -np.inf]})
    assert sum_by_key(table, "key", ["x"], ["a", "b"])[:, 0].tolist() == [np.inf, -np.inf]
    assert sum_exactly(table["key"].tolist(), [table["x"]], ["a", "b"])[:, 0].tolist() == [np.inf, -np.inf]
