"""Help of every command comes in Japanese for those who speak it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from hubspoke.cli.app import app
from hubspoke.cli.help import WIDTH
from hubspoke.words.japanese.help import EXAMPLE, MESSAGES, split_help
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP: Any = typer.main.get_command(app)


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUBSPOKE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def show(*words: str, **environment: str) -> Any:
    return CliRunner().invoke(app, [*words], env=environment)


def list_texts() -> Iterator[str]:
    for command in (GROUP, *GROUP.commands.values()):
        yield command.help
        yield from (option.help for option in command.params if option.help)


def test_every_paragraph_of_help_has_its_japanese_and_no_other_is_kept() -> None:
    said = {part for text in list_texts() for part in split_help(text) if not part.startswith(EXAMPLE)}
    assert sorted(said - set(MESSAGES)) == []
    assert sorted(set(MESSAGES) - said) == ["Show this message and exit."]


@pytest.mark.parametrize("command", GROUP.commands)
def test_the_help_of_a_command_is_japanese_and_keeps_its_example(command: str) -> None:
    result = show(command, "--help", "--lang", "ja")
    assert result.exit_code == 0
    assert f"例：hubspoke {command}" in result.output
    assert "オプション：" in result.output
    assert "--json" in result.output
    assert max(map(text_width, result.output.splitlines())) <= WIDTH + 6  # signs that begin no line may stand beyond


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--help", "--lang", "ja"], {}),
        (["--lang=ja", "-h"], {}),
        (["--help"], {"HUBSPOKE_LANG": "ja"}),
        (["--help"], {"LANG": "ja_JP.UTF-8"}),
        ([], {"LC_ALL": "ja_JP.eucJP", "LANG": "C"}),
    ],
)
def test_japanese_is_spoken_where_it_is_asked_for(words: list[str], environment: dict[str, str]) -> None:
    result = show(*words, **environment)
    assert result.exit_code == 0
    assert "使い方：" in result.output
    for name in GROUP.commands:
        assert f"\n  {name} " in result.output


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--help"], {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}),
        (["--help", "--lang", "en"], {"LANG": "ja_JP.UTF-8"}),
        (["solve", "--help"], {"HUBSPOKE_LANG": "en", "LANG": "ja_JP.UTF-8"}),
    ],
)
def test_english_is_spoken_elsewhere(words: list[str], environment: dict[str, str]) -> None:
    result = show(*words, **environment)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_unknown_command_is_not_taken_for_a_page_of_help() -> None:
    result = show("nosuch", "--help", "--lang", "ja")
    assert "nosuch" in result.output
