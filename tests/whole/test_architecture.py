"""The contracts of the architecture hold, and bite where a wrong import is planted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = 12


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the package in a folder that holds `src` and the project file."""
    script = f"import sys; sys.path.insert(0, {str(folder / 'src')!r}); from importlinter.cli import lint_imports; "
    script += "sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "assets", "data"))
    return tmp_path


def test_two_planted_imports_break_the_contracts_that_they_break(copy: Path) -> None:
    pytest.importorskip("importlinter")
    assert f"{CONTRACTS} kept, 0 broken" in lint(copy).stdout
    plan, problem = (copy / "src" / "hubspoke" / name for name in ("plan/plan.py", "engine/problem/problem.py"))
    plan.write_text(plan.read_text(encoding="utf-8") + "\nimport hubspoke.planning.solve\n", encoding="utf-8")
    problem.write_text(problem.read_text(encoding="utf-8") + "\nimport hubspoke.inputs.network\n", encoding="utf-8")
    told = lint(copy)
    assert told.returncode == 1
    broken = [line.removesuffix(" BROKEN") for line in told.stdout.splitlines() if line.endswith(" BROKEN")]
    assert "Folders stand on floors; imports run down" in broken
    assert "The engine knows arrays only: no names, no files, no yen" in broken
    assert "The audit knows neither the engine nor how a plan is made" in broken


@pytest.mark.heavy
def test_every_file_says_what_it_must() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "check_documentation.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
