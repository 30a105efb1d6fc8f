"""Sentences follow from figures by the rules that docs/study.md states, and say nothing else."""

from __future__ import annotations

import math
from dataclasses import replace
from string import Formatter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.analysis.study.deeds import tell_deed
from hubspoke.analysis.study.findings.around import tell_fronts, tell_losses, tell_places, tell_swaps, tell_worth
from hubspoke.analysis.study.findings.change import tell_futures, tell_policies, tell_sweep
from hubspoke.analysis.study.findings.change_words import CHANGES
from hubspoke.analysis.study.findings.evidence import Evidence, Limits, find_waiting, gather_evidence, judge
from hubspoke.analysis.study.findings.plants import tell_plants
from hubspoke.analysis.study.findings.say import Speaker
from hubspoke.analysis.study.findings.time import tell_time
from hubspoke.analysis.study.findings.words import SENTENCES
from hubspoke.analysis.study.stated import USUAL
from hubspoke.analysis.study.words import page_words
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from hubspoke.analysis.study.findings.sentence import Sentence

LIMITS = Limits(decide_share=0.9, wait_share=0.01, tossup_share=0.005)
NEVER = {"opens": 2030, "stood": False, "lead_time_yr": 0.0}
PLANT = {
    **dict.fromkeys(("name", "name_ja", "operator"), ""),
    **dict.fromkeys(("closing_more_low_jpy", "closing_more_jpy")),
    "id": "h",
    "kind": "hub",
    "region": "r",
    "stands_t": 0.0,
    "cost_jpy": 1e8,
    "built": True,
}


def evidence(**known: Any) -> Evidence:
    usual: dict[str, Any] = dict.fromkeys(
        (
            "future_share",
            "near",
            "without_jpy",
            "near_share",
            "policies",
            "years",
            "in_robust",
            "front_share",
            "loss",
            "break_even",
        )
    )
    return Evidence(**{"plant": PLANT, "in_plan": True, **usual, **known})


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, "untested"),
        ({"future_share": 0.9}, "now"),
        ({"future_share": 0.89}, "open"),
        ({"future_share": 1.0, "near": "all", "near_share": 1.0}, "now"),
        ({"future_share": 1.0, "near": "region"}, "now"),
        ({"near": "region"}, "now"),
        ({"future_share": 1.0, "near": "", "near_share": 0.5}, "open"),
        ({"future_share": 1.0, "years": NEVER}, "now"),
        ({"future_share": 1.0, "years": {}}, "open"),
        ({"future_share": 1.0, "years": {**NEVER, "opens": 2035}}, "later"),
        ({"future_share": 1.0, "years": {**NEVER, "opens": 2033, "lead_time_yr": 3.0}}, "now"),
        ({"future_share": 1.0, "years": {**NEVER, "opens": 2033, "lead_time_yr": 1.5}}, "later"),
        ({"future_share": 1.0, "years": NEVER, "wait": {"year": 2035}}, "later"),
        ({"in_plan": False, "future_share": 0.0, "near": "none", "near_share": 0.0}, "aside"),
        ({"in_plan": False, "future_share": 0.2, "near": "none", "near_share": 0.0}, "open"),
        ({"in_plan": False, "future_share": 0.0, "years": NEVER}, "open"),
        ({"in_plan": False}, "aside"),
        ({"in_plan": False, "elsewhere": ("sweep",)}, "reserve"),
        ({"in_plan": False, "plant": {**PLANT, "stands_t": 3.0}}, "standing"),
        ({"plant": {**PLANT, "stands_t": 3.0}, "near": "all"}, "now"),
    ],
)
def test_what_follows_for_a_plant(known: dict[str, Any], verdict: str) -> None:
    assert judge(evidence(**known), LIMITS, 2030) == verdict


def strategies(*rows: tuple[str, float | None]) -> dict[str, Any]:
    keys = ("strategy", "present_jpy", "more_jpy", "more_share", "why_not")
    return {
        "strategies": [
            dict(
                zip(keys, (name, more, more, None if more is None else more / 1e9, "why" * (more is None)), strict=True)
            )
            for name, more in rows
        ]
    }


def test_the_longest_cheap_waiting_under_the_same_rules_counts() -> None:
    rows = strategies(
        ("together", 0.0), ("wait until 2030", 5e6), ("wait until 2035", 9e6),
        ("wait until 2040", 5e7), ("wait until 2045, across borders till then", 1e6), ("wait until 2050", None),
    )  # fmt: skip
    found = find_waiting({"regret": rows}, LIMITS)
    assert found is not None
    assert found["year"] == 2035
    assert find_waiting({}, LIMITS) is None


