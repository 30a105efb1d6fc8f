"""Identifiers beside names stand back on a terminal with colours, and nowhere else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from hubspoke.base.errors import InputError
from hubspoke.cli.console import Console, describe_error

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "told"),
    [
        (Terminal(), {}, "\x1b[2mhub-a\x1b[22m  North\nhub-a-2  \x1b[2mhub\x1b[22m"),
        (Terminal(), {"NO_COLOR": "1"}, "hub-a  North\nhub-a-2  hub"),
        (Terminal(), {"TERM": "dumb"}, "hub-a  North\nhub-a-2  hub"),
        (io.StringIO(), {}, "hub-a  North\nhub-a-2  hub"),
    ],
)
def test_identifiers_stand_back_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environment: dict[str, str], told: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", stream)
    Console().give("hub-a  North\nhub-a-2  hub", {}, dim=["hub", "hub-a", ""])
    assert stream.getvalue() == told + "\n"


def test_what_was_changed_for_one_call_bears_the_name_of_its_option(
    tiny_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError) as caught:
        hs.read(tiny_folder, changes={"finance.discount_rate_per_yr": "much"})
    error = caught.value
    assert "changes, key finance.discount_rate_per_yr: " in str(error)
    Console().fail(error)
    assert "--set, key finance.discount_rate_per_yr: " in capsys.readouterr().err
    Console(lang="ja").fail(error)
    assert "--set（finance.discount_rate_per_yr）：" in capsys.readouterr().err
    assert describe_error(error)["findings"][0]["file"] == "--set"
