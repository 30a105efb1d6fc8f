"""The map of criticality shows every plant by what its loss does, and says what its colours and sizes mean."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.decisions.disruption.critical_map import NO_PLAN, SHADES, UNKNOWN, draw_critical, list_breaks
from hubspoke.analysis.decisions.disruption.disruption import Disruption
from hubspoke.analysis.decisions.disruption.folder import describe_disruption, write_disruption
from hubspoke.base.errors import UsageError
from hubspoke.cli import app as cli
from hubspoke.words.place_names import PlaceNames
from light_runs import leave_charts_empty, write_bare_runs
from small_plan import small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.disruption.survivor import Survivor

NAMED = [{"id": "rk1", "name": "Kanto smelter", "name_ja": "関東製錬所", "operator": ""}]
ROW = {"region": "kanto", "displaced_t": 900.0, "outcome": "plan", "least_jpy": 0.0, "opens": "", "no_home_t": 0.0}


def losses(*rows: dict[str, Any], survivor: Survivor | None = None) -> Disruption:
    told = [{"kind": "hub" if row["id"].startswith("h") else "refinery", **ROW, **row} for row in rows]
    names = PlaceNames(NAMED, {"kanto": {"en": "Kanto", "ja": "関東"}})
    return Disruption(2e9, pd.DataFrame(told), survivor, small_plan().settings, names)


def every_kind() -> Disruption:
    return losses(
        {"id": "rk1", "more_jpy": np.nan, "outcome": "infeasible", "no_home_t": 400.0, "displaced_t": 400.0},
        {"id": "rk2", "more_jpy": np.nan, "outcome": "unknown"},
        {"id": "hk1", "more_jpy": 3e8},
        {"id": "hk2", "more_jpy": 1e7, "displaced_t": 0.0},
    )


def test_every_plant_has_a_mark_in_the_colour_of_its_loss() -> None:
    chart = draw_critical(every_kind(), small_plan(), "en")
    assert chart is not None
    marks = re.findall(r'<(circle|path) [^>]*fill="(#\w{6})" fill-opacity', chart.svg)
    assert sorted(marks) == sorted(
        [("path", NO_PLAN), ("path", UNKNOWN), ("circle", SHADES[-1]), ("circle", SHADES[0])]
    )
    for words in ("costs more a year", "takes in", "900 t/yr", "no plan without it", "million yen", "not known"):
        assert words in chart.svg
    assert "no plan: 400 t have no home" in chart.words


def test_the_map_speaks_japanese() -> None:
    chart = draw_critical(every_kind(), small_plan(), "ja")
    assert chart is not None
    assert "年間費用の増加" in chart.svg
    assert "million" not in chart.svg


def test_areas_of_marks_follow_tonnes() -> None:
    chart = draw_critical(
        losses({"id": "hk1", "more_jpy": 1e8}, {"id": "hk2", "more_jpy": 1e8, "displaced_t": 100.0}), small_plan(), "en"
    )
    assert chart is not None
    radii = [float(found) for found in re.findall(r'r="([\d.]+)" fill="#\w{6}" fill-opacity', chart.svg)]
    assert radii == [15.0, 8.0]  # 4.5 and a third of the rest


@pytest.mark.parametrize(
    ("values", "breaks"),
    [([], []), ([math.nan], []), ([1e8, 1e8], []), ([1e8, 3e8], [2e8]), ([0.0, 0.0, 5e8], []), ([-5.0, 1e8], [5e7])],
)
def test_shades_are_parted_at_round_numbers(values: list[float], breaks: list[float]) -> None:
    assert list_breaks(values) == breaks


def test_a_plan_without_plants_has_no_map() -> None:
    assert draw_critical(losses(), small_plan(), "en") is None


def test_the_folder_holds_table_and_page_and_no_others_are_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_charts_empty(monkeypatch)
    found = every_kind()
    home = write_disruption(found, small_plan(), tmp_path / "losses", lang="ja")
    assert pd.read_csv(home / "disruption.csv")["id"].tolist() == ["rk1", "rk2", "hk1", "hk2"]
    assert "施設を失った場合" in (home / "disruption.html").read_text(encoding="utf-8")
    write_disruption(found, small_plan(), home)
    page = (home / "disruption.html").read_text(encoding="utf-8")
    assert "the worst loss of those known is that of Kanto (rk1): no plan: 400 t have no home." in page
    assert "planned anew (the plan costs" not in page
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").touch()
    with pytest.raises(UsageError, match="holds other files"):
        write_disruption(found, small_plan(), tmp_path / "other")
    assert describe_disruption(found)["plants"][0]["more_jpy"] is None


@pytest.mark.heavy
def test_the_command_writes_a_folder_and_rules_alone_show_that_nothing_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bare_runs(monkeypatch)
    plan = hs.solve(hs.read(write_folder(tmp_path / "in")), policy="regional")
    plan.save(tmp_path / "plan")
    asked = ["disruption", str(tmp_path / "plan"), "-o", str(tmp_path / "losses")]
    told = CliRunner().invoke(cli.app, asked)
    assert told.exit_code == 0, told.output
    assert "each region has one hub or refinery alone" in told.stdout
    assert "--loss-within" not in told.stdout
    limited = CliRunner().invoke(cli.app, ["disruption", str(tmp_path / "plan"), "--loss-within", "0.1"])
    assert "So no loss can be kept within 10 % of the least cost (--loss-within)." in limited.stdout
    refused = CliRunner().invoke(cli.app, [*asked, "--no-survive", "--loss-within", "0.1"])
    assert refused.exit_code == 2
    assert "leave --no-survive out" in refused.stderr
    assert (tmp_path / "losses" / "disruption.html").is_file()
