"""`hubspoke regret`: what acting otherwise costs, in words, as JSON and as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from builders import write_folder
from hubspoke.base.errors import UsageError
from hubspoke.cli import app as cli
from hubspoke.planning.years.calendar import make_calendar
from hubspoke.planning.years.regret_words import tell_regret
from hubspoke.settings.currency import Currency
from hubspoke.settings.load import load_settings
from hubspoke.words.messages import say_error
from years_plan import growing_tables

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_strategies_are_told_and_written(tmp_path: Path) -> None:
    folder, table = write_folder(tmp_path / "in", growing_tables()), tmp_path / "regret.csv"
    asked = ("regret", folder, "--years", "2030,2035", "--region", "chubu", "--gap", "0.05", "-o", table)
    told = json.loads(run(*asked, "--json").stdout)["strategies"]
    assert [row["strategy"] for row in told[:3]] == ["together", "each year alone", "last year at once"]
    written = pd.read_csv(table, keep_default_na=False, na_values={"present_jpy": "", "more_share": ""})
    costs = [row["present_jpy"] if row["present_jpy"] is not None else float("nan") for row in told]
    assert written["present_jpy"].tolist() == pytest.approx(costs, nan_ok=True)
    spoken = tell_regret(written, (2030, 2035), Currency(), "ja")
    assert "別の進め方の費用（2030～2035年" in spoken
    assert "億円" in spoken


def test_what_costs_no_more_is_told_in_a_word() -> None:
    """A strategy as cheap as the plan for all years costs nothing more; a little more is told with more digits."""
    rows = [("together", 0.0), ("each year alone", 0.0), ("last year at once", 1e-4), ("wait until 2035", 0.02)]
    table = pd.DataFrame(rows, columns=["strategy", "more_share"]).assign(present_jpy=1e9, hubs=1, refineries=1)
    lines = tell_regret(table, (2030, 2035), Currency()).splitlines()
    told = {name: next(line for line in lines if line.startswith(f"{name}  ")) for name, _ in rows}
    words = ["-", "nothing", "+0.010 %", "+2.0 %"]
    assert all(f"  {word}  " in told[name] for (name, _), word in zip(rows, words, strict=True))


def test_one_year_and_bad_lists_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", growing_tables())
    alone = run("regret", folder, "--years", "2035")
    assert alone.exit_code == 2
    assert "two years or more" in alone.stderr
    assert run("regret", folder, "--years", "2035,2030").exit_code == 2


def test_no_year_is_told_in_natural_words() -> None:
    with pytest.raises(UsageError, match="no year to plan") as told:
        make_calendar((), load_settings())
    assert say_error(told.value, "ja").startswith("計画する年がない")
