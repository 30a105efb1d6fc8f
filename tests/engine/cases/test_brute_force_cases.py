"""Plans of all cases are the cheapest there are, by trying everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from brute_force_cases import agree_with_brute_force_cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.optimize_cases import optimize_cases
from small_cases import small_cases
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases


@given(cases=small_cases(tied=False))
@settings(max_examples=examples(12), deadline=None)
def test_full_model_is_exact(cases: Cases) -> None:
    agree_with_brute_force_cases(cases, solve_whole(cases))


@given(cases=small_cases(tied=True))
@settings(max_examples=examples(6), deadline=None)
def test_full_model_is_exact_where_sites_are_tied(cases: Cases) -> None:
    agree_with_brute_force_cases(cases, solve_whole(cases))


@given(cases=small_cases())
@settings(max_examples=examples(12), deadline=None)
def test_the_door_gives_the_optimum(cases: Cases) -> None:
    agree_with_brute_force_cases(cases, optimize_cases(cases))