def done(**facts: Any) -> Any:
    study = SimpleNamespace(years=(2030, 2040), settings=load_settings(), options=lambda name: USUAL[name])
    return SimpleNamespace(facts=facts, study=study)


def rules(sentences: Any) -> list[tuple[str, str]]:
    return [(one.section, one.rule) for one in sentences]


def test_waiting_and_haste_are_told_by_what_they_cost() -> None:
    told = strategies(
        ("together", 0.0), ("each year alone", 2e7), ("last year at once", 1e6), ("wait until 2035", 5e6),
        ("wait until 2040", 5e7), ("wait until 2045, across borders till then", None),
    )  # fmt: skip
    waiting, late, *others = tell_time(done(regret=told), [], LIMITS)
    assert rules([waiting, late]) == [("later", "wait_between"), ("now", "wait_none")]
    assert "until 2035 costs 5.00 million yen more over all years (0.5 %), until 2040 50.0 million yen (5 %)" in say(
        waiting
    )
    assert rules(others) == [
        ("now", "each_alone"),
        ("open", "at_once_alike"),
    ]


PLAN = {
    "policy": "regional", "cost_jpy": 1e9, "gap": 0.0, "region_costs": {"r": 1e9},
    "plants": [PLANT, {**PLANT, "id": "g", "built": False}, {**PLANT, "id": "f", "kind": "refinery"}],
}  # fmt: skip


def test_futures_with_other_plants_are_told_the_likeliest_first() -> None:
    future = {"cost_jpy": 1.1e9, "weight": 0.3}
    facts = {
        "futures": [
            {**future, "name": "as it is", "weight": 0.4, "plants": ["h", "f"]},
            {**future, "name": "b", "weight": 0.1, "plants": ["h"]},
            {**future, "name": "c", "weight": 0.2, "plants": ["g", "f"]},
            {"name": "d", "weight": 0.3, "why_not": "r: no room; add some"},
        ]
    }
    told = list(tell_futures(facts, PLAN, {"h", "f"}))
    assert rules(told) == [
        ("mind", "futures_same"), ("mind", "future_none"), ("mind", "future"), ("mind", "future_closes"),
    ]  # fmt: skip
    assert told[0].clauses[0].figures["share"].value == pytest.approx(0.4)
    assert told[2].plants == ("g", "h")
    assert say(told[1]) == "d (weight 30 %) has no plan: r: no room."


def say(sentence: Sentence, lang: Any = "en") -> str:
    return Speaker(PLAN["plants"], {"r": {"en": "R", "ja": "地域"}}, load_settings(), lang).say(sentence)  # type: ignore[arg-type]


def test_settings_are_told_where_plants_change_and_not_where_they_do_not() -> None:
    def case(key: str, value: float, cost: float, *plants: str) -> dict[str, Any]:
        return {"given": {key: value}, "cost_jpy": cost, "plants": list(plants)}

    facts = {
        "base": {"cost_jpy": 1e9, "plants": ["h"]},
        "standing": {"supply.factor": 1.0, "finance.life_yr": 12},
        "cases": [
            case("supply.factor", 0.7, 0.7e9, "h"), case("supply.factor", 1.3, 1.3e9, "h"),
            case("finance.life_yr", 10, 1.01e9, "g"), case("finance.life_yr", 15, 0.98e9, "h"),
        ],
    }  # fmt: skip
    told = list(tell_sweep(facts))
    assert rules(told) == [("mind", "setting"), ("mind", "settings_same"), ("mind", "setting_moves_most")]
    assert say(told[0]) == "At the life of plants, years = 10 (now 12), g in place of h; cost +1.0 %."
    assert say(told[1]).startswith("1 of 2 settings")
    mixed = {**facts, "cases": [{**case("a", 1, 1e9, "h"), "given": {"a": 1, "b": 2}}]}
    assert rules(tell_sweep(mixed)) == [("mind", "cases_same")]
    assert list(tell_sweep({**facts, "base": {"why_not": "x"}})) == []


