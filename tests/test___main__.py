"""`python -m hubspoke` is the command."""

from __future__ import annotations

import subprocess
import sys


def test_the_package_runs_as_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "hubspoke", "--version"], capture_output=True, text=True, check=True
    ).stdout
    assert told.startswith("hubspoke ")
