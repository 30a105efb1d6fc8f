"""Run folders: whole or not at all, the same bytes every time, and read back exactly."""

from __future__ import annotations

import errno
import json
import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.api.load import load
from hubspoke.base import atomic_write
from hubspoke.outputs.exports import derived, plan_layers
from hubspoke.outputs.exports.derived import DERIVED
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.maps import draw
from hubspoke.outputs.report import money
from hubspoke.outputs.runs import folder as run_folder
from hubspoke.outputs.runs import maps as run_maps
from hubspoke.outputs.runs.folder import write_run
from hubspoke.outputs.runs.maps import name_map_files
from hubspoke.outputs.runs.rewrite import redraw_maps, rewrite_report
from hubspoke.outputs.runs.target import check_target
from hubspoke.plan.plan import TABLES
from text_columns import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from hubspoke.api.plan import Plan

FILES = {
    "plan.json",
    "run.json",
    "input",
    *(f"{table}.csv" for table in (*TABLES, *DERIVED)),
    "map.html",
    "maps",
    "report.html",
    "briefing.html",
    "plan.xlsx",
    "plan.gpkg",
}
HOSTILE = 'a "b", c;\n=1+1 \\ </script> 東京🔋 NA'


@pytest.fixture(scope="module")
def plan(tiny_plan: Plan) -> Plan:
    return tiny_plan


def read_bytes(folder: Path, skipped: Iterable[str] = ("run.json",)) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in skipped)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.usefixtures("no_charts")
def test_a_run_folder_holds_tables_and_maps(plan: Plan, tmp_path: Path) -> None:
    out = write_run(plan, tmp_path / "deep" / "out", command=["hubspoke", "solve"])
    assert {path.name for path in out.iterdir()} == FILES
    assert {path.name for path in (out / "maps").iterdir()} == {"kanto.html", "chubu.html"}
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["command"] == ["hubspoke", "solve"]
    assert {"lanes", "costs", "solve", "tables", "audit", "files", "exports", "report", "maps"} == set(run["seconds"])
    assert run["packages"]["pulp"]


@pytest.mark.heavy
def test_reading_a_run_and_writing_it_again_gives_the_same_bytes(plan: Plan, tiny_run: Path, tmp_path: Path) -> None:
    again = load(tiny_run)
    assert read_bytes(write_run(again, tmp_path / "b")) == read_bytes(tiny_run)
    for table in TABLES:
        assert getattr(again, table).equals(getattr(plan, table))
        assert getattr(again, table).dtypes.equals(getattr(plan, table).dtypes)
    assert again.settings == plan.settings
    assert list(again.settings.classes) == list(plan.settings.classes)
    assert again.summary() == plan.summary()


@pytest.mark.heavy
def test_two_runs_on_the_same_input_give_the_same_bytes(tiny: Path, tiny_run: Path, tmp_path: Path) -> None:
    assert read_bytes(write_run(hs.solve(hs.read(tiny)), tmp_path / "again")) == read_bytes(tiny_run)


def test_the_saved_tables_still_add_up_to_the_objective(plan: Plan, tiny_run: Path) -> None:
    again = load(tiny_run)
    rows = sum(
        float(getattr(again, table)["cost_jpy"].sum()) for table in ("assignments", "hubs", "flows", "refineries")
    )
    assert abs(rows - plan.objective_jpy) < 1e-3
    assert abs(float(again.costs["cost_jpy"].sum()) - plan.objective_jpy) < 1e-3


