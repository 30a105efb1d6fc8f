"""VSS and EVPI of problems with continuous capacities are those of textbooks, and of plain sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.two_stage import FARMER, compare, read_smps, state_farmer, weigh

if TYPE_CHECKING:
    from pathlib import Path

CORE = """NAME          TINY
ROWS
 N  OBJ
 L  LAND
 G  NEED1
 G  NEED2
COLUMNS
    BUILD     OBJ       2.0
    BUILD     LAND      1.0
    BUILD     NEED1     1.0
    BUY1      OBJ       5.0
    BUY1      NEED1     1.0
    BUY2      OBJ       3.0
    BUY2      NEED2     1.0
RHS
    RHS       LAND      10.0
ENDATA
"""
RANDOM = """STOCH         TINY
INDEP         DISCRETE
    RHS       NEED1     4.0            PERIOD2   0.5
    RHS       NEED1     8.0            PERIOD2   0.5
*
    RHS       NEED2     1.0            PERIOD2   1.0
ENDATA
"""
PERIODS = """TIME          TINY
PERIODS
    BUILD     LAND                     PERIOD1
    BUY1      NEED1                    PERIOD2
ENDATA
"""


def test_the_farmer_is_that_of_the_textbook() -> None:
    assert compare("farmer", state_farmer(), FARMER) == 0
    assert compare("farmer", state_farmer(), {"RP": FARMER["RP"] + 10}) == 1


def test_a_problem_in_smps_form_is_read_and_weighed(tmp_path: Path) -> None:
    for end, text in ((".cor", CORE), (".sto", RANDOM), (".tim", PERIODS)):
        (tmp_path / f"tiny{end}").write_text(text, encoding="utf-8")
    found = weigh(read_smps(tmp_path / "tiny"))
    # a unit of BUILD costs 2 and saves 5 in half of all cases beyond 4: 8 are built; the mean of 6 builds 6
    assert found == pytest.approx({"RP": 19.0, "EV": 15.0, "EEV": 20.0, "WS": 15.0, "VSS": 1.0, "EVPI": 4.0})
