"""A planner's own tables are not called after the data that ship, unless the planner says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import hubspoke as hs
from builders import flat_tables

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network


def titles(network: Network) -> tuple[str, str]:
    return network.settings.title, network.settings.title_ja


@pytest.mark.heavy
def test_a_folder_has_a_title_of_no_country(tiny: Path) -> None:
    assert titles(hs.read(tiny)) == ("Traction batteries", "車載用電池")
    assert titles(hs.read(tiny, changes={"title": "Ours"}))[0] == "Ours"
    (tiny / "own.toml").write_text('title = "Theirs"\n', encoding="utf-8")
    assert titles(hs.read(tiny)) == ("Theirs", "")


def test_frames_have_a_title_of_no_country() -> None:
    frames = {name: pd.DataFrame(rows) for name, rows in flat_tables().items()}
    sites, hubs, refineries = (frames[name] for name in ("sites", "hubs", "refineries"))
    assert titles(hs.Network.from_frames(sites=sites, hubs=hubs, refineries=refineries)) == (
        "Traction batteries",
        "車載用電池",
    )


def test_a_workbook_is_called_by_its_name(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    file = tmp_path / "拠点リスト.xlsx"
    with pd.ExcelWriter(file) as book:
        for name, rows in flat_tables().items():
            pd.DataFrame(rows).to_excel(book, sheet_name=name, index=False)
    assert titles(hs.read(file)) == ("拠点リスト", "拠点リスト")


@pytest.mark.heavy
def test_the_data_that_ship_keep_theirs() -> None:
    assert hs.read(changes={"policy.name": "open"}).settings.title == "Traction batteries in Japan"