def test_losses_are_told_with_tonnes_and_yen() -> None:
    row = {"kind": "hub", "displaced_t": 10.0, "more_jpy": None, "opens": "", "no_home_t": 4.0}
    facts = {
        "cost_jpy": 1e9,
        "plants": [
            {**row, "id": "h", "outcome": "infeasible"},
            {**row, "id": "f", "outcome": "infeasible", "no_home_t": None},
            {**row, "id": "g", "outcome": "plan", "more_jpy": 2e6},
            {**row, "id": "x", "outcome": "unknown"},
        ],
        "survivor": {"outcome": "plan", "cost_jpy": 1.1e9, "least_jpy": 1.0e9, "plants": [{"id": "h"}]},
    }
    assert rules(tell_losses(facts, LIMITS)) == [
        ("mind", "lost_none"), ("mind", "lost_ends"), ("mind", "lost_same"), ("mind", "survivor"),
    ]  # fmt: skip
    none = {**facts, "plants": [], "survivor": {"outcome": "infeasible"}}
    assert rules(tell_losses(none, LIMITS)) == [("mind", "no_survivor")]


def test_ties_are_called_ties_and_break_evens_are_proven() -> None:
    even = {"id": "g", "chosen_to": 0.8, "left_from": 0.8, "plans": 3}
    rule = {"rule": "x", "en": "packs stay", "ja": "域内", "jpy": -1e8}
    facts = {
        "rules": [rule, {**rule, "jpy": -1e6}, {**rule, "jpy": None}, {**rule, "jpy": 3.0}],
        "plants": [
            even, {**even, "chosen_to": 1.0, "left_from": 1.0}, {**even, "chosen_to": 0.997, "left_from": 0.997},
            {**even, "left_from": 0.9},
            {**even, "chosen_to": -0.1, "left_from": 0.0}, {**even, "left_from": None},
        ],
    }  # fmt: skip
    assert rules(tell_worth(facts, PLAN, LIMITS)) == [
        ("mind", "rule_costs"), ("open", "tie"), ("open", "near_tie"), ("mind", "break_even"),
        ("mind", "break_even_between"),
    ]  # fmt: skip


def test_no_two_plants_are_called_alike_in_a_language_unless_they_stand_on_one_ground() -> None:
    toyo = {**PLANT, "id": "a", "name": "SMM Toyo smelter and refinery", "name_ja": "住友金属鉱山 東予工場"}
    niihama = {
        **PLANT,
        "id": "b",
        "name": "SMM Toyo and Niihama LiB recycling plant",
        "name_ja": "住友金属鉱山 東予工場・ニッケル工場（LIBリサイクルプラント）",
    }
    port = {**PLANT, "name": "Sakaide Bannosu", "name_ja": "坂出"}
    plants = [toyo, niihama, {**port, "id": "c"}, {**port, "id": "d"}]
    english, japanese = (Speaker(plants, {}, load_settings(), lang) for lang in ("en", "ja"))
    assert english.list_plants(["b", "c", "d"]) == "Toyo and Niihama (b), Sakaide Bannosu (c), Sakaide Bannosu (d)"
    assert (
        japanese.list_plants(["a", "b", "c"])
        == "住友金属鉱山 東予工場 (a)、住友金属鉱山 東予工場・ニッケル工場 (b)、坂出 (c)"
    )


def test_a_break_even_is_rounded_towards_what_is_proven() -> None:
    facts = {"rules": [], "plants": [{"id": "g", "chosen_to": 0.49996, "left_from": 0.5041, "plans": 2}]}
    [told] = tell_worth(facts, PLAN, LIMITS)
    assert "fell to 49.9 % of what they are; from 50.5 % on" in say(told)


def test_plants_that_other_circumstances_use_and_plants_that_stand_are_not_left_aside() -> None:
    named = ("h", "stood", "swept", "lost", "level", "rule", "cheap", "never")
    plants = [{**PLANT, "id": one, "built": one == "h", "stands_t": 3.0 * (one == "stood")} for one in named]
    point = {"opens": "h", "closes": ""}
    facts = {
        "plan": {**PLAN, "plants": plants},
        "futures": {"futures": [{"name": "a", "weight": 1.0, "plants": ["h"]}]},
        "sweep": {"cases": [{"plants": ["swept"]}, {"why_not": "no room"}]},
        "disruption": {"plants": [{"id": "h", "outcome": "plan", "more_jpy": 1e8, "least_jpy": 1e8, "opens": "lost"}]},
        "front": {"fronts": [{"points": [point, {"opens": "level", "closes": "h"}]}]},
        "policies": {"policies": [{"policy": "open", "plants": ["rule"]}]},
        "deeper": {"plants": [{"id": "cheap", "chosen_to": 0.4}, {"id": "never", "chosen_to": -1.0}]},
    }
    known = gather_evidence(done(**facts), LIMITS)
    assert [one.verdict for one in known] == ["now", "standing", *["reserve"] * 5, "aside"]
    told = {one.rule: one for one in tell_plants(done(**facts), known)}
    assert told["aside"].plants == ("never",)
    assert told["standing"].plants == ("stood",)
    assert told["reserve"].plants == ("swept", "lost", "level", "rule", "cheap")
    assert "at other settings swept; on a loss lost; on a front level; by other policies rule" in say(told["reserve"])


