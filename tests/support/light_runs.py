"""Plans and run folders without what costs most and a test may not look at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from hubspoke.engine.problem.problem import Problem


def leave_charts_empty(patch: pytest.MonkeyPatch) -> None:
    """Draw nothing in the charts of reports, which takes most of their time; what they say in words stays."""
    from hubspoke.outputs.report.drawing import charts  # noqa: PLC0415 - loads matplotlib

    def end(_: object, title: str, values: str, axis: str) -> charts.Chart:
        return charts.Chart(title, '<svg viewBox="0 0 1 1"></svg>', f"{title} ({axis}): {values}")

    patch.setattr(charts, "begin_chart", lambda _height_in: (MagicMock(), MagicMock()))
    patch.setattr(charts, "end_chart", end)


def tell_plan_and_proof_alone(patch: pytest.MonkeyPatch) -> None:
    """Leave of a report the sections that tell the plan in short and what is proven of it."""
    from hubspoke.outputs.report import page  # noqa: PLC0415 - loads matplotlib
    from hubspoke.outputs.report.decision import describe_decision, describe_key_figures  # noqa: PLC0415
    from hubspoke.outputs.report.proof import describe_proof  # noqa: PLC0415

    patch.setattr(page, "SECTIONS", (describe_decision, describe_key_figures, describe_proof))


def write_tables_alone(patch: pytest.MonkeyPatch) -> None:
    """Write no workbook, no layers, no report and no briefing into run folders, and look for none there."""
    from hubspoke.outputs.runs import audit, folder, years_folder  # noqa: PLC0415 - loads matplotlib and folium

    def write_nothing(*_: object, **__: object) -> str:
        return ""

    for name in ("write_workbook", "write_geopackage", "write_report", "write_briefing"):
        patch.setattr(folder, name, write_nothing)
    for name in ("write_years_workbook", "write_years_report"):
        patch.setattr(years_folder, name, write_nothing)
    patch.setattr(audit, "check_files", lambda *_: ())


def write_bare_runs(patch: pytest.MonkeyPatch) -> None:
    """Write besides none of the tables that follow from those of the plan."""
    from hubspoke.outputs.runs import folder  # noqa: PLC0415 - loads matplotlib and folium

    write_tables_alone(patch)
    patch.setattr(folder, "derive_tables", lambda *_, **__: defaultdict(lambda: None))


def draw_no_regions(patch: pytest.MonkeyPatch) -> None:
    """Draw the map of the whole plan alone into run folders, which is as large as those of all regions together."""
    from hubspoke.outputs.runs import folder  # noqa: PLC0415 - loads matplotlib and folium
    from hubspoke.outputs.runs.maps import draw_maps  # noqa: PLC0415 - as above

    def draw(*plan: Any, **options: Any) -> list[Path]:
        return draw_maps(*plan, **{**options, "regional": False})

    patch.setattr(folder, "draw_maps", draw)


def leave_closing_unknown(patch: pytest.MonkeyPatch) -> None:
    """Plan without working out what closing plants would cost."""
    from hubspoke.engine.closing import PlantClosing  # noqa: PLC0415 - loads the engine
    from hubspoke.planning import make_plan  # noqa: PLC0415

    def know_nothing(problem: Problem, *_: object, **__: object) -> tuple[PlantClosing, PlantClosing]:
        return PlantClosing.unknown(problem.n_hubs), PlantClosing.unknown(problem.n_refineries)

    patch.setattr(make_plan, "find_closing_costs", know_nothing)
