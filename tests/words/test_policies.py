"""Policies are called by their Japanese names in Japanese sentences, and by what commands take in English ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from hubspoke.analysis.explanation.plan import explain_plan
from hubspoke.metals.text import metals_answer
from hubspoke.money.text import market_answer
from hubspoke.settings.policy import PolicyName
from hubspoke.words.policies import say_policy

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan


@pytest.mark.parametrize("name", get_args(PolicyName))
def test_every_policy_has_a_name(name: str) -> None:
    assert say_policy(name, "en") == name
    assert f"（{name}）" in say_policy(name, "ja")
    assert say_policy("mine", "ja") == "mine"


@pytest.mark.heavy
def test_lines_in_japanese_use_it(tiny_plan: Plan) -> None:
    name = say_policy(tiny_plan.policy, "ja")
    lines = [tiny_plan.summary("ja"), explain_plan(tiny_plan).summary("ja")]
    lines += [market_answer(tiny_plan, lang="ja")[0], metals_answer(tiny_plan, lang="ja")[0]]
    for told in lines:
        assert name in told.splitlines()[0]