def test_waiting_names_what_stands_and_by_when_to_decide() -> None:
    told = strategies(("wait until 2035", 5e6), ("wait until 2040", 5e7))
    stands = evidence(plant={**PLANT, "id": "old", "stands_t": 3.0}, in_plan=False)
    opens = evidence(years={**NEVER, "lead_time_yr": 1.5, "first_invested_jpy": 0.0})
    [waiting] = tell_time(done(regret=told), [stands, opens], LIMITS)
    assert "decide by 2033, for a lead time of 1.5 years; until then all rests on what stands: old" in say(waiting)


def test_one_set_of_plants_for_every_future_is_a_matter_of_size() -> None:
    row = {"scenario": "late", "regret_jpy": 4e8, "alone_jpy": 9e8}
    known = {"evpi_high_jpy": None}
    facts = {"scenarios": [row], "plants": [{"id": "h"}], "information": known, "expected_jpy": 1e9}
    futures = {"futures": [{"plants": ["h"]}, {"why_not": "no room"}]}
    assert rules(tell_time(done(robust=facts, futures=futures), [], LIMITS)) == [("open", "robust_size")]
    futures["futures"].append({"plants": ["g"]})
    assert rules(tell_time(done(robust=facts, futures=futures), [], LIMITS)) == [("open", "robust_dear")]


@pytest.mark.parametrize(
    ("years", "wait", "words"),
    [
        ({}, None, "keep h as it stands, 5,000 t/yr of packs"),
        ({"stood": True}, None, "keep h as it stands, 5,000 t/yr of packs"),
        (
            {"stood": True, "first_invested_jpy": 3e8},
            None,
            "enlarge h to 9,000 t/yr of packs in 2030 for 300 million yen",
        ),
        (
            {"first_invested_jpy": 3e8},
            None,
            "build h for 2030 at 9,000 t/yr of packs for 300 million yen, to be decided by 2028",
        ),
        (
            {"first_invested_jpy": 3e8},
            {"year": 2035},
            (
                "build h, planned for 2030 at 9,000 t/yr of packs for 300 million yen: decide by 2028, or by 2033 if "
                "it waits"
            ),
        ),
    ],
)
def test_what_is_to_be_done_has_a_size_money_and_a_year(years: dict[str, Any], wait: Any, words: str) -> None:
    usual = {"opens": 2030, "stood": False, "lead_time_yr": 1.5, "first_size_t": 9000.0, "first_invested_jpy": 0.0}
    plant = {**PLANT, "stands_t": 5000.0, "size_t": 4000.0}
    one = replace(evidence(plant=plant, years={**usual, **years} if years else None), wait=wait)
    settings = load_settings()
    speaker = Speaker([plant], {}, settings, "en")
    assert tell_deed(one, speaker, page_words(settings, "en")) == words


def test_policies_that_cost_the_same_are_toss_ups() -> None:
    row = {"gap": 1e-3, "status": "optimal", "plants": ["h", "g"]}
    facts = {
        "policies": [
            {**row, "policy": "regional", "cost_jpy": 1e9},
            {**row, "policy": "shared-refinery", "cost_jpy": 0.999e9},
            {**row, "policy": "open", "cost_jpy": 0.8e9},
            {"policy": "x", "status": "none", "why_not": "no room"},
        ]
    }
    told = list(tell_policies(facts, PLAN, {"h", "f"}, LIMITS))
    assert rules(told) == [("open", "policy_alike"), ("mind", "policy_saves"), ("mind", "policy_none")]
    assert told[1].pages == (("policies", "open/report.html"),)
    same = {"policies": [{**row, "policy": "open", "cost_jpy": 1e9, "plants": ["h", "f"]}]}
    assert rules(tell_policies(same, PLAN, {"h", "f"}, LIMITS)) == [("mind", "policy_same")]
    wide = {"policies": [{**same["policies"][0], "gap": 0.0253}]}
    assert rules(tell_policies(wide, PLAN, {"h", "f"}, LIMITS)) == [("open", "policy_unknown")]


