"""The command line: help with examples, exact exit codes, data on stdout, words on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.cli import app as cli
from hubspoke.cli.console import Console
from hubspoke.cli.plan_options import note_prices
from hubspoke.engine.milp.solver import SOLVERS, available_solvers
from hubspoke.settings.rules import policy_names
from relog_cases import newer_case, write_case

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

HEAVY = ("pandas", "geopandas", "numpy", "scipy", "folium", "pulp", "networkx", "pydantic", "shapely")
COMMANDS = (
    "new",
    "import",
    "check",
    "conflict",
    "distances",
    "supply",
    "greenfield",
    "regret",
    "robust",
    "front",
    "collaborate",
    "scenarios",
    "solve",
    "sweep",
    "study",
    "map",
    "report",
    "compare",
    "explain",
    "alternatives",
    "disruption",
    "audit",
    "market",
    "metals",
    "trace",
    "solvers",
    "bench",
)


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: hubspoke {command}" in " ".join(result.stdout.split())
    assert "--json" in result.stdout


def test_every_command_is_tested_for_its_help() -> None:
    assert tuple(typer.main.get_command(cli.app).commands) == COMMANDS  # type: ignore[attr-defined]


@pytest.mark.heavy
def test_the_help_is_cheap() -> None:
    code = f"""
