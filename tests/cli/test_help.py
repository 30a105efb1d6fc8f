"""Help of every command comes in Japanese for those who speak it."""

from __future__ import annotations

import json
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


def test_help_in_japanese_tells_what_is_needed_limits_defaults_and_variables() -> None:
    page = show("--lang", "ja", "solve", "-h").output
    for told in ("--out, -o OUT", "［必須］", "［0以上］", "［既定値：auto］", "［既定値：--maps］", "HUBSPOKE_LANG"):
        assert "".join(told.split()) in "".join(page.split())  # wherever lines are folded
    assert page.rstrip().split("\n")[-1].split() == ["--help,", "-h", "この説明を示して終わる。"]


@pytest.mark.parametrize("words", [["--lang", "ja", "solvers"], ["--lang=ja", "solvers"], ["solvers", "--lang", "ja"]])
def test_the_language_may_be_named_before_the_command_or_behind_it(words: list[str]) -> None:
    behind = show("solvers", "--lang", "ja")
    result = show(*words)
    assert (result.exit_code, result.output) == (0, behind.output)


@pytest.mark.heavy
def test_a_language_behind_the_command_counts_over_one_before_it_and_both_over_the_environment() -> None:
    assert "エラー" in show("--lang", "ja", "check", "nowhere", HUBSPOKE_LANG="en").output
    assert "error:" in show("--lang", "ja", "check", "nowhere", "--lang", "en").output
    assert "エラー" in show("check", "nowhere", LANG="ja_JP.UTF-8").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["solve", "--yeer", "5"], "オプション --yeer はない。近いもの：--seed、--year、--years"),
        (["solve", "-o", "x", "--year", "abc"], "オプション --year の値が正しくない。整数を書く"),
        (["solve", "-o", "x", "--gap", "-1"], "オプション --gap の値が正しくない。0以上"),
        (["solve"], "オプション --out / -o が要る"),
        (["solve", "--out"], "オプション --out には値が要る"),
        (["explain"], "引数 OUT が要る"),
        (["nosuch"], "コマンド nosuch はない"),
        (["check", "a", "b"], "余分な引数がある：b"),
        (["--nosuch"], "オプション --nosuch はない"),
    ],
)
def test_a_call_that_cannot_be_read_is_told_in_japanese(words: list[str], told: str) -> None:
    result = show(*words, HUBSPOKE_LANG="ja")
    assert result.exit_code == 2
    assert f"エラー: {told}" in result.stderr


def test_a_call_that_cannot_be_read_is_data_where_data_are_asked_for() -> None:
    result = show("solve", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] | {"message": ""} == {"type": "UsageError", "exit_code": 2, "message": ""}


def test_an_unknown_command_is_not_taken_for_a_page_of_help() -> None:
    result = show("nosuch", "--help", "--lang", "ja")
    assert "nosuch" in result.output
