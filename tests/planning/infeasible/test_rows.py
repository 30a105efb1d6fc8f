"""Rows that SCIP finds in conflict are one, and no part of them is."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.base.errors import UsageError
from hubspoke.planning.infeasible.conflict_words import tell_conflicts

if TYPE_CHECKING:
    from pathlib import Path

HAUL = {"policy.longest_haul_km": 20}


@pytest.mark.skipif(find_spec("pyscipopt") is None, reason="pyscipopt is not installed")
@pytest.mark.filterwarnings("default")  # those of SCIP's modules are not ours
def test_rows_name_sites_that_have_no_plan_by_themselves(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "in"), changes=HAUL)
    found = hs.conflict(network, policy="regional", rows=True)
    rows = found[0].rows
    assert rows is not None
    assert rows.is_irreducible
    assert rows.sites
    tables = tiny_tables()
    for name in ("kanto/sites", "chubu/sites"):
        tables[name] = [row for row in tables[name] if row["id"] in rows.sites]
    alone = {name: table for name, table in tables.items() if table}
    with pytest.raises(hs.InfeasibleError):
        hs.solve(hs.read(write_folder(tmp_path / "alone", alone), changes=HAUL), policy="regional")
    for lang in ("en", "ja"):
        told = "\n".join(tell_conflicts(found, network, lang))
        assert "SCIP" in told
        assert all(site in told for site in rows.sites)


@pytest.mark.skipif(find_spec("pyscipopt") is not None, reason="pyscipopt is installed")
def test_without_scip_the_way_to_it_is_told(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "in"), changes=HAUL)
    with pytest.raises(UsageError, match=r"hubspoke\[scip\]"):
        hs.conflict(network, policy="regional", rows=True)
