"""Cases that are solved in one process are read, and warned of, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hubspoke as hs
from builders import flat_tables, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_warned_of_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither listing the cases and solving them nor any further case tells it again."""
    tables = flat_tables()
    for row in tables["sites"]:
        del row["hev_t"]
    hs.sweep(write_folder(tmp_path / "in", tables), out=tmp_path / "out", vary={"supply.factor": [1.1]})
    told = [line for line in caplog.messages if "hev" in line]
    assert told
    assert len(told) == len(set(told))
