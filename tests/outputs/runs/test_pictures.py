"""Pictures of a report as files: whole drawings that need no page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.dom.minidom import parse

import pytest
from typer.testing import CliRunner

from hubspoke.cli.app import app
from hubspoke.outputs.runs.pictures import stand_alone, write_pictures
from hubspoke.outputs.runs.target import OWN

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

NAME_SPACE = "http://www.w3.org/2000/svg"


@pytest.mark.heavy
def test_every_picture_is_a_drawing_of_its_own(tiny_plan: Plan, tmp_path: Path) -> None:
    files = write_pictures(tiny_plan, tmp_path, lang="ja")
    assert {"decision.svg", "costs.svg"} <= {file.name for file in files}
    assert len({file.name for file in files}) == len(files)
    for file in files:
        assert "var(" not in file.read_text(encoding="utf-8")
        drawing = parse(str(file)).documentElement  # noqa: S318 - made here
        assert drawing is not None
        assert drawing.getAttribute("xmlns") == NAME_SPACE
        assert float(drawing.getAttribute("width")) > 0


def test_what_a_page_gives_a_drawing_is_written_into_it() -> None:
    drawn = '<svg viewBox="0 0 10 20" font-size="9"><rect fill="var(--hue-112233, #112233)"/></svg>'
    made = stand_alone(drawn, "a < b")
    assert 'fill="#112233"' in made
    assert 'width="10" height="20"' in made
    assert "<title>a &lt; b</title>" in made


@pytest.mark.heavy
def test_the_command_writes_them_into_the_run_folder(own_run: Path) -> None:
    (own_run / "svg").mkdir()
    (own_run / "svg" / "of-before.svg").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["report", str(own_run), "--format", "svg"])
    assert done.exit_code == 0, done.output
    assert (own_run / "svg" / "decision.svg").is_file()
    assert not (own_run / "svg" / "of-before.svg").exists()
    assert "svg" in OWN
