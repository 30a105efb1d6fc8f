"""Plugin: tell the processor seconds of each test, those of its child processes included; see CONTRIBUTING.md.

Loaded by `PYTHONPATH=tests/support pytest -p processor_time`. What a test's neighbours on the machine do changes wall
time many times over and processor time by a tenth or two.
"""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = 40
NAME = "processor_s"
STARTED = pytest.StashKey[float]()


def processor_s() -> float:
    """Return user and system seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Begin to count before the fixtures of a test are made."""
    item.stash[STARTED] = processor_s()
    yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Give every report what has been used since the last; reports travel from the workers to who tells them."""
    now = processor_s()
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy's result
    report.user_properties = [*report.user_properties, (NAME, now - item.stash[STARTED])]
    item.stash[STARTED] = now


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the tests that used most, and all files."""
    tests: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, seconds in getattr(report, "user_properties", ()):
                tests[report.nodeid] += seconds if name == NAME else 0.0
    files: dict[str, float] = defaultdict(float)
    for test, seconds in tests.items():
        files[test.split("::")[0]] += seconds
    terminalreporter.section(f"{sum(tests.values()):.0f} s of processor time, without imports")
    for counted in (tests, files):
        for name, seconds in sorted(counted.items(), key=lambda pair: -pair[1])[:TOLD]:
            terminalreporter.line(f"{seconds:8.2f} {name}")
