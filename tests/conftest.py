"""Fixtures shared by all tests; those of the scope of the session are read only, or copied first."""

from __future__ import annotations

import gc
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.plan.plan import TABLES
from light_runs import leave_charts_empty, leave_closing_unknown, write_bare_runs, write_tables_alone
from map_browser import CHROMIUM
from scheduling import make_scheduler, sort_by_group
from trials import LONG_RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from xdist.remote import Producer
    from xdist.scheduler import LoadFileScheduling

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network


def pytest_configure(config: pytest.Config) -> None:
    """Let pandas keep texts as it does where hubspoke is installed alone, without pyarrow, which tests install too.

    Small tables take a quarter less time so. That plans do not depend on it has a test of its own. While modules are
    imported nothing is there to be collected.
    """
    if getattr(config.option, "dist", "no") == "no":  # not in the process that only hands out tests
        gc.disable()
        import pandas as pd  # noqa: PLC0415 - heavy

        pd.set_option("mode.string_storage", "python")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests marked `long` or `heavy` to the long run, or to who asks for them; order what several processes run.

    They are asked for by `-m` or by their own names.
    """
    asked = str(config.option.markexpr)
    left = [mark for mark in ("long", "heavy") if mark not in asked]
    if not LONG_RUN and not any("::" in arg for arg in config.args):
        late = {item for item in items if any(item.get_closest_marker(mark) for mark in left)}
        config.hook.pytest_deselected(items=[item for item in items if item in late])
        items[:] = [item for item in items if item not in late]
    if hasattr(config, "workerinput"):
        sort_by_group(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Let the files that use the plans of Japan run in one process, which makes each of these plans once."""
    config.option.loadscopereorder = False  # by `sort_by_group`
    return make_scheduler(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """Spare the garbage collector what the imports have made, and collect as seldom as the command line does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()


@pytest.fixture(autouse=True)
def log_as_imported() -> Iterator[None]:
    """Let no command that a test calls decide what the tests behind it can read in the log."""
    logger = logging.getLogger("hubspoke")
    yield
    logger.setLevel(logging.NOTSET)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Write the folder of a tiny network: two regions, six sites, four hubs, three refineries."""
    return write_folder(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the folder of the tiny network once, for tests that only read it."""
    return write_folder(tmp_path_factory.mktemp("shared") / "tiny")


@pytest.fixture(scope="session")
def tiny_network(tiny_folder: Path) -> Network:
    """Read the tiny network."""
    return hs.read(tiny_folder)


@pytest.fixture(scope="session")
def tiny_plan(tiny_network: Network) -> Iterator[Plan]:
    """Plan the tiny network as by default; that no test changes the tables is checked at the end."""
    plan = hs.solve(tiny_network)
    before = {name: getattr(plan, name).copy(deep=True) for name in TABLES}
    yield plan
    assert [name for name, table in before.items() if not getattr(plan, name).equals(table)] == []


@pytest.fixture(scope="session")
def tiny_run(tiny_plan: Plan, tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the run folder of that plan, everything in it, as the command line does."""
    from hubspoke.outputs.runs.folder import write_run  # noqa: PLC0415 - loads matplotlib and folium

    return write_run(tiny_plan, tmp_path_factory.mktemp("shared") / "run", facts={"source": str(tiny_folder)})


@pytest.fixture
def own_run(tiny_run: Path, tmp_path: Path) -> Path:
    """Copy that run folder for a test that changes it."""
    return Path(shutil.copytree(tiny_run, tmp_path / "out"))


@pytest.fixture
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write run folders without workbook, layers and report."""
    write_tables_alone(monkeypatch)


@pytest.fixture
def bare_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write run folders without workbook, layers, report and derived tables, which cost most and a test may not need.

    There remain the tables of the plan, `plan.json`, `run.json` and the maps that are asked for.
    """
    write_bare_runs(monkeypatch)


@pytest.fixture
def closing_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan without costs of closing plants, each a plan of its own: for plans that are compared by their value."""
    leave_closing_unknown(monkeypatch)


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts of reports empty, for tests of words, tables and files."""
    leave_charts_empty(monkeypatch)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all tests of a worker; they are skipped where playwright is missing."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
