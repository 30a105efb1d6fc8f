"""flodym itself reads the tables of the fleet, and what it writes is read again.

Runs where flodym is installed (`pip install 'hubspoke[lca]'`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.fleet.flodym import read_flodym, write_flodym
from hubspoke.fleet.tonnes import FLEET, compute_tonnes
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

flodym = pytest.importorskip("flodym", reason="flodym is not installed (hubspoke[lca])")

pytestmark = pytest.mark.filterwarnings("ignore")  # other programs' own
YEARS = (2030, 2040)


@pytest.mark.parametrize("scenario", ["mizuho", "late"])
def test_flodym_reads_what_is_written_and_its_own_tables_are_read(scenario: str, tmp_path: Path) -> None:
    supply = load_settings().supply
    write_flodym(supply, scenario, YEARS, tmp_path)
    files = {name: str(tmp_path / f"{name.lower()}.csv") for name in ("Time", "Cohort", "Pack")}
    reader = flodym.CSVDimensionReader(files)
    dimensions = flodym.DimensionSet(
        dim_list=[
            reader.read_dimension(flodym.DimensionDefinition(name=name, letter=letter, dtype=kind))
            for name, letter, kind in (("Time", "t", int), ("Cohort", "c", int), ("Pack", "p", str))
        ]
    )
    tables = flodym.CSVParameterReader({name: str(tmp_path / f"{name}.csv") for name in ("outflow", "lost")})
    for name, left in (("outflow", False), ("lost", True)):
        flow = tables.read_parameter_values(name, dimensions).sum_over("c")
        for year in YEARS:
            wanted = compute_tonnes(supply, scenario, year, left=left)
            assert [float(flow[{"t": year, "p": pack}].values) for pack in FLEET] == pytest.approx(
                [wanted[pack] for pack in FLEET]
            )
        flow.to_df(index=False).to_csv(tmp_path / "back.csv", index=False)
        again = read_flodym(tmp_path / "back.csv")
        assert {kind: set(years) for kind, years in again.items()} == {kind: set(YEARS) for kind in FLEET}
        assert again["nmc"][2040] == pytest.approx(compute_tonnes(supply, scenario, 2040, left=left)["nmc"])
