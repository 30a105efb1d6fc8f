"""What is wrong with a study is told all at once, with file, key and cure, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.analysis.study.prepare import FEW_FUTURES, prepare_study
from hubspoke.analysis.study.read import read_file, read_stated
from hubspoke.analysis.study.stated import ANALYSES, SECTIONS, USUAL, VARIED
from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.words.messages import translate

if TYPE_CHECKING:
    from hubspoke.analysis.study.study import Study

PLANNER = Path(__file__).parents[3] / "examples" / "shikoku_planner"


def prepare(**stated: Any) -> Study:
    return prepare_study(PLANNER, *read_stated(stated, "study.toml"))


def refuse(**stated: Any) -> dict[str, Finding]:
    """Return the findings by their keys."""
    with pytest.raises(InputError) as refused:
        prepare(**stated)
    assert all(one.file == "study.toml" for one in refused.value.findings)
    return {one.column: one for one in refused.value.findings}


@cache
def many_faults() -> dict[str, Finding]:
    return refuse(
        titel="x",
        policy="regionl",
        regions=["shikok"],
        year=2041,
        years=[2040],
        supply=["mizuho", "lat"],
        open=["nope"],
        time_limit=-3,
        scenarios="late",
        robust=3,
        analyses=["front", "regrets", "robust", "sweep"],
        set={"energy.powr": 3},
        front={"against": ["co3"], "points": 1, "all": "yes"},
        sweep={"vary": {"energy.pow": "1..2", "supply.factor": "3..1"}, "mode": "gird"},
        alternatives={"within": 3},
    )


def test_every_fault_is_told_at_once_under_its_key() -> None:
    assert set(many_faults()) == {
        *("titel", "policy", "regions", "year", "years", "supply", "open", "time_limit", "scenarios", "robust"),
        *("analyses", "set.energy.powr", "front.against", "front.points", "front.all"),
        *("sweep.vary.energy.pow", "sweep.vary.supply.factor", "sweep.mode", "alternatives", "alternatives.within"),
    }
    assert all(one.cure for one in many_faults().values())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("titel", "did you mean 'title'?"),
        ("policy", "did you mean 'regional'?"),
        ("regions", "did you mean 'shikoku'?"),
        ("analyses", "did you mean 'regret'?"),
        ("front.against", "did you mean 'co2'?"),
        ("sweep.mode", "did you mean 'grid'?"),
        ("supply", "'lat' is not a key of supply.scenarios"),
    ],
)
def test_the_name_that_was_meant_is_told(key: str, said: str) -> None:
    assert said in many_faults()[key].problem


def test_faults_are_told_in_japanese() -> None:
    told = translate(str(InputError(list(many_faults().values()))), "ja")
    assert not [line for line in told.split("\n") if " is " in line or "write " in line or "unknown" in line]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ({"supply": ["mizuho"]}, "supply"),
        ({"supply": ["mizuho", "late"], "weights": [1, 2, 3]}, "weights"),
        ({"supply": ["mizuho", "late"], "weights": [0, 0]}, "weights"),
        ({"years": [2040, 2030]}, "years"),
        ({"open": ["saijo-hub"], "close": ["saijo-hub"]}, "open"),
        ({"analyses": ["plan"], "front": {"points": 3}}, "front"),
        ({"front": {"points": 3, "all": True}}, "front.points"),
        ({"robust": {"measure": "wurst"}}, "robust.measure"),
        ({"policies": {"names": ["opn"]}}, "policies.names"),
        ({"set": {"policy.objective": "co2"}}, "set.policy.objective"),
        ({"regions": []}, "regions"),
        ({"regions": ["shikoku", "shikoku"]}, "regions"),
        ({"futures": {"a": 1}}, "futures"),
        ({"gap": True}, "gap"),
        ({"alternatives": {"within": float("nan")}}, "alternatives.within"),
        ({"analyses": ["sweep"], "sweep": {"vary": {}}}, "analyses"),
        ({"scenarios": ["", "nope"]}, "scenarios"),
    ],
)
def test_what_contradicts_itself_or_is_out_of_range_is_refused(stated: dict[str, Any], key: str) -> None:
    assert set(refuse(**stated)) == {key}


def test_a_bad_weight_and_a_bad_name_are_told_together() -> None:
    assert set(refuse(supply=["mizuho", "lat"], weights=[1, 2, 3])) == {"supply", "weights"}


@pytest.mark.heavy
def test_cures_show_how_a_value_is_written() -> None:
    assert refuse(set=["wage"])["set"].cure == 'write a table, such as set = { "supply.factor" = 1.2 }'
    assert refuse(front={"all": "yes"})["front.all"].cure == "write true or false, such as all = true"
    assert many_faults()["time_limit"].cure == "write a number from 0.001 to 10000000"
    assert refuse(robust={"measure": "x"})["robust.measure"].problem.count("expected") == 1
    assert "study.toml, key set" in str(refuse(set=["wage"])["set"])


def test_a_file_that_is_empty_or_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="the file says nothing"):
        read_file(file)
    file.write_text("title = 'x'\nyears = [2030\npolicy = 3", encoding="utf-8")
    with pytest.raises(InputError, match="row 3: it is no TOML"):
        read_file(file)
    file.write_bytes("title = '四国'".encode("cp932"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_file(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_file(tmp_path / "none.toml")


def test_the_usual_study_asks_all_that_the_settings_allow() -> None:
    usual = prepare()
    assert usual.analyses == ANALYSES
    assert usual.left_out == {}
    assert [one.name for one in usual.futures] == ["mizuho", "trend", "late", "export", "fast"]
    assert usual.years == (2030, 2035, 2040)
    assert set(VARIED) - set(usual.vary) == {  # which that planner states without a range
        "finance.discount_rate_per_yr",
        "collection.pickups_min_per_yr",
    }
    assert not usual.are_weighted


def test_what_is_not_asked_is_left_out_and_the_plan_always_runs() -> None:
    part = prepare(analyses=["front"], regions=["四国"])
    assert part.analyses == ("plan", "front")
    assert part.left_out["regret"] == "not-asked"
    assert part.regions == ("shikoku",)


def test_one_scenario_of_tonnes_leaves_no_futures() -> None:
    scenarios = {"mizuho": None}
    alone = read_stated({"set": {"supply.scenario": "mizuho"}}, "study.toml")[0]
    ready = prepare_study(PLANNER, alone)
    held = ready.settings.supply.model_copy(
        update={"scenarios": {key: ready.settings.supply.scenarios[key] for key in scenarios}}
    )
    from hubspoke.analysis.study.futures import read_futures  # noqa: PLC0415 - what is asked here alone

    settings = ready.settings.model_copy(update={"supply": held})
    assert read_futures(alone, ready.source, settings, {}) == ((), [])
    assert FEW_FUTURES == "few-futures"


def test_usual_options_are_options() -> None:
    assert all(set(USUAL[name]) <= set(SECTIONS[name]) for name in USUAL)