def test_a_front_tells_where_plants_change_first_and_its_knee() -> None:
    def point(co2: float, cost: float, opens: str = "", closes: str = "") -> dict[str, Any]:
        return {"co2_t": co2, "cost_jpy": cost, "opens": opens, "closes": closes}

    front = {"against": "co2", "column": "co2_t", "knee": 2}
    points = [point(100, 1e9, "h f"), point(90, 1.01e9), point(80, 1.1e9, "g", "h")]
    told = list(tell_fronts({"fronts": [{**front, "points": points}]}))
    assert rules(told) == [("mind", "front"), ("mind", "front_knee")]
    assert say(told[0]) == (
        "To bring CO2 from 100 t CO2/yr to 80.0 t CO2/yr takes 100 million yen more a year, and g in place of h."
    )
    assert rules(tell_fronts({"fronts": [{**front, "points": points[:1]}]})) == [("mind", "front_single")]


def test_swaps_below_the_limit_are_toss_ups() -> None:
    row = {"opens": ["g"], "closes": ["h"], "differs": 2, "more_jpy": 4e6}
    facts = {"best_jpy": 1e9, "sets": [{**row, "differs": 0}, row, {**row, "more_jpy": 6e6}, {**row, "differs": 3}]}
    told = list(tell_swaps(facts, PLAN, LIMITS))
    assert rules(told) == [("open", "swap")]
    assert say(told[0]) == "A toss-up: g in place of h costs 4.00 million yen more a year (0.4 %)."


def test_places_are_told_where_they_save_something() -> None:
    place = {"region": "r", "name": "Kochi", "name_ja": "高知", "code": "39"}
    facts = {"regions": [{"region": "r", "saved_jpy": 1e7}, {"region": "r", "saved_jpy": 1e3}], "places": [place]}
    [told] = tell_places(facts, PLAN, LIMITS)
    assert "Kochi" in say(told)
    assert "高知" in say(told, "ja")


def test_words_of_both_languages_have_the_same_figures() -> None:
    for key, (english, japanese) in {**SENTENCES, **CHANGES}.items():
        holes = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, japanese)]
        assert holes[1] <= holes[0], key
        assert not english.endswith("."), key


def test_nothing_is_said_of_what_was_not_computed() -> None:
    told = list(tell_plants(done(plan=PLAN), gather_evidence(done(plan=PLAN), LIMITS)))
    assert rules(told) == [("open", "untested")]
    assert gather_evidence(done(), LIMITS) == []


@pytest.mark.parametrize(
    ("least", "found", "loss", "near", "clause"),
    [
        (6e6, 7e6, None, "region", "near_region"),
        (4e6, 7e6, None, None, ""),
        (1e6, 4e6, None, "", "near_without"),
        (None, None, None, None, ""),
        (1e6, 9e6, {"outcome": "plan", "least_jpy": 8e6, "more_jpy": 8e6}, "region", "near_region"),
        (None, None, {"outcome": "infeasible", "no_home_t": 3.0}, "region", "near_only"),
    ],
)
def test_a_plant_is_near_optimal_everywhere_if_doing_without_it_is_dear_for_its_region(
    least: float | None, found: float | None, loss: dict[str, Any] | None, near: str | None, clause: str
) -> None:
    plant = {**PLANT, "closing_more_low_jpy": least, "closing_more_jpy": found}
    facts = {"plan": {**PLAN, "plants": [plant]}}
    if loss is not None:
        facts["disruption"] = {"plants": [{**loss, "id": "h"}]}
    study = done(**facts)
    [known] = gather_evidence(study, LIMITS)
    assert known.near == near
    told = [one.rule for sentence in tell_plants(study, [known]) for one in sentence.clauses]
    assert clause in [*told, ""]


def test_shares_of_futures_count_those_with_a_plan() -> None:
    futures = {"futures": [{"weight": 0.5, "plants": ["h"]}, {"weight": 0.25, "plants": []}, {"weight": 0.25}]}
    known = gather_evidence(done(plan=PLAN, futures=futures), LIMITS)
    assert known[0].future_share == pytest.approx(2 / 3)
    assert math.isclose(known[1].future_share or 0.0, 0.0)
    assert replace(known[0], future_share=None).verdict == "open"
