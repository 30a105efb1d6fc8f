"""Plans do not depend on how pandas keeps texts, which differs with what else is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import hubspoke as hs
from hubspoke.audit.audit import audit_plan
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_with_pyarrow_a_plan_is_the_same_to_the_byte(
    tiny_folder: Path, tiny_plan: Plan, tiny_run: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    with pd.option_context("mode.string_storage", "pyarrow"):
        network = hs.read(tiny_folder)
        assert getattr(network.sites["id"].dtype, "storage", "pyarrow") == "pyarrow"  # objects before pandas 3
        plan = hs.solve(network)
        assert audit_plan(plan, network).passed
        write_run(plan, tmp_path / "plan", maps=False, facts={"source": str(tiny_folder)})
        assert audit_plan(hs.load(tmp_path / "plan"), network).passed
    for name in TABLES:
        assert (tmp_path / "plan" / f"{name}.csv").read_bytes() == (tiny_run / f"{name}.csv").read_bytes()
        assert getattr(plan, name).astype(object).equals(getattr(tiny_plan, name).astype(object))
