"""Names of plans: policy and year, and never two alike."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from hubspoke.words.names import name_area, name_plans, number_alike


def test_plans_are_named_by_policy_and_year() -> None:
    plans = [SimpleNamespace(policy=policy, year=year) for policy, year in [("open", 2040), ("regional", 2035)]]
    assert name_plans(plans) == ("open 2040", "regional 2035")
    assert name_plans([*plans, plans[0]]) == ("open 2040", "regional 2035", "open 2040 (2)")


@pytest.mark.parametrize(
    ("names", "numbered"),
    [
        ([], ()),
        (["a", "b"], ("a", "b")),
        (["a", "a", "a"], ("a", "a (2)", "a (3)")),
        (["a", "a (2)", "a"], ("a", "a (2)", "a (3)")),
        (["a", "a", "a (2)"], ("a", "a (2)", "a (2) (2)")),
    ],
)
def test_names_used_before_get_a_number_that_is_free(names: list[str], numbered: tuple[str, ...]) -> None:
    assert number_alike(names) == numbered
    assert len(set(number_alike(names))) == len(names)


@pytest.mark.parametrize(
    ("count", "english", "japanese"),
    [(1, "Kansai 0", "近畿0"), (2, "Kansai 0, Kansai 1", "近畿0・近畿1"), (8, "Japan", "全国")],
)
def test_few_regions_are_named_and_many_are_the_country(count: int, english: str, japanese: str) -> None:
    at = range(count)
    regions = pd.DataFrame(
        {"region": [*map(str, at)], "name_en": [f"Kansai {i}" for i in at], "name_ja": [f"近畿{i}" for i in at]}
    )
    settings: Any = SimpleNamespace(locale=SimpleNamespace(area_en="Japan", area_ja="全国"))
    assert name_area(regions, settings, "en") == english
    assert name_area(regions, settings, "ja") == japanese
