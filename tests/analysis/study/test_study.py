"""A study runs its analyses, remembers each of them, tells those that fail, and writes a report of what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.study.memory import KEPT, PARTS_FOLDER, StudyMemory
from hubspoke.analysis.study.outlook import look_ahead, tell_outlook
from hubspoke.analysis.study.parts import listing
from hubspoke.analysis.study.stated import ANALYSES
from hubspoke.api.study import read_study
from hubspoke.base.alone import alone_in
from hubspoke.base.errors import InfeasibleError, UsageError
from hubspoke.cli import app as cli
from hubspoke.cli.console import INTERRUPTED, Console
from light_runs import leave_charts_empty, write_bare_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[3] / "examples"
QUICK: dict[str, Any] = {
    "analyses": ["plan", "alternatives", "disruption", "futures", "robust"],
    "supply": ["mizuho", "late"],
    "plan": {"maps": False},
}


@pytest.fixture(autouse=True, scope="module")
def _light() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        write_bare_runs(patch)
        leave_charts_empty(patch)
        yield


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("study") / "in", tiny_tables())


@pytest.fixture(scope="module")
def answers(source: Path) -> Any:
    return hs.study(source, out=source.parent / "out", **QUICK)


def files_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("study.en.html", "study.ja.html", "study.json")}


@pytest.mark.heavy
def test_the_report_says_what_the_analyses_found(answers: Any) -> None:
    assert answers.failures == {}
    told = json.loads((answers.folder / "study.json").read_text(encoding="utf-8"))
    now = [one for one in told["findings"] if one["section"] == "now" and one["plants"] == ["hk2"]]
    assert "chosen in 100 % of the weighted futures (2 of 2)" in now[0]["en"]
    figures = {rest["rule"]: rest["figures"] for rest in now[0]["rests_on"]}
    alone = hs.solve(hs.read(answers.folder.parent / "in"))
    without = hs.solve(hs.read(answers.folder.parent / "in"), closed=["hk2"])
    assert figures["loss_costs"]["more"]["value"] == pytest.approx(without.cost_jpy - alone.cost_jpy)
    for lang, word in (("en", "Decide now"), ("ja", "今決めること")):
        page = answers.page(lang).read_text(encoding="utf-8")
        assert word in page
        assert "https://" not in page.replace("https://www.w3.org", "")
        assert f"study.{'ja' if lang == 'en' else 'en'}.html" in page


def test_every_link_of_the_report_leads_to_a_file(answers: Any) -> None:
    told = answers.to_dict()
    pages = {rest["page"] for one in told["findings"] for rest in one["rests_on"]}
    missing = {page for page in pages if not (answers.folder / page).is_file()}
    assert {Path(page).name for page in missing} <= {"report.html"}  # which light runs do not write


@pytest.mark.heavy
def test_what_is_remembered_is_not_computed_again(answers: Any, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(answers.folder)

    def refuse(*_: object) -> Any:
        raise AssertionError("computed again")

    for name in ("plan", "alternatives", "disruption", "futures", "robust"):
        monkeypatch.setitem(listing.PARTS, name, replace(listing.PARTS[name], run=refuse))
    again = hs.study(source, out=answers.folder, **QUICK)
    assert again.failures == {}
    assert files_of(answers.folder) == before


@pytest.mark.heavy
def test_what_changed_is_done_anew_and_what_did_not_stays(answers: Any, source: Path) -> None:
    asked = {**QUICK, "alternatives": {"within": 0.02}}
    kept = {name: (answers.folder / PARTS_FOLDER / name / KEPT).read_bytes() for name in QUICK["analyses"]}
    hs.study(source, out=answers.folder, **asked)
    now = {name: (answers.folder / PARTS_FOLDER / name / KEPT).read_bytes() for name in QUICK["analyses"]}
    assert {name for name in now if now[name] != kept[name]} == {"alternatives"}
    hs.study(source, out=answers.folder, **QUICK)


@pytest.mark.heavy
def test_a_study_that_is_ended_goes_on_where_it_was(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {"analyses": ["plan", "greenfield"], "plan": {"maps": False}}
    part = listing.PARTS["greenfield"]

    def interrupt(*_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setitem(listing.PARTS, "greenfield", replace(part, run=interrupt))
    with pytest.raises(KeyboardInterrupt):
        hs.study(source, out=tmp_path / "out", **asked)
    assert "greenfield" in (tmp_path / "out" / "study.en.html").read_text(encoding="utf-8")
    assert (
        json.loads((tmp_path / "out" / "study.json").read_text(encoding="utf-8"))["analyses"][1]["state"] == "waiting"
    )
    monkeypatch.setitem(listing.PARTS, "greenfield", part)
    monkeypatch.setitem(listing.PARTS, "plan", replace(listing.PARTS["plan"], run=interrupt))
    assert hs.study(source, out=tmp_path / "out", **asked).failures == {}


@pytest.mark.heavy
def test_one_that_fails_is_told_and_the_others_stand(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {"analyses": ["plan", "greenfield", "disruption"], "plan": {"maps": False}}

    def fail(*_: object) -> Any:
        raise InfeasibleError("the rules contradict each other")

    monkeypatch.setitem(listing.PARTS, "greenfield", replace(listing.PARTS["greenfield"], run=fail))
    found = hs.study(source, out=tmp_path / "out", **asked)
    assert found.failures == {"greenfield": "the rules contradict each other"}
    assert found.exit_code == InfeasibleError.exit_code
    assert "規則が互いに矛盾する" in found.page("ja").read_text(encoding="utf-8")
    assert "If rc1 is lost" in found.summary()

    def break_down(*_: object) -> Any:
        raise ZeroDivisionError("x")

    monkeypatch.setitem(listing.PARTS, "plan", replace(listing.PARTS["plan"], run=break_down))
    none = hs.study(source, out=tmp_path / "none", **asked)
    assert none.failures["plan"] == "ZeroDivisionError: x"
    assert none.failures["disruption"] == "needs-plan"
    assert none.exit_code == 1
    assert "nothing can be said of plants" in none.page().read_text(encoding="utf-8")


def test_an_interrupted_command_says_how_to_go_on(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setitem(listing.PARTS, "plan", replace(listing.PARTS["plan"], run=interrupt))
    told = CliRunner().invoke(cli.app, ["study", str(source), "-o", str(tmp_path / "out"), "--lang", "ja"])
    assert told.exit_code == INTERRUPTED
    assert "同じコマンドで続きから始まる" in told.stderr


@pytest.mark.heavy
def test_a_second_signal_does_not_make_a_study_say_that_nothing_was_written(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> Any:
        raise KeyboardInterrupt

    file = tmp_path / "study.toml"
    file.write_text('title = "x"\nanalyses = ["plan", "greenfield"]\n[plan]\nmaps = false\n', encoding="utf-8")
    monkeypatch.setitem(listing.PARTS, "greenfield", replace(listing.PARTS["greenfield"], run=interrupt))
    monkeypatch.setattr(Console, "say", interrupt)
    told = CliRunner().invoke(cli.app, ["study", str(source), str(file), "-o", str(tmp_path / "out")])
    assert told.exit_code == INTERRUPTED
    assert "stopped; 1 of 2 analyses are done" in told.stderr
    assert "nothing was written" not in told.stderr


@pytest.mark.heavy
def test_two_at_once_and_folders_of_others_are_refused(answers: Any, source: Path, tmp_path: Path) -> None:
    with alone_in(answers.folder, kind="study"), pytest.raises(UsageError, match="another study is at work"):
        hs.study(source, out=answers.folder, **QUICK)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.txt").touch()
    with pytest.raises(UsageError, match="holds other files"):
        hs.study(source, out=tmp_path / "theirs", **QUICK)


def test_the_example_is_a_study(tmp_path: Path) -> None:
    asked: dict[str, Any] = {"analyses": ["plan", "futures"], "plan": {"maps": False}}
    found = hs.study(EXAMPLES / "shikoku_planner", EXAMPLES / "shikoku_study.toml", out=tmp_path / "out", **asked)
    assert found.failures == {}
    told = found.to_dict()
    assert [one["weight"] for one in told["futures"]] == pytest.approx([0.5, 0.3, 0.2])
    assert told["title"]["ja"] == "四国の計画（架空）"
    assert "If the future is Cars live 14 years (late) (weight 30 %)" in found.summary()
    assert "西条" in found.summary("ja")


@pytest.mark.heavy
def test_the_example_and_what_would_run_are_told(tmp_path: Path) -> None:
    words = [
        "study",
        str(EXAMPLES / "shikoku_planner"),
        str(EXAMPLES / "shikoku_study.toml"),
        "-o",
        str(tmp_path / "out"),
    ]
    told = CliRunner().invoke(cli.app, [*words, "--dry-run", "--lang", "ja"])
    assert told.exit_code == 0, told.output
    assert "全体でおよそ" in told.output
    assert "レーン数" in told.output
    assert not (tmp_path / "out").exists()
    rows = json.loads(CliRunner().invoke(cli.app, [*words, "--dry-run", "--json"]).stdout)["analyses"]
    assert [row["state"] for row in rows] == ["to-do"] * 12
    bad = CliRunner().invoke(cli.app, ["study", str(tmp_path / "none.toml"), "-o", str(tmp_path / "out")])
    assert bad.exit_code == 2


@pytest.mark.heavy
def test_once_the_plan_is_made_time_is_told_by_it(answers: Any, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan that a study kept says how long others take, and the last line says so."""
    memory, asked = StudyMemory(answers.folder), {**QUICK, "analyses": ["plan", "front"]}
    study = read_study(source, None, asked)
    monkeypatch.setattr(StudyMemory, "seconds", lambda _, name: 106.0 if name == "plan" else None)
    rows = {row.name: row for row in look_ahead(study, memory)}
    assert rows["plan"].state == "done"
    assert rows["front"].seconds == pytest.approx(100.0 * rows["front"].plans)
    assert "the plan of this study took" in tell_outlook(study, list(rows.values()), "en")
    assert rows["front"].seconds != look_ahead(study, None)[ANALYSES.index("front")].seconds
