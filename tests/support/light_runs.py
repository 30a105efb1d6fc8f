"""Run folders without what costs most and a test may not look at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import pytest


def leave_charts_empty(patch: pytest.MonkeyPatch) -> None:
    """Draw nothing in the charts of reports; laying out their letters takes most of the time of a report."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - heavy

    def print_nothing(_: object, out: TextIO, **__: object) -> None:
        out.write('<svg viewBox="0 0 1 1"></svg>')

    patch.setattr(FigureCanvasSVG, "print_svg", print_nothing)


def write_tables_alone(patch: pytest.MonkeyPatch) -> None:
    """Write no workbook, no layers and no report into run folders, and look for none there."""
    from hubspoke.outputs.runs import audit, folder  # noqa: PLC0415 - loads matplotlib and folium

    def write_nothing(*_: object, **__: object) -> str:
        return ""

    for name in ("write_workbook", "write_geopackage", "write_report"):
        patch.setattr(folder, name, write_nothing)
    patch.setattr(audit, "check_files", lambda *_: ())


def write_bare_runs(patch: pytest.MonkeyPatch) -> None:
    """Write besides none of the tables that follow from those of the plan."""
    from hubspoke.outputs.runs import folder  # noqa: PLC0415 - loads matplotlib and folium

    write_tables_alone(patch)
    patch.setattr(folder, "derive_tables", lambda _: defaultdict(lambda: None))