def test_the_plan_file_tells_nothing_of_time_machine_or_place(tiny_folder: Path, tiny_run: Path) -> None:
    text = (tiny_run / "plan.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert not {"seconds", "written", "machine", "packages", "command"} & set(content)
    assert not [place for place in (tiny_folder, tiny_run, tiny_run.parent) if str(place) in text]
    assert content["settings"]["trucks"]["10t"]["distance_jpy_per_km"]["unit"] == "JPY/km"


def test_columns_of_text_are_known(plan: Plan) -> None:
    for table in TABLES:
        frame = getattr(plan, table)
        texts = [name for name in frame if frame[name].dtype.kind not in "if"]
        assert set(texts) == TEXTS & set(frame.columns)


@pytest.mark.usefixtures("no_charts")
def test_hostile_names_survive(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/sites"][0].update({"id": "007", "name_ja": HOSTILE})
    tables["kanto/hubs"][0]["name"] = "NaN"
    plan = hs.solve(hs.read(write_folder(tmp_path / "n", tables)))
    again = load(write_run(plan, tmp_path / "out", maps=False))
    assert again.assignments.set_index("site_id").loc["007", "site_name_ja"] == HOSTILE.strip()
    assert again.hubs.equals(plan.hubs)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_outlines_of_the_planner_travel_with_the_plan(plan: Plan, tiny_run: Path, tmp_path: Path) -> None:
    own = replace(plan, hashes={}, outlines=plan.outlines.iloc[-3:].reset_index(drop=True), network=None)
    first = write_run(own, tmp_path / "a")
    again = load(first)
    assert again.outlines.geometry.geom_equals(own.outlines.geometry).all()
    assert read_bytes(first) == read_bytes(write_run(again, tmp_path / "b"))
    assert "shipped" in json.loads((tiny_run / "plan.json").read_text(encoding="utf-8"))["outlines"]


@pytest.mark.usefixtures("bare_runs")
def test_a_plan_without_a_bound_is_written_and_read(plan: Plan, tmp_path: Path) -> None:
    loose = replace(plan, bound_value=-np.inf, gap=np.inf, status=hs.Status.FEASIBLE)
    again = load(write_run(loose, tmp_path / "out", maps=False))
    assert (again.bound_value, again.gap, again.status) == (-np.inf, np.inf, hs.Status.FEASIBLE)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_run_folder_is_replaced_and_what_is_not_ours_stays(plan: Plan, own_run: Path, tmp_path: Path) -> None:
    out = own_run
    (out / "notes.txt").write_text("mine")
    (out / "pictures").mkdir()
    (out / "pictures" / "a.png").write_bytes(b"1")
    (out / "maps" / "gone.html").write_text("old")
    write_run(replace(plan, title="Second"), out)
    assert load(out).title == "Second"
    assert {path.name for path in out.iterdir()} == FILES | {"notes.txt", "pictures"}
    assert (out / "pictures" / "a.png").read_bytes() == b"1"
    assert not (out / "maps" / "gone.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_refused(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    for name, words in (("thesis", "holds other files"), ("file", "is a file"), ("file/out", "cannot write|may not")):
        with pytest.raises(hs.UsageError, match=words):
            write_run(plan, tmp_path / name)
    assert (tmp_path / "thesis" / "chapter.txt").exists()
    monkeypatch.chdir(tmp_path / "thesis")
    with pytest.raises(hs.UsageError, match="you work in"):
        write_run(plan, "..")


@pytest.mark.usefixtures("bare_runs")
def test_an_empty_folder_is_taken(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert load(write_run(plan, tmp_path / "out", maps=False)).title == plan.title


@pytest.mark.usefixtures("bare_runs")
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_nothing_half_written_is_left(
    plan: Plan, own_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Drawing fails, when all else has been written."""
    out, before = own_run, read_bytes(own_run, ())

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(run_folder, "draw_maps", fail)
    expected = hs.UsageError if isinstance(error, OSError) else type(error)
    for target in (out, tmp_path / "new"):
        with pytest.raises(expected):
            write_run(plan, target)
    assert read_bytes(out, ()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("bare_runs")
def test_the_old_run_is_put_back_when_the_swap_fails(
    plan: Plan, own_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, before = own_run, read_bytes(own_run, ())
    rename = type(out).rename

    def fail_once(self: Path, target: Path) -> Path:
        if target == out and not self.name.endswith("-old"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(type(out), "rename", fail_once)
    monkeypatch.setattr(atomic_write, "exchange", lambda *_: False)  # as on other systems than Linux
    with pytest.raises(hs.UsageError, match="close its files in other programs"):
        write_run(plan, out, maps=False)
    assert read_bytes(out, ()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_place_that_may_not_be_written_to_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(hs.UsageError, match="may not be written to; name another folder with -o"):
        check_target(tmp_path / "out")


def test_an_unknown_language_is_refused_before_anything_is_written(plan: Plan, own_run: Path) -> None:
    out, before = own_run, read_bytes(own_run, ())
    for write in (
        lambda: write_run(plan, out, lang="fr"),
        lambda: redraw_maps(out, lang="fr"),
        lambda: rewrite_report(out, lang="fr"),
        lambda: rewrite_report(out, lang="fr", form="xlsx"),
        lambda: write_workbook(plan, out / "plan.xlsx", lang="fr"),
        lambda: plan.summary("fr"),  # type: ignore[arg-type]
    ):
        with pytest.raises(hs.UsageError, match="unknown language 'fr'; choose en or ja"):
            write()
    assert read_bytes(out, ()) == before


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_a_save_computes_money_and_catchments_once(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def count(module: ModuleType, name: str) -> None:
        compute = getattr(module, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            calls[name] += 1
            return compute(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)

    for module in (derived, money):
        for name in ("tabulate_income", "tabulate_actors"):
            count(module, name)
    for module in (run_folder, run_maps, plan_layers, draw):
        count(module, "draw_catchments")
    write_run(plan, tmp_path / "out")
    assert calls == {"tabulate_income": 1, "tabulate_actors": 1, "draw_catchments": 1}


def test_folders_that_are_no_runs_are_refused(own_run: Path, tmp_path: Path) -> None:
    with pytest.raises(hs.UsageError, match="no run folder of hubspoke"):
        load(tmp_path)
    out = own_run
    good = (out / "plan.json").read_text(encoding="utf-8")
    for text, words in (
        ("{", "damaged"),
        ("[]", "something else"),
        (good.replace('"format_version": 5', '"format_version": 99'), "newer hubspoke"),
        (good.replace('"format_version": 5', '"format_version": 1'), "older hubspoke .* solve again"),
        (good.replace('"title"', '"titel"'), "damaged"),
    ):
        (out / "plan.json").write_text(text, encoding="utf-8")
        with pytest.raises(hs.UsageError, match=words):
            load(out)


def test_a_table_with_words_among_its_numbers_is_refused(own_run: Path) -> None:
    out = own_run
    table = (out / "regions.csv").read_text(encoding="utf-8")
    (out / "regions.csv").write_text(table.replace("1100.0", "many"), encoding="utf-8")
    with pytest.raises(hs.UsageError, match=r"regions\.csv cannot be read \(column mass_t"):
        load(out)


@pytest.mark.heavy
def test_maps_are_drawn_again_in_another_language(own_run: Path) -> None:
    out = own_run
    assert 'lang="en"' in (out / "map.html").read_text(encoding="utf-8")
    files = redraw_maps(out, lang="ja")
    assert [file.relative_to(out).as_posix() for file in files] == ["map.html", "maps/kanto.html", "maps/chubu.html"]
    assert 'lang="ja"' in files[0].read_text(encoding="utf-8")
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_map_files_have_names_that_every_system_takes() -> None:
    names = name_map_files(["kanto", "KANTO", "a/b", "..", "con", "関東", "x" * 300])
    assert list(names.values())[:6] == ["kanto.html", "KANTO-2.html", "a_b.html", "_.html", "_con.html", "関東.html"]
    assert len(names["x" * 300]) < 100