import sys
from hubspoke.cli.app import main
sys.argv = ["hubspoke", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
print("heavy:", [name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"
    assert "Exit codes: 0 solved" in " ".join(done.stdout.split())


def test_the_installed_command_answers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from hubspoke.cli.app import main; main()", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"hubspoke {hs.__version__}\n"
    assert done.stderr == ""


@pytest.mark.usefixtures("no_charts")
def test_solve_writes_a_run_folder_and_says_the_plan(tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 0
    assert "bn yen/yr" in result.stdout
    assert f"wrote {out}" in result.stderr
    assert "wrote" not in result.stdout
    assert (out / "map.html").is_file()
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert facts["source"] == str(tiny)
    assert facts["seconds"]["read"] > 0


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_solve_gives_json_alone_on_stdout(tiny: Path, tmp_path: Path) -> None:
    result = run("solve", tiny, "-o", tmp_path / "out", "--json", "--no-maps")
    data = json.loads(result.stdout)
    assert data["status"] == "optimal"
    assert data["exit_code"] == 0
    assert len(data["hubs"]) == 2
    assert not (tmp_path / "out" / "map.html").exists()


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_quiet_says_nothing(tiny: Path, tmp_path: Path) -> None:
    result = run("solve", tiny, "-o", tmp_path / "out", "--no-maps", "-q")
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_verbose_says_seconds_by_phase(tiny: Path, tmp_path: Path) -> None:
    result = run("solve", tiny, "-o", tmp_path / "out", "--no-maps", "-v")
    assert "audit: " in result.stderr


@pytest.mark.usefixtures("bare_runs")
def test_options_reach_the_plan(tiny: Path, tmp_path: Path) -> None:
    words: list[object] = [
        "--policy",
        "shared-refinery",
        "--region",
        "kanto",
        "--region",
        "chubu",
        "--open",
        "hk1",
        "--close",
        "rk2",
    ]
    words += [
        "--gap",
        0.01,
        "--seed",
        3,
        "--year",
        2030,
        "--set",
        "finance.discount_rate_per_yr=0.07",
        "--time-limit",
        60,
        "--threads",
        1,
    ]
    result = run("solve", tiny, "-o", tmp_path / "out", "--no-maps", *words)
    assert result.exit_code == 0, result.stderr
    plan = hs.load(tmp_path / "out")
    assert (plan.policy, plan.year, plan.options["gap"], plan.options["seed"]) == ("shared-refinery", 2030, 0.01, 3)
    assert (plan.options["open"], plan.options["close"]) == (["hk1"], ["rk2"])
    assert plan.options["regions"] == ["kanto", "chubu"]
    assert float(plan.settings.finance.discount_rate_per_yr) == 0.07


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_maps_speak_japanese(tiny: Path, tmp_path: Path) -> None:
    run("solve", tiny, "-o", tmp_path / "out", "--lang", "ja")
    assert 'lang="ja"' in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_model_is_written_as_mps_and_another_solver_agrees(tiny: Path, tmp_path: Path) -> None:
    import pulp  # noqa: PLC0415 - heavy

    file = tmp_path / "model.mps"
    result = run("solve", tiny, "-o", tmp_path / "out", "--no-maps", "--json", "--write-mps", file)
    _, model = pulp.LpProblem.fromMPS(str(file))
    model.solve(pulp.getSolver("HiGHS", msg=False))
    assert pulp.value(model.objective) == pytest.approx(json.loads(result.stdout)["objective_value"], rel=1e-6)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("objective", "key", "noted"),
    [
        ("cost", "market.price_level", True),
        ("co2", "byproducts.copper.price_jpy_per_t", True),
        ("profit", "price_levels.peak.usd_per_t.nickel", False),
        ("cost", "trucks.10t.distance_jpy_per_km", False),
    ],
)
def test_prices_that_do_not_enter_a_plan_are_noted(
    capsys: pytest.CaptureFixture[str], objective: str, key: str, *, noted: bool
) -> None:
    note_prices(Console(lang="ja"), [key, "finance.life_yr"], objective)
    told = capsys.readouterr().err
    assert told.startswith(f"{key}：売る物の価格は") is noted
    assert bool(told) is noted


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--policy", "socialist"], "unknown policy 'socialist'; choose one of regional, shared-refinery, open"),
        (["--region", "kantou"], "unknown region 'kantou'; did you mean 'kanto'?"),
        (["--year", "1999"], "no supply is given for 1999"),
        (["--open", "hk9"], "unknown plant 'hk9'; did you mean"),
        (["--open", "hk1", "--close", "hk1"], "hk1: asked to be both open and closed"),
        (["--solver", "magic"], "unknown solver 'magic'"),
        (["--set", "policy.sourcing"], "write KEY=VALUE"),
        (["--lang", "fr"], "unknown language 'fr'; choose en or ja"),
        (["--time-limit", "0"], "greater than or equal to"),
        (["--threads", "0"], "greater than or equal to 1"),
        (["--write-mps", "/nowhere/at/all.mps"], "cannot write /nowhere/at/all.mps"),
    ],
)
def test_usage_errors_end_with_2_and_a_cure(tiny: Path, tmp_path: Path, words: list[str], message: str) -> None:
    result = run("solve", tiny, "-o", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words", [["solve"], ["solve", "-o", "x", "--gap", "-1"], ["solve", "--nonsense"], ["dance"], ["map"]]
)
def test_a_wrong_call_ends_with_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_bad_input_ends_with_3_and_lists_every_problem(tiny: Path, tmp_path: Path) -> None:
    sites = tiny / "kanto" / "sites.csv"
    sites.write_text(
        sites.read_text(encoding="utf-8").replace("35.69", "135.69").replace("250", "-250"), encoding="utf-8"
    )
    calls: tuple[list[object], ...] = (["check", tiny], ["solve", tiny, "-o", tmp_path / "out"])
    for words in calls:
        result = run(*words)
        assert result.exit_code == 3
        assert "2 problems in the input" in result.stderr
        assert "kanto/sites.csv, row 2, column lat: " in result.stderr
        assert " -> " in result.stderr
        assert result.stdout == ""
        told = json.loads(run(*words, "--json").stdout)["error"]
        assert told["exit_code"] == 3
        assert [finding["row"] for finding in told["findings"]] == [2, 3]
    assert not (tmp_path / "out").exists()


def test_infeasible_ends_with_4_and_the_reason(tiny: Path, tmp_path: Path) -> None:
    result = run("solve", tiny, "-o", tmp_path / "out", "--close", "hk1", "--close", "hk2")
    assert result.exit_code == 4
    assert "kanto: 1,100 t/yr of packs, but no hub: all 2 are closed" in result.stderr
    assert not (tmp_path / "out").exists()


def _solve_with(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    """Let the library's solve answer otherwise."""
    monkeypatch.setattr(hs, "solve", answer)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_plan_at_a_limit_is_written_and_ends_with_5(
    tiny: Path, tiny_plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = replace(tiny_plan, status=hs.Status.FEASIBLE, bound_value=0.0, gap=1.0)
    _solve_with(monkeypatch, lambda *_, **__: stopped)
    result = run("solve", tiny, "-o", tmp_path / "out", "--no-maps")
    assert result.exit_code == 5
    assert "not proven best: a plan that costs less may exist, by at most 100.00 %" in result.stdout
    assert hs.load(tmp_path / "out").status is hs.Status.FEASIBLE


def test_no_plan_at_a_limit_ends_with_6(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise hs.NoPlanFoundError("the time limit came before any plan was found")

    _solve_with(monkeypatch, stop)
    result = run("solve", tiny, "-o", tmp_path / "out")
    assert result.exit_code == 6
    assert not (tmp_path / "out").exists()


def test_a_missing_solver_ends_with_7(tiny: Path, tmp_path: Path) -> None:
    missing = [name for name, there in available_solvers().items() if not there]
    if not missing:
        pytest.skip("every solver is installed here")
    result = run("solve", tiny, "-o", tmp_path / "out", "--solver", missing[0])
    assert result.exit_code == 7
    assert f"solver {missing[0]!r} is not installed here" in result.stderr


def test_ctrl_c_ends_with_130_and_leaves_nothing(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    _solve_with(monkeypatch, interrupt)
    result = run("solve", tiny, "-o", tmp_path / "out")
    assert result.exit_code == 130
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.heavy
def test_a_traceback_is_shown_only_when_asked_for(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["solve", tiny, "-o", tmp_path / "out", "--close", "nobody"]
    assert isinstance(run(*words).exception, SystemExit)
    assert isinstance(run(*words, "-vv").exception, hs.UsageError)
    monkeypatch.setenv("HUBSPOKE_DEBUG", "1")
    assert isinstance(run(*words).exception, hs.UsageError)


@pytest.mark.heavy
def test_a_fault_of_the_program_is_said_without_a_traceback(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    _solve_with(monkeypatch, stumble)
    result = run("solve", tiny, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: a fault of hubspoke itself (ZeroDivisionError: by zero)")
    assert isinstance(run("solve", tiny, "-o", tmp_path / "out", "-vv").exception, ZeroDivisionError)


@pytest.mark.heavy
def test_a_terminal_without_japanese_letters_gets_their_codes(tmp_path: Path) -> None:
    code = "from hubspoke.cli.app import main; main()"
    words = ["new", str(tmp_path / "東京")]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False, env=environment)
    assert done.returncode == 0
    assert done.stdout.endswith(b"\\u6771\\u4eac\n")
    assert b"\\u6771\\u4eac" in done.stderr


@pytest.mark.heavy
def test_check_tells_a_clean_network(tiny: Path) -> None:
    result = run("check", tiny)
    assert result.exit_code == 0
    assert "6 sites with " in result.stdout
    assert "kanto" in result.stdout
    assert json.loads(run("check", tiny, "--json").stdout)["ready"] is True


def test_check_takes_the_shipped_data_by_default() -> None:
    assert "3,086 sites" in run("check").stdout


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_supply_lists_scenarios_and_solve_and_check_take_them(tiny: Path, tmp_path: Path) -> None:
    own = ["--set", "supply.scenarios.own.mean_life_yr=12"]
    listed = run("supply", tiny, *own, "--year", 2040, "--json")
    rows = {row["scenario"]: row["mass_t"] for row in json.loads(listed.stdout)["scenarios"]}
    assert list(rows) == ["mizuho", "trend", "late", "export", "fast", "own"]
    assert rows["late"] == pytest.approx(75_396, abs=1)
    assert "mizuho    2040" in run("supply").stdout
    assert "supply: scenario own" in run("check", tiny, "--supply", "own", *own).stdout
    done = run(
        "solve", tiny, "-o", tmp_path / "out", "--supply", "late", "--set", "supply.factor=+20%", "--json", "--no-maps"
    )
    assert json.loads(done.stdout)["supply"] == "late"
    settings = hs.load(tmp_path / "out").settings.supply
    assert (settings.scenario, float(settings.factor)) == ("late", 1.2)
    assert run("audit", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "cure"),
    [
        (["--supply", "lat"], 3, "did you mean 'late'?"),
        (["--supply", "late", "--set", "supply.scenario=fast"], 2, "give one of them"),
        (["--set", "supply.factor=20%"], 3, "write +20%, -10% or x0.8"),
    ],
)
def test_a_wrong_scenario_is_refused_with_a_cure(tiny: Path, words: list[str], code: int, cure: str) -> None:
    result = run("check", tiny, *words)
    assert result.exit_code == code
    assert cure in result.stderr


@pytest.mark.heavy
def test_new_makes_a_folder_that_can_be_planned(tmp_path: Path) -> None:
    result = run("new", tmp_path / "mine")
    assert result.stdout == f"{tmp_path / 'mine'}\n"
    assert result.stderr.startswith(f"wrote {tmp_path / 'mine'}\n")
    assert "hubspoke check" in result.stderr
    assert run("check", tmp_path / "mine").exit_code == 0
    assert run("new", tmp_path / "mine").exit_code == 2


@pytest.mark.heavy
def test_map_draws_again(own_run: Path, tmp_path: Path) -> None:
    out = own_run
    result = run("map", out, "--lang", "ja")
    assert result.stderr.startswith(f"{out / 'map.html'}, {out / 'maps'}")
    assert result.stderr.endswith(" に書いた\n")
    assert 'lang="ja"' in (out / "map.html").read_text(encoding="utf-8")
    assert run("map", tmp_path).exit_code == 2
    assert [line for line in json.loads(run("map", out, "--json").stdout)["files"] if line.endswith("kanto.html")]


def test_solvers_lists_what_can_be_used() -> None:
    assert "highs    available" in run("solvers").stdout
    assert set(json.loads(run("solvers", "--json").stdout)) == set(SOLVERS)


@pytest.mark.heavy
def test_colours_stay_out_of_pipes() -> None:
    environment = {**os.environ, "FORCE_COLOR": "", "TERM": "xterm"}
    code = "from hubspoke.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "map", "/nowhere"], capture_output=True, check=False, env=environment
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: ")
    assert b"\x1b" not in done.stderr


def test_policies_are_offered_to_the_shell() -> None:
    options = {option.name: option for option in typer.main.get_command(cli.app).commands["solve"].params}  # type: ignore[attr-defined]
    assert set(policy_names()) <= set(options["policy"].help.replace(";", ",").replace(" or ", ", ").split(", "))


@pytest.mark.heavy
def test_market_tells_the_published_totals_and_any_plan(tiny_run: Path) -> None:
    assert "break-even" in run("market").stdout
    out = tiny_run
    assert "Nickel" in run("market", out).stdout
    told = run("market", out, "--scheme", "tolling", "--level", "peak", "--set", "metals.nickel.purchase_share=0.5")
    assert "Metal users" in told.stdout
    assert "ニッケル" in run("market", out, "--lang", "ja").stdout
    assert "メーカー" in run("market", out, "--scheme", "joint-collection", "--lang", "ja").stdout
    assert "千葉" in run("market", out, "--scheme", "purchase", "--each-site").stdout
    data = json.loads(run("market", out, "--scheme", "all", "--json").stdout)
    assert {row["scheme"] for row in data["actors"]} == set(hs.load(out).settings.contracts)


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["--level", "peek"], 2, "did you mean 'peak'"),
        (["--scheme", "all"], 2, "name a run folder"),
        (["--set", "price_levels.peak.usd_per_t.nikel=1"], 3, "did you mean 'nickel'"),
        (["nowhere"], 2, "is no run folder"),
    ],
)
def test_market_refuses_what_it_cannot_do(words: list[str], code: int, reason: str) -> None:
    result = run("market", *words)
    assert result.exit_code == code
    assert reason in result.stderr


def test_import_makes_a_folder_and_tells_what_is_left(tmp_path: Path) -> None:
    case = write_case(tmp_path, newer_case())
    result = run("import", "relog", case, tmp_path / "made", "--lang", "ja")
    assert result.exit_code == 0
    assert "引き継がないもの：" in result.stdout
    assert "check：計画できる" in result.stdout
    told = json.loads(run("import", "relog", case, tmp_path / "again", "--json").stdout)
    assert told["ready"] is True
    assert "Not carried over:" in told["lines"]
    assert run("import", "other", case, tmp_path / "third").exit_code == 2


@pytest.mark.heavy
def test_faults_and_warnings_are_told_in_japanese(tiny: Path, tmp_path: Path) -> None:
    assert "計画できる" in run("check", tiny, "--lang", "ja").stdout
    gone = run("check", tmp_path / "gone", "--lang", "ja")
    assert gone.exit_code == 3
    assert "エラー: 入力に問題が1件ある：" in gone.stderr
    assert "フォルダが存在しない" in gone.stderr
    data = json.loads(run("check", tmp_path / "gone", "--lang", "ja", "--json").stdout)
    assert data["error"]["findings"][0]["problem"] == "there is no such folder"


def test_every_command_speaks_both_languages() -> None:
    for name, command in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        assert "lang" in {option.name for option in command.params}, name


def test_a_language_of_the_environment_holds_for_every_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUBSPOKE_LANG", "ja")
    assert "フォルダが存在しない" in run("check", tmp_path / "gone").stderr
    assert "there is no such folder" in run("check", tmp_path / "gone", "--lang", "en").stderr
